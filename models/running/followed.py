"""Working on the runs that people asked for, a slice at a time, until their end."""

import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import SQL

from ...sync.ports import RetryLater
from ..account.halves import CONTACTS, EVENTS
from ..tools.edge import engine_rows, wake
from ..tools.reference import new_reference

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _queue_run(self, scope="all", mode="normal", plan=None):
        """A run for the current user, to be worked on from now on; the caller commits.

        Raises AccessError without the right. One that waits already is enough.
        """
        self.ensure_one()
        self._check_may_run()
        self._check_start(mode)
        scope = self._allowed_scope(scope)
        # The right was checked above; runs are the engine's to write.
        runs = engine_rows(self.env, "google.sync.run")
        run = runs.browse() if plan else self._waiting_run(scope, mode)
        if not run:
            run = runs.create(
                {
                    "account_id": self.id,
                    "trigger": "assistant",
                    "mode": mode,
                    "scope": scope,
                    "queued": True,
                    "requested_by_id": self.env.uid,
                    "plan_id": plan and plan.id,
                }
            )
        wake(self.env)
        return run.with_env(self.env)

    def _may_run_contacts(self):
        """A colleague with a right on the agenda has none on the contacts."""
        return self.user_id == self.env.user or self._is_managed_by_me()

    def _waiting_run(self, scope, mode):
        domain = [("scope", "=", scope), ("mode", "=", mode), ("plan_id", "=", False)]
        mine = [("requested_by_id", "=", self.env.uid), ("stop_requested", "=", False)]
        return self._queued_runs(domain + mine)

    def _asked_already(self, domain):
        """What the same person asked for already, and nobody has stopped."""
        mine = [("requested_by_id", "=", self.env.uid), ("stop_requested", "=", False)]
        return self._queued_runs([*domain, *mine]).with_env(self.env)

    def _queued_runs(self, domain=()):
        """The oldest that is not finished."""
        # sudo: runs of this account, for the engine.
        return (
            self.env["google.sync.run"]
            .sudo()
            .search(
                [
                    ("account_id", "=", self.id),
                    ("queued", "=", True),
                    ("state", "=", "running"),
                    *domain,
                ],
                order="id",
                limit=1,
            )
        )

    def _work_on_queue(self, seconds):
        """Work on the account's queue; False when somebody else does, or has to wait.

        Commits, as superuser; the caller has checked the rights.
        """
        with self._own_transaction() as account:
            leased = account._lease(
                SQL(
                    "account.id = %s AND %s",
                    account.id,
                    account._has_queue(fields.Datetime.now()),
                )
            )
            if leased:
                leased._work("assistant", "normal", None, time_limit=seconds)
            return bool(leased)

    # -- the scheduled action --------------------------------------------------

    @api.model
    def _due(self, now):
        return SQL("((%s) OR (%s))", super()._due(now), self._has_queue(now))

    @api.model
    def _has_queue(self, now):
        """A run that waits: to be begun, or with a half that may go on now."""
        return SQL(
            "EXISTS (SELECT 1 FROM google_sync_run AS run"
            " WHERE run.account_id = account.id"
            " AND run.queued AND run.state = 'running'"
            " AND (run.begun IS NOT TRUE OR run.stop_requested"
            " OR (account.unfinished"
            " AND (account.next_try IS NULL OR account.next_try <= %(now)s))"
            " OR (account.contacts_unfinished AND (account.contacts_next_try IS NULL"
            " OR account.contacts_next_try <= %(now)s))))",
            now=now,
        )

    def _open_run(self, trigger, mode, requested_by, scope="all"):
        """Who waits for a run comes first, and keeps what was asked for."""
        run = self.env["google.sync.run"] if requested_by else self._queued_runs()
        if run:
            self._take_up(run)
            return run
        last = self.last_run_id
        if last.queued and last.state == "running":
            message = self._say(
                lambda me: me.env._("Another run was started meanwhile.")
            )
            self._write_stopped(last, message)
        return super()._open_run(trigger, mode, requested_by, scope)

    def _take_up(self, run):
        """The run is the account's present one; both its halves are still to do."""
        last = self.last_run_id
        if last != run and last.state == "running" and not last.queued:
            last.write({"state": "stopped", "ended_at": fields.Datetime.now()})
        self.last_run_id = run
        if not run.begun and run.mode != "preview":
            events, contacts = self._features(run, None)
            self.write(
                {
                    "unfinished": events,
                    "contacts_unfinished": contacts,
                    "next_try": False if events else self.next_try,
                    "contacts_next_try": not contacts and self.contacts_next_try,
                }
            )
            run.write(
                {
                    "begun": True,
                    "cursor_before": self._cursors(),
                    "contact_cursor_before": self.contact_cursor,
                }
            )
        self._checkpoint()

    def _features(self, run, time_limit):
        if not (run.queued and run.state == "running"):
            return super()._features(run, time_limit)
        if not run.begun:
            return super()._features(run, None)
        events = run.scope != "contacts" and self.unfinished
        contacts = run.scope != "events" and self.contacts_unfinished
        return (
            events and not self._is_resting(EVENTS),
            contacts and not self._is_resting(CONTACTS),
        )

    def _settings(self, run):
        settings = super()._settings(run)
        if run.queued:
            settings = replace(settings, pull=True, resuming=run.events_begun)
            run.events_begun = True
        return settings

    def _contact_settings(self, run):
        settings = super()._contact_settings(run)
        if run.queued:
            settings = replace(settings, pull=True, resuming=run.contacts_begun)
            if not run.contacts_begun:
                self._fill_from_rules()
            run.contacts_begun = True
        return settings

    # -- between two checkpoints -----------------------------------------------

    def _is_over(self, run, end):
        if run.queued:
            run._tell_progress()
            run.invalidate_recordset(["stop_requested"])
            if run.stop_requested:
                return True
        return super()._is_over(run, end)

    def _go(self, run, owner, time_limit, at_hand=()):
        if run.queued and (run.stop_requested or self._is_out_of_date(run)):
            return
        super()._go(run, owner, time_limit, at_hand)

    def _preview(self, run, owner):
        try:
            return super()._preview(run, owner)
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            # As for any run: a fault of ours must not be met again and again.
            self.env.cr.rollback()
            reference = new_reference()
            _logger.exception("Account %s: fault %s: no preview", self.id, reference)
            message = self._say(
                lambda me: me.env._(
                    "A fault of this addon stopped the preview; nothing was written. "
                    "Give an administrator the reference %s: the server's log has the "
                    "details under it.",
                    reference,
                )
            )
            run.write(
                {
                    "state": "failed",
                    "message": message,
                    "ended_at": fields.Datetime.now(),
                }
            )
            self._free_lease(owner)
            self._checkpoint()
            return run

    # -- the end ---------------------------------------------------------------

    def _stopped(self, work, stop):
        """What was asked for goes on by itself, as the same run."""
        state, message = super()._stopped(work, stop)
        goes_on = work.run.queued and isinstance(stop, RetryLater)
        return ("running" if goes_on else state), message

    def _give_back(self, run, owner):
        if run.exists() and run.queued:
            self._conclude(run)
        return super()._give_back(run, owner)

    def _conclude(self, run):
        """In one commit with the end of the run, if it is the end."""
        run.invalidate_recordset(["stop_requested"])
        if run.stop_requested and run.state == "running":
            message = self._say(
                lambda me: me.env._(
                    "What was written until then stays; the rest comes up again at the "
                    "next synchronisation."
                )
            )
            self._write_stopped(run, message)
        elif run.state != "running":
            self._conclude_plan(run)
        run._tell_progress()

    def _write_stopped(self, run, message):
        self.write({"unfinished": False, "contacts_unfinished": False})
        run.write(
            {
                "state": "stopped",
                "message": message,
                "ended_at": fields.Datetime.now(),
            }
        )
        self._conclude_plan(run)
        self._put_off_first_day()
        self._keep_result(run)
