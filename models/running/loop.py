"""What a run does: one half of the account after the other, each driven the same way.

Each half stops by itself: what Google refuses to the agenda does not hold back the
contacts, nor the other way round.
"""

import time

from odoo import fields, models

from ...sync.ports import Stop
from ...sync.report import Report
from ..account.halves import CONTACTS, EVENTS
from .contacts import ContactsWork
from .events import EventsWork
from .half import Came
from .watch import StopAsked, Watch


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- which halves ----------------------------------------------------------

    def _works(self, run, time_limit=None, at_hand=()):
        """The halves that a slice works on; without any, the agenda says why."""
        events, contacts = self._features(run, time_limit)
        works = [EventsWork(self, run, at_hand)] if events or not contacts else []
        return [*works, ContactsWork(self, run)] if contacts else works

    def _features(self, run, time_limit):
        """What this slice works on: "events", "contacts"."""
        events, contacts = self._halves_to_do(run, time_limit)
        asked_by = run.requested_by_id
        if time_limit and events and asked_by and asked_by != self.user_id:
            # What somebody else asked for by the clock is the agenda alone.
            contacts = False
        return events, contacts

    def _halves_to_do(self, run, time_limit):
        if not (run.queued and run.state == "running"):
            return self._halves_due(run, time_limit)
        if not run.begun:
            return self._halves_due(run, None)
        events = run.scope != "contacts" and self.unfinished
        contacts = run.scope != "events" and self.contacts_unfinished
        return (
            events and not self._is_resting(EVENTS),
            contacts and not self._is_resting(CONTACTS),
        )

    def _halves_due(self, run, time_limit):
        """Of a run of this scope, what there is to do; by the clock, what may."""
        contacts = run.scope == "contacts"
        contacts |= run.scope == "all" and self._wants_contacts()
        events = run.scope != "contacts" and (self.sync_events or not contacts)
        if not time_limit:
            return events, contacts
        if run.scope == "all" and not contacts and self.contacts_next_at:
            # An empty list that was to be looked at would be due for ever.
            self.contacts_next_at = False
        ready = self.sync_events and self.agenda_granted and self.calendar_id
        events = events and ready and not self._is_resting(EVENTS)
        contacts = contacts and self.contacts_granted
        return events, contacts and not self._is_resting(CONTACTS)

    def _is_resting(self, half):
        """It waits for a moment that is not there yet."""
        pause = self[half.next_try]
        return bool(pause) and pause > fields.Datetime.now()

    # -- one run ---------------------------------------------------------------

    def _go(self, run, owner, time_limit, at_hand=()):
        """After the plan was compared once more: one that is stale starts nothing."""
        if run.queued and not self._is_to_begin(run, owner):
            return
        if not self._may_start(run):
            return
        before = ""
        for work in self._works(run, time_limit, at_hand):
            if before:
                # What stopped the agenda stays noted when the contacts are stopped.
                self._checkpoint()
            self._despite_collisions(self._go_half, work, owner, time_limit, before)
            before = run.state

    def _is_to_begin(self, run, owner):
        """Nobody stopped it, nor while the plan that it carries out was looked at."""
        try:
            if run.stop_requested or self._is_out_of_date(run, Watch(self, run, owner)):
                return False
        except StopAsked:
            self.env.cr.rollback()
        run.invalidate_recordset(["stop_requested"])
        return not run.stop_requested

    def _go_half(self, work, owner, time_limit, before):
        """`before`: the state in which the other half left the run, if there is one."""
        report, client, started = Report(), None, time.monotonic()
        try:
            client = work.client(paced=bool(time_limit))
            finished = self._drive(work, owner, client, report, time_limit)
            outcome = self._settled(work, report) if finished else self._paused(work)
        except Stop as stop:
            self.env.cr.rollback()
            if client:
                work.keep_usage(client)
            outcome = self._stopped(work, stop)
        finally:
            requests = client.requests if client else 0
            if client:
                client.close()
        came = Came(*outcome, report, requests, time.monotonic() - started)
        self._note(work.run, came, before)
        work.learn()

    def _drive(self, work, owner, client, report, time_limit):
        """Step through the engine; False when the time is up before the end."""

        def checkpoint():
            self._renew_lease(owner)
            work.keep_usage(client)
            self._checkpoint()

        end = time.monotonic() + time_limit if time_limit else None
        for _step in work.steps(client, report, checkpoint):
            if self._is_over(work.run, end):
                return False
        return True

    def _is_over(self, run, end):
        """Leave it here: everything until now is committed."""
        if run.queued:
            run._tell_progress()
            run.invalidate_recordset(["stop_requested"])
            if run.stop_requested:
                return True
        return bool(end) and time.monotonic() > end
