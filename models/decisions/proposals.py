"""A contact that only Google has: create it in Odoo, pair it, or leave it there."""

from dataclasses import replace

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.edge import engine_rows


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    proposed_ids = fields.Many2many(
        "res.partner", string="Contacts in Odoo", readonly=True
    )

    # -- what is asked ---------------------------------------------------------

    def _question_proposal(self, detail):
        if detail.get("problem"):
            return self.env._(
                "Odoo did not take in this contact of your Google: %s. Answer again "
                "once that is settled.",
                detail["problem"],
            )
        if self._free_to_pair():
            return self.env._(
                "This contact of your Google has the label and is not on your list. Is "
                "it one of these, or one to create in Odoo? Nothing is written before "
                "you answer."
            )
        return self.env._(
            "This contact of your Google has the label and is not on your list. Create "
            "it in Odoo? Nothing is written before you answer."
        )

    def _proposed(self, detail):
        """Values of a new question: whom it may be."""
        ids = detail.get("contacts") or []
        return {"proposed_ids": [Command.set(ids)]} if ids else {}

    def _proposed_for_me(self):
        """Those whom the reader may see, the likeliest first."""
        seen = self.proposed_ids.sudo(False).exists()._filtered_access("read")
        ranked = self._detail().get("contacts") or []
        return seen.sorted(lambda x: ranked.index(x.id) if x.id in ranked else 0)

    def _free_to_pair(self):
        """Those whom no other contact in Google is."""
        return self._proposed_for_me() - self._paired_already()

    def _paired_already(self):
        # sudo: rows of the account whose question is read.
        links = engine_rows(self.env, "google.sync.contact.link").search(
            [
                ("account_id", "=", self.account_id.id),
                ("partner_id", "in", self._proposed_for_me().ids),
            ]
        )
        held = links.filtered(lambda x: x.listed and (x.resource_name or x.tried_at))
        return held.partner_id.sudo(False)

    # -- its card --------------------------------------------------------------

    def _proposal_words(self):
        create, ignore = self.env._("Create in Odoo"), self.env._("Leave in Google")
        hint = self.env._("You are not asked again")
        if self._free_to_pair():
            return {
                "create": (create, self.env._("It is none of them")),
                "ignore": (ignore, hint),
            }
        return {"create": (create, ""), "ignore": (ignore, hint)}

    def _proposal_facts(self, detail):
        facts = {
            "mail": ", ".join(detail.get("emails") or ()),
            "phone": ", ".join(detail.get("phones") or ()),
            "company": detail.get("company") or "",
            "function": detail.get("function") or "",
        }
        return self._labelled(facts, facts)

    def _proposal_warning(self):
        names = (self._proposed_for_me() & self._paired_already()).mapped(
            "display_name"
        )
        if not names:
            return ""
        return self.env._(
            "Alike, and paired with another contact in Google: %s", ", ".join(names)
        )

    def _proposed_card(self, partner):
        facts = {
            "mail": partner.email or "",
            "phone": ", ".join(filter(None, (partner.phone, partner.mobile))),
            "company": partner.commercial_company_name or "",
            "function": partner.function or "",
        }
        return {
            "pick": partner.id,
            "title": partner.display_name,
            "facts": self._labelled(facts, facts),
            "event_id": False,
        }

    # -- answering -------------------------------------------------------------

    def action_create(self):
        """Create the contact in Odoo, and put it on the list."""
        self._answer("create")

    def action_ignore(self):
        """Leave it in Google alone; it is not proposed again."""
        self._answer("ignore")

    def _pick_proposed(self, pick):
        """One of those that are asked about, whom no other contact in Google is."""
        chosen = self._free_to_pair().filtered(lambda x: str(x.id) == str(pick))
        if not chosen:
            raise AccessError(
                self.env._("Choose one of the contacts that are asked about.")
            )
        # sudo: it is what the answer names; `_answer` checks the right, or nothing
        # is kept.
        self.sudo().partner_id = chosen

    def _answer(self, answer):
        if answer == "create":
            self._check_may_create()
        return super()._answer(answer)

    def _check_may_create(self):
        """Now, and not by a run that says it later."""
        self.check_access("read")
        # sudo: whose accounts they are; what is asked is the owner's right.
        for user in self.sudo().account_id.user_id:
            mine = self.env["res.partner"].with_user(user).sudo(False)
            if not mine.has_access("create"):
                raise UserError(
                    self.env._(
                        "%s may not create contacts in Odoo. Ask an administrator, "
                        "or leave it in Google.",
                        user.name,
                    )
                )

    # -- for the engine --------------------------------------------------------

    def _said_of_proposal(self):
        """The answer, None for none; what was carried out asks for nothing more."""
        if self.state == "open":
            return None
        answer = self._to_contact_answer()
        done = self._detail().get("done")
        return replace(answer, verdict="ignore") if done else answer

    def _taken_in(self, partner):
        """A yes was carried out."""
        detail = {**self._detail(), "done": True}
        detail.pop("problem", None)
        self.write({"detail": detail, "partner_id": partner.id})

    def _ask_anew(self, problem):
        """A yes could not be carried out."""
        open_again = dict.fromkeys(
            ("answer", "answered_by_id", "answered_at", "partner_id"), False
        )
        detail = {**self._detail(), "problem": problem}
        self.write({**open_again, "state": "open", "detail": detail})
