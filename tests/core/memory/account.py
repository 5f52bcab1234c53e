"""A Google account in memory: its calendars, and what is asked of several at once."""

from __future__ import annotations

import copy

from google_sync.sync.ports import (
    CalendarLost,
    PageTokenExpired,
    Reply,
    SyncTokenExpired,
    Verdict,
)
from memory.google import MemoryGoogle


class MemoryAccount:
    """`calendars` by Google's id. may_move: says whether Google takes a move."""

    def __init__(self, page_size: int = 1000) -> None:
        self.page_size = page_size
        self.calendars: dict[str, MemoryGoogle] = {}
        self.lost: set[str] = set()
        self.may_move = lambda google_id: True
        self._own = 0

    def add(self, calendar: str, google: MemoryGoogle | None = None) -> MemoryGoogle:
        """A calendar; the same one may stand in several accounts."""
        google = google or MemoryGoogle(self.page_size)
        google.account, google.calendar = self, calendar
        self.calendars[calendar] = google
        return google

    @property
    def requests(self) -> int:
        """Of all calendars together."""
        return self._own + sum(google.requests for google in self.calendars.values())

    # -- the port --------------------------------------------------------------

    def lists(self, asks):
        self._own += 1
        return [self._list(ask) for ask in asks]

    def _list(self, ask):
        google = self.calendars[ask.calendar]
        if ask.calendar in self.lost:
            return CalendarLost("Not Found", reason="notFound")
        before = google.requests
        try:
            return google.list_events(
                sync_token=ask.sync_token,
                page_token=ask.page_token,
                time_min=ask.time_min,
                time_max=ask.time_max,
            )
        except (SyncTokenExpired, PageTokenExpired) as stop:
            return stop
        finally:
            google.requests = before

    def find(self, wanted):
        self._own += 1
        return [
            copy.deepcopy(self.calendars[calendar].resource(google_id))
            if calendar not in self.lost
            else None
            for calendar, google_id in wanted
        ]

    # -- moving ----------------------------------------------------------------

    def move(self, origin: MemoryGoogle, google_id: str, destination: str) -> Reply:
        event, target = origin.events[google_id], self.calendars[destination]
        if event["status"] == "cancelled":
            return Reply(Verdict.GONE, reason="notFound")
        if not event.get("organizer", {"self": True}).get("self"):
            return Reply(Verdict.REFUSED, reason="forbiddenForNonOrganizer")
        if not self.may_move(google_id):
            return Reply(Verdict.REFUSED, reason="cannotChangeOrganizer")
        there = target.events.get(google_id)
        if there is not None and there["status"] != "cancelled":
            return Reply(Verdict.TAKEN, reason="duplicate")
        return Reply(Verdict.DONE, self._carry(origin, target, google_id))

    def people_move(self, origin: str, google_id: str, destination: str) -> None:
        """The person moves it in Google."""
        self._carry(self.calendars[origin], self.calendars[destination], google_id)

    @staticmethod
    def _carry(origin: MemoryGoogle, target: MemoryGoogle, google_id: str) -> dict:
        exceptions = {
            k: e
            for k, e in origin.events.items()
            if e.get("recurringEventId") == google_id
        }
        organizer = {"self": True, "email": target.calendar}
        event = {**copy.deepcopy(origin.events[google_id]), "organizer": organizer}
        moved = target._store(google_id, event)
        for key, exception in exceptions.items():
            target.events[key] = {**copy.deepcopy(exception), "etag": moved["etag"]}
            target.log.append(key)
        origin._delete(google_id)
        return moved
