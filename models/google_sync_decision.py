"""What waits for a person, and the answer given: nobody is asked twice."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("conflict", "Changed on both sides"),
    ("deletion", "Deletion"),
    ("adoption", "Which one is it?"),
    ("brake", "Many deletions"),
    ("quarantine", "Could not be applied"),
]
ANSWERS = [("delete", "Delete"), ("keep", "Keep")]


class GoogleSyncDecision(models.Model):
    _name = "google.sync.decision"
    _description = "Decision for the synchronisation"
    _order = "state desc, id desc"

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    calendar_id = fields.Many2one(
        "google.sync.calendar", ondelete="cascade", readonly=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("What", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered")],
        required=True,
        default="open",
        readonly=True,
    )
    answer = fields.Selection(ANSWERS, readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answered_at = fields.Datetime(readonly=True)
    google_id = fields.Char("Google Id", readonly=True)
    event_ids = fields.Json(readonly=True)
    detail = fields.Json(readonly=True)

    _account_key_uniq = models.UniqueIndex("(account_id, key)")

    @api.model
    def _ask(self, calendar, questions):
        """Open what was not asked before; {key: answer}, "" while there is none."""
        account = calendar.account_id
        keys = [question.key for question in questions]
        known = {
            decision.key: decision
            for decision in self.search(
                [("account_id", "=", account.id), ("key", "in", keys)]
            )
        }
        self.create(
            [
                self._from_question(calendar, question)
                for question in questions
                if question.key not in known
            ]
        )
        return {key: known[key].answer or "" if key in known else "" for key in keys}

    @api.model
    def _from_question(self, calendar, question):
        return {
            "account_id": calendar.account_id.id,
            "calendar_id": calendar.id,
            "kind": question.kind,
            "key": question.key,
            "name": question.detail.get("title") or question.google_id,
            "google_id": question.google_id,
            "event_ids": list(question.event_ids),
            "detail": dict(question.detail),
        }

    def action_delete(self):
        """Let the deletion go through at the next run."""
        self._answer("delete")

    def action_keep(self):
        """Keep the event on both sides: it goes back to the one that lost it."""
        self._answer("keep")

    def _answer(self, answer):
        decisions = self.sudo()
        decisions.account_id.with_env(self.env)._check_may_manage()
        if any(decision.state == "answered" for decision in decisions):
            raise UserError(self.env._("This question was answered already."))
        decisions.write(
            {
                "state": "answered",
                "answer": answer,
                "answered_by_id": self.env.uid,
                "answered_at": fields.Datetime.now(),
            }
        )
        decisions._release_links()

    def _release_links(self):
        """Links held for the question go on with the answer."""
        links = self.env["google.sync.event.link"].sudo()
        for decision in self.filtered("google_id"):
            link = links.search(
                [
                    ("calendar_id", "=", decision.calendar_id.id),
                    ("google_id", "=", decision.google_id),
                    ("state", "=", "held"),
                ]
            )
            side = (decision.detail or {}).get("side", "odoo")
            link.write(
                {"state": "gone" if side == "odoo" else "dropped", "problem": False}
            )
