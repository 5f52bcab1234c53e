"""Google to Odoo: listings, page by page, each page settled before the next.

The cursor is stored with what it covers, so a crash repeats a page and applying a
page twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from ..events.links import Link, LinkState
from ..events.occurrence_ids import is_split, slot_of
from ..events.period import added
from ..events.steps import Step
from ..events.store import Cursor
from ..ports import (
    BATCH_SIZE,
    Get,
    ListAsk,
    Page,
    PageTokenExpired,
    Resource,
    SyncTokenExpired,
    Verdict,
)
from ..replies import raise_unanswered
from .companions import ITEMS_TOGETHER, completed
from .questions import missing_question
from .retry import retry
from .run import Run
from .settle import Settler
from .unread import read_unread

#: Series settled between two checkpoints: each may be many rows in Odoo.
SERIES_TOGETHER = 100


class Pull:
    """One run's pull of one calendar."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.settler = Settler(run)

    def read(self) -> Iterator[None]:
        """List, settle, verify; a checkpoint after each page."""
        while self.store.cursor().listing:
            yield from self._page()
        yield from self._verify()
        yield from read_unread(self.run)
        yield from retry(self.run, self.settler)

    def begin(self) -> None:
        """Note what is to be listed; stored with the first page."""
        cursor = self.store.cursor()
        going_on = self.run.settings.resuming and cursor.sync_token
        if cursor.listing == "full" and cursor.page_token:
            return
        if not cursor.sync_token or (self.run.settings.full and not going_on):
            if self.run.settings.full:
                self.store.mark_all_dirty()
            self._start_full(cursor)
        elif going_on:
            return
        elif not cursor.listing:
            self.store.save_cursor(replace(cursor, listing="delta", page_token=""))

    def _start_full(self, cursor: Cursor) -> None:
        self.store.save_cursor(
            Cursor(
                listing="full",
                window=self.run.settings.window,
                number=cursor.number + 1,
                unverified=True,
                enrolled=cursor.enrolled,
            )
        )

    def _page(self) -> Iterator[None]:
        cursor = self.store.cursor()
        try:
            page = self._list(cursor)
        except SyncTokenExpired:
            self._start_full(cursor)
        except PageTokenExpired:
            self._list_again(cursor)
        else:
            self._learn(page)
            items = completed(self.run, page.items)
            if items:
                self.store.collect_edits(new=False)
            number = cursor.number if cursor.listing == "full" else 0
            *parts, last = _parts(items)
            done = self.run.report.done
            for part in parts:
                before = done.total()
                yield from self._settle(part, number)
                self.store.checkpoint()
                # Who stops here lists the page again: not without having moved on.
                if done.total() != before:
                    yield
            yield from self._settle(last, number)
            after = self._after(cursor, page)
            self.store.save_cursor(after)
            if not items and not after.listing:
                # Nothing new: the next checkpoint will do, and lost it is asked again.
                return
        self.store.checkpoint()
        yield

    def _settle(self, items: Sequence[Resource], number: int) -> Iterator[None]:
        """At once; where a person follows, some at a time: Stop is heard in between."""
        is_stopped = self.run.is_stopped
        together = BATCH_SIZE if is_stopped else ITEMS_TOGETHER
        for first in range(0, len(items), together):
            if first and is_stopped:
                self.store.checkpoint()
                if is_stopped():
                    yield
            self.settler.settle(items[first : first + together], number)

    def _list_again(self, cursor: Cursor) -> None:
        """A full listing begun anew counts anew: what it showed may be gone since."""
        if cursor.listing == "full":
            self._start_full(cursor)
        else:
            self.store.save_cursor(replace(cursor, page_token=""))

    def _list(self, cursor: Cursor) -> Page:
        ask = ask_of(cursor, self.run.settings.calendar)
        return self.run.google.list_events(
            sync_token=ask.sync_token,
            page_token=ask.page_token,
            time_min=ask.time_min,
            time_max=ask.time_max,
        )

    def _after(self, cursor: Cursor, page: Page) -> Cursor:
        """The cursor once `page` is settled."""
        if page.next_page_token:
            return replace(cursor, page_token=page.next_page_token)
        if cursor.listing == "slice":
            slices = cursor.slices[1:]
        else:
            covered = cursor.window or self.run.settings.window
            slices = tuple(added(covered, self.run.settings.window))
            cursor = replace(cursor, sync_token=page.next_sync_token)
        return replace(
            cursor,
            page_token="",
            slices=slices,
            listing="slice" if slices else "",
            window=cursor.window if slices else self.run.settings.window,
        )

    def _learn(self, page: Page) -> None:
        """The calendar's properties and Google's clock come with every list."""
        known = self.run.around.calendar
        self.run.around.calendar = replace(
            known,
            time_zone=page.time_zone or known.time_zone,
            access_role=page.access_role or known.access_role,
            default_reminders=tuple(page.default_reminders),
        )
        if page.date is not None:
            skew = page.date - self.run.settings.now
            # The header counts whole seconds: less is no skew but rounding.
            rounding = timedelta(seconds=2)
            self.run.around.skew = skew if abs(skew) > rounding else timedelta()

    # -- after a full listing --------------------------------------------------

    def _verify(self) -> Iterator[None]:
        """Absence is no deletion: ask Google for each known event it did not list."""
        cursor = self.store.cursor()
        while cursor.unverified:
            links = self.store.unseen(cursor.number, BATCH_SIZE)
            if links:
                self._ask_google(links, cursor.number)
            else:
                cursor = replace(cursor, unverified=False)
                self.store.save_cursor(cursor)
            self.store.checkpoint()
            yield

    def _ask_google(self, links: list[Link], number: int) -> None:
        replies = self.run.google.call([Get(link.google_id) for link in links])
        found = [r.resource for r in replies if r.verdict is Verdict.DONE]
        self.settler.settle([r for r in found if r is not None], number)
        missing = [
            link
            for link, reply in zip(links, replies, strict=True)
            if reply.verdict in (Verdict.GONE, Verdict.REFUSED)
        ]
        cut = {link.google_id for link in links if link.state is LinkState.DETACHED}
        self._hold_missing([link for link in missing if link.google_id not in cut])
        deleted = {r["id"] for r in found if r and r.get("status") == "cancelled"}
        deleted |= {link.google_id for link in missing}
        self._let_go([x for x in links if x.google_id in cut & deleted])
        seen = {r["id"] for r in found if r is not None} | {
            link.google_id for link in missing
        }
        self.store.see(sorted(seen), number)
        raise_unanswered(self.store, replies)

    def _let_go(self, links: list[Link]) -> None:
        """Cut by a reset and deleted in Google since: Odoo's event goes there anew."""
        gone = [replace(x, state=LinkState.DELETED, dirty=True) for x in links]
        self.store.apply([Step(link) for link in gone])

    def _hold_missing(self, links: list[Link]) -> None:
        """404 in a calendar that can be read: neither deleted nor there; ask."""
        held = [replace(x, state=LinkState.HELD, problem="missing") for x in links]
        self.store.apply([Step(link) for link in held])
        if links:
            self.store.ask([missing_question(link) for link in links])


def ask_of(cursor: Cursor, calendar: str) -> ListAsk:
    """The page that comes next."""
    if cursor.listing == "delta":
        return ListAsk(calendar, cursor.sync_token, cursor.page_token)
    window = cursor.slices[0] if cursor.listing == "slice" else cursor.window
    assert window is not None
    return ListAsk(
        calendar,
        page_token=cursor.page_token,
        time_min=window.start,
        time_max=window.end,
    )


def _parts(items: Sequence[Resource]) -> list[Sequence[Resource]]:
    """The items, cut where they are many; occurrences after all series.

    What Google split off a series comes before what is left of it.
    """
    parts: list[list[Resource]] = [[]]
    series = 0
    for item in sorted(items, key=_rank):
        if series == SERIES_TOGETHER or len(parts[-1]) == ITEMS_TOGETHER:
            parts.append([])
            series = 0
        parts[-1].append(item)
        series += bool(item.get("recurrence"))
    return list(parts)


def _rank(item: Resource) -> int:
    slot = slot_of(item["id"])
    return 2 if slot or "recurringEventId" in item else int(not is_split(item["id"]))
