"""The invitation is sent: to chosen users, once each, their options prepared."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.tools.edge import engine_rows
from ..models.tools.plural import plural


class GoogleSyncInvitation(models.TransientModel):
    _inherit = "google.sync.invitation"

    user_ids = fields.Many2many(
        "res.users",
        string="Invite",
        default=lambda self: self._not_invited(self.env.company),
        domain="[('id', 'in', candidate_ids)]",
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")
    invited_names = fields.Char("Invited before", compute="_compute_candidate_ids")
    like_id = fields.Many2one(
        "google.sync.account",
        "Options as of",
        domain="[('company_id', '=', company_id)]",
        help="Period and options of this account, for those who never were connected; "
        "whose Google it is and which calendar stays each user's own choice",
    )
    with_rules = fields.Boolean("Its filters on contacts, too")

    @api.model
    def _not_invited(self, company):
        users = company._google_sync_users() - company._google_sync_connected().user_id
        return users - self._invited(users)

    @api.model
    def _invited(self, users):
        # Whether users of the administrator's company were invited.
        accounts = engine_rows(self.env, "google.sync.account")
        mine = [("user_id", "in", users.ids), ("invited_at", "!=", False)]
        return accounts.search(mine).user_id.with_env(self.env)

    @api.depends("company_id")
    def _compute_candidate_ids(self):
        for invitation in self:
            users = invitation._users()
            invited = self._invited(users)
            invitation.candidate_ids = users - invited
            invitation.invited_names = ", ".join(invited.mapped("name"))

    def action_send(self):
        """Prepare what was chosen and mail each of them, unless it was done before."""
        self.ensure_one()
        self.check_access("write")
        users = self.user_ids & self._users()
        mute = users.filtered(lambda user: not user.email)
        if mute:
            raise UserError(
                self.env._(
                    "Without a mail address: %s.", ", ".join(mute.mapped("name"))
                )
            )
        # The account of each: made if there is none, in the administrator's name.
        rows = engine_rows(self.env, "google.sync.account")
        accounts = rows.union(*(rows._of_user(user) for user in users))
        accounts = accounts.with_env(self.env)
        accounts._check_may_manage()
        if self.like_id:
            self.like_id.check_access("read")
            accounts._prepare_as(self.like_id, self.with_rules)
        invited = accounts._claim_invitation()
        mail = self.env.ref("google_sync.mail_template_invitation")
        for user in invited.user_id:
            mail.send_mail(user.id)
        said = plural(
            self.env,
            len(invited),
            self.env._("%s user is invited.", len(invited)),
            self.env._("%s users are invited.", len(invited)),
        )
        return rows._notice("success", said, reload=True)


class GoogleSyncPerson(models.Model):
    _inherit = "google.sync.person"

    def action_invite(self):
        """Invite those of these users who are not connected."""
        self.check_access("read")
        invitation = self.env["google.sync.invitation"].create({})
        invitation.user_ids = invitation.candidate_ids & self.user_id
        return invitation._open()
