"""What a line of the journal says was done, or would be in a plan, to which event."""

import json

from odoo import api, fields, models

from ..tools.privacy import is_masked
from .moments import period_of, shown_when

#: Done on one side: the other side is another thing. The rest is done once for both.
_ON_A_SIDE = ("create", "update", "delete", "put_back", "photo", "photo_removed")


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    deed = fields.Char("What", compute="_compute_deed")
    when = fields.Char("Date of the event", compute="_compute_when", compute_sudo=True)

    @api.depends("action", "side", "run_id.mode", "run_id.trigger")
    @api.depends_context("lang")
    def _compute_deed(self):
        done = dict(self._fields["action"]._description_selection(self.env))
        planned = self._planned_deeds()
        for line in self:
            would = planned.get(line.side, {}).get(line.action)
            if line.run_id.mode == "preview" and would:
                line.deed = would
            elif line.action == "detach" and line.run_id.trigger == "reset":
                # What becomes of the entry in Google is told by a line of its own.
                line.deed = self.env._("Link with Google cut")
            elif line.action in _ON_A_SIDE and line.side:
                line.deed = self._on_side(done[line.action], line.side)
            else:
                line.deed = done.get(line.action, "")

    def _on_side(self, deed, side):
        if side == "google":
            return self.env._("%(deed)s in Google", deed=deed)
        return self.env._("%(deed)s in Odoo", deed=deed)

    # -- the event's date ------------------------------------------------------

    @api.depends("before", "after", "res_model", "res_id", "private")
    @api.depends_context("uid", "lang", "tz")
    def _compute_when(self):
        """As the line tells it, else as the event stands now; never what is private."""
        ids = {line.res_id for line in self if line.res_model == "calendar.event"}
        events = self.env["calendar.event"].browse(ids).exists()
        for line in self:
            hidden = line._is_hidden_from_me()
            line.when = "" if hidden else line._shown_when(events)

    def _shown_when(self, events):
        for values in (self.after, self.before):
            if period := values and json.loads(values).get("period"):
                return shown_when(self.env, period)
        if self.res_model != "calendar.event":
            return ""
        event = events.filtered(lambda event: event.id == self.res_id)
        if not event or is_masked(event):
            return ""
        return shown_when(self.env, period_of(event))

    # -- words of a plan -------------------------------------------------------

    def _planned_deeds(self):
        """Words of a plan, by side and action."""
        in_odoo = {
            "create": self.env._("Will be created in Odoo"),
            "update": self.env._("Will be changed in Odoo"),
            "delete": self.env._("Will be deleted in Odoo"),
            "put_back": self.env._("Will be put back in Odoo"),
            "decline": self.env._("Will be declined in Odoo"),
            "adopt": self.env._("Will be paired"),
            "part": self.env._("Will be parted"),
        }
        in_google = {
            "create": self.env._("Will be created in Google"),
            "update": self.env._("Will be changed in Google"),
            "delete": self.env._("Will be deleted in Google"),
            "put_back": self.env._("Will be put back in Google"),
            "decline": self.env._("Will be declined in Google"),
            "photo": self.env._("Photo will be sent"),
            "photo_removed": self.env._("Photo will be removed"),
        }
        return {"odoo": in_odoo, "google": in_google}
