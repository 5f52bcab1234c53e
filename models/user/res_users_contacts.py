"""The Synchronisation tab's part about contacts: its buttons."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_google_sync_contacts(self):
        return self._google_sync_account().action_view_contacts()

    def action_google_sync_contact_rules(self):
        return self._google_sync_account().action_view_contact_rules()

    def action_google_sync_export_contacts(self):
        return self._google_sync_account().action_export_contacts()
