"""Every user with the account there is, or none: one list for administrators."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class GoogleSyncPerson(models.Model):
    _name = "google.sync.person"
    _inherit = "google.sync.polite"
    _description = "User with or without a Google account"
    _auto = False
    _order = "user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    account_id = fields.Many2one("google.sync.account", readonly=True)
    account_state = fields.Selection(
        lambda self: self._labels("state"), "State", readonly=True
    )
    invited_at = fields.Datetime("Invited", readonly=True)
    standing = fields.Selection(
        lambda self: self._standings(),
        compute="_compute_standing",
        search="_search_standing",
    )
    next_step = fields.Selection(
        [
            ("setup", "Enter the Google application"),
            ("connect", "Connect yourself"),
            ("invite", "Invite to connect"),
        ],
        compute="_compute_next_step",
    )
    light = fields.Selection(related="account_id.light", related_sudo=False)
    google_email = fields.Char(related="account_id.google_email", related_sudo=False)
    success_age = fields.Char(related="account_id.success_age", related_sudo=False)
    last_message = fields.Char(related="account_id.last_message", related_sudo=False)
    decision_count = fields.Integer(
        related="account_id.decision_count", related_sudo=False
    )
    problem_count = fields.Integer(
        related="account_id.problem_count", related_sudo=False
    )
    requests_today = fields.Integer(
        related="account_id.requests_today", related_sudo=False
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT users.id, users.id AS user_id, users.company_id,
                   account.id AS account_id, account.invited_at,
                   COALESCE(account.state, 'off') AS account_state
              FROM res_users users
              LEFT JOIN google_sync_account account ON account.user_id = users.id
             WHERE users.active AND NOT users.share AND users.id != %s
            """,
            api.SUPERUSER_ID,
        )

    @api.model
    def _labels(self, name):
        field = self.env["google.sync.account"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def _standings(self):
        return [("none", self.env._("Never connected")), *self._labels("standing")]

    @api.depends("account_id.standing")
    def _compute_standing(self):
        for person in self:
            person.standing = person.account_id.standing or "none"

    def _search_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("account_id.standing", "in", [x for x in value if x != "none"])
        return found | Domain("account_id", "=", False) if "none" in value else found

    @api.depends_context("uid")
    @api.depends("account_state", "invited_at")
    def _compute_next_step(self):
        for person in self:
            off = person.account_state == "off"
            person.next_step = person._first_step() if off else False

    def _first_step(self):
        """What the reader can do about this user, who is not connected."""
        is_me = self.user_id == self.env.user
        is_admin = self.env.user.has_group("base.group_system")
        if not self.company_id._google_sync_application():
            return "setup" if is_me and is_admin else False
        if is_me:
            return "connect"
        return "invite" if is_admin and not self.invited_at else False

    def action_open_account(self):
        """The account's own page, for who may see it."""
        self.ensure_one()
        self.check_access("read")
        if not self.account_id:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": "google.sync.account",
            "res_id": self.account_id.id,
            "views": [(False, "form")],
        }

    def action_view_errors(self):
        """What Google or Odoo refused, the latest first."""
        self.check_access("read")
        return self.account_id.action_view_errors()

    def action_view_usage(self):
        """Requests to Google, day by day."""
        self.check_access("read")
        return self.account_id.action_view_usage()
