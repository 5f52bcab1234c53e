"""The queue of edited contacts, like that of events: inserted by users, emptied by us.

A table of its own, because whoever saves a contact must pay for nothing else. No
foreign keys: they would lock.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.edge import engine_rows


class GoogleSyncContactPending(models.Model):
    _name = "google.sync.contact.pending"
    _inherit = "google.sync.waiting"
    _description = "Edited contact waiting for its synchronisation"
    _log_access = False

    link_id = fields.Integer(required=True)
    edited_at = fields.Datetime(required=True)
    comment = fields.Boolean(help="Something that Google may change too was edited")
    edited_by = fields.Integer()

    @api.model
    def _queue(self, rows, comment=False):
        """Insert (account id, link id) rows and wake the scheduled action."""
        if not rows:
            return
        now, uid = fields.Datetime.now(), self.env.uid
        values = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s)", *row, now, uid, comment) for row in rows
        )
        insert = SQL(
            "INSERT INTO google_sync_contact_pending"
            " (account_id, link_id, edited_at, edited_by, comment) VALUES %s",
            values,
        )
        events = engine_rows(self.env, "google.sync.pending")
        events._insert_and_wake(insert, {row[0] for row in rows})

    @api.model
    def _take(self, account):
        """Delete an account's rows.

        {link id: when something that Google may change too was edited, or None}.
        """
        latest = {}
        rows = self._take_rows(account, ("link_id", "edited_at", "comment"))
        for link_id, edited_at, comment in rows:
            moments = (latest.get(link_id), edited_at if comment else None)
            latest[link_id] = max(filter(None, moments), default=None)
        return latest
