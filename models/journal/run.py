"""The journal, upper half: one row per synchronisation of one account."""

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..tools.labelled import labelled
from ..tools.plural import plural
from .planned import would_be


class GoogleSyncRun(models.Model):
    _name = "google.sync.run"
    _inherit = ["google.sync.sentences", "google.sync.polite"]
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
            ("answer", "After an answer"),
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
    pulled_display = fields.Char("Google to Odoo", compute="_compute_written_display")
    pushed_display = fields.Char("Odoo to Google", compute="_compute_written_display")
    adopted = fields.Integer("Paired", readonly=True)
    skipped_count = fields.Integer("Left alone", readonly=True)
    errors_count = fields.Integer("Errors", readonly=True)
    skipped = fields.Json(readonly=True, help="Number of entries left alone, by reason")
    skipped_display = fields.Text(compute="_compute_skipped_display")
    message = fields.Text(translate=True, readonly=True)
    line_ids = fields.One2many("google.sync.run.line", "run_id", readonly=True)

    @api.depends("user_id", "started_at", "mode")
    @api.depends_context("lang", "tz", "uid")
    def _compute_display_name(self):
        for run in self:
            when = format_datetime(self.env, run.started_at, dt_format="short")
            title = run._title(when)
            mine = run.user_id == self.env.user
            run.display_name = title if mine else f"{title}, {run.user_id.name}"

    def _title(self, when):
        if self.mode == "preview":
            return self.env._("Preview of %s", when)
        return self.env._("Synchronisation of %s", when)

    @api.depends("skipped")
    @api.depends_context("lang")
    def _compute_skipped_display(self):
        labels = self._skip_labels()
        for run in self:
            counts = run.skipped or {}
            run.skipped_display = "\n".join(
                labelled(self.env, labels.get(reason, reason), count)
                for reason, count in counts.items()
            )

    def _count_lines(self):
        """Number of lines by (side, action)."""
        groups = self.env["google.sync.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["side", "action"], ["__count"]
        )
        return {(side, action): count for side, action, count in groups}

    @api.model
    def _skip_labels(self):
        """Why an entry is not synchronised, by the engine's word for it."""
        return {
            "series": self.env._("Series of events"),
            "hidden": self.env._("Hidden: this calendar does not show private events"),
            "masked": self.env._("Private events of other people in Odoo"),
            "unreadable": self.env._("Entries that Google sent incomplete"),
            "birthday": self.env._("Birthdays"),
            "workingLocation": self.env._("Working locations"),
            "outOfOffice": self.env._("Out of office"),
            "focusTime": self.env._("Focus time"),
            "fromGmail": self.env._("Events that Gmail made"),
            "declined": self.env._("Declined"),
            "outside_period": self.env._("Outside the period"),
            "over_limit": self.env._("Beyond the limit that an administrator set"),
            "ambiguous": self.env._("Waiting for a decision"),
            "too_many": self.env._("Series that would be very many single events"),
            "read_only_calendar": self.env._("Waiting: you may only read the calendar"),
            "to_google": self.env._("New in calendars that Odoo only writes"),
            "changed_since": self.env._("Copies that were edited after their move"),
        }

    @api.depends_context("lang")
    @api.depends(
        "pulled_created",
        "pulled_updated",
        "pulled_deleted",
        "pushed_created",
        "pushed_updated",
        "pushed_deleted",
        "mode",
    )
    def _compute_written_display(self):
        for run in self:
            run.pulled_display = run._written_display("pulled")
            run.pushed_display = run._written_display("pushed")

    def _written_display(self, side):
        """The counts of one direction in words, without the noughts.

        English says the same of one and of many, other languages do not: %d is for one.
        """
        created = self[f"{side}_created"]
        updated = self[f"{side}_updated"]
        deleted = self[f"{side}_deleted"]
        if self.mode == "preview":
            return would_be(self.env, created, updated, deleted)
        parts = [
            created
            and plural(
                self.env,
                created,
                self.env._("%d created", created),
                self.env._("%s created", created),
            ),
            updated
            and plural(
                self.env,
                updated,
                self.env._("%d changed", updated),
                self.env._("%s changed", updated),
            ),
            deleted
            and plural(
                self.env,
                deleted,
                self.env._("%d deleted", deleted),
                self.env._("%s deleted", deleted),
            ),
        ]
        return ", ".join(part for part in parts if part)

    def _summary(self):
        """What came of the run, in one line."""
        self.ensure_one()
        parts = [
            self.pulled_display
            and self.env._("Google to Odoo: %s.", self.pulled_display),
            self.pushed_display
            and self.env._("Odoo to Google: %s.", self.pushed_display),
            self.adopted and self._paired_words(),
            self.errors_count
            and plural(
                self.env,
                self.errors_count,
                self.env._("%s error.", self.errors_count),
                self.env._("%s errors.", self.errors_count),
            ),
            self.message,
        ]
        said = " ".join(part for part in parts if part)
        return said or self._quiet_summary()

    def _paired_words(self):
        if self.mode == "preview":
            return self.env._("%s will be paired.", self.adopted)
        return plural(
            self.env,
            self.adopted,
            self.env._("%d paired.", self.adopted),
            self.env._("%s paired.", self.adopted),
        )

    def _quiet_summary(self):
        """Of a run that had nothing to do."""
        return self.env._("Everything was in step already.")

    def action_follow(self):
        """The page of the run, with its progress."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _accounts_for_me(self):
        """With the reader's own rights, to be checked, whether or not they are seen."""
        # sudo: only which.
        return self.sudo().account_id.with_env(self.env)
