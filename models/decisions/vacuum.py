"""Decisions are forgotten with the journal, once they were answered and used."""

from odoo import api, models

from ..journal.vacuum import CHUNK, kept_until


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    @api.autovacuum
    def _gc_old(self):
        """Forget what was answered or dropped long ago: its values are kept nowhere.

        An answer that the engine has not used yet is not old: its link waits.
        """
        limit = kept_until(self.env)
        old = self.search(
            [
                ("state", "!=", "open"),
                ("write_date", "<", limit),
                ("create_date", "<", limit),
            ],
            limit=CHUNK,
        )
        old.unlink()
        return len(old), len(old) == CHUNK
