"""Saving a recurrence: whoever has its series is told, as for an event."""

from dateutil import rrule

from odoo import models

from ...sync.events.recurrence import rule_of
from ..tools.context import Said, said
from ..tools.edge import engine_rows

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

    # -- weeks -----------------------------------------------------------------

    def _get_lang_week_start(self):
        """A linked series keeps its own weeks, whatever language rebuilds it."""
        day = said(self.env, "google_sync_week_start", "")
        return getattr(rrule, day) if day else super()._get_lang_week_start()

    def _google_sync_own_weeks(self):
        """The first day of the week in the linked series' rule; "" for Odoo's."""
        if self.rrule_type != "weekly" or self.interval < 2:
            return ""
        # sudo: the link of whoever synchronises the series says what its rule is.
        links = engine_rows(self.env, "google.sync.event.link")
        domain = [
            ("recurrence_id", "=", self.id),
            ("kind", "=", "series"),
            ("state", "not in", ("deleted", "detached")),
        ]
        for link in links.search(domain):
            base = link._base_values()
            rule = rule_of(base.recurrence) if base else None
            if rule:
                return rule.week_start
        return ""

    def _google_sync_in_own_weeks(self, events):
        """These events, so that Odoo rebuilds the series without moving its days."""
        day = self._google_sync_own_weeks()
        return events.with_context(google_sync_week_start=Said(day)) if day else events
