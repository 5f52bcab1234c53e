"""The queue of edited events does not grow where nobody empties it."""

from odoo import api, models

from ..journal.vacuum import without_doubles


class GoogleSyncPending(models.Model):
    _inherit = "google.sync.pending"

    @api.autovacuum
    def _gc_doubles(self):
        same = ("account_id", "event_id", "link_id", "type_id")
        without_doubles(self.env, self._table, same)
