"""A company whose people invite each other."""

from __future__ import annotations

from memory.google import MemoryGoogle
from memory.store import MemoryStore
from memory.tables import Database
from world import WINDOW, google_body

from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_events
from google_sync.sync.running.settings import Settings, Surroundings

MARIE, PAUL, UNKNOWN = "marie@example.com", "paul@example.com", "x@elsewhere.org"


ROOM = {"email": "room@resource.calendar.google.com", "resource": True}


class Company:
    """Marie invites in Google; Google puts a copy into Paul's calendar."""

    def __init__(self) -> None:
        self.odoo = Database()
        self.stores = {u: MemoryStore(self.odoo, u) for u in ("marie", "paul")}
        self.google = {u: MemoryGoogle() for u in self.stores}

    def invite(self, *guests, google_id="g1", **more) -> None:
        for user in self.google:
            self._copy(user, guests, google_id, more)

    def _copy(self, user, guests, google_id, more) -> None:
        address = f"{user}@example.com"
        people = [{"email": MARIE, "organizer": True, "responseStatus": "accepted"}]
        people += [{"email": g, "responseStatus": "needsAction"} for g in guests]
        people += [{**ROOM, "responseStatus": "accepted"}]
        if user != "marie" and address not in guests:
            return
        for person in people:
            if person["email"] == address:
                person["self"] = True
        organizer = {"email": MARIE, **({"self": True} if user == "marie" else {})}
        body = {**google_body("Réunion"), "attendees": people, "organizer": organizer}
        self.google[user].people_insert(google_id, {**body, **more})

    def sync(self, *users, **options) -> None:
        for user in users or self.google:
            google, store = self.google[user], self.stores[user]
            google.tick()
            store.window = WINDOW
            settings = Settings(google.now(), WINDOW, brake_count=10**6, **options)
            for _ in sync_events(store, google, settings, Surroundings(), Report()):
                pass

    def only_event(self):
        (event,) = (r for r in self.odoo.tables.events.values() if r.alive)
        return event

    def answer_of(self, user, google_id="g1"):
        people = self.google[user].events[google_id]["attendees"]
        return next(p["responseStatus"] for p in people if p.get("self"))
