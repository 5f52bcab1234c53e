"""Google knocked: a look at this account is wanted, soon.

Rows are only inserted by Google's messages and only deleted by the run that looks. One
for a channel says enough, so they stay few. No foreign keys: they would lock.
"""

from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.alarm_clock import ring_at
from ..tools.edge import wake

#: One edit in Google sends several messages: they are one look.
TOGETHER = timedelta(seconds=1)


class GoogleSyncKnock(models.Model):
    _name = "google.sync.knock"
    _inherit = "google.sync.waiting"
    _description = "Google has something new"
    _log_access = False
    _forgotten_by = "heard_at"

    channel_id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    heard_at = fields.Datetime(required=True)
    due_at = fields.Datetime(required=True)

    @api.model
    def _leave(self, account_id, channel_id, number):
        """One row, if none waits for this channel, and one wake-up for it."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                "INSERT INTO google_sync_knock"
                " (account_id, channel_id, number, heard_at, due_at)"
                " SELECT %(account)s, %(channel)s, %(number)s, %(now)s, %(due)s"
                " WHERE NOT EXISTS (SELECT 1 FROM google_sync_knock"
                " WHERE account_id = %(account)s AND channel_id = %(channel)s)",
                account=account_id,
                channel=channel_id,
                number=number,
                now=now,
                due=now + TOGETHER,
            )
        )
        if not self.env.cr.rowcount:
            return
        wake(self.env, now + TOGETHER)
        ring = partial(ring_at, self.env.cr.dbname, TOGETHER.total_seconds())
        self.env.cr.postcommit.add(ring)

    @api.model
    def _take(self, account):
        """Delete the account's rows: {channel id: (highest number, last moment)}."""
        taken = {}
        rows = self._take_rows(account, ("channel_id", "number", "heard_at"))
        for channel, number, moment in rows:
            highest, last = taken.get(channel, (0, moment))
            taken[channel] = (max(highest, number), max(last, moment))
        return taken
