"""Series switched on for an account: what was left alone is taken in."""

from odoo import models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def write(self, vals):
        begun = self.browse()
        if vals.get("sync_series"):
            begun = self.filtered(lambda account: not account.sync_series)
        result = super().write(vals)
        # A sync token shows what changes from now on, not the series there are.
        # sudo: who may write the option has it take effect.
        begun.sudo().calendar_ids._list_anew()
        return result
