"""A series and its exceptions have one etag: they are written one after the other.

Each write of one of them changes the etag of all; the next is made with the one that
the last answer gave. Other events share the batch meanwhile.
"""

from __future__ import annotations

from ..events.links import Kind, Link
from ..ports import Call, Get


def series_of(link: Link) -> int:
    """The id of the link of the series that this one is or belongs to; 0 for none."""
    return link.parent_id or (link.id if link.kind is Kind.SERIES else 0)


class Turns:
    """Whose turn it is. back: links that wait behind another of their family."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[int]] = {}
        self._busy: set[int] = set()

    def begin(self) -> None:
        """A new batch: every family may be written once."""
        self._busy.clear()

    def must_wait(self, link: Link) -> bool:
        """Another one of its family is in this batch; it waits for a later one."""
        series_id = series_of(link)
        queue = self._waiting.get(series_id, [])
        if series_id not in self._busy:
            if link.id in queue:
                queue.remove(link.id)
            return False
        if link.id not in queue:
            self._waiting.setdefault(series_id, []).append(link.id)
        return True

    def take(self, link: Link, call: Call) -> None:
        """This call is part of the batch."""
        if series_of(link) and not isinstance(call, Get):
            self._busy.add(series_of(link))

    @property
    def back(self) -> frozenset[int]:
        """Links that need not be looked at: others of their family come first."""
        return frozenset(
            link_id
            for series_id, queue in self._waiting.items()
            for link_id in (queue if series_id in self._busy else queue[1:])
        )

    def forget(self) -> bool:
        """Nobody waits any more; whether anybody did."""
        waited = any(self._waiting.values())
        self._waiting.clear()
        return waited
