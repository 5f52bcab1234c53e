"""Runs that a person asked for: worked on in slices, followed and stopped on screen.

The page that shows the progress works on the run itself, a few seconds at a time; the
scheduled action does the same, so that a run survives its page.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Seconds of work in one request of the page that follows a run.
SLICE_SHOWN = 2.0


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    scope = fields.Selection(
        [
            ("all", "Agenda and contacts"),
            ("events", "Agenda"),
            ("contacts", "Contacts"),
        ],
        required=True,
        default="all",
        readonly=True,
    )
    queued = fields.Boolean(
        "Worked on in slices",
        readonly=True,
        help="Asked for by a person who follows it on the screen, or has left",
    )
    begun = fields.Boolean(readonly=True, groups=fields.NO_ACCESS)
    events_begun = fields.Boolean(readonly=True, groups=fields.NO_ACCESS)
    contacts_begun = fields.Boolean(readonly=True, groups=fields.NO_ACCESS)
    stop_requested = fields.Boolean("To be stopped", readonly=True)
    expected = fields.Integer("Changes planned", readonly=True)
    line_count = fields.Integer("Lines", compute="_compute_line_count")
    may_apply = fields.Boolean(compute="_compute_may_apply")

    _queued_idx = models.Index("(account_id) WHERE queued AND state = 'running'")

    @api.depends("line_ids")
    def _compute_line_count(self):
        groups = self.env["google.sync.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id"], ["__count"]
        )
        counts = {run.id: count for run, count in groups}
        for run in self:
            run.line_count = counts.get(run.id, 0)

    @api.depends("state", "account_id")
    @api.depends_context("uid")
    def _compute_may_apply(self):
        for run in self:
            run.may_apply = run.state == "planned" and run._is_for_me_to_run()

    def _is_for_me_to_run(self):
        try:
            self._accounts_for_me()._check_may_run()
            self._check_whole_plan()
        except AccessError:
            return False
        return True

    # -- following -------------------------------------------------------------

    def progress(self):
        """Where these runs stand, for the page that follows them."""
        self.check_access("read")
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": run.id,
                "user": run.user_id.name,
                "state": run.state,
                "state_label": states[run.state],
                "preview": run.mode == "preview",
                "done": run.line_count,
                "expected": run.expected,
                "checking": run._is_checking_plan(),
                "stopping": run.stop_requested and run.state == "running",
                "text": run._progress_text(),
            }
            for run in self
        ]

    def _is_checking_plan(self):
        """Before anything is written, the plan is made once more and compared."""
        # sudo: only whether.
        run = self.sudo()
        begun = run.events_begun or run.contacts_begun
        return bool(self.plan_id) and self.state == "running" and not begun

    def _progress_text(self):
        if self.state == "running":
            return self.message or ""
        return self.message or "" if self.state == "planned" else self._summary()

    def work_on(self):
        """Work some seconds on the first of these runs that can go on; `progress`.

        Commits. Nothing is done twice: who else works on an account holds its lease.
        """
        self.check_access("read")
        self._accounts_for_me()._check_may_run()
        for run in self.filtered(lambda run: run.queued and run.state == "running"):
            account = run._accounts_for_me()
            if account._work_on_queue(SLICE_SHOWN):
                break
        self.invalidate_recordset()
        return self.progress()

    def action_stop(self):
        """Stop at the next checkpoint; what was written stays written."""
        self.check_access("read")
        self._accounts_for_me()._check_may_run()
        # sudo: the right was checked just now; runs are the engine's to write.
        going = self.sudo().filtered(lambda run: run.state == "running")
        going.stop_requested = True

    def action_new_preview(self):
        """The plan again, as it would be now."""
        self.ensure_one()
        self.check_access("read")
        run = self._accounts_for_me()._queue_run(self.scope, "preview")
        return run.action_follow()

    def _tell_progress(self, found=0):
        """The page that follows the run hears of each checkpoint by the bus.

        found: changes of a plan that is being made, which nobody else can count.
        """
        asker = self.requested_by_id
        if asker:
            theirs = self.with_user(asker).sudo(False).with_context(lang=asker.lang)
            # sudo: numbers, for who asked for the run.
            shown = theirs.sudo().progress()[0]
            shown["done"] = max(shown["done"], found)
            asker._bus_send("google_sync.progress", shown)
