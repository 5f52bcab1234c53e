"""The agenda's half of a run: its client, its Store, its settings, its words."""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from odoo import api, fields, models
from odoo.tools import SQL

from ...google_api.errors import DAILY_REASONS
from ...google_api.quota import WINDOW, PacedGoogle
from ...sync.events.filters import IN
from ...sync.events.period import window
from ...sync.events.values import UTC
from ...sync.ports import CalendarLost, ScopeMissing
from ...sync.recorder import Recorder
from ...sync.report import Report
from ...sync.running.ahead import AlreadyRead, read_ahead
from ...sync.running.engine import sync_calendars
from ...sync.running.planned import PlanStore
from ...sync.running.preview import PreviewCalendars, PreviewGoogle
from ...sync.running.pull import Pull
from ...sync.running.run import Run
from ...sync.running.settings import Settings
from ..account.halves import EVENTS
from ..agenda.store.busy import Busy
from ..agenda.store.orm import OrmStore
from ..tools.edge import parameter
from ..tools.options import server_number
from .half import Work

PULL_EVERY = timedelta(minutes=10)
SWEEP_EVERY = timedelta(days=1)


class EventsWork(Work):
    """The agenda's half. around: what the listings tell of each of its calendars.

    at_hand: a list with the client that has read the first pages already, for once.
    lost: calendars that this run did not find any more.
    """

    half = EVENTS
    around: Mapping = MappingProxyType({})

    def __init__(self, account, run, at_hand=()):
        super().__init__(account, run)
        self.at_hand = at_hand
        self.lost = account.calendar_ids.browse()

    def client(self, paced):
        return self.at_hand.pop() if self.at_hand else self.account._paced_client(paced)

    def keep_usage(self, client):
        if client.usage != self.account.usage:
            self.account.usage = client.usage

    def steps(self, client, report, checkpoint):
        account, lost = self.account, {}
        runs = [
            replace(
                one,
                store=account._within_plan(self.run, one.store),
                is_stopped=self.is_stopped if self.run.queued else None,
            )
            for one in self._runs(client, report, checkpoint)
        ]
        several = client if account._is_one_of_many() else None
        yield from sync_calendars(runs, several, self._nearby(), lost)
        self.lost = account._note_lost(lost)

    def is_stopped(self):
        """Asked after a checkpoint, whose changes the page is told of."""
        self.run._tell_progress()
        self.run.invalidate_recordset(["stop_requested"])
        return self.run.stop_requested

    def planned(self, client, report):
        runs = [
            replace(one, google=PreviewGoogle(one.google, one.store))
            for one in self._runs(client, report, self.watch)
        ]
        several = None
        if self.account._is_one_of_many():
            several = PreviewCalendars(client)
        self._read_first(runs, several)
        plan = [replace(one, store=PlanStore(one.store)) for one in runs]
        for _step in sync_calendars(plan, several, self._nearby()):
            self.watch(sum(len(one.store.lines) for one in plan))
        self.account.env.cr.rollback()
        lines = [line for one in runs for line in one.store.lines]
        ids = {line["res_id"] for line in lines}
        known = set(runs[0].store.events.browse(ids - {0}).exists().ids)
        return [_planned(line, known) for line in lines]

    def _read_first(self, runs, several):
        """Google's lists, so that nothing in Odoo is locked while it is asked."""
        first = [
            replace(one, store=Recorder(one.store), report=Report()) for one in runs
        ]
        for one in first:
            Pull(one).begin()
        ahead = read_ahead(first, several) if several else {}
        for one in first:
            read = ahead.get(one.settings.calendar)
            google = AlreadyRead(one.google, read) if read else one.google
            for _page in Pull(replace(one, google=google)).read():
                self.watch()
        self.account.env.cr.rollback()

    def _runs(self, client, report, checkpoint):
        """One for each calendar, the main one first."""
        account, run = self.account, self.run
        settings = account._settings(run)
        places = account._places_to_sync()
        self.around = {place: place._surroundings() for place in places}
        shared = places._of_colleagues()
        busy = Busy(places, settings.window)

        def commit():
            checkpoint()
            busy.committed()

        return [
            Run(
                self._store(place, shared, busy, settings.window, commit),
                account._client_of(place, client),
                replace(
                    account._settings_of(place, settings, run),
                    several=len(places) > 1 or bool(shared),
                ),
                known,
                report,
            )
            for place, known in self.around.items()
        ]

    def _store(self, place, shared, busy, window, checkpoint):
        store = OrmStore(self.account, place, self.run, window, checkpoint)
        store.colleagues = shared.get(place.google_id, ())
        store.busy = busy
        return store

    def _nearby(self):
        return self.account._places_nearby().mapped("google_id")

    def done(self, now):
        self.account._places_to_sync().last_success_at = now
        return {
            "next_pull_at": self.account._next_pull(now),
            "last_success_at": now,
            # A first run has compared everything.
            "last_sweep_at": self.account.last_sweep_at or now,
        }

    def words(self, report):
        account = self.account
        if report.errors:
            return account._say(lambda me: me._errors_message(report.errors))
        if report.questions:
            number = account._count_waiting(about_contacts=False)
            return account._say(lambda me: me._wait_message(number))
        if report.unsettled:
            return account._say(lambda me: me._unsettled_message(report.unsettled))
        if self.lost:
            return account._say(lambda me: self.lost.with_env(me.env)._lost_words())
        return ""

    def is_everybodys(self, stop):
        return stop.reason in DAILY_REASONS

    def learn(self):
        for place, around in self.around.items():
            known = around.calendar
            place._learn(
                known.time_zone, known.access_role, list(known.default_reminders)
            )


