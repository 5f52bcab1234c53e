"""A link's next generation: after a deletion the event goes to Google once more."""

from __future__ import annotations

from dataclasses import replace

from ...events.links import Kind, Link, LinkState
from ...events.store import Store


def renewed(store: Store, link: Link) -> Link:
    """A new generation: after a deletion Google keeps the old id for ever.

    An occurrence has its series' id, an invitation its organiser's: they are
    brought back under it. One whose series is not known here becomes an event.
    """
    if link.kind is Kind.OCCURRENCE and link.parent_id or link.guest:
        return replace(
            link,
            state=LinkState.NEW,
            generation=link.generation + 1,
            dirty=True,
            problem="",
            contested={},
            answer="",
            sent={},
        )
    return replace(
        link,
        state=LinkState.NEW,
        kind=Kind.SINGLE if link.kind is Kind.OCCURRENCE else link.kind,
        original_start="",
        google_id=store.new_google_id(),
        generation=link.generation + 1,
        etag="",
        base=None,
        guard="",
        dirty=True,
        problem="",
        contested={},
        answer="",
        sent={},
        told={},
    )
