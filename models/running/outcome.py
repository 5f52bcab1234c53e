"""What a run came to: the account's state, when to try again, and the journal."""

from datetime import timedelta
from math import ceil
from random import SystemRandom

from odoo import fields, models

from ...google_api.errors import DAILY_REASONS
from ...google_api.quota import PACED
from ...sync.ports import (
    AdminNeeded,
    CalendarLost,
    OurBug,
    ReconnectNeeded,
    RetryLater,
    ScopeMissing,
)
from ...sync.report import Report
from ..journal.words import count_vals
from ..tools.alarm_clock import ring_at
from ..tools.edge import wake

PULL_EVERY = timedelta(minutes=10)
BACKOFF_CAP = 640
_jitter = SystemRandom()


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- the outcome -----------------------------------------------------------

    def _settled(self, report):
        """Everything was looked at: (run state, message)."""
        now = fields.Datetime.now()
        spread = timedelta(seconds=self.id * 37 % 60)
        self.write(
            {
                "unfinished": False,
                "failures": 0,
                "access_refusals": 0,
                "next_try": False,
                "next_pull_at": now + PULL_EVERY + spread,
                "last_success_at": now,
                # A first run has compared everything.
                "last_sweep_at": self.last_sweep_at or now,
            }
        )
        self._note_trouble("events")
        self._mark_connected()
        if report.errors:
            return "partial", self._say(lambda me: me._errors_message(report.errors))
        if report.questions:
            return "partial", self._say(lambda me: me._wait_message(report.questions))
        if report.unsettled:
            said = self._say(lambda me: me._unsettled_message(report.unsettled))
            return "partial", said
        return "done", ""

    def _paused(self):
        self.unfinished = True
        return "running", self._say(lambda me: me.env._("Goes on in a moment."))

    def _stopped(self, stop):
        """What a refusal of Google means for the account; (run state, message)."""
        stop = self._lasting(stop)
        if isinstance(stop, ReconnectNeeded):
            message = self._explain(stop)
            self._mark_reconnect(message)
            return "failed", message
        if isinstance(stop, RetryLater):
            moment = self._try_again(stop)
            if stop.reason == PACED:
                return "running", self._paused()[1]
            message = self._explain(stop, moment)
            self._note_trouble("events", stop, message)
            return "partial", message
        moment = fields.Datetime.now() + timedelta(minutes=15)
        message = self._explain(stop, self.auto_pull and moment)
        if isinstance(stop, AdminNeeded | CalendarLost | OurBug):
            self._half_stopped("events", stop, message)
        elif isinstance(stop, ScopeMissing) and stop.reason != "off":
            self.agenda_granted = False
        self.write({"unfinished": False, "next_try": moment})
        return "failed", message

    def _try_again(self, stop):
        """As long as Google (or our own pacing) said, else backoff with jitter.

        Returns the moment.
        """
        failures = self.failures + (stop.reason != PACED)
        wait = stop.delay or min(2**failures, BACKOFF_CAP)
        if stop.reason != PACED:
            wait += _jitter.uniform(0, 1 + wait / 10)
        # The database keeps whole seconds: never before the time.
        moment = fields.Datetime.now() + timedelta(seconds=ceil(wait))
        self.write({"failures": failures, "unfinished": True, "next_try": moment})
        if stop.reason in DAILY_REASONS:
            # The day of the whole application is used up, not this account's only.
            same = [
                ("client_id_used", "=", self.client_id_used),
                ("state", "!=", "off"),
            ]
            (self.search(same) - self).write({"next_try": moment})
        wake(self.env, moment)
        ring_at(self.env.cr.dbname, ceil(wait))
        return moment

    # -- the journal -----------------------------------------------------------

    def _open_run(self, trigger, mode, requested_by):
        """The run to write in: a new one, or the one that goes on by slices."""
        last = self.last_run_id
        if last.state == "running" and self.unfinished and not requested_by:
            return last
        if last.state == "running":
            last.write({"state": "stopped", "ended_at": fields.Datetime.now()})
        run = self.env["google.sync.run"].create(
            {
                "account_id": self.id,
                "trigger": trigger,
                "mode": mode,
                "requested_by_id": requested_by,
            }
        )
        self.last_run_id = run
        self._checkpoint()
        return run

    def _note(self, run, report, around, outcome, requests, seconds):
        """Add what a slice did to the run and to what is known of the calendar."""
        state, message = outcome
        skipped = _added(run.skipped, dict(report.left_alone))
        # Counted from the lines, which are committed with what they tell: a slice
        # that ended badly is counted too.
        run.write(
            {
                **count_vals(run._count_lines()),
                "skipped": skipped,
                "skipped_count": sum(skipped.values()),
                "state": state,
                "message": message,
                "requests": run.requests + requests,
                "mail_count": run.mail_count + report.mails,
                "duration": run.duration + seconds,
                "ended_at": state != "running" and fields.Datetime.now(),
            }
        )
        if state != "running":
            self._keep_result(run)
        known = around.calendar
        self.calendar_id._learn(
            known.time_zone, known.access_role, list(known.default_reminders)
        )

    def _close_empty(self, run):
        """By the clock, neither nothing to do nor the same refusal again is news."""
        if run.trigger not in ("cron", "push") or run.line_ids:
            return
        previous = self.run_ids.filtered(lambda other: other != run)[:1]
        again = run.state == "failed" == previous.state
        if run.state == "done" or (again and run.message == previous.message):
            self.last_run_id = previous
            run.unlink()

    def _note_crash(self, run, reference, seconds):
        message = self._say(
            lambda me: me.env._(
                "A fault of this addon stopped the synchronisation; the next try is "
                "made by itself within 15 minutes. Give an administrator the reference "
                "%s: the server's log has the details under it.",
                reference,
            )
        )
        self._mark_error(message)
        self.write(
            {
                "unfinished": False,
                "next_try": fields.Datetime.now() + timedelta(minutes=15),
            }
        )
        around = self._surroundings()
        self._note(run, Report(), around, ("failed", message), 0, seconds)


def _added(before, more):
    """Two counts by reason, as one."""
    before = before or {}
    keys = before.keys() | more.keys()
    return {key: before.get(key, 0) + more.get(key, 0) for key in sorted(keys)}
