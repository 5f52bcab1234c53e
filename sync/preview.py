"""A run that writes nothing: Google's answers are read once, its writes are imagined.

The engine runs as ever, in a transaction that the caller rolls back; what it would
have done is in the lines it leaves. Google is listed before, by `Recorder`, so that
nothing in Odoo is locked while Google is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .google_event import Marker, insert_body
from .ports import Call, Delete, Get, Google, Insert, Page, Patch, Reply, Verdict
from .store import Step, Store

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

    def call(self, calls: Sequence[Call]) -> list[Reply]:
        """Reads are real; writes are answered as if Google had done them."""
        reads = [call for call in calls if isinstance(call, Get)]
        found = iter(self.google.call(reads) if reads else [])
        return [
            next(found) if isinstance(call, Get) else self._imagine(call)
            for call in calls
        ]

    def _imagine(self, call: Call) -> Reply:
        if isinstance(call, Insert):
            body = {**call.body, "status": "confirmed", "etag": IMAGINED}
            return Reply(Verdict.DONE, body)
        if isinstance(call, Patch):
            return Reply(Verdict.DONE, self._patched(call))
        assert isinstance(call, Delete)
        return Reply(Verdict.DONE)

    def _patched(self, call: Patch) -> dict[str, Any]:
        """The event as the base knows it, with the patch on top."""
        link = self.store.links([call.google_id])[call.google_id]
        assert link.base is not None
        resource = insert_body(
            link.base,
            google_id=call.google_id,
            marker=Marker(0, "", ""),
            marker_key="imagined",
            time_zone="UTC",
        )
        for key, value in call.body.items():
            if isinstance(value, dict) and isinstance(resource.get(key), dict):
                both = {**resource[key], **value}
                value = {k: v for k, v in both.items() if v is not None}
            resource[key] = value
        return {**resource, "status": "confirmed", "etag": IMAGINED}


class Recorder:
    """The Store port for the first pass: everything is read, nothing is applied."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """As if all had worked."""
        return [""] * len(steps)

    def ask(self, questions: Sequence[Any]) -> dict[str, Any]:
        """Nobody is asked by a preview's first pass."""
        return {}

    def collect_edits(self, *, new: bool) -> None:
        """The queue is the second pass's."""

    def to_retry(self, limit: int) -> list[Any]:
        """Nothing is retried in the first pass."""
        return []

    def unseen(self, number: int, limit: int) -> list[Any]:
        """Nothing is verified in the first pass."""
        return []
