"""The journal, upper half: one row per synchronisation of one account."""

from datetime import timedelta

from odoo import api, fields, models

RETENTION_DAYS = 90


class GoogleSyncRun(models.Model):
    _name = "google.sync.run"
    _description = "Synchronisation Journal"
    _order = "started_at desc, id desc"

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        related="account_id.user_id", string="User", store=True, index=True
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    requested_by_id = fields.Many2one(
        "res.users", "Asked by", ondelete="set null", readonly=True
    )
    trigger = fields.Selection(
        [
            ("manual", "Button"),
            ("cron", "Scheduled"),
            ("push", "After an edit"),
            ("login", "At login"),
            ("assistant", "Assistant"),
            ("connect", "Connection"),
        ],
        required=True,
        default="manual",
        readonly=True,
    )
    mode = fields.Selection(
        [("normal", "Changes only"), ("full", "Everything"), ("preview", "Preview")],
        required=True,
        default="normal",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("running", "Running"),
            ("done", "Done"),
            ("partial", "Done in part"),
            ("failed", "Failed"),
            ("stopped", "Stopped"),
        ],
        required=True,
        default="running",
        index=True,
        readonly=True,
    )
    started_at = fields.Datetime(
        "Started", required=True, default=fields.Datetime.now, readonly=True
    )
    ended_at = fields.Datetime("Ended", readonly=True)
    duration = fields.Float(
        "Duration (s)", digits=(16, 2), readonly=True, aggregator="avg"
    )
    requests = fields.Integer("Requests to Google", readonly=True)
    pulled_created = fields.Integer("Created in Odoo", readonly=True)
    pulled_updated = fields.Integer("Changed in Odoo", readonly=True)
    pulled_deleted = fields.Integer("Deleted in Odoo", readonly=True)
    pushed_created = fields.Integer("Created in Google", readonly=True)
    pushed_updated = fields.Integer("Changed in Google", readonly=True)
    pushed_deleted = fields.Integer("Deleted in Google", readonly=True)
    adopted = fields.Integer("Paired", readonly=True)
    skipped_count = fields.Integer("Left alone", readonly=True)
    errors_count = fields.Integer("Errors", readonly=True)
    skipped = fields.Json(readonly=True, help="Number of entries left alone, by reason")
    skipped_display = fields.Text(compute="_compute_skipped_display")
    message = fields.Text(readonly=True)
    line_ids = fields.One2many("google.sync.run.line", "run_id", readonly=True)

    @api.depends("user_id", "started_at")
    def _compute_display_name(self):
        for run in self:
            started = fields.Datetime.context_timestamp(run, run.started_at)
            run.display_name = f"{run.user_id.name} {started:%Y-%m-%d %H:%M:%S}"

    @api.depends("skipped")
    def _compute_skipped_display(self):
        for run in self:
            reasons = run.skipped or {}
            run.skipped_display = "\n".join(
                f"{count} × {reason}" for reason, count in reasons.items()
            )

    def _summary(self):
        """What came of the run, in one line."""
        self.ensure_one()
        pulled = self.pulled_created + self.pulled_updated + self.pulled_deleted
        pushed = self.pushed_created + self.pushed_updated + self.pushed_deleted
        counts = self.env._(
            "%(pulled)s from Google, %(pushed)s to Google, %(errors)s errors",
            pulled=pulled,
            pushed=pushed,
            errors=self.errors_count,
        )
        return f"{counts}. {self.message}" if self.message else counts

    @api.autovacuum
    def _gc_old(self):
        """Forget what is older than the retention, by chunks: lines are many."""
        limit = fields.Datetime.now() - timedelta(days=RETENTION_DAYS)
        runs = self.search([("started_at", "<", limit)], limit=1000)
        runs.unlink()
        return len(runs), len(runs) == 1000