def _planned(line, known):
    """What a run would create in Odoo has no id yet, nor have its rows."""
    creates = line["action"] == "create" and line["side"] == "odoo"
    return {**line, "res_id": 0} if creates or line["res_id"] not in known else line


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    last_sweep_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When every event was last compared with Google's values",
    )
    usage = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Units of Google's quota used within the last minute",
    )

    def _next_pull(self, now):
        """When to look again, after a look that came to its end."""
        return now + PULL_EVERY + self._spread()

    def _paced_client(self, paced):
        """The calendar's client; a slice stays within Google's quota by itself.

        Who waits in front of the screen is not held back by us, only by Google.
        """
        calendar, ready = self._calendar_to_sync()
        client = self._calendar_client(calendar, timeout=30.0, ready=ready)
        return PacedGoogle(
            client,
            self.usage or [],
            server_number("user_quota") if paced else 0,
            self._seconds,
            others=self._units_of_others(),
            project_limit=server_number("project_quota") if paced else 0,
        )

    @staticmethod
    def _seconds():
        """The clock that quota is counted by."""
        return time.time()

    def _units_of_others(self):
        """Units that the other accounts have used within the last minute.

        One statement: a thousand accounts that are polled each ask for a thousand.
        """
        if not server_number("project_quota"):
            return 0
        self.flush_model(["usage", "last_slice_at"])
        ((units,),) = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM((spent->>1)::int), 0)"
                " FROM google_sync_account, jsonb_array_elements("
                "CASE jsonb_typeof(usage) WHEN 'array' THEN usage ELSE '[]' END"
                ") AS spent WHERE id <> %s AND last_slice_at > %s"
                " AND (spent->>0)::float > %s",
                self.id,
                fields.Datetime.now() - timedelta(minutes=2),
                self._seconds() - WINDOW,
            )
        )
        return units

    def _calendar_to_sync(self):
        """The main calendar, and what a client works with; else the Stop that fits."""
        if not self.sync_events:
            raise ScopeMissing("The agenda is switched off.", reason="off")
        ready = self._check_ready()
        if not self.agenda_granted:
            raise ScopeMissing(
                "The agenda was not granted.", reason="insufficientPermissions"
            )
        if not (self.calendar_id and self._places_to_sync()):
            raise CalendarLost("No calendar is chosen.", reason="noCalendar")
        return self.calendar_id, ready

    def _settings(self, run):
        """What a slice of `run` is told; one that is followed has begun then.

        Opening Odoo fetches; it sends only where sending goes by itself.
        """
        now = fields.Datetime.now().replace(tzinfo=UTC)
        pull = run.trigger != "push" or not self.calendar_id._to_cursor().sync_token
        resuming = self.unfinished and not run.requested_by_id
        if run.queued:
            pull, resuming = True, run.events_begun
            run.events_begun = True
        settings = Settings(
            now,
            self._period_to_sync(),
            time_zone=self._time_zone_to_sync(),
            marker_key=self._marker_key(),
            policy=self.conflict_policy,
            pull=pull,
            push=run.trigger != "login" or self.auto_push,
            full=run.mode == "full",
            resuming=resuming,
            sweep=self._is_sweep_due(run),
            confirm_deletions=self.confirm_deletions,
            series=self.sync_series,
            invitation=self.distribution == "invitation",
            filters=self.filter_ids._as_filters(IN),
            ways=self._event_ways(),
        )
        return self._with_what_was_left_out(settings)

    def _time_zone_to_sync(self):
        return self.user_id.tz or self.calendar_id.time_zone or "UTC"

    def _period_to_sync(self):
        today = fields.Date.context_today(self.with_context(tz=self.user_id.tz))
        time_zone = self._time_zone_to_sync()
        return window(today, self.months_before, self.months_after, time_zone)

    def _is_sweep_due(self, run):
        """Once a day by the clock, and at once after a time without connection."""
        if self.unfinished or not self.calendar_id._to_cursor().sync_token:
            return False
        if not self.last_sweep_at:
            return True
        return run.trigger == "cron" and self._is_sweep_due_by_clock()

    def _is_sweep_due_by_clock(self):
        last = self.last_sweep_at
        return not last or last < fields.Datetime.now() - SWEEP_EVERY

    @api.model
    def _marker_key(self):
        uuid = parameter(self.env, "database.uuid")
        return f"gsync_{uuid.replace('-', '')[:8]}"
