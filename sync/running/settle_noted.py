"""What is remembered only: left out by a filter, taken back, not held by Odoo."""

from __future__ import annotations

from dataclasses import replace

from ..events.filters import IN
from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState
from ..events.steps import Step
from .newcomers import known


def remembered(event: GoogleEvent, link: Link | None, reason: str) -> Step | None:
    """A series that is left out: its exceptions are left out with it."""
    if event.kind != Kind.SERIES or link is not None or not reason.startswith(f"{IN}_"):
        return None
    return Step(
        Link(
            event.google_id,
            state=LinkState.VOID,
            ical_uid=event.ical_uid,
            kind=Kind.SERIES,
        )
    )


def noted(link: Link, event: GoogleEvent) -> Link:
    """What was taken back stays so; with neither side left it is nothing any more."""
    if link.state is not LinkState.TAKEN_BACK:
        return known(link, event, dirty=False)
    if not event.gone:
        return replace(known(link, event, dirty=False), state=LinkState.TAKEN_BACK)
    state = LinkState.TAKEN_BACK if link.event_id else LinkState.DELETED
    return replace(link, state=state, base=None, etag="")
