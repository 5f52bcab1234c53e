"""Deletions that wait for a person, as one dialogue shows and answers them."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..journal.moments import edges, period_of, shown_when
from ..rights.sense import number, numbers, quoted

_KINDS = ("deletion", "brake")
_ANSWERS = ("delete", "keep")


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    @api.model
    def waiting_deletions(self, account_id=False):
        """What waits, edited ones first; by default in the current user's account.

        The reader's own rights apply: private ones are for their owner.
        """
        whose = ("account_id.user_id", "=", self.env.uid)
        if account_id:
            whose = ("account_id", "=", number(self.env, account_id))
        domain = [
            whose,
            ("state", "=", "open"),
            ("kind", "in", _KINDS),
            ("about_contacts", "=", False),
        ]
        waiting = self.search(Domain(domain) & self._not_about_mails())
        found = [decision._as_deletion() for decision in waiting]
        return sorted(found, key=lambda row: (not row["edited"], row["sort"]))

    @api.model
    def answer_deletions(self, answer, decision_ids):
        """Give one answer to all of these; those answered meanwhile are left.

        Returns how many were answered.
        """
        if answer not in _ANSWERS:
            raise ValidationError(self.env._("“%s” is no answer.", quoted(answer)))
        decisions = self.search(
            [
                ("id", "in", numbers(self.env, decision_ids)),
                ("state", "=", "open"),
                ("kind", "in", _KINDS),
            ]
        )
        if decisions:
            decisions._answer(answer)
        return len(decisions)

    def _answer(self, answer):
        """An answer takes effect at once, also where nothing goes by itself."""
        result = super()._answer(answer)
        # sudo: the right was checked above.
        accounts = self.sudo().account_id
        accounts._request_sync("answer")
        accounts._tell_owner()
        return result

    # -- one row of the dialogue -----------------------------------------------

    def _as_deletion(self):
        self.ensure_one()
        detail = self._detail()
        # Where the question does not tell: the event, with the reader's own rights.
        event = self.candidate_ids[:1]
        period = detail.get("period") or period_of(event)
        return {
            "id": self.id,
            "kind": self.kind,
            "title": detail.get("title") or event.name or self.name,
            "when": shown_when(self.env, period),
            "where": detail.get("place") or event.location or "",
            "side": detail.get("side", "odoo"),
            "missing": self.kind == "deletion" and "side" not in detail,
            "question": self._deletion_question(detail),
            "moved": bool(detail.get("moved_to")),
            "calendar": self.calendar_id._among_several(),
            # sudo: whether, for who reads the question.
            "edited": bool(detail.get("edited")) or self.sudo()._edited_since(),
            "sort": str(edges(period)[0] or ""),
        }

    def _deletion_question(self, detail):
        """What is asked, where it is not plainly about a deletion."""
        if self.kind == "brake":
            return self.question
        return self._card_question(detail) if detail.get("moved_to") else ""

    def _edited_since(self):
        """Somebody edited the event in Odoo after Google had deleted it."""
        link = self.env["google.sync.event.link"].search(
            [
                ("calendar_id", "=", self.calendar_id.id),
                ("google_id", "=", self.google_id),
            ]
        )
        return bool(link.event_id and link.edited_at)
