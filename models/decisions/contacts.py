"""Decisions about contacts: which one in Google, whose comment, many deletions."""

import json

from odoo import api, fields, models

from ...sync.asking import Answer
from ..journal.contact_words import contact_labels, shown_contact_value


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    about_contacts = fields.Boolean(readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    contact_ids = fields.One2many(
        "google.sync.decision.contact",
        "decision_id",
        "Contacts in Google",
        readonly=True,
    )
    resource_name = fields.Char(
        readonly=True, help="The contact in Google that a person chose"
    )

    # -- what is asked ---------------------------------------------------------

    def _question_adoption(self, detail):
        if not self.about_contacts:
            return super()._question_adoption(detail)
        return self.env._(
            "Is this contact one of those in your Google? Nothing is written before "
            "you answer."
        )

    def _question_conflict(self, detail):
        if not self.about_contacts:
            return super()._question_conflict(detail)
        return self.env._(
            "The note in Google is not the one in Odoo. Odoo's can be read by your "
            "colleagues: choose the one to keep on both sides."
        )

    def _question_brake(self, detail):
        if not self.about_contacts:
            return super()._question_brake(detail)
        return self.env._(
            "%(deletions)s of %(total)s contacts were taken off the list. Delete them "
            "in Google too, or leave them there?",
            deletions=detail.get("deletions", 0),
            total=detail.get("total", 0),
        )

    def _question_quarantine(self, detail):
        if not self.about_contacts:
            return super()._question_quarantine(detail)
        return self.env._(
            "Odoo refused what Google has for this contact: %s. Correct it, then try "
            "again.",
            detail.get("problem", ""),
        )

    @api.model
    def _ask_about_contacts(self, account, questions):
        """Open what was not asked before; the answers there are, by key."""
        known, missing = self._asked_before(account, questions)
        self._close_obsolete_contacts(account, missing)
        self.create([self._from_contact_question(account, q) for q in missing])
        return {d.key: d._to_contact_answer() for d in known if d.state == "answered"}

    def _close_obsolete_contacts(self, account, questions):
        """Other values, another question: the old one is not asked any more."""
        for question in questions:
            if question.record_ids:
                domain = [
                    ("account_id", "=", account.id),
                    ("state", "=", "open"),
                    ("kind", "=", question.kind),
                    ("partner_id", "=", question.record_ids[0]),
                ]
                self.search(domain).state = "obsolete"

    @api.model
    def _from_contact_question(self, account, question):
        detail = json.loads(json.dumps(dict(question.detail), default=str))
        return {
            **self._proposed(detail),
            "account_id": account.id,
            "about_contacts": True,
            "kind": question.kind,
            "key": question.key,
            "name": detail.get("title") or self.env._("Contacts"),
            "google_id": question.google_id or False,
            "partner_id": next(iter(question.record_ids), False),
            "detail": detail,
            "private": question.private,
            "contact_ids": [
                fields.Command.create(
                    {
                        "resource_name": found["resource_name"],
                        "name": found.get("name"),
                        "emails": ", ".join(found.get("emails", ())),
                        "phones": ", ".join(found.get("phones", ())),
                    }
                )
                for found in detail.get("candidates", ())
            ],
            "field_ids": [
                fields.Command.create({"field": name, "values": values})
                for name, values in detail.get("fields", {}).items()
            ],
        }

    def _to_contact_answer(self):
        return Answer(
            self.answer,
            {line.field: line.choice for line in self.field_ids},
            self.partner_id.id or 0,
            self.resource_name or "",
        )

    # -- answering -------------------------------------------------------------


class GoogleSyncDecisionField(models.Model):
    _inherit = "google.sync.decision.field"

    @api.depends("decision_id.about_contacts")
    def _compute_values(self):
        result = super()._compute_values()
        for line in self.filtered("decision_id.about_contacts"):
            values = line.values or {}
            line.label = contact_labels(self.env).get(line.field, line.field)
            for side in ("base", "odoo", "google"):
                text = shown_contact_value(self.env, line.field, values.get(side))
                line[f"{side}_value"] = text
        return result
