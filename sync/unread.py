"""Occurrences that Google must show before anything is decided about them.

An exception is known here by its series until it is read: its values and its etag may
have changed with the series, and Google gives an occurrence that nobody touched no
place in any list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .occurrences import as_void
from .ports import BATCH_SIZE, Get, Google, Reply, RetryLater, Verdict
from .settle import Settler
from .store import Step, Store


def read_unread(store: Store, google: Google, settler: Settler) -> Iterator[None]:
    """Read them, batch by batch; one that has no place in its series is forgotten."""
    tried: set[int] = set()
    while links := store.unread(BATCH_SIZE, frozenset(tried)):
        tried |= {link.id for link in links}
        replies = google.call([Get(link.google_id) for link in links])
        found = [r.resource for r in replies if r.verdict is Verdict.DONE]
        settler.settle([r for r in found if r is not None])
        settler.apply(
            [
                Step(as_void(link))
                for link, reply in zip(links, replies, strict=True)
                if reply.verdict in (Verdict.GONE, Verdict.REFUSED)
            ]
        )
        raise_unanswered(store, replies)
        store.checkpoint()
        yield


def raise_unanswered(store: Store, replies: Sequence[Reply]) -> None:
    """Stop for now when Google asked for patience; what was answered is kept."""
    waiting = [r for r in replies if r.verdict is Verdict.RETRY]
    if waiting:
        store.checkpoint()
        raise RetryLater(
            waiting[0].message,
            reason=waiting[0].reason,
            delay=max(r.retry_after for r in waiting),
        )
