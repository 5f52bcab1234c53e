"""Running a synchronisation: here and now by a person, or in slices by the clock."""

import logging
import sys
import time
from contextlib import contextmanager

import psycopg2.errors

from odoo import api, fields, models, modules
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rights.sense import quoted
from ..tools.reference import new_reference
from .lease import LeaseLost

_logger = logging.getLogger(__name__)

SLICE = 10.0
"""Seconds one account may take before the next one has its turn."""
SCOPES = ("all", "events", "contacts")
MODES = ("normal", "full", "preview")
WAIT_FOR_LEASE = 15.0
_TRIES = 5
_COLLISIONS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

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
        self._check_start(mode)
        scope = self._allowed_scope(scope)
        with self._own_transaction() as account:
            run_id = account._run_now(scope, mode, trigger, self.env.uid).id
        return self.env["google.sync.run"].browse(run_id)

    def _check_wish(self, scope, mode):
        """Before anything is leased: a wrong word must not hold the account."""
        for word, known in ((scope, SCOPES), (mode, MODES)):
            if word not in known:
                raise UserError(
                    self.env._(
                        "“%(word)s” is none of %(known)s.",
                        word=quoted(word),
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

    def _run_now(self, scope, mode, trigger, requested_by):
        self._lease_soon()
        if self.reset_todo:
            self._free_lease(self.lease_owner)
            self._checkpoint()
            raise UserError(self._resetting_message())
        return self._work(trigger, mode, requested_by, time_limit=None, scope=scope)

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
        """Work on what is due, a slice at a time, until the time or the work is up.

        Where jobs are run, it only hands out.
        """
        if self._is_by_jobs():
            self._hand_out()
            return
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self._count_due())
        while account := self._lease_next():
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

    def _work(self, trigger, mode, requested_by, time_limit, scope="all"):
        """Work on a leased account until done, out of time or stopped by Google."""
        owner, started = self.lease_owner, time.monotonic()
        at_hand = []
        if trigger == "cron" and self._is_over_at_a_glance(owner, at_hand):
            return self.env["google.sync.run"]
        # What is told is for the owner of the agenda, whoever asked.
        self = self.with_context(lang=self.user_id.lang)
        wish = (trigger, mode, requested_by, scope)
        run = self._despite_collisions(self._open_run, *wish)
        if run.mode == "preview":
            return self._preview(run, owner)
        try:
            self._despite_collisions(self._go, run, owner, time_limit, at_hand)
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
        if run.exists() and run.queued:
            self._conclude(run)
        self._free_lease(owner)
        self._close_empty(run)
        self._checkpoint()


def _may_commit(cr):
    """A test forbids its own cursor to commit: it patches the method away."""
    return "commit" not in vars(cr)
