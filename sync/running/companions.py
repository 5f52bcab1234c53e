"""What a page of a listing lacks about its series, asked before anything is settled.

An exception may come before its series or without it; a series that Odoo cannot
express is taken in occurrence by occurrence, as Google itself expands it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState
from ..events.occurrence_ids import original_of, split_id
from ..events.period import Window
from ..events.recurrence import rule_of
from ..events.slots import keys_between, last_slot
from ..ports import BATCH_SIZE, Get, Resource, Verdict
from ..replies import raise_unanswered
from .questions import many_question
from .run import Run
from .settle_series import is_odd

MANY = 500
"""Single events that a rule may become in Odoo without anybody being asked."""
MOST = 5000
"""No more than that, whoever wishes for it."""


def is_of_a_series(item: Resource) -> bool:
    """A series, or an occurrence of one."""
    return bool(item.get("recurrence") or item.get("recurringEventId"))


#: Entries settled between two checkpoints; a page may be very many.
ITEMS_TOGETHER = 250


class Companions:
    """Series of lone exceptions, and the occurrences of series with odd rules."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store

    def beside(self, items: Sequence[Resource]) -> list[Resource]:
        """The items with their companions."""
        events = [self.run.read(item) for item in items]
        series = [*self._series_of(events), *self._rests_of(events)]
        everything = [*items, *series]
        odd = [
            event
            for event in [*events, *map(self.run.read, series)]
            if not event.gone and not event.left_alone and is_odd(event.values)
        ]
        links = self.store.links([event.google_id for event in odd])
        for event in odd:
            link = links.get(event.google_id)
            if not self._is_known(event, link):
                everything += self._occurrences(event, link)
        return everything

    def _is_known(self, event: GoogleEvent, link: Link | None) -> bool:
        """Shown as it was, in the period that it was expanded for.

        It is listed with each change of one of its occurrences. Without an etag it
        was not expanded yet.
        """
        if link is None or link.state is not LinkState.LINKED or not link.etag:
            return False
        same = link.etag == event.etag or link.base == event.values
        return same and self.store.cursor().listing == "delta"

    def _occurrences(self, event: GoogleEvent, link: Link | None) -> list[Resource]:
        """What Google makes of an odd rule in the period; none where it is too much."""
        made = list(islice(self._instances(event), MANY + 1))
        if len(made) > MANY and not self._is_wanted(link):
            self.store.ask([many_question(event, MANY)])
            self.run.report.questions += 1
            self.run.report.left_alone["too_many"] += 1
            return []
        if len(made) > MANY:
            made = list(islice(self._instances(event), MOST))
        shown = {item["id"] for item in made}
        # Of what is cut off nobody knows what is gone.
        gone = self._vanished(event, link, shown) if link and len(made) < MOST else ()
        return [*made, *gone]

    def _is_wanted(self, link: Link | None) -> bool:
        """A person has seen how many they are and takes them, or took them, anyway."""
        if link is None:
            return False
        if link.state is LinkState.QUARANTINED and link.dirty:
            return True
        children = self.store.children([link]).get(link.id, {}).values()
        return sum(child.state is LinkState.LINKED for child in children) > MANY

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
            replies = self.run.google.call([Get(google_id) for google_id in part])
            raise_unanswered(self.store, replies)
            for reply in replies:
                if reply.verdict is Verdict.DONE and reply.resource is not None:
                    yield reply.resource

    def _rests_of(self, events: Sequence[GoogleEvent]) -> Iterator[Resource]:
        """What Google split off a series that ends earlier now, be it not listed yet.

        Rows that were edited in Odoo go over to it.
        """
        here = {event.google_id for event in events}
        links = self.store.links(
            [event.google_id for event in events if event.kind == Kind.SERIES]
        )
        wanted = {
            split_id(event.google_id, key)
            for event in events
            if (link := links.get(event.google_id))
            and (key := _first_cut(link, event, self.run.settings.window))
        } - here
        new = sorted(wanted - self.store.links(sorted(wanted)).keys())
        for first in range(0, len(new), BATCH_SIZE):
            part = new[first : first + BATCH_SIZE]
            replies = self.run.google.call([Get(google_id) for google_id in part])
            raise_unanswered(self.store, replies)
            for reply in replies:
                if reply.resource and reply.resource.get("status") != "cancelled":
                    yield reply.resource

    def _instances(self, event: GoogleEvent) -> Iterator[Resource]:
        window, page_token = self.run.settings.window, ""
        while True:
            page = self.run.google.instances(
                event.google_id,
                time_min=window.start,
                time_max=window.end,
                page_token=page_token,
            )
            yield from page.items
            page_token = page.next_page_token
            if not page_token:
                break

    def _vanished(
        self, event: GoogleEvent, link: Link, shown: set[str]
    ) -> Iterator[Resource]:
        children = self.store.children([link]).get(link.id, {})
        for key, child in children.items():
            inside = child.base and self.run.settings.window.holds(child.base.period)
            if child.state is not LinkState.LINKED or child.google_id in shown:
                continue
            if inside:
                yield {
                    "id": child.google_id,
                    "status": "cancelled",
                    "recurringEventId": event.google_id,
                    "originalStartTime": original_of(key),
                }


def _first_cut(link: Link, event: GoogleEvent, window: Window) -> str:
    """The first slot that the series has no longer, "" where none was cut."""
    before, now = link.base, event.values
    if link.state is not LinkState.LINKED or before is None or now is None:
        return ""
    if link.etag == event.etag or rule_of(before.recurrence) is None:
        return ""
    if rule_of(now.recurrence) is None or last_slot(now) >= last_slot(before):
        return ""
    after = last_slot(now) + timedelta(days=1)
    far = max(window.last, after) + timedelta(days=366)
    lost = keys_between(before, after, min(far, last_slot(before)))
    return lost[0] if lost else ""


def completed(run: Run, items: Sequence[Resource]) -> Sequence[Resource]:
    """The items, and what their series need beside them, before Odoo is written."""
    if not run.settings.series or not any(map(is_of_a_series, items)):
        return items
    return Companions(run).beside(items)
