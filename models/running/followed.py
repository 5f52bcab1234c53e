"""Working on the runs that people asked for, a slice at a time, until their end."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.edge import engine_rows, wake

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
        wish = [("scope", "=", scope), ("mode", "=", mode), *self._own_wish()]
        run = runs.browse() if plan else self._asked_already(wish)
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
        # sudo: whose it is, to say only whether the reader may.
        account = self.sudo()
        return account.user_id == self.env.user or account._is_managed_by_me()

    @api.model
    def _own_wish(self):
        """Domain of the runs that carry out nothing but what they were asked for."""
        return [("plan_id", "=", False)]

    def _asked_already(self, domain):
        """What the same person asked for already, and nobody has stopped."""
        mine = [("requested_by_id", "=", self.env.uid), ("stop_requested", "=", False)]
        return self._queued_runs([*domain, *mine]).with_env(self.env)

    def _queued_runs(self, domain=()):
        """The oldest that is not finished."""
        # sudo: runs of this account, for the engine.
        return engine_rows(self.env, "google.sync.run").search(
            [
                ("account_id", "=", self.id),
                ("queued", "=", True),
                ("state", "=", "running"),
                *domain,
            ],
            order="id",
            limit=1,
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

    # -- the end ---------------------------------------------------------------

    def _conclude(self, run):
        """In one commit with the end of the run, if it is the end."""
        run.invalidate_recordset(["stop_requested"])
        if run.stop_requested and run.state == "running":
            run.invalidate_recordset(["line_count"])
            self._write_stopped(run, self._say(lambda me: me._stopped_message(run)))
        elif run.state != "running":
            self._conclude_plan(run)
        run._tell_progress()

    def _stopped_message(self, run):
        """How far it came; a first synchronisation does not go on by itself."""
        left = run.expected - run.line_count
        if run.expected and left >= 0:
            said = self.env._(
                "Stopped: %(done)s of %(expected)s written, %(left)s left.",
                done=run.line_count,
                expected=run.expected,
                left=left,
            )
        else:
            said = self.env._("Stopped: what was written until then stays.")
        if self._is_put_off():
            return said
        rest = self.env._("The rest comes up again at the next synchronisation.")
        return f"{said} {rest}"

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
