"""Where the list of contacts stands in Google."""

from datetime import date, datetime

from odoo import fields, models

from ...sync.contacts.store import ContactCursor

_MOMENTS = ("listing_at", "full_at")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    contact_cursor = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def _to_contact_cursor(self):
        self.ensure_one()
        data = dict(self.contact_cursor or {})
        for name in _MOMENTS:
            data[name] = data.get(name) and datetime.fromisoformat(data[name])
        known = ContactCursor.__dataclass_fields__
        return ContactCursor(**{k: v for k, v in data.items() if k in known})

    def _save_contact_cursor(self, cursor):
        self.ensure_one()
        data = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in vars(cursor).items()
        }
        if data != self.contact_cursor:
            self.contact_cursor = data
