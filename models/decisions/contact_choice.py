"""One contact of Google that a contact of Odoo may be."""

from odoo import fields, models


class GoogleSyncDecisionContact(models.Model):
    _name = "google.sync.decision.contact"
    _inherit = "google.sync.polite"
    _description = "Contact in Google to choose from"
    _order = "id"

    decision_id = fields.Many2one(
        "google.sync.decision", required=True, ondelete="cascade", index=True
    )
    resource_name = fields.Char("Google Id", required=True, readonly=True)
    name = fields.Char(readonly=True)
    emails = fields.Char("Mail", readonly=True)
    phones = fields.Char("Phone", readonly=True)
    state = fields.Selection(related="decision_id.state")

    def action_pair(self):
        """It is this one."""
        self.ensure_one()
        self.check_access("read")
        self.decision_id._answer("pair")
        # sudo: `_answer` checked the right.
        self.decision_id.sudo().resource_name = self.resource_name
