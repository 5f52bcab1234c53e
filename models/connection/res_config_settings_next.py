"""What an administrator does next, once Google has accepted the application."""

from odoo import api, fields, models

from ..rights.sense import check_one
from ..tools.plural import plural


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_connected_message = fields.Char(
        compute="_compute_google_sync_connected_message"
    )
    google_sync_i_am_connected = fields.Boolean(
        compute="_compute_google_sync_connected_message"
    )

    @api.depends("company_id", "google_sync_in_force")
    @api.depends_context("uid", "lang")
    def _compute_google_sync_connected_message(self):
        for settings in self:
            connected = settings.company_id._google_sync_connected()
            users = settings.company_id._google_sync_users()
            settings.google_sync_i_am_connected = self.env.user in connected.user_id
            settings.google_sync_connected_message = plural(
                self.env,
                len(users),
                self.env._(
                    "%(connected)s of %(users)s user is connected.",
                    connected=len(connected.user_id & users),
                    users=len(users),
                ),
                self.env._(
                    "%(connected)s of %(users)s users are connected.",
                    connected=len(connected.user_id & users),
                    users=len(users),
                ),
            )

    def action_google_sync_invite(self):
        """The words and the link for those who are not connected yet."""
        check_one(self)
        self.check_access("write")
        invitation = self.env["google.sync.invitation"]
        return invitation.create({"company_id": self.company_id.id})._open()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _google_sync_users(self):
        """The active internal users of the company: who could be connected."""
        return self.env["res.users"].search(
            [("company_id", "in", self.ids), ("share", "=", False)]
        )
