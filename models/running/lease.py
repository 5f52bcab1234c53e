"""Who works on an account now, and which account is next.

A lease is a row update under SKIP LOCKED, committed before any work: two processes
never hold one account, and a crash frees it when the lease ends.
"""

import uuid
from datetime import timedelta

import psycopg2.errors

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ..account.account import QUEUE_STATES
from ..account.outsider import OF_INTERNAL_USER
from ..agenda.store.queue import PUSHABLE
from ..tools.edge import wake

LEASE = timedelta(seconds=60)


class LeaseLost(Exception):
    """Another process took the account over: stop without writing anything more."""


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    lease_owner = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    lease_until = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)
    next_try = fields.Datetime("Not before", readonly=True, copy=False)
    failures = fields.Integer(readonly=True, copy=False)
    next_pull_at = fields.Datetime("Next regular update", readonly=True, copy=False)
    unfinished = fields.Boolean(
        readonly=True, copy=False, help="A run goes on in the next slice"
    )
    last_slice_at = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)

    # -- whose edits are queued ------------------------------------------------

    @api.model
    @ormcache()
    def _google_sync_by_partner(self):
        """{partner id: account id} of the users whose agenda is synchronised."""
        # sudo: ids of everybody's accounts, for what is queued.
        accounts = self.sudo().search(
            [("state", "in", QUEUE_STATES), ("sync_events", "=", True)]
        )
        return {account.user_id.partner_id.id: account.id for account in accounts}

    @api.model
    @ormcache()
    def _google_sync_pushing(self):
        """Ids of the accounts whose edits go to Google by themselves."""
        # sudo: ids of everybody's accounts, for what is woken.
        return frozenset(self.sudo().search([("auto_push", "=", True)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not {"state", "sync_events", "user_id", "auto_push"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

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
        leased = self.browse([row[0] for row in self.env.cr.fetchall()])
        self._checkpoint()
        self.invalidate_model(["lease_owner", "lease_until", "last_slice_at"])
        return leased

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
        # sudo: the scheduled action works on everybody's account.
        killed = self.sudo().search(
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

    @api.model
    def _waiting(self, now):
        return SQL("(%s) AND %s", self._due(now), OF_INTERNAL_USER)

    @api.model
    def _due(self, now):
        return SQL(
            "state IN ('connected', 'error') AND sync_events AND agenda_granted"
            " AND calendar_id IS NOT NULL AND first_day IS DISTINCT FROM 'choosing'"
            " AND (next_try IS NULL OR next_try <= %(now)s)"
            " AND (unfinished"
            " OR (auto_pull AND (next_pull_at IS NULL OR next_pull_at <= %(now)s))"
            " OR (auto_push AND (EXISTS (SELECT 1 FROM google_sync_pending AS pending"
            " WHERE pending.account_id = account.id)"
            # Taken from the queue by a run that did not come to its end.
            " OR EXISTS (SELECT 1 FROM google_sync_event_link AS link"
            " WHERE link.account_id = account.id AND link.dirty"
            " AND link.calendar_id IN (SELECT id FROM google_sync_calendar"
            " WHERE account_id = account.id AND mode <> 'off')"
            " AND link.state IN %(pushable)s))))",
            now=now,
            pushable=PUSHABLE,
        )

    def _wake_pull(self):
        """Have the scheduled action look at these accounts now, both ways.

        A pause that Google asked for stands.
        """
        self.write({"next_pull_at": fields.Datetime.now()})
        wake(self.env)

    # -- the one door to commit ------------------------------------------------

    @api.model
    def _checkpoint(self):
        """Commit: through the scheduled action's door when there is one."""
        self.env["ir.cron"]._commit_progress()
