"""What waits for a person, and the answer given: nobody is asked twice."""

import json

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...sync.asking import USED_UP, Answer
from ..journal.words import plain, shown

KINDS = [
    ("conflict", "Changed on both sides"),
    ("deletion", "Deletion"),
    ("adoption", "Which one is it?"),
    ("brake", "Many deletions"),
    ("quarantine", "Could not be applied"),
    ("proposal", "New in Google"),
]
ANSWERS = [
    ("delete", "Delete"),
    ("keep", "Keep"),
    ("pair", "It is this one"),
    ("new", "It is another one"),
    ("retry", "Try again"),
    ("fields", "Field by field"),
    ("create", "Create in Odoo"),
    ("ignore", "Leave in Google"),
]
#: What a person may set by hand; everything else is written by the engine.
_OPEN_TO_WRITE = frozenset({"event_id", "field_ids"})


class GoogleSyncDecision(models.Model):
    _name = "google.sync.decision"
    _inherit = ["google.sync.discreet", "google.sync.guard"]
    _description = "Decision for the synchronisation"
    _order = "state desc, id desc"
    _leads_out = ("event_id", "candidate_ids", "partner_id", "proposed_ids")

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    user_id = fields.Many2one(related="account_id.user_id", string="Agenda of")
    calendar_id = fields.Many2one(
        "google.sync.calendar", ondelete="cascade", readonly=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("What", readonly=True)
    question = fields.Text(compute="_compute_question")
    state = fields.Selection(
        [
            ("open", "To be answered"),
            ("answered", "Answered"),
            ("obsolete", "No longer asked"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    answer = fields.Selection(ANSWERS, readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True)
    answered_at = fields.Datetime("Answered", readonly=True)
    google_id = fields.Char("Google Id", readonly=True)
    detail = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    private = fields.Boolean(readonly=True)
    candidate_ids = fields.Many2many("calendar.event", string="Events", readonly=True)
    event_id = fields.Many2one(
        "calendar.event",
        ondelete="set null",
        domain="[('id', 'in', candidate_ids)]",
    )
    field_ids = fields.One2many("google.sync.decision.field", "decision_id", "Fields")

    _account_key_uniq = models.UniqueIndex("(account_id, key)")

    # -- what is asked ---------------------------------------------------------

    @api.depends("kind", "detail")
    @api.depends_context("lang", "tz")
    def _compute_question(self):
        for decision in self:
            asked = getattr(decision, f"_question_{decision.kind}", str)
            # sudo: who reads the question may read it in words.
            decision.question = asked(decision._detail())

    @api.model
    def _ask(self, calendar, questions):
        """Open what was not asked before; the answers there are, by key."""
        known, missing = self._asked_before(calendar.account_id, questions)
        self._close_obsolete(calendar, missing)
        self.create([self._from_question(calendar, question) for question in missing])
        return {d.key: d._to_answer() for d in known if d.state == "answered"}

    @api.model
    def _asked_before(self, account, questions):
        """The decisions there are on these questions, and the questions without one."""
        keys = [question.key for question in questions]
        known = self.search([("account_id", "=", account.id), ("key", "in", keys)])
        known -= known._put_away()
        missing = {question.key: question for question in questions}
        for decision in known:
            missing.pop(decision.key, None)
        return known, [*missing.values()]

    def _put_away(self):
        """Those of these that no longer answer anything, kept under another key."""
        past = self.filtered(
            lambda decision: (
                decision.state == "obsolete"
                or (decision.state == "answered" and decision.kind in USED_UP)
            )
        )
        for decision in past:
            decision.key = f"{decision.key}#{decision.id}"
        past.flush_recordset(["key"])
        return past

    def _close_obsolete(self, calendar, questions):
        """Other values, another question: the old one is not asked any more."""
        domain = [
            ("calendar_id", "=", calendar.id),
            ("state", "=", "open"),
            ("google_id", "in", [q.google_id for q in questions if q.google_id]),
        ]
        self.search(domain).state = "obsolete"

    @api.model
    def _close(self, account, google_ids):
        """What was asked about these has settled by itself."""
        domain = [
            ("account_id", "=", account.id),
            ("state", "=", "open"),
            ("google_id", "in", list(google_ids)),
        ]
        self.search(domain).state = "obsolete"

    @api.model
    def _from_question(self, calendar, question):
        detail = json.loads(json.dumps(dict(question.detail), default=plain))
        return {
            "account_id": calendar.account_id.id,
            "calendar_id": calendar.id,
            "kind": question.kind,
            "key": question.key,
            "name": question.detail.get("title") or calendar.name,
            "google_id": question.google_id,
            "detail": detail,
            "private": question.private,
            "candidate_ids": [Command.set(list(question.record_ids))],
            "field_ids": [
                Command.create({"field": name, "values": values})
                for name, values in detail.get("fields", {}).items()
            ],
        }

    def _to_answer(self):
        return Answer(
            self.answer,
            {line.field: line.choice for line in self.field_ids},
            self.event_id.id or 0,
        )

    # -- answering -------------------------------------------------------------

    def write(self, vals):
        if not self.env.su and not vals.keys() <= _OPEN_TO_WRITE:
            raise AccessError(self.env._("A decision is answered by its buttons."))
        if vals.get("event_id") and not self.env.su:
            for decision in self:
                if vals["event_id"] not in decision.candidate_ids.ids:
                    raise AccessError(
                        self.env._("Choose one of the events that are asked about.")
                    )
        return super().write(vals)

    def action_delete(self):
        """Let the deletion go through at the next run."""
        self._answer("delete")

    def action_keep(self):
        """Keep the event: it goes back to the side that lost it."""
        self._answer("keep")

    def action_pair(self):
        """The chosen event of Odoo is the one in Google."""
        if any(not decision.event_id for decision in self):
            raise UserError(self.env._("Choose the event first."))
        self._answer("pair")

    def action_new(self):
        """None of them: Google's event is another one."""
        self._answer("new")

    def action_retry(self):
        """Read the event again and try to apply it."""
        self._answer("retry")

    def action_apply_fields(self):
        """Keep the chosen value of each field."""
        if any(not line.choice for line in self.field_ids):
            raise UserError(
                self.env._("Choose Odoo's or Google's value for each field first.")
            )
        self._answer("fields")

    def action_all_odoo(self):
        """Keep Odoo's value of every field."""
        self._keep_choices(dict.fromkeys(self.field_ids.mapped("field"), "odoo"))
        self._answer("fields")

    def action_all_google(self):
        """Keep Google's value of every field."""
        self._keep_choices(dict.fromkeys(self.field_ids.mapped("field"), "google"))
        self._answer("fields")

    def _keep_choices(self, choices):
        """choices: "odoo" or "google", by name of each field that is asked about."""
        # sudo: choices are answers; `_answer` checks the right, or nothing is kept.
        for line in self.sudo().field_ids:
            line.choice = choices.get(line.field, line.choice)

    def _answer(self, answer):
        self.check_access("read")
        # sudo: the right is checked on the account; the rest is the engine's.
        decisions = self.sudo()
        decisions.account_id.with_env(self.env)._check_may_manage()
        if any(decision.state != "open" for decision in decisions):
            raise UserError(
                self.env._("This question was answered already, or no longer stands.")
            )
        decisions.write(
            {
                "state": "answered",
                "answer": answer,
                "answered_by_id": self.env.uid,
                "answered_at": fields.Datetime.now(),
            }
        )
        for decision in decisions:
            decision._release()

    def _release(self):
        """Let the engine go on with what the answer was about: `agenda/` and
        `contacts/` know how.
        """

    def _detail(self):
        """What the question is about, for whoever reads the question."""
        # sudo: who reads the question may read what it is about.
        return self.sudo().detail or {}


class GoogleSyncDecisionField(models.Model):
    _name = "google.sync.decision.field"
    _inherit = "google.sync.guard"
    _description = "Field changed on both sides"
    _order = "id"

    decision_id = fields.Many2one(
        "google.sync.decision", required=True, ondelete="cascade", index=True
    )
    field = fields.Char("Field name", required=True, readonly=True)
    values = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    # Who reads the line may read its values, in words.
    label = fields.Char("Field", compute="_compute_values", compute_sudo=True)
    base_value = fields.Text("Before", compute="_compute_values", compute_sudo=True)
    odoo_value = fields.Text("In Odoo", compute="_compute_values", compute_sudo=True)
    google_value = fields.Text(
        "In Google", compute="_compute_values", compute_sudo=True
    )
    choice = fields.Selection([("odoo", "Odoo"), ("google", "Google")], "Keep")

    @api.depends("values")
    @api.depends_context("lang", "tz")
    def _compute_values(self):
        for line in self:
            values = line.values or {}
            line.label = shown(self.env, "label", line.field)
            for side in ("base", "odoo", "google"):
                text = shown(self.env, line.field, values.get(side))
                line[f"{side}_value"] = text

    def write(self, vals):
        if not self.env.su and not vals.keys() <= {"choice"}:
            raise AccessError(self.env._("Only the choice can be changed."))
        return super().write(vals)
