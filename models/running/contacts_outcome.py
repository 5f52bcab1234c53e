"""What came of the contacts' half of a run: settled, paused, stopped, and its words."""

from datetime import timedelta
from math import ceil
from random import SystemRandom

from odoo import fields, models

from ...google_api.quota import PACED
from ...sync.ports import ReconnectNeeded, RetryLater, ScopeMissing
from ..journal.words import count_vals
from ..tools.alarm_clock import ring_at
from ..tools.edge import wake
from ..tools.told import together

#: Google has nothing to say by itself about contacts, and its lists lag by minutes.
LIST_EVERY = timedelta(minutes=20)

_BACKOFF_CAP = 640

_jitter = SystemRandom()


def _together(first, second):
    """The state of a run whose two halves ended so; "" when there was one only."""
    if not first or first == second:
        return second
    return "running" if "running" in (first, second) else "partial"


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _contacts_settled(self, report, finished):
        """(run state, message)."""
        if not finished:
            self.contacts_unfinished = True
            return self._paused_contacts()
        now = fields.Datetime.now()
        spread = timedelta(seconds=self.id * 37 % 60)
        self.write(
            {
                "contacts_unfinished": False,
                "contacts_failures": 0,
                "contacts_refusals": 0,
                "contacts_next_try": False,
                "contacts_next_at": self.auto_pull and now + LIST_EVERY + spread,
                "contacts_synced_at": now,
            }
        )
        self._note_trouble("contacts")
        self._mark_connected()
        if number := report.errors:
            return "partial", self._say(lambda me: me._contact_errors_message(number))
        if number := report.questions:
            return "partial", self._say(lambda me: me._contacts_wait_message(number))
        return "done", ""

    def _paused_contacts(self):
        return "running", self._say(lambda me: me.env._("Goes on in a moment."))

    def _contacts_stopped(self, stop):
        """What a refusal of Google means for the contacts; (run state, message)."""
        stop = self._lasting(stop, "contacts_refusals", "contacts_next_try")
        if isinstance(stop, ReconnectNeeded):
            message = self._explain(stop)
            self._mark_reconnect(message)
            return "failed", message
        if isinstance(stop, RetryLater):
            moment = self._try_contacts_again(stop)
            if stop.reason == PACED:
                return self._paused_contacts()
            message = self._explain(stop, moment)
            self._note_trouble("contacts", stop, message)
            return "partial", message
        moment = fields.Datetime.now() + timedelta(minutes=15)
        message = self._explain_contacts(stop, self.auto_pull and moment)
        if isinstance(stop, ScopeMissing) and stop.reason != "off":
            self.contacts_granted = False
        elif not isinstance(stop, ScopeMissing):
            self._half_stopped("contacts", stop, message)
        self.write({"contacts_unfinished": False, "contacts_next_try": moment})
        return "failed", message

    def _note_crash(self, run, *details):
        """What a fault of ours stopped rests, whichever half it was in."""
        moment = fields.Datetime.now() + timedelta(minutes=15)
        self.write({"contacts_unfinished": False, "contacts_next_try": moment})
        return super()._note_crash(run, *details)

    def _explain_contacts(self, stop, again_at=None):
        """As for the agenda, but for what the contacts alone can lack."""
        if not isinstance(stop, ScopeMissing):
            return self._explain(stop, again_at)
        return self._say(lambda me: me._contacts_closed_message(stop.reason))

    def _contacts_closed_message(self, reason):
        if reason == "off":
            return self.env._(
                "The contacts of %s are switched off: switch them on in My "
                "Preferences, tab Synchronisation.",
                self._label(),
            )
        return self.env._(
            "Google was not allowed to open the contacts of %s to Odoo. Press Connect "
            "again in My Preferences, tab Synchronisation, and tick the box of the "
            "contacts on Google's page.",
            self.google_email or self._label(),
        )

    def _try_contacts_again(self, stop):
        """As long as Google or our own pacing said, else backoff with jitter."""
        failures = self.contacts_failures + (stop.reason != PACED)
        wait = stop.delay or min(2**failures, _BACKOFF_CAP)
        if stop.reason != PACED:
            wait += _jitter.uniform(0, 1 + wait / 10)
        moment = fields.Datetime.now() + timedelta(seconds=ceil(wait))
        self.write(
            {
                "contacts_failures": failures,
                "contacts_unfinished": True,
                "contacts_next_try": moment,
            }
        )
        wake(self.env, moment)
        ring_at(self.env.cr.dbname, ceil(wait))
        return moment

    def _note_contacts(self, run, report, outcome, before, requests, seconds):
        """Add the contacts' half to what the agenda's noted, when there was one."""
        state, message = outcome
        told = together(run._stored_words("message") if before else "", message)
        state = _together(before, state)
        skipped = dict(run.skipped or {})
        for reason, number in report.left_alone.items():
            skipped[reason] = skipped.get(reason, 0) + number
        run.write(
            {
                **count_vals(run._count_lines()),
                "skipped": skipped,
                "skipped_count": sum(skipped.values()),
                "state": state,
                "message": told,
                "requests": run.requests + requests,
                "duration": run.duration + seconds,
                "ended_at": state != "running" and fields.Datetime.now(),
            }
        )
        if state != "running":
            self._keep_result(run)
