"""A world that looks at both sides of series occurrence by occurrence."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from world import WINDOW, World

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.recurrence import Rule, with_rule
from google_sync.sync.events.values import EventValues, Period

UTC = timezone.utc

PARIS = "Europe/Paris"

#: A Monday, ten o'clock in Paris.
START = datetime(2026, 6, 1, 8, tzinfo=UTC)

MONDAYS = Rule("WEEKLY", days=("MO",), count=4)


class SeriesWorld(World):
    """Looks at both sides occurrence by occurrence."""

    def series(
        self, rule=MONDAYS, title="Point", start=START, people=(), zone=PARIS, **more
    ):
        period = Period.timed(start, start + timedelta(hours=1))
        values = EventValues(
            period,
            title=title,
            time_zone=zone,
            recurrence=with_rule(rule, set()),
            **more,
        )
        return self.odoo.people_create_series("marie", values, people)

    def google_series(self, *lines, google_id="s1", start=START, **more):
        body = {
            "summary": "Point",
            "recurrence": list(lines or ["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO"]),
            "start": {"dateTime": start.isoformat(), "timeZone": PARIS},
            "end": {
                "dateTime": (start + timedelta(hours=1)).isoformat(),
                "timeZone": PARIS,
            },
            "organizer": {"self": True, "email": "marie@example.com"},
            **more,
        }
        self.google.people_insert(google_id, body)
        return google_id

    def rows(self):
        found = {k: r for k, r in self.odoo.tables.events.items() if r.alive}
        return sorted(found, key=lambda k: found[k].values.period.start)

    def odoo_agenda(self):
        rows = [r.values for r in self.odoo.tables.events.values() if r.alive]
        return sorted(_text(v) for v in rows if WINDOW.holds(v.period))

    def google_agenda(self):
        events = self.google.seen().values()
        values = [parse_event(e, CalendarContext()).values for e in events]
        return sorted(_text(v) for v in values if WINDOW.holds(v.period))

    def assert_same(self):
        assert self.odoo_agenda() == self.google_agenda()

    def assert_quiet(self):
        requests, lines = self.google.requests, len(self.odoo.tables.lines)
        self.sync()
        assert self.google.requests == requests + 1
        assert len(self.odoo.tables.lines) == lines

    def settled(self):
        for _ in range(3):
            self.sync()
        self.assert_same()
        self.assert_quiet()
        self.sync(full=True)
        self.assert_same()
        self.sync(sweep=True)
        self.assert_same()
        self.assert_quiet()

    def only_series(self):
        (google_id,) = self.google.alive()
        return google_id, self.google.events[google_id]


def _text(values):
    when = f"{values.period.start:%Y-%m-%d %H:%M} {values.period.length}"
    return f"{when} {values.title} {values.place}"
