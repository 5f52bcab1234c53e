"""A type's colour changed: its events follow, queued as one row for all of them."""

from odoo import api, fields, models
from odoo.tools import SQL


class GoogleSyncPending(models.Model):
    _inherit = "google.sync.pending"

    type_id = fields.Integer(help="The type whose colour changed, for all its events")

    @api.model
    def _queue_types(self, accounts, types):
        """One row for each of these accounts and types."""
        now = fields.Datetime.now()
        values = SQL(", ").join(
            SQL("(%s, 0, 0, %s, %s, %s)", account.id, kind.id, now, self.env.uid)
            for account in accounts
            for kind in types
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO google_sync_pending (account_id, event_id, link_id,"
                " type_id, edited_at, edited_by) VALUES %s",
                values,
            )
        )
        self._wake(set(accounts.ids))

    @api.model
    def _take_types(self, account):
        """Delete an account's rows of types and return the types' ids."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM google_sync_pending"
                " WHERE account_id = %s AND type_id <> 0 RETURNING type_id",
                account.id,
            )
        )
        return {row[0] for row in self.env.cr.fetchall()}


class GoogleSyncEventLink(models.Model):
    _inherit = "google.sync.event.link"

    @api.model
    def _mark_types(self, calendar_ids, type_ids):
        """Have the events of these types compared with Google: no edit of theirs."""
        self.flush_model(["dirty", "state", "event_id", "calendar_id"])
        self.env.cr.execute(
            SQL(
                "UPDATE google_sync_event_link SET dirty = TRUE"
                " WHERE calendar_id IN %s AND state = 'linked' AND event_id IN"
                " (SELECT event_id FROM meeting_category_rel WHERE type_id IN %s)",
                tuple(calendar_ids),
                tuple(type_ids),
            )
        )
        self.invalidate_model(["dirty"])
