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
                # Who was left in Google is not proposed again, however late.
                ("kind", "!=", "proposal"),
                ("write_date", "<", limit),
                ("create_date", "<", limit),
            ],
            limit=CHUNK,
        )
        old.unlink()
        self._forget_proposed(limit)
        return len(old), len(old) == CHUNK

    def _forget_proposed(self, limit):
        """Of whom was not wanted only the name in Google is kept, for good."""
        past = [
            ("kind", "=", "proposal"),
            ("state", "=", "answered"),
            ("answered_at", "<", limit),
            ("name", "!=", False),
        ]
        self.search(past, limit=CHUNK).write({"name": False, "detail": {"done": True}})
