"""The figures of each day are forgotten with the journal."""

from odoo import api, models

from ..journal.vacuum import CHUNK, kept_until


class GoogleSyncUsage(models.Model):
    _inherit = "google.sync.usage"

    @api.autovacuum
    def _gc_old(self):
        """Forget the days that the journal has forgotten."""
        limit = kept_until(self.env)
        old = self.search([("day", "<", limit.date())], limit=CHUNK)
        old.unlink()
        return len(old), len(old) == CHUNK
