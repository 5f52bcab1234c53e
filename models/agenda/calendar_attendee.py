"""Accepting and declining change whose agenda an event is in."""

from odoo import models


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.event_id._google_sync_queue()
        return result
