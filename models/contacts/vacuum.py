"""The queue of edited contacts does not grow where nobody empties it."""

from odoo import api, models

from ..journal.vacuum import without_doubles


class GoogleSyncContactPending(models.Model):
    _inherit = "google.sync.contact.pending"

    @api.autovacuum
    def _gc_doubles(self):
        same = ("account_id", "link_id", "comment")
        without_doubles(self.env, self._table, same)
