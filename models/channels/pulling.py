"""A look when Google knocked, and hardly any other while its messages come through."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..account.halves import EVENTS
from ..tools.edge import wake

#: Messages may be lost: a poll finds what they did not tell.
SAFETY_POLL = timedelta(hours=3)
#: Not all accounts in the same minute.
SPREAD = 1800
#: A change that a poll found is one that Google did not tell, unless it has just.
JUST_HEARD = timedelta(minutes=5)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    told_until = fields.Datetime(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Until then Google tells of changes in every calendar that is read",
    )

    # -- the scheduled action --------------------------------------------------

    @api.model
    def _due(self, now):
        return SQL("((%s) OR (%s))", super()._due(now), self._knocked(now))

    @api.model
    def _knocked(self, now):
        return SQL(
            "state IN ('connected', 'error') AND sync_events AND agenda_granted"
            " AND calendar_id IS NOT NULL AND auto_pull"
            " AND first_day IS DISTINCT FROM 'choosing'"
            " AND (next_try IS NULL OR next_try <= %(now)s)"
            " AND EXISTS (SELECT 1 FROM google_sync_knock AS knock"
            " WHERE knock.account_id = account.id AND knock.due_at <= %(now)s)",
            now=now,
        )

    def _is_pull_due(self):
        return super()._is_pull_due() or (
            self.auto_pull and self.env["google.sync.knock"]._is_waiting(self)
        )

    def _asked(self):
        """Google, too: the run takes its rows away."""
        return SQL(
            "%s OR EXISTS (SELECT FROM google_sync_knock WHERE account_id = %s)",
            super()._asked(),
            self.id,
        )

    def _open_run(self, trigger, mode, requested_by, scope="all"):
        """In one commit with the rows that are gone: a crash must not forget them.

        A run that goes on by slices is left to its end first: it may have looked
        already.
        """
        going_on = self.unfinished and self.last_run_id.state == "running"
        looks = trigger != "push" and mode != "preview" and scope != "contacts"
        if looks and not going_on:
            heard = self.env["google.sync.knock"]._take(self)
            if heard:
                self.env["google.sync.channel"]._note_heard(heard)
                self._trust_channels()
                self._pull_next()
        return super()._open_run(trigger, mode, requested_by, scope)

    # -- the next look ---------------------------------------------------------

    def _next_pull(self, now):
        """Without a question to the database: it is asked at each poll."""
        if not self.told_until or self.told_until <= now:
            return super()._next_pull(now)
        spread = timedelta(seconds=self.id * 37 % SPREAD)
        return min(now + SAFETY_POLL + spread, self.told_until)

    def _trust_channels(self):
        """Until when Google tells of changes in every calendar that is read."""
        now = fields.Datetime.now()
        channels = self._channels().filtered(lambda x: x._is_trusted(now))
        covered = self._watched_calendars() <= channels.calendar_id
        ends = channels.mapped("expires_at") if covered else []
        self.told_until = min(ends, default=False)

    def _settled(self, work, report):
        result = super()._settled(work, report)
        if work.half is EVENTS:
            self._look_after_channels(work.run)
        return result

    def _look_after_channels(self, run):
        """What a poll found and no message told: the channel is made anew."""
        if not self.told_until:
            self._trust_channels()
            return
        if run.trigger != "cron" or not self._brought_something(run):
            return
        now = fields.Datetime.now()
        channels = self._channels().filtered(lambda x: x._is_trusted(now))
        if all(x.heard_at < now - JUST_HEARD for x in channels):
            channels.write({"renew_at": now, "heard_at": False})
            self.told_until = False
            self.next_pull_at = self._next_pull(now)
            wake(self.env, cron="ir_cron_channels")

    @staticmethod
    def _brought_something(run):
        lines = [("run_id", "=", run.id), ("side", "=", "odoo")]
        return bool(run.line_ids.search_count(lines, limit=1))
