"""Occurrences that Google must show before anything is decided about them.

An exception is known here by its series until it is read: its values and its etag may
have changed with the series, and Google gives an occurrence that nobody touched no
place in any list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..events.links import Link
from ..events.occurrence_ids import original_of
from ..events.steps import Step
from ..ports import BATCH_SIZE, Get, Resource, Verdict
from ..replies import raise_unanswered
from ..series.occurrences import as_void
from .run import Run
from .settle import Settler


def read_unread(run: Run) -> Iterator[None]:
    """Read them, batch by batch; one that has no place in its series is forgotten."""
    store, settler = run.store, Settler(run)
    tried: set[int] = set()
    while links := store.unread(BATCH_SIZE, frozenset(tried)):
        tried |= {link.id for link in links}
        # Nothing is locked in Odoo while Google is asked.
        store.checkpoint()
        replies = run.google.call([Get(link.google_id) for link in links])
        parents = store.by_id([link.parent_id for link in links])
        settler.settle(
            [
                _placed(reply.resource, link, parents)
                for link, reply in zip(links, replies, strict=True)
                if reply.verdict is Verdict.DONE and reply.resource is not None
            ]
        )
        run.apply(
            [
                Step(as_void(link))
                for link, reply in zip(links, replies, strict=True)
                if reply.verdict in (Verdict.GONE, Verdict.REFUSED)
            ]
        )
        raise_unanswered(store, replies)
        store.checkpoint()
        yield


def _placed(resource: Resource, link: Link, parents: Mapping[int, Link]) -> Resource:
    """The event; a tombstone that names no series is of the one known here."""
    bare = resource.get("status") == "cancelled" and not resource.get(
        "recurringEventId"
    )
    if not bare or link.parent_id not in parents:
        return resource
    return {
        **resource,
        "recurringEventId": parents[link.parent_id].google_id,
        "originalStartTime": original_of(link.original_start),
    }
