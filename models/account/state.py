"""How the connection of an account stands: since when, and what was not granted."""

from odoo import api, fields, models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    connected_at = fields.Datetime("Connected since", readonly=True, copy=False)
    not_granted = fields.Char("Not allowed in Google", compute="_compute_not_granted")
    ending_told = fields.Boolean(readonly=True, copy=False)

    @api.depends(
        "state", "sync_events", "sync_contacts", "agenda_granted", "contacts_granted"
    )
    @api.depends_context("lang")
    def _compute_not_granted(self):
        for account in self:
            agenda = account.sync_events and not account.agenda_granted
            contacts = account.sync_contacts and not account.contacts_granted
            asked = account.state in ("connected", "error")
            if not asked or not (agenda or contacts):
                account.not_granted = False
            elif agenda and contacts:
                account.not_granted = self.env._("the agenda and the contacts")
            elif agenda:
                account.not_granted = self.env._("the agenda")
            else:
                account.not_granted = self.env._("the contacts")
