"""The way to the first synchronisation, for who is led, and to the first consent."""

from odoo import api, models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_first_day(self):
        """What is to be chosen before the first synchronisation; of oneself alone."""
        self.ensure_one()
        self._check_is_mine()
        return self.env["google.sync.first.day"].action_open_mine()

    @api.model
    def _way_in(self):
        """How the current user, who is not connected, can be: automatic, manual, both.

        "setup" for an administrator who has yet to enter the application; "" for who
        can do nothing, or is connected.
        """
        user = self.env.user
        if not user.has_group("google_sync.group_user") or self._mine():
            return ""
        if user.company_id._google_sync_application():
            return user.company_id._google_sync_connect_way()
        return "setup" if user.has_group("base.group_system") else ""
