"""A link goes over to another calendar of its account, with all that it knows."""

from __future__ import annotations

from dataclasses import replace

from ..events.google_event import GoogleEvent
from ..events.lines import about
from ..events.links import Link, LinkState
from ..events.observed import observed
from ..events.steps import Line, Step
from ..events.values import EventValues
from ..ports import Resource
from .companions import completed
from .run import Run
from .settle import Settler

#: Its event left, or waits for an answer.
OVER = (LinkState.GONE, LinkState.HELD, LinkState.LEFT)
#: What is bound to no event of Google's any more, or not yet.
UNBOUND = (*OVER, LinkState.NEW)


def go_over(
    run: Run,
    link: Link,
    event: GoogleEvent,
    resource: Resource,
    lines: tuple[Line, ...],
) -> None:
    """The link goes over to this calendar, and follows what the event says here."""
    if link.state is LinkState.HELD:
        run.store.close([link.google_id])
    state = LinkState.LINKED if link.state in UNBOUND else link.state
    after = replace(
        link,
        google_id=event.google_id,
        state=state,
        etag="",
        ical_uid=event.ical_uid,
        guard=event.guard,
        guest=event.is_guest,
        organizer=event.organizer,
        foreign=event.foreign,
        problem="",
        answer="",
        leader_id=0,
        base=_as_here(run, link, event, resource),
    )
    run.apply([Step(after, None, lines)])
    run.store.placed([after])
    Settler(run).settle(completed(run, [resource]))


def _as_here(
    run: Run, link: Link, event: GoogleEvent, resource: Resource
) -> EventValues | None:
    """What was agreed on, for the deletion of an event that Odoo has no longer.

    A move is no edit that beats it: what this calendar reminds of by itself is not
    what a person says of the event.
    """
    defaults = (resource.get("reminders") or {}).get("useDefault")
    if link.base is None or event.values is None or not defaults:
        return link.base
    odoo = observed(run.store, [link]).get(link.google_id)
    if odoo is not None and odoo.alive:
        return link.base
    return link.base.with_({"reminders": event.values.reminders})


def leaving(link: Link) -> Link:
    """A row for the copy that is to be deleted once the event stands elsewhere."""
    return Link(
        link.google_id,
        state=LinkState.DROPPED,
        etag=link.etag,
        ical_uid=link.ical_uid,
        base=link.base,
        kind=link.kind,
        problem="moving",
        leader_id=link.id,
    )


def move_line(link: Link, side: str, before: str, after: str) -> Line:
    return about(
        "move",
        side,
        link.event_id,
        link.google_id,
        link.base,
        before={"calendar": before},
        after={"calendar": after},
    )
