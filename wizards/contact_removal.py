"""Taken off the list: what becomes of the contact in Google?"""

from odoo import api, fields, models


class GoogleSyncContactRemoval(models.TransientModel):
    _name = "google.sync.contact.removal"
    _inherit = "google.sync.guard"
    _description = "Taking contacts off the list"

    account_id = fields.Many2one("google.sync.account", required=True, readonly=True)
    partner_ids = fields.Many2many("res.partner", readonly=True)
    count = fields.Integer("Contacts in Google", readonly=True)

    @api.constrains("account_id")
    def _check_account(self):
        """However it came to be named."""
        self.account_id._check_may_manage()

    def action_keep(self):
        """Leave them in Google."""
        return self._unchoose("keep")

    def action_delete(self):
        """Delete them in Google; the journal keeps a vCard of each."""
        return self._unchoose("delete")

    def _unchoose(self, answer):
        self.ensure_one()
        notice = self.account_id._unchoose_contacts(self.partner_ids, answer)
        notice["params"]["next"] = {
            "type": "ir.actions.client",
            "tag": "soft_reload",
        }
        return notice
