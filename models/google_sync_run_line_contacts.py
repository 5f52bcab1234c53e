"""Journal lines about contacts: their own words, their vCard, putting it back."""

import json

from odoo import fields, models
from odoo.exceptions import UserError

from .google_sync_contact_journal import contact_labels, shown_contact_value


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    action = fields.Selection(
        selection_add=[
            ("photo", "Photo sent"),
            ("photo_removed", "Photo removed"),
            ("gone", "Deleted in Google"),
            ("detach", "Left in Google"),
            ("cut", "Shortened"),
        ],
        ondelete={
            name: "cascade"
            for name in ("photo", "photo_removed", "gone", "detach", "cut")
        },
    )

    def _as_lines(self, values):
        if self.res_model != "res.partner":
            return super()._as_lines(values)
        if not values:
            return False
        labels = contact_labels(self.env)
        return "\n".join(
            f"{labels.get(name, name)}: {shown_contact_value(self.env, name, value)}"
            for name, value in json.loads(values).items()
        )
