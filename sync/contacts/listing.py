"""Listing Google's contacts: what changed, or all of them, page by page.

A page is settled and its place stored in one commit. What a complete list did not show
is asked for by name before it counts as deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..ports import PageTokenExpired, SyncTokenExpired
from ..replies import raise_unanswered
from .ports import GET_SIZE, Outcome
from .run import Run
from .settings import UNSURE_FOR
from .settle import Settler, gone_step
from .store import ContactCursor, ContactLink, ContactState, ContactStep

#: A list that keeps losing its place is left for the next run.
RESTARTS = 3


class Listing:
    """One run's reading of the list."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.people = run.people
        self.settler = Settler(run)

    def read(self) -> Iterator[None]:
        """Bring the store up to what Google lists now."""
        cursor = self._begin(self.store.cursor())
        restarts = 0
        while cursor.listing:
            try:
                cursor = self._page(cursor)
            except SyncTokenExpired:
                cursor = self._full(cursor)
            except PageTokenExpired:
                restarts += 1
                if restarts > RESTARTS:
                    raise
                cursor = self._restart(cursor)
            self.store.save_cursor(cursor)
            self.store.checkpoint()
            yield
        if cursor.unverified:
            yield from self._verify(cursor)
        self._release(self.store.cursor())

    # -- which list ------------------------------------------------------------

    def _begin(self, cursor: ContactCursor) -> ContactCursor:
        settings = self.run.settings
        if cursor.fingerprint != self.people.fingerprint:
            cursor = replace(cursor, sync_token="", page_token="", listing="")
            cursor = replace(cursor, fingerprint=self.people.fingerprint)
        if cursor.listing or (settings.resuming and cursor.sync_token):
            return cursor
        old = cursor.full_at is None or (
            settings.now - cursor.full_at >= settings.refresh_after
        )
        if old or settings.full or not cursor.sync_token or self._unsure_is_due(cursor):
            return self._full(cursor)
        return replace(cursor, listing="delta", page_token="")

    def _full(self, cursor: ContactCursor) -> ContactCursor:
        self.store.forget_index()
        return replace(
            cursor,
            sync_token="",
            page_token="",
            listing="full",
            listing_at=self.store.now(),
            number=cursor.number + 1,
            unverified=False,
        )

    def _restart(self, cursor: ContactCursor) -> ContactCursor:
        if cursor.listing == "full":
            return self._full(cursor)
        return replace(cursor, page_token="")

    # -- a page ----------------------------------------------------------------

    def _page(self, cursor: ContactCursor) -> ContactCursor:
        token = "" if cursor.listing == "full" else cursor.sync_token
        page = self.people.list_people(sync_token=token, page_token=cursor.page_token)
        if page.date is not None:
            self.run.skew = page.date - self.store.now()
        alive = self.settler.settle(page.people)
        if cursor.listing == "full":
            self.store.see(alive, cursor.number)
        if page.next_page_token:
            return replace(cursor, page_token=page.next_page_token)
        done = replace(
            cursor,
            page_token="",
            listing="",
            sync_token=page.next_sync_token or cursor.sync_token,
        )
        if cursor.listing == "full":
            done = replace(done, full_at=cursor.listing_at, unverified=True)
        return done

    # -- what a full list proves -----------------------------------------------

    def _verify(self, cursor: ContactCursor) -> Iterator[None]:
        """Lists lag, so absence is only a reason to ask."""
        after, postponed = 0, False
        while links := self.store.unseen(cursor.number, GET_SIZE, after):
            after = links[-1].id
            self.store.checkpoint()
            asked = [link for link in links if not self._is_recent(link)]
            postponed |= len(asked) < len(links)
            links = asked
            if not links:
                continue
            replies = self.people.get([link.resource_name for link in links])
            gone = [
                gone_step(link)
                for link, reply in zip(links, replies, strict=True)
                if reply.outcome is Outcome.GONE
            ]
            self.run.apply(gone)
            found = {
                link.resource_name: reply.person
                for link, reply in zip(links, replies, strict=True)
                if reply.person is not None
            }
            alive = self.settler.settle(list(found.values()), list(found))
            self.store.see(alive, cursor.number)
            raise_unanswered(self.store, replies)
            self.store.checkpoint()
            yield
        self.store.save_cursor(replace(self.store.cursor(), unverified=postponed))
        self.store.checkpoint()

    def _is_recent(self, link: ContactLink) -> bool:
        """Written a moment ago: neither list nor answer can be held against it."""
        return link.updated is not None and self.store.now() - link.updated < UNSURE_FOR

    # -- creates without an answer ---------------------------------------------

    def _unsure(self) -> Iterator[ContactLink]:
        for state in (ContactState.SENDING, ContactState.DROPPED):
            after = 0
            while links := self.store.in_state(state, GET_SIZE, after):
                after = links[-1].id
                yield from (x for x in links if x.tried_at and not x.resource_name)

    def _unsure_is_due(self, cursor: ContactCursor) -> bool:
        now = self.store.now()
        return any(
            link.tried_at is not None and now - link.tried_at >= UNSURE_FOR
            for link in self._unsure()
        )

    def _release(self, cursor: ContactCursor) -> None:
        """A full list begun late enough did not show the marker: it was not done."""
        steps = []
        for link in self._unsure():
            assert link.tried_at is not None
            full_at = cursor.full_at
            if full_at is None or full_at - link.tried_at < UNSURE_FOR:
                self.run.report.left_alone["unsure"] += 1
                continue
            sent = link.state is ContactState.SENDING
            state = ContactState.NEW if sent else ContactState.OFF
            steps.append(ContactStep(forgotten(replace(link, state=state))))
        self.run.apply(steps)
        self.store.checkpoint()


def forgotten(link: ContactLink) -> ContactLink:
    """The link without what a create that was never done left on it."""
    return replace(link, marker="", tried_at=None, base=None, problem="")
