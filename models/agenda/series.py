"""Series switched on for an account: what was left alone is taken in."""

from odoo import models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _effects(self, vals):
        effects = super()._effects(vals)
        if vals.get("sync_series"):
            begun = self.filtered(lambda account: not account.sync_series)
            # A sync token shows what changes from now on, not the series there are.
            effects.append(begun.calendar_ids._list_anew)
        return effects
