"""What a filter left out of Odoo, as far as it is remembered."""

from __future__ import annotations

from ..events.filters import IN
from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState
from ..events.steps import Step


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
