"""Links cut by a reset, each with a line in the journal."""

from odoo import models

from ..tools.edge import engine_rows
from ..tools.privacy import PRIVATE

#: What is not believed any more of a link that was cut.
_FORGOTTEN = {
    "dirty": False,
    "seen": 0,
    **dict.fromkeys(("etag", "base", "guard", "problem", "answer"), False),
    **dict.fromkeys(("contested", "sent_values"), False),
}


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _detach_links(self, run, limit):
        """Cut up to `limit` links and journal them; False when none is left."""
        if not self:
            return False
        links = self.env["google.sync.event.link"]
        mine = [("calendar_id", "=", self.id)]
        expanded = ["&", ("kind", "=", "series"), ("span_first", "=", False)]
        known = ["|", ("event_id", "!=", False), ("recurrence_id", "!=", False)]
        known = ["|", *known, *expanded]
        # An occurrence is found again with its series.
        rows = [("kind", "=", "occurrence"), ("parent_id.span_first", "!=", False)]
        links.search([*mine, *rows]).unlink()
        # Never in Google, or of no event: nothing to find again.
        links.search([*mine, ("state", "=", "new")]).unlink()
        lost = [*mine, ("state", "in", ("held", "quarantined")), "!", *known]
        links.search(lost).unlink()
        # Taken back by an undo: from here on as if that had never been.
        links.search([*mine, ("state", "=", "taken_back")])._forget_undo()
        # Deleted in Odoo, and Google was still to follow: it still is.
        links.search([*mine, ("state", "=", "linked"), "!", *known]).write(
            {"state": "dropped", "dirty": False}
        )
        states = ("linked", "sending", "gone", "held", "quarantined")
        cut = links.search([*mine, ("state", "in", states), *known], limit=limit)
        cut._detach(run)
        if not cut:
            self.account_id._forget_questions(self)
        return bool(cut)


class GoogleSyncEventLink(models.Model):
    _inherit = "google.sync.event.link"

    def _detach(self, run):
        """Nothing known of Google is believed any more but the id."""
        lines = [link._detach_line(run) for link in self]
        engine_rows(self.env, "google.sync.run.line").create(lines)
        self.write({**_FORGOTTEN, "state": "detached"})

    def _forget_undo(self):
        """Google's is new again; Odoo's goes there again; a pair finds itself again."""
        here = self.filtered(lambda link: link.event_id or link.recurrence_id)
        there = self.filtered("base")
        (here & there).write({**_FORGOTTEN, "state": "detached"})
        (here - there).write({"state": "deleted", "dirty": True})
        (self - here).unlink()

    def _base_title(self):
        """The title that both sides agreed on; of a series kept in Google, its name."""
        return self.base and self.base.get("title")

    def _detach_line(self, run):
        event = self.event_id or self.recurrence_id.base_event_id
        return {
            "run_id": run.id,
            "action": "detach",
            "side": "odoo",
            "res_model": "calendar.event",
            "res_id": event.id,
            "name": event.name or self._base_title() or run.env._("(No title)"),
            "google_id": self.google_id,
            "private": event.effective_privacy in PRIVATE
            or bool(self.base and self.base.get("private"))
            or self.account_id._hides_by_default(),
        }
