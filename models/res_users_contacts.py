"""The Synchronisation tab's part about contacts: the account's mirrors, buttons."""

from odoo import fields, models

from .google_sync_account_contacts import FIGURES
from .res_users import _mirror, _option


class ResUsers(models.Model):
    _inherit = "res.users"

    google_sync_contact_deletions = _option(fields.Selection, "contact_deletions")
    google_sync_contact_label = _option(fields.Boolean, "contact_label")
    google_sync_contact_link_ids = _mirror(fields.One2many, "contact_link_ids")
    google_sync_contacts_synced_at = _mirror(fields.Datetime, "contacts_synced_at")
    google_sync_contacts_chosen = _mirror(fields.Integer, "contacts_chosen")
    google_sync_contacts_in_google = _mirror(fields.Integer, "contacts_in_google")
    google_sync_contacts_waiting = _mirror(fields.Integer, "contacts_waiting")
    google_sync_contacts_without = _mirror(fields.Integer, "contacts_without")
    google_sync_contacts_ambiguous = _mirror(fields.Integer, "contacts_ambiguous")
    google_sync_contacts_gone = _mirror(fields.Integer, "contacts_gone")
    google_sync_contacts_failed = _mirror(fields.Integer, "contacts_failed")

    @property
    def SELF_READABLE_FIELDS(self):
        return [
            *super().SELF_READABLE_FIELDS,
            "google_sync_contact_link_ids",
            "google_sync_contacts_synced_at",
            *(f"google_sync_contacts_{name}" for name in FIGURES),
        ]

    def action_google_sync_contacts(self):
        return self._google_sync_account().action_view_contacts()

    def action_google_sync_contact_rules(self):
        return self._google_sync_account().action_view_contact_rules()

    def action_google_sync_export_contacts(self):
        return self._google_sync_account().action_export_contacts()
