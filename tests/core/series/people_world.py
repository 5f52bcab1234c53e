"""Several people with one series between them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone

from memory.google import MemoryGoogle
from memory.google_series import LAST
from memory.store import MemoryStore
from memory.tables import Database

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.period import Window
from google_sync.sync.events.recurrence import local_day
from google_sync.sync.ports import Delete, Insert, Patch
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_events
from google_sync.sync.running.settings import Settings, Surroundings
from series.world import PARIS

START = datetime(2026, 6, 1, 8, tzinfo=timezone.utc)


PEOPLE = ("marie", "paul", "lea")


ALIKE = dict.fromkeys(PEOPLE, Window(date(2026, 5, 1), date(2027, 6, 1)))


class People:
    """Several users of one Odoo, each with a calendar; writes are counted."""

    def __init__(self, windows=ALIKE, people=("marie", "paul"), **options) -> None:
        self.odoo = Database()
        self.people = people
        self.windows = windows
        self.options = options
        self.stores = {u: MemoryStore(self.odoo, u) for u in people}
        self.google = {u: MemoryGoogle() for u in people}
        self.writes: list[tuple[str, object]] = []
        for user, google in self.google.items():
            self._watch(user, google)

    def _watch(self, user, google) -> None:
        do = google._do

        def watched(call):
            if isinstance(call, (Insert, Patch, Delete)):
                self.writes.append((user, call))
            return do(call)

        google._do = watched

    def invite(self, line, organizer="marie", google_id="s1", begun=START, **more):
        """The organiser's series, as Google puts it into everybody's calendar."""
        chief = f"{organizer}@example.com"
        guests = [{"email": chief, "organizer": True, "responseStatus": "accepted"}]
        guests += [
            {"email": f"{u}@example.com", "responseStatus": "needsAction"}
            for u in self.people
            if u != organizer
        ]
        for user, google in self.google.items():
            own = f"{user}@example.com"
            body = {
                "summary": "Point",
                "recurrence": [line],
                "start": {"dateTime": begun.isoformat(), "timeZone": PARIS},
                "end": {
                    "dateTime": (begun + timedelta(hours=1)).isoformat(),
                    "timeZone": PARIS,
                },
                "attendees": [
                    {**g, "self": True} if g["email"] == own else g for g in guests
                ],
                "organizer": {
                    "email": chief,
                    **({"self": True} if user == organizer else {}),
                },
            }
            google.people_insert(google_id, {**body, **more})

    def sync(self, *users, **options) -> None:
        for user in users or self.people:
            google, store = self.google[user], self.stores[user]
            google.tick()
            store.window = self.windows[user]
            settings = Settings(
                google.now(),
                self.windows[user],
                time_zone=PARIS,
                brake_count=10**6,
                **{**self.options, **options},
            )
            for _ in sync_events(store, google, settings, Surroundings(), Report()):
                pass

    # -- looking ---------------------------------------------------------------

    def rows(self, user=None):
        """All rows that a person has in Odoo, or that there are."""
        return {
            k: r
            for k, r in self.odoo.tables.events.items()
            if r.alive and (user is None or user in r.people)
        }

    def assert_same(self):
        """What Odoo holds of the series, each calendar shows, and as Odoo has it."""
        for user in self.people:
            shown = {}
            google = self.google[user]
            for key, event in google.seen().items():
                values = parse_event(event, CalendarContext()).values
                shown[key] = (values.title, values.place, values.period)
            mine = Counter(
                (r.values.title, r.values.place, r.values.period)
                for r in self.rows(user).values()
                # Google's page is turned no further.
                if local_day(r.values.period.start, PARIS) < LAST
            )
            assert not mine - Counter(shown.values()), user
            window = self.windows[user]
            missing = Counter(shown.values()) - mine
            assert not [x for x in missing if window.holds(x[2])], user

    def assert_quiet(self, *users):
        writes, lines = len(self.writes), len(self.odoo.tables.lines)
        requests = {u: g.requests for u, g in self.google.items()}
        self.sync(*users)
        assert self.writes[writes:] == []
        assert len(self.odoo.tables.lines) == lines
        for user in users or self.people:
            assert self.google[user].requests == requests[user] + 1

    def settled(self):
        for _ in range(3):
            self.sync()
        self.assert_same()
        self.assert_quiet()
        for more in ({"full": True}, {"sweep": True}):
            writes = len(self.writes)
            self.sync(**more)
            assert self.writes[writes:] == []
            self.assert_same()


def own(line, start=START):
    return {
        "summary": "Point",
        "recurrence": [line],
        "start": {"dateTime": start.isoformat(), "timeZone": PARIS},
        "end": {
            "dateTime": (start + timedelta(hours=1)).isoformat(),
            "timeZone": PARIS,
        },
        "organizer": {"self": True, "email": "marie@example.com"},
    }
