"""What a person's answer means for an event: its link goes on."""

from odoo import models

from ...sync.running.questions import on_link


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    def _release(self):
        """The event's link goes on as the answer says, and a run looks at it."""
        if self.about_contacts:
            return super()._release()
        link = self.env["google.sync.event.link"].search(
            [
                ("calendar_id", "=", self.calendar_id.id),
                ("google_id", "=", self.google_id),
            ]
        )
        if self.kind == "deletion":
            side = (self.detail or {}).get("side", "odoo")
            link.write(
                {
                    "state": "gone" if side == "odoo" else "dropped",
                    "problem": False,
                    "answer": on_link(self.detail or {}, self.answer),
                }
            )
        elif self.kind in ("adoption", "quarantine"):
            link.write({"state": "quarantined", "problem": False, "dirty": True})
        else:
            link.dirty = True
        rows = [(self.account_id.id, event.id, 0) for event in self.candidate_ids]
        self.env["google.sync.pending"]._queue(rows)
        return self.account_id._wake_pull()
