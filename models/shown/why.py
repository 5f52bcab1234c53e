"""The panel that says why a record is in Google shows the account's light, too."""

from odoo import api, models


class GoogleSyncWhy(models.AbstractModel):
    _inherit = "google.sync.why"

    @api.model
    def _part(self, account, sign, text, **more):
        labels = dict(account._fields["light"]._description_selection(self.env))
        part = super()._part(account, sign, text, **more)
        return {**part, "light": account.light, "label": labels[account.light]}
