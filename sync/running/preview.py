"""A run that writes nothing: Google's answers are read once, its writes are imagined.

The engine runs as ever, in a transaction that the caller rolls back; what it would
have done is in the lines it leaves. Google is listed before, by `sync.recorder`,
so that nothing in Odoo is locked while Google is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..events.google_body import insert_body
from ..events.google_event import Marker
from ..events.links import Kind, Link
from ..events.recurrence import start_of
from ..events.store import Store
from ..events.values import EventValues
from ..ports import (
    Calendars,
    Call,
    Delete,
    Get,
    Google,
    Insert,
    ListAsk,
    Move,
    Page,
    Patch,
    Reply,
    Resource,
    Stop,
    Verdict,
)


class PreviewCalendars:
    """The port to all calendars of an account: what was asked is asked once."""

    def __init__(self, account: Calendars) -> None:
        self.account = account
        self._pages: dict[ListAsk, Page | Stop] = {}
        self._found: dict[tuple[str, str], Resource | None] = {}

    def lists(self, asks: Sequence[ListAsk]) -> list[Page | Stop]:
        """The pages, each asked for once."""
        new = [ask for ask in asks if ask not in self._pages]
        if new:
            self._pages |= dict(zip(new, self.account.lists(new), strict=True))
        return [self._pages[ask] for ask in asks]

    def find(self, wanted: Sequence[tuple[str, str]]) -> list[Resource | None]:
        """The events, each asked for once."""
        new = [one for one in wanted if one not in self._found]
        if new:
            self._found |= dict(zip(new, self.account.find(new), strict=True))
        return [self._found[one] for one in wanted]


#: The etag of a write that did not happen.
IMAGINED = '"imagined"'


class PreviewGoogle:
    """The Google port: lists come from the first time they were asked for."""

    def __init__(self, google: Google, store: Store) -> None:
        self.google = google
        self.store = store
        self._pages: dict[tuple[Any, ...], Page] = {}

    @property
    def requests(self) -> int:
        """HTTP requests so far."""
        return self.google.requests

    def list_events(
        self,
        *,
        sync_token: str = "",
        page_token: str = "",
        time_min: datetime | None = None,
        time_max: datetime | None = None,
    ) -> Page:
        """The page, asked for once."""
        key = (sync_token, page_token, time_min, time_max)
        if key not in self._pages:
            self._pages[key] = self.google.list_events(
                sync_token=sync_token,
                page_token=page_token,
                time_min=time_min,
                time_max=time_max,
            )
        return self._pages[key]

    def instances(
        self,
        series_id: str,
        *,
        time_min: datetime,
        time_max: datetime,
        page_token: str = "",
    ) -> Page:
        """The page, asked for once."""
        key = (series_id, page_token, time_min, time_max)
        if key not in self._pages:
            self._pages[key] = self.google.instances(
                series_id, time_min=time_min, time_max=time_max, page_token=page_token
            )
        return self._pages[key]

    def call(self, calls: Sequence[Call]) -> list[Reply]:
        """Reads are real but for what we imagined; writes are answered as if done."""
        imagined = self._imagined_occurrences(calls)
        reads = [c for c in calls if isinstance(c, Get) and c.google_id not in imagined]
        found = iter(self.google.call(reads) if reads else [])
        return [
            self._imagine(call)
            if not isinstance(call, Get)
            else imagined.get(call.google_id) or next(found)
            for call in calls
        ]

    def _imagined_occurrences(self, calls: Sequence[Call]) -> dict[str, Reply]:
        """What Google would show of occurrences whose series was written here only."""
        ids = [call.google_id for call in calls if isinstance(call, Get)]
        links = [x for x in self.store.links(ids).values() if x.parent_id]
        parents = self.store.by_id([link.parent_id for link in links])
        return {
            link.google_id: Reply(Verdict.DONE, self._occurrence(link))
            for link in links
            if link.base and parents[link.parent_id].etag == IMAGINED
        }

    def _occurrence(self, link: Link) -> dict[str, Any]:
        """An occurrence as its link's base knows it."""
        assert link.base is not None
        parent = self.store.by_id([link.parent_id])[link.parent_id]
        key = start_of(link.original_start)
        return {
            **self._known(link.google_id, link.base),
            "recurringEventId": parent.google_id,
            "originalStartTime": {
                "dateTime" if isinstance(key, datetime) else "date": key.isoformat()
            },
        }

    def _imagine(self, call: Call) -> Reply:
        if isinstance(call, Insert):
            body = {**call.body, "status": "confirmed", "etag": IMAGINED}
            return Reply(Verdict.DONE, body)
        if isinstance(call, Patch):
            return Reply(Verdict.DONE, self._patched(call))
        if isinstance(call, Move):
            return Reply(Verdict.DONE, self._moved(call))
        assert isinstance(call, Delete)
        return Reply(Verdict.DONE)

    def _patched(self, call: Patch) -> dict[str, Any]:
        """The event as the base knows it, with the patch on top."""
        link = self.store.links([call.google_id])[call.google_id]
        assert link.base is not None
        if link.kind is Kind.OCCURRENCE and link.parent_id:
            # The etag of its whole family stays: that is asked for in earnest.
            resource = {**self._occurrence(link), "etag": link.etag or IMAGINED}
        else:
            resource = self._known(call.google_id, link.base)
        for key, value in call.body.items():
            if isinstance(value, dict) and isinstance(resource.get(key), dict):
                both = {**resource[key], **value}
                value = {k: v for k, v in both.items() if v is not None}
            resource[key] = value
        return resource

    def _moved(self, call: Move) -> dict[str, Any]:
        link = self.store.links([call.google_id])[call.google_id]
        assert link.base is not None
        return {**self._known(call.google_id, link.base), "iCalUID": link.ical_uid}

    def _known(self, google_id: str, base: EventValues) -> dict[str, Any]:
        body = insert_body(
            base,
            google_id=google_id,
            marker=Marker(0, "", ""),
            marker_key="imagined",
            time_zone="UTC",
        )
        return {**body, "status": "confirmed", "etag": IMAGINED}
