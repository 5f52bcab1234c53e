"""Saving a recurrence: whoever has its series is told, as for an event."""

from odoo import models

#: What the rule is made of; its text is computed from it.
RULE_FIELDS = frozenset(
    {
        "rrule_type",
        "interval",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "month_by",
        "day",
        "weekday",
        "byday",
        "end_type",
        "count",
        "until",
        "event_tz",
    }
)


class CalendarRecurrence(models.Model):
    _inherit = "calendar.recurrence"

    def write(self, vals):
        if RULE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        with self.env["calendar.event"]._google_sync_gathering(self):
            return super().write(vals)

    def unlink(self):
        with self.env["calendar.event"]._google_sync_gathering(self):
            return super().unlink()
