"""Every user with the account there is, or none: one list for administrators."""

from odoo import api, fields, models
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
    account_state = fields.Char("Stored state", readonly=True)
    invited_at = fields.Datetime("Invited", readonly=True)
    standing = fields.Selection(
        lambda self: self._standings(), compute="_compute_standing"
    )
    google_email = fields.Char(related="account_id.google_email", related_sudo=False)
    success_age = fields.Char(related="account_id.success_age", related_sudo=False)
    last_message = fields.Char(related="account_id.last_message", related_sudo=False)
    decision_count = fields.Integer(
        related="account_id.decision_count", related_sudo=False
    )
    problem_count = fields.Integer(
        related="account_id.problem_count", related_sudo=False
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
    def _standings(self):
        accounts = self.env["google.sync.account"]
        known = accounts._fields["standing"]._description_selection(self.env)
        return [("none", self.env._("Never connected")), *known]

    @api.depends("account_id.standing")
    def _compute_standing(self):
        for person in self:
            person.standing = person.account_id.standing or "none"

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
