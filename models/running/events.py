"""The agenda's half of a run: its client, its Store, its settings, its words."""

import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...google_api.errors import DAILY_REASONS
from ...google_api.quota import WINDOW, PacedGoogle
from ...sync.events.google_event import CalendarContext
from ...sync.events.period import window
from ...sync.events.values import UTC
from ...sync.ports import CalendarLost, ScopeMissing
from ...sync.recorder import Recorder
from ...sync.report import Report
from ...sync.running.engine import sync_events
from ...sync.running.planned import PlanStore
from ...sync.running.preview import PreviewGoogle
from ...sync.running.pull import Pull
from ...sync.running.run import Run
from ...sync.running.settings import Settings, Surroundings
from ..account.halves import EVENTS
from ..agenda.store.orm import OrmStore
from ..tools.edge import parameter
from ..tools.options import server_number
from .half import Work

PULL_EVERY = timedelta(minutes=10)
SWEEP_EVERY = timedelta(days=1)


class EventsWork(Work):
    """The agenda's half. around: what the listings tell of the calendar."""

    half = EVENTS
    around = None

    def client(self, paced):
        return self.account._paced_client(paced)

    def keep_usage(self, client):
        if client.usage != self.account.usage:
            self.account.usage = client.usage

    def steps(self, client, report, checkpoint):
        settings, self.around = self._begin()
        store = self._store(settings, checkpoint)
        store = self.account._within_plan(self.run, store)
        return sync_events(store, client, settings, self.around, report)

    def planned(self, client, report):
        settings, around = self._begin()
        store = self._store(settings, lambda: None)
        google = PreviewGoogle(client, store)
        first = Run(Recorder(store), google, settings, around, Report())
        for _page in Pull(first).read():
            pass
        self.account.env.cr.rollback()
        plan = PlanStore(store)
        for _step in sync_events(plan, google, settings, around, report):
            pass
        self.account.env.cr.rollback()
        ids = {line["res_id"] for line in store.lines}
        known = set(store.events.browse(ids - {0}).exists().ids)
        return [_planned(line, known) for line in store.lines]

    def _begin(self):
        return self.account._settings(self.run), self.account._surroundings()

    def _store(self, settings, checkpoint):
        account = self.account
        calendar, period = account.calendar_id, settings.window
        return OrmStore(account, calendar, self.run, period, checkpoint)

    def done(self, now):
        return {
            "next_pull_at": now + PULL_EVERY + self.account._spread(),
            "last_success_at": now,
            # A first run has compared everything.
            "last_sweep_at": self.account.last_sweep_at or now,
        }

    def words(self, report):
        account = self.account
        if report.errors:
            return account._say(lambda me: me._errors_message(report.errors))
        if report.questions:
            return account._say(lambda me: me._wait_message(report.questions))
        if report.unsettled:
            return account._say(lambda me: me._unsettled_message(report.unsettled))
        return ""

    def is_everybodys(self, stop):
        return stop.reason in DAILY_REASONS

    def learn(self):
        if self.around:
            known = self.around.calendar
            self.account.calendar_id._learn(
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

    def _paced_client(self, paced):
        """The calendar's client; a slice stays within Google's quota by itself.

        Who waits in front of the screen is not held back by us, only by Google.
        """
        client = self._calendar_client(self._calendar_to_sync(), timeout=30.0)
        return PacedGoogle(
            client,
            self.usage or [],
            server_number("user_quota") if paced else 0,
            self._seconds,
            others=self._units_of_others(),
            project_limit=server_number("project_quota") if paced else 0,
        )

    def _within_plan(self, _run, store):
        """The Store of a run; of one that is bound to a plan, bound to it."""
        return store

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
        if not self.sync_events:
            raise ScopeMissing("The agenda is switched off.", reason="off")
        self._check_ready()
        if not self.agenda_granted:
            raise ScopeMissing(
                "The agenda was not granted.", reason="insufficientPermissions"
            )
        if not self.calendar_id:
            raise CalendarLost("No calendar is chosen.", reason="noCalendar")
        return self.calendar_id

    def _settings(self, run):
        now = fields.Datetime.now().replace(tzinfo=UTC)
        today = fields.Date.context_today(self.with_context(tz=self.user_id.tz))
        time_zone = self.user_id.tz or self.calendar_id.time_zone or "UTC"
        pull = run.trigger != "push" or not self.calendar_id._to_cursor().sync_token
        return Settings(
            now,
            window(today, self.months_before, self.months_after, time_zone),
            time_zone=time_zone,
            marker_key=self._marker_key(),
            policy=self.conflict_policy,
            pull=pull,
            full=run.mode == "full",
            resuming=self.unfinished and not run.requested_by_id,
            sweep=self._is_sweep_due(run),
            confirm_deletions=self.confirm_deletions,
            series=self.sync_series,
            invitation=self.distribution == "invitation",
        )

    def _is_sweep_due(self, run):
        """Once a day by the clock, and at once after a time without connection."""
        if self.unfinished or not self.calendar_id._to_cursor().sync_token:
            return False
        if not self.last_sweep_at:
            return True
        by_clock = run.trigger == "cron"
        return by_clock and self.last_sweep_at < fields.Datetime.now() - SWEEP_EVERY

    @api.model
    def _marker_key(self):
        uuid = parameter(self.env, "database.uuid")
        return f"gsync_{uuid.replace('-', '')[:8]}"

    def _surroundings(self):
        calendar = self.calendar_id
        return Surroundings(
            CalendarContext(
                time_zone=calendar.time_zone or "UTC",
                access_role=calendar.access_role or "owner",
                default_reminders=tuple(calendar.default_reminders or ()),
            )
        )
