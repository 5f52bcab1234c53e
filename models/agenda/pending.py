"""The queue of edits: this event was edited, then, by that person.

Rows are only ever inserted by users' transactions and deleted by the engine, so
saving never waits for a synchronisation. No foreign keys: they would lock.
"""

from datetime import datetime, timezone
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import edge
from ..tools.alarm_clock import ring_now


class GoogleSyncPending(models.Model):
    _name = "google.sync.pending"
    _inherit = "google.sync.waiting"
    _description = "Edit waiting for its synchronisation"
    _log_access = False

    event_id = fields.Integer(help="0 when the event was deleted")
    link_id = fields.Integer(help="The link of a deleted event, else 0")
    edited_at = fields.Datetime(required=True)
    edited_by = fields.Integer()

    @api.model
    def _queue(self, rows):
        """Insert (account id, event id, link id) rows and wake the scheduled action."""
        if not rows:
            return
        # To the millisecond, as Google's `updated`: who edited last is decided by it.
        now, uid = datetime.now(timezone.utc).replace(tzinfo=None), self.env.uid
        values = SQL(", ").join(SQL("(%s, %s, %s, %s, %s)", *r, now, uid) for r in rows)
        insert = SQL(
            "INSERT INTO google_sync_pending"
            " (account_id, event_id, link_id, edited_at, edited_by) VALUES %s",
            values,
        )
        self._insert_and_wake(insert, {row[0] for row in rows})

    @api.model
    def _insert_and_wake(self, insert, account_ids):
        """Both in one statement: a person waits for it."""
        wake = self._wake_up(account_ids)
        both = SQL("WITH queued AS (%s) %s", insert, wake) if wake else insert
        self.env.cr.execute(both)

    @api.model
    def _wake(self, account_ids):
        """Wake the scheduled action for accounts with something to send."""
        wake = self._wake_up(account_ids)
        if wake:
            self.env.cr.execute(wake)

    @api.model
    def _wake_up(self, account_ids):
        """One wake-up a transaction, and only for accounts that push by themselves.

        The statement, or None. Instead of a record of Odoo's a row, and a bell that
        nobody waits for.
        """
        cr = self.env.cr
        woken = cr.precommit.data.get("google_sync_woken")
        pushing = self.env["google.sync.account"]._google_sync_pushing()
        if woken or pushing.isdisjoint(account_ids):
            return None
        cr.precommit.data["google_sync_woken"] = True
        cr.postcommit.add(partial(ring_now, cr.dbname))
        cron = self.env["ir.model.data"]._xmlid_to_res_id(
            "google_sync.ir_cron_synchronise", raise_if_not_found=True
        )
        return SQL(
            "INSERT INTO ir_cron_trigger (cron_id, call_at)"
            " SELECT id, %(now)s FROM ir_cron WHERE id = %(cron)s AND active"
            # As in `tools/edge.py`, without another statement.
            " AND (SELECT count(*) FROM (SELECT 1 FROM ir_cron_trigger"
            " WHERE cron_id = %(cron)s AND call_at <= %(now)s LIMIT %(enough)s"
            ") AS waiting) < %(enough)s",
            now=fields.Datetime.now(),
            cron=cron,
            enough=edge.ENOUGH_CALLS,
        )

    @api.model
    def _take(self, account, link_condition=None):
        """Delete and return an account's rows: (event id, link id, edited at, by)."""
        columns = ("event_id", "link_id", "edited_at", "edited_by")
        return self._take_rows(account, columns, link_condition)
