"""Leaving an invitation: the own answer becomes declined, the event goes on.

Deleting a guest's copy would take it out of that calendar only, and say nothing to
the others; an answer is what Google's people expect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...events.google_body import response_body
from ...events.google_event import GoogleEvent
from ...events.links import Link
from ...ports import Get, Patch, Reply, Verdict
from ...replies import raise_unanswered
from ..run import Run


def decline(run: Run, links: Sequence[Link]) -> dict[str, Reply]:
    """Google's last word about each invitation, by its id.

    DONE and GONE: left. STALE: changed between reading and answering, to be tried
    again. Raises RetryLater when Google asks for patience.
    """
    replies = run.google.call([Get(link.google_id) for link in links])
    raise_unanswered(run.store, replies)
    outcome: dict[str, Reply] = {}
    asked: list[GoogleEvent] = []
    for link, reply in zip(links, replies, strict=True):
        outcome[link.google_id] = reply
        if reply.verdict is Verdict.DONE and reply.resource is not None:
            event = run.read(reply.resource)
            if not event.gone and event.mine:
                asked.append(event)
    if asked:
        answers = run.google.call(
            [Patch(e.google_id, response_body(e, "declined"), e.etag) for e in asked]
        )
        raise_unanswered(run.store, answers)
        outcome |= {e.google_id: a for e, a in zip(asked, answers, strict=True)}
    return outcome
