"""Runs that a person asked for without waiting: opening Odoo, the systray, the agenda.

The scheduled action takes them up within a second; who asked is told by the bus.
"""

from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ..account.halves import HALVES
from ..tools.edge import engine_rows

#: A wait for our own pacing is no pause that is worth a word.
SOON = timedelta(minutes=2)
#: Triggers of runs that nobody asked for: a request may take their place.
_BY_CLOCK = ("cron", "push")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    opened_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="When Google was last asked because the owner opened Odoo",
    )

    def _request_sync(self, trigger="manual"):
        """Ask for a run of each account; {account id: why it has to wait, or ""}."""
        # sudo: whoever may have an account run; nothing is read for a page.
        accounts = self.sudo()
        if trigger == "manual":
            accounts._go_on_for_person()
        answers = {account.id: account._why_not_now() for account in accounts}
        able = accounts.filtered(
            lambda account: (
                account._can_run()
                and not (account.reset_todo or account.waits_for_person)
                and not account._is_to_be_started()
            )
        )
        engine_rows(self.env, "google.sync.request")._ask(able, trigger)
        return answers

    def _go_on_for_person(self):
        """Who presses the button says go: what a reset held back, and what failed for
        a reason that may be mended by now. A pause that Google asked for stands.
        """
        for account in self.filtered(lambda account: not account.reset_todo):
            failed = account.events_trouble == "failed"
            if account.next_try and (account.waits_for_person or failed):
                account.next_try = False
            if account.contacts_next_try and account.contacts_trouble == "failed":
                account.contacts_next_try = False

    def _can_run(self):
        agenda = self.sync_events and self.agenda_granted and self.calendar_id
        contacts = self.sync_contacts and self.contacts_granted
        live = self.state in ("connected", "error") and not self._is_suspended()
        return bool(live and (agenda or contacts))

    def _why_not_now(self):
        """What keeps a run from starting at once, for whoever asked; "" for nothing."""
        if self._is_suspended():
            return self._suspended_message()
        if self.state == "to_reconnect":
            return self.env._(
                "The connection of %s with Google has ended: press Connect in My "
                "Preferences, tab Synchronisation.",
                self._label(),
            )
        if not self._can_run():
            return self.env._(
                "%s is not connected with Google: press Connect in My Preferences, tab "
                "Synchronisation.",
                self._label(),
            )
        if self.reset_todo:
            return self._resetting_message()
        if self._is_to_be_started():
            return self._not_started_message()
        if self.waits_for_person:
            return self.env._(
                "%s: after a reset nothing is synchronised by itself until somebody "
                "presses Synchronise now.",
                self._label(),
            )
        pause = self._pause_of_request()
        if pause and pause > fields.Datetime.now():
            return self.env._(
                "%(user)s: Google asked for a pause, the synchronisation goes on at "
                "%(moment)s.",
                user=self._label(),
                moment=format_datetime(
                    self.env, pause, tz=self.env.user.tz, dt_format="short"
                ),
            )
        return ""

    def _pause_of_request(self):
        """Until when what is asked for waits: as `_requested` sees it."""
        agenda = self.sync_events and self.agenda_granted and self.calendar_id
        return self.next_try if agenda else self.contacts_next_try

    def _is_working(self):
        """A run of the account is going on, or is about to.

        A run whose process was killed says that it is running; nobody holds the lease.
        """
        now = fields.Datetime.now()
        if self.reset_todo:
            return False
        if self.last_run_id.state == "running":
            if self.lease_until and self.lease_until > now:
                return True
            if self._goes_on_soon(now):
                return True
        pause = self._pause_of_request()
        if not self._can_run() or (pause and pause > now + SOON):
            return False
        return engine_rows(self.env, "google.sync.request")._is_waiting(self)

    def _goes_on_soon(self, now):
        """The scheduled action takes the last run up again within moments."""
        run = self.last_run_id
        left = any(
            self[half.unfinished]
            and (not self[half.next_try] or self[half.next_try] <= now + SOON)
            for half in HALVES
        )
        return left or (run.queued and not run.begun)

    # -- the scheduled action --------------------------------------------------

    @api.model
    def _due(self, now):
        return SQL("((%s) OR (%s))", super()._due(now), self._requested(now))

    @api.model
    def _requested(self, now):
        """By the agenda's clock; by the contacts' where there is no agenda to do."""
        return SQL(
            "EXISTS (SELECT 1 FROM google_sync_request AS request"
            " WHERE request.account_id = account.id)"
            " AND state IN ('connected', 'error')"
            " AND first_day IS DISTINCT FROM 'choosing'"
            " AND CASE WHEN sync_events AND agenda_granted AND calendar_id IS NOT NULL"
            " THEN next_try IS NULL OR next_try <= %(now)s"
            " ELSE sync_contacts AND contacts_granted"
            " AND (contacts_next_try IS NULL OR contacts_next_try <= %(now)s) END",
            now=now,
        )

    def _open_run(self, trigger, mode, requested_by, scope="all"):
        """A run of the clock becomes the one that a person asked for, if any did.

        A run that goes on by slices is left to its end first.
        """
        unfinished = any(self[half.unfinished] for half in HALVES)
        going_on = self.last_run_id.state == "running" and unfinished
        if trigger in _BY_CLOCK and not requested_by and not going_on:
            asked = self.env["google.sync.request"]._take(self)
            if asked:
                trigger, requested_by = asked
                self._begin_requested(trigger)
        return super()._open_run(trigger, mode, requested_by, scope)

    def _begin_requested(self, trigger):
        """In one commit with the row that is gone: a crash must not forget it."""
        if self.sync_events and self.agenda_granted and self.calendar_id:
            self.unfinished = True
        if trigger == "login":
            self.opened_at = fields.Datetime.now()

    def _features(self, run, time_limit):
        """What somebody else asked for by the clock is the agenda alone."""
        events, contacts = super()._features(run, time_limit)
        asked_by = run.requested_by_id
        if time_limit and events and asked_by and asked_by != self.user_id:
            contacts = False
        return events, contacts

    def _settings(self, run):
        """Opening Odoo fetches; it sends only where sending goes by itself."""
        settings = super()._settings(run)
        if run.trigger == "login" and not self.auto_push:
            return replace(settings, push=False)
        return settings

    def _close_empty(self, run):
        """Opening Odoo is no news either, when it brought none; who asked is told."""
        asked_by = run.requested_by_id
        result = super()._close_empty(run)
        run = run.exists()
        if (run.trigger, run.state) == ("login", "done") and not run.line_ids:
            others = [("account_id", "=", self.id), ("id", "!=", run.id)]
            self.last_run_id = run.search(others, limit=1)
            run.unlink()
            run = run.browse()
        self._tell_end(run, asked_by)
        return result
