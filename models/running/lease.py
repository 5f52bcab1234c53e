"""Who works on an account now, and which account is next.

A lease is a row update under SKIP LOCKED, committed before any work: two processes
never hold one account, and a crash frees it when the lease ends.
"""

import uuid
from datetime import timedelta

import psycopg2.errors

from odoo import api, fields, models
from odoo.tools import SQL

from ..account.halves import HALVES
from ..tools.edge import engine_rows

LEASE = timedelta(seconds=60)
#: A wait for our own pacing is no pause that is worth a word.
SOON = timedelta(minutes=2)


class LeaseLost(Exception):
    """Another process took the account over: stop without writing anything more."""


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    lease_owner = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    lease_until = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)
    last_slice_at = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)

    # -- the lease -------------------------------------------------------------

    @api.model
    def _lease(self, condition, order=SQL("id")):
        """Lease the first free account that fits, or return nothing. Commits."""
        owner, now = uuid.uuid4().hex, fields.Datetime.now()
        self.env.flush_all()
        take = SQL(
            "UPDATE google_sync_account SET lease_owner = %s, lease_until = %s,"
            " last_slice_at = %s"
            " WHERE id = (SELECT id FROM google_sync_account AS account"
            " WHERE (lease_until IS NULL OR lease_until < %s) AND %s"
            " ORDER BY %s LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) RETURNING id",
            owner,
            now + LEASE,
            now,
            now,
            condition,
            order,
        )
        try:
            self.env.cr.execute(take, log_exceptions=False)
        except psycopg2.errors.SerializationFailure:
            # SKIP LOCKED does not skip what another process took in this very moment.
            self.env.cr.rollback()
            return self._lease(condition, order)
        ids = [row[0] for row in self.env.cr.fetchall()]
        self._checkpoint()
        self.invalidate_model(["lease_owner", "lease_until", "last_slice_at"])
        return engine_rows(self.env, self._name).browse(ids)

    def _renew_lease(self, owner):
        """Called at each checkpoint; writes only when half of the lease is over."""
        now = fields.Datetime.now()
        if self.lease_owner == owner and self.lease_until > now + LEASE / 2:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE google_sync_account SET lease_until = %s"
                " WHERE id = %s AND lease_owner = %s",
                now + LEASE,
                self.id,
                owner,
            )
        )
        if not self.env.cr.rowcount:
            raise LeaseLost(self.id)
        self.invalidate_recordset(["lease_until"])

    def _free_lease(self, owner):
        self.env.cr.execute(
            SQL(
                "UPDATE google_sync_account SET lease_owner = NULL, lease_until = NULL"
                " WHERE id = %s AND lease_owner = %s",
                self.id,
                owner,
            )
        )
        self.invalidate_recordset(["lease_owner", "lease_until"])

    @api.model
    def _close_killed_runs(self):
        """Of a killed process: nobody works on the run, and nothing takes it up."""
        now = fields.Datetime.now()
        killed = engine_rows(self.env, self._name).search(
            [
                ("last_run_id.state", "=", "running"),
                "|",
                ("lease_until", "=", False),
                ("lease_until", "<", now),
                ("reset_todo", "=", False),
            ]
        )
        for account in killed.filtered(lambda account: not account._is_working()):
            run = account.last_run_id
            said = account._say(lambda me: me._killed_message())
            run.write({"state": "stopped", "message": said, "ended_at": now})
            account._keep_result(run)
            account._tell_owner()

    @api.model
    def _lease_next(self):
        """The next account with something to do: small edits first, round robin."""
        now = fields.Datetime.now()
        return self._lease(
            self._waiting(now), SQL("unfinished IS TRUE, last_slice_at NULLS FIRST, id")
        )

    @api.model
    def _count_due(self):
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT count(*) FROM google_sync_account AS account"
                " WHERE (lease_until IS NULL OR lease_until < %s) AND %s",
                now,
                self._waiting(now),
            )
        )
        return self.env.cr.fetchone()[0]

    # -- is it at work ---------------------------------------------------------

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

    # -- the one door to commit ------------------------------------------------

    @api.model
    def _checkpoint(self):
        """Commit: through the scheduled action's door when there is one."""
        self.env["ir.cron"]._commit_progress()
