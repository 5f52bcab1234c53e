"""Running a synchronisation: here and now by a person, or in slices by the clock."""

import logging
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import psycopg2.errors

from odoo import api, fields, models, modules
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...google_api.quota import WINDOW, PacedGoogle
from ...sync.events.google_event import CalendarContext
from ...sync.events.period import window
from ...sync.events.values import UTC
from ...sync.ports import CalendarLost, ScopeMissing, Stop
from ...sync.report import Report
from ...sync.running.engine import sync_events
from ...sync.running.settings import Settings, Surroundings
from ..agenda.store.orm import OrmStore
from ..connection.google import new_reference
from ..tools.context import Said
from ..tools.edge import parameter
from ..tools.options import server_number
from .lease import LeaseLost

_logger = logging.getLogger(__name__)

SLICE = 10.0
"""Seconds one account may take before the next one has its turn."""
SCOPES = ("all", "events", "contacts")
MODES = ("normal", "full", "preview")
SWEEP_EVERY = timedelta(days=1)
WAIT_FOR_LEASE = 15.0
_TRIES = 5
_COLLISIONS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
)


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

    def run_sync(self, scope="all", mode="normal"):
        """Synchronise here and now, committing as it goes; the `google.sync.run`.

        Over RPC: the id of the run. A refusal of Google does not raise: the run says
        what happened. Raises AccessError without the right, UserError when another
        run of this account does not end soon or the arguments make no sense.
        """
        by_rpc = sys._getframe(1).f_globals.get("__name__") == "odoo.service.model"
        run = self._run_sync(scope, mode, "manual")
        return run.id if by_rpc else run

    def _run_sync(self, scope, mode, trigger):
        self.ensure_one()
        self._check_may_run()
        self._check_wish(scope, mode)
        scope = self._allowed_scope(scope)
        with self._own_transaction() as account:
            account = account.with_context(google_sync_scope=Said(scope))
            run_id = account._run_now(mode, trigger, self.env.uid).id
        return self.env["google.sync.run"].browse(run_id)

    def _check_wish(self, scope, mode):
        """Before anything is leased: a wrong word must not hold the account."""
        for word, known in ((scope, SCOPES), (mode, MODES)):
            if word not in known:
                raise UserError(
                    self.env._(
                        "“%(word)s” is none of %(known)s.",
                        word=str(word)[:40],
                        known=", ".join(known),
                    )
                )

    @contextmanager
    def _own_transaction(self):
        """The account as superuser, on a cursor that may commit.

        Inside a test's own transaction that is a test cursor on top of it.
        """
        if modules.module.current_test and not _may_commit(self.env.cr):
            self.env.flush_all()
            with self.env.registry.cursor() as cr:
                yield self.with_env(self.env(cr=cr)).sudo()
            self.env.invalidate_all()
        else:
            self.env.cr.commit()  # pylint: disable=invalid-commit
            yield self.sudo()

    def _run_now(self, mode, trigger, requested_by):
        self._lease_soon()
        if self.reset_todo:
            self._free_lease(self.lease_owner)
            self._checkpoint()
            raise UserError(self._resetting_message())
        return self._work(trigger, mode, requested_by, time_limit=None)

    def _lease_soon(self):
        """The lease of this account, for a person who waits; UserError without."""
        end = time.monotonic() + WAIT_FOR_LEASE
        leased = self._lease(SQL("id = %s", self.id))
        while not leased and time.monotonic() < end:
            time.sleep(0.1)
            leased = self._lease(SQL("id = %s", self.id))
        if not leased:
            raise UserError(
                self.env._(
                    "The agenda of %s is being synchronised already: see the journal, "
                    "and try again in a moment.",
                    self._label(),
                )
            )

    # -- the scheduled action --------------------------------------------------

    @api.model
    def _cron_synchronise(self):
        """Work on what is due, a slice at a time, until the time or the work is up."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self._count_due())
        # sudo: the scheduled action works on everybody's account.
        while account := self.sudo()._lease_next():
            trigger = "cron" if account._is_pull_due() else "push"
            account._work(trigger, "normal", None, time_limit=SLICE)
            if not cron._commit_progress(1, remaining=self._count_due()):
                break

    def _is_pull_due(self):
        due = self.auto_pull and (
            not self.next_pull_at or self.next_pull_at <= fields.Datetime.now()
        )
        return due or self.unfinished

    # -- one run ---------------------------------------------------------------

    def _work(self, trigger, mode, requested_by, time_limit):
        """Work on a leased account until done, out of time or stopped by Google."""
        # What is told is for the owner of the agenda, whoever asked.
        self = self.with_context(lang=self.user_id.lang)
        owner, started = self.lease_owner, time.monotonic()
        run = self._despite_collisions(self._open_run, trigger, mode, requested_by)
        if run.mode == "preview":
            return self._preview(run, owner)
        try:
            self._despite_collisions(self._go, run, owner, started, time_limit)
        except LeaseLost:
            self.env.cr.rollback()
            return run
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            # The edge of an account: a bug of ours in one must not stop the others.
            self.env.cr.rollback()
            reference = new_reference()
            _logger.exception(
                "Account %s: fault %s: the run failed", self.id, reference
            )
            self._note_crash(run, reference, time.monotonic() - started)
        self._despite_collisions(self._give_back, run, owner)
        return run.exists()

    def _despite_collisions(self, step, *args):
        """A person saved the same record meanwhile: take up again, as after a crash."""
        for tries_left in reversed(range(_TRIES)):
            try:
                return step(*args)
            except _COLLISIONS:
                self.env.cr.rollback()
                if not tries_left:
                    raise
        raise AssertionError("unreachable")

    def _give_back(self, run, owner):
        self._free_lease(owner)
        self._close_empty(run)
        self._checkpoint()

    def _go(self, run, owner, started, time_limit):
        report, around, client = Report(), self._surroundings(), None
        try:
            client = self._paced_client(paced=bool(time_limit))
            finished = self._drive(run, owner, client, report, around, time_limit)
            outcome = self._settled(report) if finished else self._paused()
        except Stop as stop:
            self.env.cr.rollback()
            if client:
                self.usage = client.usage
            outcome = self._stopped(stop)
        finally:
            requests = client.requests if client else 0
            if client:
                client.close()
        self._note(run, report, around, outcome, requests, time.monotonic() - started)

    def _drive(self, run, owner, client, report, around, time_limit):
        """Step through the engine; False when the time is up before the end."""

        def checkpoint():
            self._renew_lease(owner)
            if client.usage != self.usage:
                self.usage = client.usage
            self._checkpoint()

        settings = self._settings(run)
        store = OrmStore(self, self.calendar_id, run, settings.window, checkpoint)
        store = self._within_plan(run, store)
        end = time.monotonic() + time_limit if time_limit else None
        for _step in sync_events(store, client, settings, around, report):
            if self._is_over(run, end):
                return False
        return True

    def _is_over(self, _run, end):
        """Leave it here: everything until now is committed."""
        return bool(end) and time.monotonic() > end

    def _within_plan(self, _run, store):
        """The Store of a run; of one that is bound to a plan, bound to it."""
        return store

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


def _may_commit(cr):
    """A test forbids its own cursor to commit: it patches the method away."""
    return "commit" not in vars(cr)
