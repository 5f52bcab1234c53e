"""One Google event beside its link and Odoo's record; occurrences beside their series.

An occurrence that nobody touched has no link: one made of its series stands for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState, OdooEvent, Reading, Row, is_expanded
from ..events.recurrence import local_day, start_of
from ..series.occurrences import holds_day, is_slot, virtual
from ..series.reading import child_of


@dataclass
class Case:
    """What is known of one listed event.

    copy: our private copy that an invitation replaces. held: Odoo is to hold it as
    part of its series. noted: Odoo has no such series yet, it is remembered only.
    may_adopt: it may be an event that Odoo has already.
    """

    event: GoogleEvent
    link: Link | None
    odoo: OdooEvent | None = None
    held: bool = False
    noted: bool = False
    may_adopt: bool = True
    parent_id: int = 0
    copy: Link | None = None

    @property
    def before(self) -> Link:
        """The link, or a new one for the event."""
        return self.link or Link(
            self.event.google_id,
            kind=Kind(self.event.kind),
            original_start=self.event.original_start,
            parent_id=self.parent_id,
        )


def occurrence_case(
    event: GoogleEvent,
    link: Link | None,
    parent: Link | None,
    readings: Mapping[int, Reading | None],
) -> Case | None:
    """The case of an occurrence; None when there is nothing to decide.

    parent: the series' link; without one the occurrence is an event of its own. A case
    whose link is VOID is remembered and no more.
    """
    if parent is None:
        return Case(event, link)
    if parent.state in (LinkState.FOLLOWING, LinkState.LEFT):
        return None
    if is_expanded(parent):
        return _case_of_odd(event, link, parent)
    if not event.original_start:
        return None
    if link is not None and link.parent_id != parent.id:
        link = _of_another(link)
    if parent.state is not LinkState.LINKED:
        # Remembered, for when the series goes on: it is read then.
        known = link is not None and link.state is not LinkState.VOID
        void = link or child_of(parent, event.original_start, state=LinkState.VOID)
        return None if known else Case(event, void)
    row = _row_of(parent, event.original_start, readings.get(parent.id))
    return _case_of_live(event, link, parent, row)


def _of_another(link: Link) -> Link:
    """The occurrence's id as another series of its family had it: no more than that."""
    waits = link.state in (LinkState.HELD, LinkState.QUARANTINED)
    return link if waits else replace(link, state=LinkState.VOID)


def _case_of_odd(event: GoogleEvent, link: Link | None, parent: Link) -> Case:
    """A single event of a series that Odoo cannot express."""
    cut = link is not None and link.state is LinkState.DETACHED
    if link is not None and link.state is LinkState.VOID:
        # From a time when Odoo could express the rule: a new event again.
        link = replace(link, state=LinkState.DELETED)
    return Case(event, link, may_adopt=cut, parent_id=parent.id)


def _case_of_live(
    event: GoogleEvent, link: Link | None, parent: Link, row: Row | None
) -> Case | None:
    key = event.original_start
    held = row is not None or holds_day(parent, key)
    case = Case(
        event,
        link,
        held=held,
        # Whether it becomes one, a person is to say.
        noted=parent.span is None,
        may_adopt=False,
        parent_id=parent.id,
    )
    if link is not None and link.state not in (LinkState.VOID, LinkState.LINKED):
        if link.state is LinkState.DELETED and event.gone:
            return None
        if row is None or link.state is not LinkState.DELETED:
            return case
    if parent.base is None or not is_slot(parent.base, key):
        unknown = replace(link or child_of(parent, key), state=LinkState.VOID)
        return Case(event, replace(unknown, google_id=event.google_id))
    standing = link if link and link.state is LinkState.LINKED else None
    if standing is None:
        standing = virtual(parent, key, link, row)
    elif row is not None:
        # Another row than before, where Odoo made its rows anew.
        standing = replace(standing, event_id=row.event_id)
    if standing is not None:
        standing = replace(standing, google_id=event.google_id)
    return replace(case, link=standing)


def _row_of(parent: Link, key: str, reading: Reading | None) -> Row | None:
    """The row at a slot, be it one that Odoo made anew on a cancelled day."""
    if reading is None:
        return None
    zone_name = parent.base.time_zone if parent.base else ""
    day = local_day(start_of(key), zone_name)
    back = (
        r for r in reading.back if local_day(r.values.period.start, zone_name) == day
    )
    return reading.rows.get(key) or next(back, None)
