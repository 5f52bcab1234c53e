"""A small world for stories about the engine: one Odoo, one Google per user."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from memory.google import MemoryGoogle
from memory.store import MemoryStore
from memory.tables import Database

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.period import Window
from google_sync.sync.events.values import EventValues, Period, fit_reminders
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_events
from google_sync.sync.running.settings import Settings, Surroundings

UTC = timezone.utc
WINDOW = Window(date(2026, 5, 1), date(2027, 6, 1))


class World:
    """Marie's Odoo agenda and her Google calendar."""

    def __init__(self, page_size: int = 1000, **options) -> None:
        self.odoo = Database()
        self.store = MemoryStore(self.odoo)
        self.google = MemoryGoogle(page_size)
        self.options = {"brake_count": 10**6, **options}
        self.window = WINDOW

    def settings(self, **options) -> Settings:
        self.store.window = self.window
        return Settings(
            self.google.now(),
            self.window,
            time_zone="Europe/Paris",
            **{**self.options, **options},
        )

    def steps(self, report: Report | None = None, **options):
        return sync_events(
            self.store,
            self.google,
            self.settings(**options),
            Surroundings(),
            report or Report(),
        )

    def sync(self, **options) -> Report:
        self.google.tick()
        report = Report()
        for _ in self.steps(report, **options):
            pass
        self.google.tick()
        return report

    # -- looking ---------------------------------------------------------------

    def in_google(self) -> dict[str, EventValues]:
        context = CalendarContext()
        return {
            key: parse_event(event, context).values
            for key, event in self.google.alive().items()
        }

    def in_odoo(self) -> dict[int, EventValues]:
        events = self.odoo.tables.events
        return {k: r.values for k, r in events.items() if r.alive}

    def agenda(self, side) -> list[str]:
        """What a person sees, comparable between the sides."""
        # Colour and meeting address are Odoo's to say, and not taken back.
        own = {"time_zone": "", "color": "", "source": "", "mail_reminders": 0}
        return sorted(
            str(replace(v, **own, reminders=fit_reminders(v.reminders, 0)))
            for v in side.values()
        )

    def assert_same(self) -> None:
        assert self.agenda(self.in_odoo()) == self.agenda(self.in_google())

    def link_of(self, event_id: int):
        links = self.odoo.tables.links["marie"].values()
        return next(x for x in links if x.event_id == event_id)

    def actions(self) -> list[tuple[str, str]]:
        return [(line.side, line.action) for line in self.odoo.tables.lines]


def at(day: int, hour: int = 9, minutes: int = 60) -> Period:
    start = datetime(2026, 6, 1, hour, tzinfo=UTC) + timedelta(days=day)
    return Period.timed(start, start + timedelta(minutes=minutes))


def meeting(title: str = "Réunion", day: int = 3, **values) -> EventValues:
    return EventValues(at(day), title=title, **values)


def google_body(title: str = "Réunion", day: int = 3, **more) -> dict:
    period = at(day)
    return {
        "summary": title,
        "start": {"dateTime": period.start.isoformat(), "timeZone": "Europe/Paris"},
        "end": {"dateTime": period.end.isoformat(), "timeZone": "Europe/Paris"},
        "organizer": {"self": True, "email": "marie@example.com"},
        **more,
    }
