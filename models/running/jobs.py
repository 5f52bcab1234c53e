"""Work handed out as jobs, where OCA's `queue_job` is installed and its runner at work.

All that talks to `queue_job` stands here; nothing needs it. A job is one slice of one
account, and the lease decides who works on it, as without jobs: a job that comes twice,
too late, or beside a scheduled action does no harm.
"""

from math import ceil

from odoo import api, fields, models
from odoo.tools import SQL

from ..account.halves import HALVES
from ..tools.alarm_clock import ring_at
from ..tools.edge import wake
from .sync import SLICE

CHANNEL = "google_sync"
METHOD = "_job_slice"
#: Small edits overtake what takes many slices.
SOON, LONG = 10, 20
#: Jobs that are made between two commits.
AT_ONCE = 100
#: Jobs that went well are kept so many days; queue_job's own default is 30.
KEPT_FOR = 1
#: What handing out is locked by: two that do it at once would both find no job yet.
_HANDING_OUT = 0x6773796E63
_RUNNER = """
    SELECT EXISTS (
        SELECT FROM pg_locks
         WHERE locktype = 'advisory' AND objsubid = 1 AND granted
           AND database = (SELECT oid FROM pg_database
                            WHERE datname = current_database())
           AND (classid::bigint << 32) | objid::bigint = %s)
"""
#: Jobs of an account that nobody has begun yet.
_WAITING_JOBS = """
    SELECT FROM queue_job AS job
     WHERE job.identity_key = 'google_sync:' || account.id
       AND job.state IN ('pending', 'enqueued', 'wait_dependencies')
"""


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- handing out -----------------------------------------------------------

    @api.model
    def _is_by_jobs(self):
        """Somebody runs jobs for this database: its runner holds queue_job's lock."""
        if "queue.job" not in self.env:
            return False
        from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID

        ((there,),) = self.env.execute_query(SQL(_RUNNER, PG_ADVISORY_LOCK_ID))
        return there

    @api.model
    def _hand_out(self):
        """A job for each account that is due and free; commits."""
        cron = self.env["ir.cron"]
        while made := self._despite_collisions(self._hand_out_some):
            left = len(self._due_without_job(limit=None))
            if not cron._commit_progress(made, remaining=left):
                break

    @api.model
    def _hand_out_some(self):
        """So many at once; how many. Commits."""
        self._checkpoint()
        # A lock of the session: what waited for it must see what the other committed.
        self.env.execute_query(SQL("SELECT pg_advisory_lock(%s)", _HANDING_OUT))
        try:
            self._checkpoint()
            self._ensure_job_function()
            due = self._due_without_job(AT_ONCE)
            # What waits for a moment to come is needed now: somebody edited, say.
            due._jobs("pending").eta = False
            for account in due:
                account._delay_slice()
            self._checkpoint()
        except BaseException:
            self.env.cr.rollback()
            raise
        finally:
            self.env.execute_query(SQL("SELECT pg_advisory_unlock(%s)", _HANDING_OUT))
        return len(due)

    @api.model
    def _due_without_job(self, limit):
        """Those with something to do now, and no job that may begin now."""
        now = fields.Datetime.now()
        self.env.flush_all()
        query = SQL(
            "SELECT id FROM google_sync_account AS account"
            " WHERE (lease_until IS NULL OR lease_until < %(now)s) AND %(waiting)s"
            " AND NOT EXISTS (%(jobs)s AND (job.eta IS NULL OR job.eta <= %(now)s))"
            " ORDER BY unfinished IS TRUE, last_slice_at NULLS FIRST, id"
            " LIMIT %(limit)s",
            now=now,
            waiting=self._waiting(now),
            jobs=SQL(_WAITING_JOBS),
            limit=limit,
        )
        # sudo: the scheduled action works on everybody's account.
        return self.sudo().browse(row[0] for row in self.env.execute_query(query))

    def _delay_slice(self):
        """One more job; none where one waits already (queue_job's identity key)."""
        # queue_job takes the company from there, and does not hand it on to the job.
        self.with_context(company_id=self.company_id.id).with_delay(
            identity_key=self._job_key(),
            priority=LONG if self.unfinished else SOON,
            max_retries=0,
            description=self.env._(
                "Google Sync: synchronise %s", self.user_id.display_name
            ),
        )._job_slice()

    def _job_key(self):
        return f"google_sync:{self.id}"

    def _jobs(self, *states):
        keys = [account._job_key() for account in self]
        domain = [("identity_key", "in", keys), ("state", "in", states)]
        return self._of_queue_job("queue.job").search(domain)

    @api.model
    def _of_queue_job(self, model):
        # sudo: jobs are their managers', and the work that they stand for everybody's.
        return self.env[model].sudo()

    @api.model
    def _ensure_job_function(self):
        """What queue_job asks for: the channel, and that a slice may commit.

        Made once; what an administrator changes in it stays.
        """
        functions = self._of_queue_job("queue.job.function")
        name = functions.job_function_name(self._name, METHOD)
        if functions.search_count([("name", "=", name)], limit=1):
            return
        root = self.env.ref("queue_job.channel_root")
        channels = self._of_queue_job("queue.job.channel")
        ours = [("name", "=", CHANNEL), ("parent_id", "=", root.id)]
        values = {"name": CHANNEL, "parent_id": root.id, "removal_interval": KEPT_FOR}
        channel = channels.search(ours, limit=1) or channels.create(values)
        functions.create(
            {
                "model_id": self.env["ir.model"]._get_id(self._name),
                "method": METHOD,
                "channel_id": channel.id,
                "allow_commit": True,
            }
        )

    @api.model
    def _drop_jobs(self):
        """The addon is removed: nothing of it stays in queue_job."""
        if "queue.job" not in self.env:
            return
        for model, name, value in (
            ("queue.job", "model_name", self._name),
            ("queue.job.function", "model_id.model", self._name),
            ("queue.job.channel", "complete_name", f"root.{CHANNEL}"),
        ):
            self._of_queue_job(model).search([(name, "=", value)]).unlink()

    # -- one job ---------------------------------------------------------------

    def _job_slice(self):
        """One slice of this account; what it came to, in words.

        Raises queue_job's errors: `RetryableJobError` for what goes on at a known
        moment, `FailedJobError` for what somebody should see.
        """
        waiting = self._waiting(fields.Datetime.now())
        account = self._lease(SQL("id = %s AND %s", self.id, waiting))
        if not account:
            return self._job_without_lease()
        trigger = "cron" if account._is_pull_due() else "push"
        run = account._work(trigger, "normal", None, time_limit=SLICE)
        # The next slice is handed on before this one is told of.
        account._despite_collisions(account._hand_out_some)
        account.invalidate_recordset()
        return account._job_result(run)

    def _job_without_lease(self):
        """Nothing is due, or somebody is at work: what is left is handed out by them.

        By the scheduled action, if they are killed.
        """
        until = self.exists().lease_until
        if not until or until <= fields.Datetime.now():
            return self._nothing_to_do()
        wake(self.env, until)
        ring_at(self.env.cr.dbname, _seconds_until(until))
        return self.env._("Somebody else is at work on it.")

    def _job_result(self, run):
        words = run.message or self._nothing_to_do()
        told = self._jobs("failed")
        if run.state == "failed":
            # The same again is no news: the job that says so is still there.
            return words if words in told.mapped("exc_message") else _fail(words)
        if moment := self._next_moment():
            return self._retry_job(words, moment)
        if run.state != "running":
            told.button_done()
        return words

    def _nothing_to_do(self):
        return self.env._("Everything is in step: there is nothing to do.")

    def _next_moment(self):
        """When what is unfinished goes on, if it waits."""
        resting = [half for half in HALVES if self._is_resting(half)]
        waits = [self[half.next_try] for half in resting if self[half.unfinished]]
        return min(waits, default=None)

    def _retry_job(self, words, moment):
        """This job waits for the moment, unless another one waits already."""
        if self._jobs("pending", "enqueued"):
            return words
        from odoo.addons.queue_job.exception import RetryableJobError

        raise RetryableJobError(words, seconds=_seconds_until(moment))


def _seconds_until(moment):
    return max(1, ceil((moment - fields.Datetime.now()).total_seconds()))


def _fail(words):
    from odoo.addons.queue_job.exception import FailedJobError

    raise FailedJobError(words)
