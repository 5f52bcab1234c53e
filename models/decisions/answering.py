"""A question answered where it is shown: one call answers and shows what came of it."""

import re

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...sync.answers import takes, unchosen
from ..rights.sense import LARGEST

_ID = re.compile(r"[0-9]{1,9}")


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    def answer_question(self, answer, pick=False, choices=None):
        """Answer it, and return its card as it is then.

        pick: with "pair", the id of the event, or the resource name of the contact in
        Google. choices: with "fields", the side to keep by field name.
        """
        self.ensure_one()
        self.check_access("read")
        if answer == "pair":
            self._pick(pick)
        elif answer == "fields":
            self._choose(choices if isinstance(choices, dict) else {})
        self._answer(answer)
        return self.card

    def _pick(self, pick):
        """The chosen one is one of those that are asked about."""
        if self.kind == "proposal":
            self._pick_proposed(pick)
        elif not self.about_contacts:
            # What is no number is none of those that are asked about: refused below.
            self.event_id = int(pick) if _ID.fullmatch(str(pick)) else LARGEST
        elif pick in self.contact_ids.mapped("resource_name"):
            # sudo: it is what the answer names; `_answer` checks the right, or
            # nothing is kept.
            self.sudo().resource_name = pick
        else:
            raise AccessError(
                self.env._("Choose one of the contacts that are asked about.")
            )

    def _choose(self, choices):
        if unchosen(self.field_ids.mapped("field"), choices):
            raise UserError(
                self.env._("Choose Odoo's or Google's value for each field first.")
            )
        self._keep_choices(choices)

    def _answer(self, answer):
        other = self.filtered(lambda decision: not takes(decision.kind, answer))
        if other:
            names = ", ".join(other.mapped(lambda x: x.name or ""))
            raise UserError(
                self.env._("This is no answer to: %s. Open the question.", names)
            )
        return super()._answer(answer)
