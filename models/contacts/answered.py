"""What a person's answer means for a contact: it is read again in Google."""

from odoo import models


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    def _release(self):
        if not self.about_contacts:
            return super()._release()
        if self.kind == "proposal":
            return self.account_id._wake_contacts()
        link = self.env["google.sync.contact.link"].search(
            [
                ("account_id", "=", self.account_id.id),
                ("partner_id", "=", self.partner_id.id),
            ]
        )
        # Read again in Google: what a person said is about what stands there.
        link.write({"dirty": True, "drift": True, "problem": False})
        return self.account_id._wake_contacts()
