"""One event in several calendars of one account: one link leads, the others follow.

What follows is never written. When the leading copy is gone and another is there the
event has moved: which of the two it is shows once all calendars were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState
from ..events.steps import Step
from .run import Run
from .settle_cases import Case

#: A link that ties nothing together here: its event may be one of another calendar.
_FREE = (LinkState.DELETED, LinkState.VOID)
#: The problem of a link that waits for a colleague's run.
COLLEAGUE = "colleague"


class Twins:
    """One calendar's new events that another calendar of the account has, too."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store

    def among(self, cases: Sequence[Case]) -> tuple[list[Case], list[Step]]:
        """The cases that are no twins, and steps for those that are.

        Whatever the period says: the event is in step already.
        """
        if not self.run.settings.several:
            return list(cases), []
        new = [case.event for case in cases if _is_new(case)]
        leaders = self.store.leaders(new) if new else {}
        steps = [
            Step(following(case.before, case.event, leaders[case.event.google_id]))
            for case in cases
            if case.event.google_id in leaders
        ]
        rest = [event for event in new if event.google_id not in leaders]
        awaited = self.store.awaited(rest) if rest else frozenset()
        steps += [
            Step(_waiting(case.before, case.event))
            for case in cases
            if case.event.google_id in awaited
        ]
        known = awaited | leaders.keys()
        return [c for c in cases if c.event.google_id not in known], steps


def _waiting(link: Link, event: GoogleEvent) -> Link:
    """A colleague's run is to say first whether it is theirs, moved here."""
    return replace(
        link,
        state=LinkState.VOID,
        etag=event.etag,
        ical_uid=event.ical_uid,
        problem=COLLEAGUE,
    )


def _is_new(case: Case) -> bool:
    event, link = case.event, case.link
    if event.gone or event.left_alone or not event.mine or case.parent_id:
        return False
    return link is None or link.state in _FREE


def following(link: Link, event: GoogleEvent, leader_id: int) -> Link:
    """The link of a copy as Google shows it now; who leads is looked at."""
    return Link(
        event.google_id,
        id=link.id,
        state=LinkState.FOLLOWING,
        etag=event.etag,
        ical_uid=event.ical_uid,
        base=event.values,
        generation=link.generation,
        dirty=True,
        guard=event.guard,
        seen=link.seen,
        kind=Kind(event.kind),
        original_start=event.original_start,
        guest=event.is_guest,
        organizer=event.organizer,
        foreign=event.foreign,
        leader_id=leader_id,
    )


def followed(link: Link, event: GoogleEvent) -> Step:
    """A copy that follows was changed in Google, or went from there."""
    if event.gone or not event.mine:
        return Step(unfollowed(link))
    return Step(following(link, event, link.leader_id))


def unfollowed(link: Link) -> Link:
    """The link of a copy that is no more."""
    return replace(link, state=LinkState.DELETED, dirty=False, leader_id=0, base=None)
