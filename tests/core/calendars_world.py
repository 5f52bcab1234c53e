"""A world of one person with several calendars, for stories about the engine."""

from __future__ import annotations

from memory.account import MemoryAccount
from memory.store import MemoryStore
from memory.tables import Database
from world import WINDOW

from google_sync.sync.events.google_event import CalendarContext
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_calendars
from google_sync.sync.running.run import Run
from google_sync.sync.running.settings import Settings, Surroundings

OWNER, READER = "owner", "reader"


class Calendars:
    """Marie's agenda and her Google account; "" and "main" are her first calendar."""

    def __init__(self, *names: str, page_size: int = 1000, **options) -> None:
        self.odoo = Database()
        self.account = MemoryAccount(page_size)
        self.options = {"brake_count": 10**6, **options}
        self.stores: dict[str, MemoryStore] = {}
        self.roles: dict[str, str] = {}
        self.lost: dict = {}
        for name in ("", *names):
            self.account.add(name or "main")
            store = MemoryStore(self.odoo, "marie", name)
            store.siblings = self.stores
            store.window = WINDOW
            self.stores[name] = store
        self.modes = dict.fromkeys(self.stores, "both")

    def google(self, name: str = ""):
        return self.account.calendars[name or "main"]

    def now(self):
        return self.google().now()

    def tick(self) -> None:
        for google in self.account.calendars.values():
            google.tick()

    # -- running ---------------------------------------------------------------

    def run_of(self, name: str, report: Report, **options) -> Run:
        store, mode = self.stores[name], self.modes[name]
        store.mode = mode
        settings = Settings(
            self.now(),
            WINDOW,
            time_zone="Europe/Paris",
            calendar=name or "main",
            mode=mode,
            main=not name,
            several=True,
            **{**self.options, **options},
        )
        context = CalendarContext(
            access_role=self.roles.get(name, OWNER),
            mode=mode,
            primary=not name,
            me=frozenset({"marie@example.com"}),
        )
        return Run(store, self.google(name), settings, Surroundings(context), report)

    def steps(self, report: Report | None = None, **options):
        for name, mode in self.modes.items():
            self.stores[name].mode = mode
        on = [name for name, mode in self.modes.items() if mode != "off"]
        off = [n or "main" for n, mode in self.modes.items() if mode == "off"]
        report = report or Report()
        runs = [self.run_of(name, report, **options) for name in on]
        self.lost = {}
        return sync_calendars(runs, self.account, off, self.lost)

    def sync(self, **options) -> Report:
        self.tick()
        report = Report()
        for _ in self.steps(report, **options):
            pass
        self.tick()
        return report

    # -- looking ---------------------------------------------------------------

    def titles(self, name: str = "") -> list[str]:
        return sorted(e.get("summary", "") for e in self.google(name).alive().values())

    def in_odoo(self) -> list[str]:
        events = self.odoo.tables.events.values()
        return sorted(r.values.title for r in events if r.alive)

    def links(self, name: str = ""):
        return list(self.stores[name]._links.values())

    def actions(self) -> list[tuple[str, str]]:
        return [(line.side, line.action) for line in self.odoo.tables.lines]

    def settled(self) -> None:
        """Another run writes nothing and asks once."""
        before, lines = self.account.requests, len(self.odoo.tables.lines)
        self.sync()
        assert self.account.requests == before + 1
        assert len(self.odoo.tables.lines) == lines
