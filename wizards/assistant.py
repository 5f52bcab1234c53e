"""The assistant: a synchronisation by hand, of one's own account or colleagues'.

Choose, look at the plan, leave out what shall wait, carry it out, follow it. What is
done is done by `google.sync.run`; this page only asks for it and shows it.
"""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.tools.edge import engine_rows
from ..sync.attention import rank


class GoogleSyncAssistant(models.TransientModel):
    _name = "google.sync.assistant"
    _inherit = "google.sync.guard"
    _description = "Manual synchronisation"
    # A plan is looked at for longer than a dialogue is open.
    _transient_max_hours = 24.0

    agenda = fields.Boolean(default=True)
    contacts = fields.Boolean(default=lambda self: self._has_contacts())
    account_ids = fields.Many2many(
        "google.sync.account",
        string="Accounts",
        default=lambda self: self._my_account(),
        domain="[('id', 'in', allowed_account_ids)]",
        help="Your own, and those of colleagues who gave you the right",
    )
    allowed_account_ids = fields.Many2many(
        "google.sync.account", compute="_compute_allowed_account_ids"
    )
    mode = fields.Selection(
        [
            ("preview", "Preview: show first what would be done"),
            ("normal", "Normal: what changed on either side"),
            ("full", "Complete check: compare everything"),
        ],
        required=True,
        default="preview",
    )
    step = fields.Selection(
        [
            ("choose", "Choice"),
            ("look", "Preview"),
            ("plan", "Plan"),
            ("carry_out", "Applying"),
            ("done", "Result"),
        ],
        default="choose",
        required=True,
        readonly=True,
    )
    run_ids = fields.Many2many("google.sync.run", string="Runs", readonly=True)
    plan_ids = fields.Many2many(
        "google.sync.run",
        "google_sync_assistant_plan_rel",
        string="Plans",
        readonly=True,
    )
    line_ids = fields.One2many("google.sync.assistant.line", "assistant_id")
    is_single = fields.Boolean(compute="_compute_summary")
    summary = fields.Text(compute="_compute_summary")
    mail_count = fields.Integer(
        "Mails that Google would send", compute="_compute_summary"
    )
    warning = fields.Text(compute="_compute_warning")

    @api.depends_context("lang")
    @api.depends("step")
    def _compute_display_name(self):
        titles = {
            "choose": self.env._("Manual synchronisation"),
            "carry_out": self.env._("The synchronisation is under way"),
            "done": self.env._("What was done"),
        }
        preview = self.env._("Preview: nothing is done yet")
        for assistant in self:
            assistant.display_name = titles.get(assistant.step, preview)

    # -- what is offered -------------------------------------------------------

    @api.model
    def _my_account(self):
        accounts = self.env["google.sync.account"]
        return accounts.search([("user_id", "=", self.env.uid), ("state", "!=", "off")])

    @api.model
    def _has_contacts(self):
        # sudo: one's own account.
        account = self._my_account().sudo()
        return bool(account.sync_contacts and account.contacts_granted)

    @api.depends_context("uid")
    def _compute_allowed_account_ids(self):
        """Those that the user may run, of those that the user may see."""
        accounts = self.env["google.sync.account"].search([("state", "!=", "off")])
        allowed = accounts.filtered(lambda account: account._may_be_run_by_me())
        self.allowed_account_ids = allowed

    @api.depends("account_ids", "contacts")
    def _compute_warning(self):
        for assistant in self:
            # Named are accounts that the reader sees, by the rules.
            others = assistant.account_ids.filtered(
                lambda account: not account._may_run_contacts()
            )
            names = assistant.contacts and ", ".join(others.mapped("user_id.name"))
            assistant.warning = names and self.env._(
                "Agenda only, never the contacts, for: %s.", names
            )

    # -- what is asked ---------------------------------------------------------

    def action_start(self):
        """Ask for the runs; their progress is shown on this page."""
        self.ensure_one()
        scopes = {account: self._scope_of(account) for account in self.account_ids}
        if not any(scopes.values()):
            raise UserError(
                self.env._("Choose the agenda, the contacts or both, and an account.")
            )
        runs = self.env["google.sync.run"]
        for account, scope in scopes.items():
            if scope:
                runs |= account._queue_run(scope, self.mode)
        # sudo: lines of this very page are ours to clear.
        self.line_ids.sudo().unlink()
        self.write(
            {
                "run_ids": [Command.set(runs.ids)],
                "plan_ids": [Command.clear()],
                "step": "look" if self.mode == "preview" else "carry_out",
            }
        )

    def _scope_of(self, account):
        """What of this account, "" for nothing: contacts are for their owner."""
        contacts = self.contacts and (not self.agenda or account._may_run_contacts())
        if self.agenda and contacts:
            return "all"
        return "events" if self.agenda else "contacts" if contacts else ""

    def runs_ended(self):
        """Called by the page when every run has ended: on to the next step."""
        self.ensure_one()
        if any(run.state == "running" for run in self.run_ids):
            return
        if self.step == "look":
            self._show_plan()
        elif self.step == "carry_out":
            self.step = "done"

    def _show_plan(self):
        plans = self.run_ids.filtered(lambda run: run.state == "planned")
        if not plans:
            self.step = "done"
            return
        plans.check_access("read")
        lines = plans.line_ids.sorted(lambda x: (rank(x.action), x.id))
        # Users make no lines; these are of plans that the reader sees.
        own = engine_rows(self.env, "google.sync.assistant.line")
        own.browse(self.line_ids.ids).unlink()
        own.create([{"assistant_id": self.id, "line_id": line.id} for line in lines])
        self.write({"plan_ids": [Command.set(plans.ids)], "step": "plan"})

    def action_apply(self):
        """Carry out what is ticked, and nothing else."""
        self.ensure_one()
        out = self.line_ids.filtered(lambda line: not line.take).line_id
        runs = self.env["google.sync.run"]
        for plan in self.plan_ids:
            mine = out.filtered(lambda line, plan=plan: line.run_id == plan)
            if plan.line_ids - mine:
                runs |= plan._apply_plan(mine.ids)
        if not runs:
            raise UserError(self.env._("Nothing is ticked: there is nothing to do."))
        self.write({"run_ids": [Command.set(runs.ids)], "step": "carry_out"})

    def action_tick_all(self):
        """Carry out everything."""
        self.line_ids.take = True

    def action_tick_none(self):
        """Leave everything out, to tick a few."""
        self.line_ids.take = False

    def action_again(self):
        """Back to the first step, with the same choice."""
        self.ensure_one()
        fresh = self.copy({"step": "choose", "run_ids": False, "plan_ids": False})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_assistant_action"
        )
        return {**action, "res_id": fresh.id, "target": "main"}

    def action_new_preview(self):
        """The plan again, as it would be now; after one that was out of date, too."""
        self.ensure_one()
        self.mode = "preview"
        self.action_start()

    def action_journal(self):
        """The runs in the journal."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_run_action"
        )
        action["domain"] = [("id", "in", self.run_ids.ids)]
        action["context"] = {}
        return action

    # -- the plan in numbers ---------------------------------------------------

    @api.depends("plan_ids", "line_ids.take")
    def _compute_summary(self):
        for assistant in self:
            assistant.is_single = len(assistant.plan_ids) == 1
            assistant.mail_count = sum(assistant.plan_ids.mapped("mail_count"))
            assistant.summary = "\n".join(
                assistant._summary_of(plan) for plan in assistant.plan_ids
            )

    def _summary_of(self, plan):
        said = plan._summary() if plan.line_ids or plan.message else ""
        conflicts = len(plan.line_ids.filtered(lambda x: x.action == "conflict"))
        parts = [
            said or self.env._("Everything is in step: there is nothing to do."),
            conflicts and self.env._("%s changed on both sides.", conflicts),
        ]
        return self.env._(
            "%(user)s: %(said)s",
            user=plan.user_id.name,
            said=" ".join(filter(None, parts)),
        )


class GoogleSyncAssistantLine(models.TransientModel):
    _name = "google.sync.assistant.line"
    _inherit = "google.sync.guard"
    _description = "A change in the plan of the assistant"
    _transient_max_hours = 24.0
    _transient_max_count = 0
    _order = "id"

    assistant_id = fields.Many2one(
        "google.sync.assistant", required=True, ondelete="cascade", index=True
    )
    line_id = fields.Many2one(
        "google.sync.run.line", required=True, readonly=True, ondelete="cascade"
    )
    take = fields.Boolean("Carry out", default=True)
    side = fields.Selection(related="line_id.side", store=True)
    user_id = fields.Many2one(
        related="line_id.account_id.user_id", string="Account of", related_sudo=False
    )
    action = fields.Selection(related="line_id.action", related_sudo=False)
    deed = fields.Char(related="line_id.deed", string="What", related_sudo=False)
    when = fields.Char(related="line_id.when", related_sudo=False)
    res_model = fields.Char(related="line_id.res_model", related_sudo=False)
    name = fields.Char(related="line_id.name", string="Title", related_sudo=False)
    before_display = fields.Text(
        related="line_id.before_display", string="Before", related_sudo=False
    )
    after_display = fields.Text(
        related="line_id.after_display", string="After", related_sudo=False
    )

    def write(self, vals):
        """Several lines can be about one record: it is carried out whole, or not."""
        if not self.env.su and not vals.keys() <= {"take"}:
            raise AccessError(self.env._("Only the tick can be changed."))
        beside = self
        if "take" in vals:
            all_lines = self.assistant_id.line_ids
            lines = all_lines.line_id._beside(self.line_id)
            beside |= all_lines.filtered(lambda x: x.line_id in lines)
        return super(GoogleSyncAssistantLine, beside).write(vals)
