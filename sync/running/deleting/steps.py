"""What is noted of deletions, whichever side they are made on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...events.google_event import GoogleEvent
from ...events.lines import about, lost
from ...events.links import Kind, Link, LinkState
from ...events.newcomer import created
from ...events.steps import CreateEvent, Step
from ...events.values import EventValues
from ...series.occurrences import after_change
from ..run import Run
from ..settle_series import children_forgotten, written

#: States of a series that has no exceptions (any more).
_ENDED = (LinkState.DELETED, LinkState.NEW, LinkState.TAKEN_BACK)


def apply_whole(run: Run, steps: Sequence[Step]) -> None:
    """Apply them, and what becomes of the exceptions of a series that went or came."""
    ended = [
        step.link
        for step in steps
        if step.link.kind is Kind.SERIES and step.link.state in _ENDED
    ]
    family = run.store.children(ended) if ended else {}
    more = [s for children in family.values() for s in children_forgotten(children)]
    for link in (x.link for x in steps if isinstance(x.write, CreateEvent)):
        if link.kind is Kind.SERIES and link.base is not None:
            children = run.store.children([link])[link.id]
            more += after_change(link, None, link.base, children, ours=False)
    run.apply([*steps, *more])


def settled(link: Link) -> Link:
    """The link once neither side holds the event any more."""
    return replace(
        link,
        state=LinkState.DELETED,
        dirty=False,
        edited_at=None,
        problem="",
        answer="",
    )


def deleted(link: Link, action: str = "delete") -> Step:
    """Google does not hold it any more: noted, with what it was."""
    line = lost("google", link.event_id, link.google_id, link.base, action)
    return Step(settled(link), None, (line,))


def restored(run: Run, link: Link, event: GoogleEvent) -> Step:
    """Deleted in Odoo, wanted after all: create it there again."""
    values = event.values or link.base
    if values is None:
        return Step(replace(link, state=LinkState.DELETED))
    after = replace(
        link,
        state=LinkState.LINKED,
        etag=event.etag,
        base=values,
        dirty=False,
        edited_at=None,
        problem="",
        answer="",
        kind=_kind_now(link, values),
    )
    line = about("create", "odoo", 0, link.google_id, values, reason="edited_in_google")
    step = Step(after, created(event, values, run.settings.ways), (line,))
    if after.kind is not Kind.SERIES:
        return step
    children = run.store.children([link]).get(link.id, {})
    return written(step, None, children, run.settings.window)


def _kind_now(link: Link, values: EventValues) -> Kind:
    """Google may have made a series of a single event meanwhile, or the reverse."""
    if link.kind is Kind.OCCURRENCE:
        return link.kind
    return Kind.SERIES if values.recurrence else Kind.SINGLE
