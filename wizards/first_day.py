"""The first synchronisation: choose, look at the plan in numbers, start, follow it.

What is done is done by `google.sync.run`; this page asks for it and shows it. Until
Start is pressed nothing of the account is synchronised by itself.
"""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.journal.planned import would_be


class GoogleSyncFirstDay(models.TransientModel):
    _name = "google.sync.first.day"
    _inherit = "google.sync.dialog"
    _description = "First synchronisation"
    # People look at the plan, think it over and come back.
    _transient_max_hours = 24.0

    step = fields.Selection(
        [
            ("choose", "Choice"),
            ("look", "Preview"),
            ("plan", "Plan"),
            ("carry_out", "Synchronisation"),
            ("done", "Result"),
        ],
        default="choose",
        required=True,
        readonly=True,
    )
    connected_at = fields.Datetime(
        readonly=True, help="With which connection the page began; another begins anew"
    )
    google_email = fields.Char(related="account_id.google_email", related_sudo=False)
    light = fields.Selection(related="account_id.light", related_sudo=False)
    not_granted = fields.Char(related="account_id.not_granted", related_sudo=False)
    sync_events = fields.Boolean(
        related="account_id.sync_events", related_sudo=False, readonly=False
    )
    calendar_id = fields.Many2one(
        related="account_id.calendar_id", related_sudo=False, readonly=False
    )
    calendar_name = fields.Char(
        related="account_id.calendar_name", related_sudo=False, readonly=False
    )
    months_before = fields.Integer(
        related="account_id.months_before", related_sudo=False, readonly=False
    )
    months_after = fields.Integer(
        related="account_id.months_after", related_sudo=False, readonly=False
    )
    sync_series = fields.Boolean(
        related="account_id.sync_series", related_sudo=False, readonly=False
    )
    sync_contacts = fields.Boolean(
        related="account_id.sync_contacts", related_sudo=False, readonly=False
    )
    contacts_chosen = fields.Integer(
        related="account_id.contacts_chosen", related_sudo=False
    )
    problem = fields.Text(readonly=True, help="Why there is no plan, or none any more")
    run_ids = fields.Many2many("google.sync.run", string="Runs", readonly=True)
    plan_id = fields.Many2one("google.sync.run", readonly=True)
    to_google = fields.Char("In Google", compute="_compute_numbers")
    to_odoo = fields.Char("In Odoo", compute="_compute_numbers")
    paired = fields.Integer(compute="_compute_numbers")
    mail_count = fields.Integer(
        "Mails that Google would send", compute="_compute_numbers"
    )
    line_count = fields.Integer("Lines", compute="_compute_numbers")
    questions = fields.Char("To be asked", compute="_compute_numbers")
    left_alone = fields.Text("Left out", compute="_compute_numbers")
    outside = fields.Integer(
        "Left out of the period",
        compute="_compute_outside",
        help="Entries of Odoo before or after the period: they stay in Odoo alone",
    )
    show_lines = fields.Boolean()
    line_ids = fields.One2many(related="plan_id.line_ids", related_sudo=False)
    result = fields.Text(compute="_compute_result")
    result_state = fields.Char(compute="_compute_result")
    result_left_out = fields.Text("Left out of it", compute="_compute_result")
    question_count = fields.Integer("Questions", compute="_compute_result")

    def _check_account(self):
        """Which calendar, and what goes there, is the owner's word."""
        for dialog in self:
            dialog.account_id._origin._check_is_mine()

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("First synchronisation")

    @api.model
    def action_open_mine(self):
        """The page of the current user's account, where it was left."""
        account = self.env.user._google_sync_account()
        since = account.connected_at
        mine = [("account_id", "=", account.id), ("connected_at", "=", since)]
        page = self.search(mine, order="id desc", limit=1)
        if not page or (page.step == "done" and page.result_state != "stopped"):
            page = self.create({"account_id": account.id})
            # sudo: the server's own note.
            page.sudo().connected_at = since
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_first_day_action"
        )
        # The path is the menu's, which has this action made: so the page keeps it.
        return {**action, "res_id": page.id, "path": "google-sync-start"}

    # -- what is asked ---------------------------------------------------------

    def action_preview(self):
        """Look at both sides; nothing is written."""
        self.ensure_one()
        run = self.account_id._queue_run(self._scope(), "preview")
        self.write(
            {
                "run_ids": [Command.set(run.ids)],
                "plan_id": False,
                "problem": False,
                "show_lines": False,
                "step": "look",
            }
        )

    def _scope(self):
        """What is wanted and was allowed on Google's page."""
        if not (self.sync_events or self.sync_contacts):
            raise UserError(self.env._("Choose the agenda, the contacts or both."))
        events = self.sync_events and self.account_id.agenda_granted
        contacts = self.sync_contacts and self.account_id.contacts_granted
        if not (events or contacts):
            raise UserError(
                self.env._(
                    "Nothing of what you chose was allowed on Google's page: press "
                    "Connect again and tick its boxes there."
                )
            )
        if events and contacts:
            return "all"
        return "events" if events else "contacts"

    def action_back(self):
        """To the choice; the next preview is a new one."""
        self.write({"step": "choose", "problem": False})

    def action_show_lines(self):
        """The plan line by line, or the numbers alone again."""
        for page in self:
            page.show_lines = not page.show_lines

    def action_start(self):
        """Carry the plan out, and nothing else."""
        self.ensure_one()
        if self.plan_id.line_ids:
            run = self.plan_id._apply_plan()
        else:
            run = self.account_id._queue_run(self._scope())
        self.write({"run_ids": [Command.set(run.ids)], "step": "carry_out"})

    def action_go_on(self):
        """After Stop: on with what the plan showed."""
        self.ensure_one()
        run = self.account_id._queue_run(self._scope())
        self.write({"run_ids": [Command.set(run.ids)], "step": "carry_out"})

    def action_connect(self):
        """To Google's page again, for what was left out there."""
        return self.account_id.action_connect()

    def runs_ended(self):
        """Called by the page when the run has ended: on to the next step."""
        self.ensure_one()
        run = self.run_ids
        if run.state == "running":
            return
        if self.step == "look" and run.state == "planned":
            self.write({"plan_id": run.id, "step": "plan"})
        elif self.step == "look" or self._is_refused(run):
            self.write({"problem": run._summary(), "step": "choose"})
        elif self.step == "carry_out":
            self.step = "done"

    def _is_refused(self, run):
        """Nothing was done: the plan was out of date, or Google said no at once."""
        failed = self.step == "carry_out" and run.state == "failed"
        return failed and not run.line_ids

    # -- where to go on --------------------------------------------------------

    def action_contacts(self):
        """The list of contacts, to choose them."""
        return self.account_id.action_view_contacts()

    def action_decisions(self):
        """What the first run asks."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_decision_action"
        )
        return {**action, "domain": [("account_id", "=", self.account_id.id)]}

    def action_my_sync(self):
        """The account's own tab, with all its options."""
        return self.env.user.action_google_sync_open()

    # -- in numbers ------------------------------------------------------------

    @api.depends("plan_id")
    @api.depends_context("lang")
    def _compute_numbers(self):
        nothing = self.env._("nothing")
        for page in self:
            plan = page.plan_id
            page.to_google = page._would("pushed") or nothing
            page.to_odoo = page._would("pulled") or nothing
            page.paired = plan.adopted
            page.mail_count = plan.mail_count
            page.line_count = plan.line_count
            page.questions = plan.message
            page.left_alone = plan.skipped_display

    def _would(self, side):
        """What the plan would do on one side, without the noughts."""
        plan = self.plan_id
        dates = self._dates_left_out(side)
        return would_be(
            self.env,
            plan[f"{side}_created"],
            plan[f"{side}_updated"],
            plan[f"{side}_deleted"] - dates,
            dates,
        )

    def _dates_left_out(self, side):
        """Of series: no entry of its own goes, so none is said to be deleted."""
        there = {"pushed": "google", "pulled": "odoo"}[side]
        return self.env["google.sync.run.line"].search_count(
            [
                ("run_id", "=", self.plan_id.id),
                ("action", "=", "delete"),
                ("side", "=", there),
                ("kind", "=", "occurrence"),
            ]
        )

    @api.depends("months_before", "months_after", "step")
    def _compute_outside(self):
        for page in self:
            page.outside = page.sync_events and page.account_id._count_outside_period()

    @api.depends("run_ids", "step")
    @api.depends_context("lang")
    def _compute_result(self):
        for page in self:
            run = page.run_ids[:1]
            done = page.step == "done" and run
            page.result = run._summary() if done else False
            page.result_state = run.state if done else False
            page.result_left_out = done and run.skipped_display
            page.question_count = done and page.account_id.decision_count
