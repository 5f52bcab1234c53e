"""What the questions about events say, one method for each kind."""

from odoo import models

from ..journal.words import shown


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    def _question_conflict(self, _detail):
        if len(self.field_ids) == 1:
            return self.env._(
                "This event was changed in Odoo and in Google. Choose the value to "
                "keep."
            )
        return self.env._(
            "This event was changed in Odoo and in Google. Choose, field by field, "
            "the value to keep."
        )

    def _question_deletion(self, detail):
        if "side" not in detail:
            return self.env._(
                "Google no longer knows this event, and does not say that it was "
                "deleted. Delete it in Odoo, or keep it and send it to Google again?"
            )
        names = ("period", "place")
        facts = (shown(self.env, name, detail.get(name)) for name in names)
        what = ", ".join(filter(None, facts))
        if detail.get("moved_to"):
            return self.env._(
                "Moved in Google to the calendar “%(calendar)s”, which is not "
                "synchronised: %(what)s. Delete it in Odoo, or keep it in Odoo alone?",
                calendar=self._calendar_name(detail["moved_to"]),
                what=what,
            )
        if detail["side"] == "odoo":
            text = self.env._(
                "Deleted in Google: %s. Delete it in Odoo too, or keep it (it goes "
                "back to Google)?",
                what,
            )
        else:
            text = self.env._(
                "Deleted in Odoo: %s. Delete it in Google too, or keep it (it comes "
                "back to Odoo)?",
                what,
            )
        if detail.get("edited"):
            text += " " + self.env._("It was edited on the other side meanwhile.")
        return text

    def _calendar_name(self, google_id):
        """The name of one of the account's calendars."""
        # sudo: who reads the question may read what it is about.
        places = self.sudo().account_id.calendar_ids
        return places.filtered(lambda place: place.google_id == google_id).name or ""

    def _question_adoption(self, _detail):
        return self.env._(
            "Several events of Odoo have this title and period. Which one is the event "
            "in Google? Nothing is written before you answer."
        )

    def _question_brake(self, detail):
        counts = {name: detail.get(name, 0) for name in ("deletions", "total")}
        if detail.get("side") == "odoo":
            return self.env._(
                "%(deletions)s of %(total)s events were deleted in Google. Delete them "
                "in Odoo too, or keep them and send them to Google again?",
                **counts,
            )
        return self.env._(
            "%(deletions)s of %(total)s events were deleted in Odoo. Delete them in "
            "Google too, or keep them and bring them back to Odoo?",
            **counts,
        )

    def _question_quarantine(self, detail):
        if detail.get("many"):
            return self.env._(
                "Odoo has no words for how this event of Google recurs, and in the "
                "period it would become more than %s single events. Nothing of it is "
                "in Odoo. Try again to take them in all the same, or change the event "
                "in Google.",
                detail["many"],
            )
        return self.env._(
            "Odoo refused this event of Google: %s. Correct it, then try again.",
            detail.get("problem", ""),
        )
