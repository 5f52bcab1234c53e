"""What a run came to: the account's state, when to try again, and the journal."""

from datetime import timedelta
from math import ceil
from random import SystemRandom

from odoo import fields, models

from ...google_api.quota import PACED
from ...sync.ports import ReconnectNeeded, RetryLater, ScopeMissing
from ..account.halves import HALVES
from ..journal.words import count_vals
from ..tools.alarm_clock import ring_at
from ..tools.edge import engine_rows, wake
from ..tools.sentences import together
from .begin import BY_CLOCK
from .half import Came

#: Runs in a row that Google refuses a renewed access before the grant counts as dead.
REFUSALS = 3
#: After what does not mend itself within moments.
REST = timedelta(minutes=15)
BACKOFF_CAP = 640
_jitter = SystemRandom()


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- the outcome -----------------------------------------------------------

    def _settled(self, work, report):
        """Everything of this half was looked at: (run state, message)."""
        half = work.half
        self.write(
            {
                half.unfinished: False,
                half.failures: 0,
                half.refusals: 0,
                half.next_try: False,
                **work.done(fields.Datetime.now()),
            }
        )
        self._note_trouble(half)
        self._mark_connected()
        message = work.words(report)
        state = "partial" if message else "done"
        return self._within_limit(work, report, state, message)

    def _spread(self):
        """Not all accounts in the same second."""
        return timedelta(seconds=self.id * 37 % 60)

    def _paused(self, work):
        self[work.half.unfinished] = True
        return "running", self._say(lambda me: me.env._("Goes on in a moment."))

    def _stopped(self, work, stop):
        """What a refusal of Google means for this half; (run state, message).

        What was asked for goes on by itself, as the same run.
        """
        state, message = self._judged(work, stop)
        goes_on = work.run.queued and isinstance(stop, RetryLater)
        return ("running" if goes_on else state), message

    def _judged(self, work, stop):
        half = work.half
        stop = self._lasting(half, stop)
        if isinstance(stop, ReconnectNeeded):
            message = self._explain(stop)
            self._mark_reconnect(message)
            return "failed", message
        if isinstance(stop, RetryLater):
            moment = self._try_again(work, stop)
            if stop.reason == PACED:
                return self._paused(work)
            message = self._explain(stop, moment)
            self._note_trouble(half, stop, message)
            return "partial", message
        moment = fields.Datetime.now() + REST
        message = work.explain(stop, self.auto_pull and moment)
        if not isinstance(stop, ScopeMissing):
            self._half_stopped(half, stop, message)
        elif stop.reason != "off":
            self[half.granted] = False
        self.write({half.unfinished: False, half.next_try: moment})
        return "failed", message

    def _lasting(self, half, stop):
        """The Stop itself; a refused access that comes back run by run: reconnect.

        Google refuses a good access now and then. A person who presses the button
        before the pause is over does not count as another run.
        """
        if stop.reason != "authError":
            if not isinstance(stop, RetryLater):
                self[half.refusals] = 0
            return stop
        pause = self[half.next_try]
        pausing = pause and pause > fields.Datetime.now()
        if not (pausing and self[half.refusals]):
            self[half.refusals] += 1
        if self[half.refusals] < REFUSALS and self.state != "to_reconnect":
            return stop
        return ReconnectNeeded(str(stop), reason=stop.reason)

    def _try_again(self, work, stop):
        """As long as Google (or our own pacing) said, else backoff with jitter.

        Returns the moment.
        """
        half = work.half
        failures = self[half.failures] + (stop.reason != PACED)
        wait = stop.delay or min(2**failures, BACKOFF_CAP)
        if stop.reason != PACED:
            wait += _jitter.uniform(0, 1 + wait / 10)
        # The database keeps whole seconds: never before the time.
        moment = fields.Datetime.now() + timedelta(seconds=ceil(wait))
        self.write(
            {half.failures: failures, half.unfinished: True, half.next_try: moment}
        )
        if work.is_everybodys(stop):
            # The day of the whole application is used up, not this account's only.
            same = [
                ("client_id_used", "=", self.client_id_used),
                ("state", "!=", "off"),
            ]
            (self.search(same) - self).write({half.next_try: moment})
        wake(self.env, moment)
        ring_at(self.env.cr.dbname, ceil(wait))
        return moment

    # -- the journal -----------------------------------------------------------

    def _note(self, run, came, before):
        """Add what a slice of a half did to the run.

        before: the state that the other half left in this slice, "" without one.
        """
        state, message = came.state, came.message
        if before:
            state = _together(before, state)
            message = together(run._stored_words("message"), message)
        skipped = added(run.skipped, came.report.left_alone)
        # Counted from the lines, which are committed with what they tell: a slice
        # that ended badly is counted too.
        run.write(
            {
                **count_vals(run._count_lines()),
                "skipped": skipped,
                "skipped_count": sum(skipped.values()),
                "state": state,
                "message": message,
                "requests": run.requests + came.requests,
                "mail_count": run.mail_count + came.report.mails,
                "duration": run.duration + came.seconds,
                "ended_at": state != "running" and fields.Datetime.now(),
            }
        )
        if state != "running":
            self._keep_result(run)
        engine_rows(self.env, "google.sync.usage")._count(self, came.requests)

    def _close_empty(self, run):
        """What is no news leaves the journal; who asked for it is told all the same."""
        asked_by = run.requested_by_id
        if run.trigger in (*BY_CLOCK, "login") and not run.line_ids:
            others = [("account_id", "=", self.id), ("id", "!=", run.id)]
            previous = run.search(others, limit=1)
            if self._is_no_news(run, previous):
                self.last_run_id = previous
                run.unlink()
                run = run.browse()
        self._tell_end(run, asked_by)

    @staticmethod
    def _is_no_news(run, previous):
        """By the clock, neither nothing to do nor the same refusal again; when Odoo was
        opened, that there was nothing.
        """
        if run.state == "done":
            return True
        again = run.state == "failed" == previous.state
        same = again and run.message == previous.message
        return same and run.trigger in BY_CLOCK

    def _note_crash(self, run, reference, seconds):
        """What a fault of ours stopped rests, whichever half it was in."""
        message = self._say(
            lambda me: me.env._(
                "A fault of this addon stopped the synchronisation; the next try is "
                "made by itself within 15 minutes. Give an administrator the reference "
                "%s: the server's log has the details under it.",
                reference,
            )
        )
        self._mark_error(message)
        moment = fields.Datetime.now() + REST
        for half in HALVES:
            self.write({half.unfinished: False, half.next_try: moment})
        self._note(run, Came("failed", message, seconds=seconds), before="")


def added(before, more):
    """Two counts by reason, as one."""
    before = before or {}
    keys = before.keys() | more.keys()
    return {key: before.get(key, 0) + more.get(key, 0) for key in sorted(keys)}


def _together(first, second):
    """The state of a run whose two halves ended so."""
    if first == second:
        return second
    return "running" if "running" in (first, second) else "partial"
