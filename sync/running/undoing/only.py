"""A Store that hands the push nothing but what an undo has put back."""

from __future__ import annotations

from typing import Any

from ...events.links import Link
from ...events.store import Store


class OnlyThese:
    """The Store port of the push of an undo."""

    def __init__(self, store: Store, google_ids: frozenset[str]) -> None:
        self._store = store
        self._ids = google_ids
        self._skip: frozenset[int] = frozenset()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def dirty(self, limit: int, skip: frozenset[int]) -> list[Link]:
        """Those of the undo, and the dates of their series."""
        while found := self._store.dirty(limit, skip | self._skip):
            if allowed := [link for link in found if self._is_one(link)]:
                return allowed
            self._skip |= {link.id for link in found}
        return []

    def _is_one(self, link: Link) -> bool:
        if link.google_id in self._ids:
            return True
        parents = self._store.by_id([link.parent_id]) if link.parent_id else {}
        return any(x.google_id in self._ids for x in parents.values())
