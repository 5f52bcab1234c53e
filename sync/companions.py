"""What a page of a listing lacks about its series, asked before anything is settled.

An exception may come before its series or without it; a series that Odoo cannot
express is taken in occurrence by occurrence, as Google itself expands it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .google_event import GoogleEvent
from .ports import BATCH_SIZE, Get, Google, Resource, Verdict
from .settings import Settings
from .settle import Settler
from .settle_series import is_odd
from .store import Kind, Link, LinkState, Store
from .unread import raise_unanswered


def is_of_a_series(item: Resource) -> bool:
    """A series, or an occurrence of one."""
    return bool(item.get("recurrence") or item.get("recurringEventId"))


class Companions:
    """Series of lone exceptions, and the occurrences of series with odd rules."""

    def __init__(
        self, store: Store, google: Google, settings: Settings, settler: Settler
    ) -> None:
        self.store = store
        self.google = google
        self.settings = settings
        self.settler = settler

    def beside(self, items: Sequence[Resource]) -> list[Resource]:
        """The items with their companions."""
        events = [self.settler.read(item) for item in items]
        series = list(self._series_of(events))
        everything = [*items, *series]
        odd = [
            event
            for event in [*events, *map(self.settler.read, series)]
            if not event.gone and not event.left_alone and is_odd(event.values)
        ]
        links = self.store.links([event.google_id for event in odd])
        for event in odd:
            everything += self._occurrences(event, links.get(event.google_id))
        return everything

    def _series_of(self, events: Sequence[GoogleEvent]) -> Iterator[Resource]:
        """The series of exceptions that are alone; 404 leaves them alone."""
        here = {event.google_id for event in events}
        wanted = {
            event.series_id
            for event in events
            if event.kind == Kind.OCCURRENCE and event.series_id
        }
        known = self.store.links(sorted(wanted - here))
        missing = sorted(wanted - here - known.keys())
        for first in range(0, len(missing), BATCH_SIZE):
            part = missing[first : first + BATCH_SIZE]
            replies = self.google.call([Get(google_id) for google_id in part])
            raise_unanswered(self.store, replies)
            for reply in replies:
                if reply.verdict is Verdict.DONE and reply.resource is not None:
                    yield reply.resource

    def _occurrences(self, event: GoogleEvent, link: Link | None) -> Iterator[Resource]:
        """What Google makes of an odd rule in the period, and what it made no more."""
        shown = set()
        window, page_token = self.settings.window, ""
        while True:
            page = self.google.instances(
                event.google_id,
                time_min=window.start,
                time_max=window.end,
                page_token=page_token,
            )
            for item in page.items:
                shown.add(item["id"])
                yield item
            page_token = page.next_page_token
            if not page_token:
                break
        if link is not None:
            yield from self._vanished(event, link, shown)

    def _vanished(
        self, event: GoogleEvent, link: Link, shown: set[str]
    ) -> Iterator[Resource]:
        children = self.store.children([link]).get(link.id, {})
        for key, child in children.items():
            inside = child.base and self.settings.window.holds(child.base.period)
            if child.state is not LinkState.LINKED or child.google_id in shown:
                continue
            if inside:
                yield {
                    "id": child.google_id,
                    "status": "cancelled",
                    "recurringEventId": event.google_id,
                    "originalStartTime": _original(key),
                }


def _original(key: str) -> dict[str, str]:
    if "T" not in key:
        return {"date": f"{key[:4]}-{key[4:6]}-{key[6:]}"}
    day, clock = key[:8], key[9:15]
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z"
    return {"dateTime": text}
