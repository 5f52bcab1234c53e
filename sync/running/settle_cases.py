"""One Google event beside its link and Odoo's record; occurrences beside their series.

An occurrence that nobody touched has no link: one made of its series stands for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState, OdooEvent, Reading, Row, is_expanded
from ..events.observed import observed
from ..events.recurrence import local_day, start_of
from ..events.steps import Candidate, Step
from ..events.store import Store
from ..series.moved_slots import along, has_moved, moved_slots
from ..series.occurrences import holds_day, is_slot, virtual
from ..series.reading import child_of


@dataclass
class Case:
    """What is known of one listed event.

    copy: our private copy that an invitation replaces. held: Odoo is to hold it as
    part of its series. noted: Odoo has no such series yet, it is remembered only.
    may_adopt: it may be an event that Odoo has already. moved: Odoo has its series
    elsewhere by now, and Google is to be told: event and link stand there, too.
    """

    event: GoogleEvent
    link: Link | None
    odoo: OdooEvent | None = None
    held: bool = False
    noted: bool = False
    may_adopt: bool = True
    parent_id: int = 0
    copy: Link | None = None
    moved: bool = False

    @property
    def left(self) -> Sequence[Candidate]:
        """The row that the user left, as what an occurrence that is back may be."""
        odoo = self.odoo
        if odoo is None or not odoo.alive or odoo.mine:
            return ()
        return (Candidate(odoo, "uid"),) if self.parent_id else ()

    @property
    def before(self) -> Link:
        """The link, or a new one for the event."""
        return self.link or Link(
            self.event.google_id,
            kind=Kind(self.event.kind),
            original_start=self.event.original_start,
            parent_id=self.parent_id,
        )


@dataclass(frozen=True)
class Parent:
    """A series with Odoo's rows; moved: Odoo's slots for those of Google's.

    awaited: a colleague's run is to tell Google first where Odoo has the series. left:
    rows in which the user does not take part (any more), by start.
    """

    link: Link
    reading: Reading | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    awaited: bool = False
    left: Mapping[date | datetime, int] = field(default_factory=dict)

    def row_of(self, key: str) -> Row | None:
        """The row at a slot, be it one that Odoo made anew on a cancelled day."""
        reading, base = self.reading, self.link.base
        if reading is None:
            return None
        if key in self.moved:
            return reading.rows.get(self.moved[key])
        zone_name = base.time_zone if base else ""
        day = local_day(start_of(key), zone_name)
        back = (
            row
            for row in reading.back
            if local_day(row.values.period.start, zone_name) == day
        )
        return reading.rows.get(key) or next(back, None)

    def left_at(self, key: str) -> int:
        """The row of that slot where the user does not take part (any more), or 0."""
        base, start = self.link.base, start_of(key)
        zone_name = base.time_zone if base else ""
        if start in self.left:
            return self.left[start]
        day = local_day(start, zone_name)
        rows = self.left.items()
        same_day = [row for x, row in rows if local_day(x, zone_name) == day]
        return same_day[0] if len(same_day) == 1 else 0


def occurrence_cases(store: Store, events: Sequence[GoogleEvent]) -> list[Case]:
    """The cases of occurrences, with what Odoo has of them.

    One whose link is VOID is remembered and no more.
    """
    links = store.links([e.google_id for e in events] + [e.series_id for e in events])
    parents = _parents(store, events, links)
    cases = [
        case
        for event in events
        if (
            case := _occurrence_case(
                event, links.get(event.google_id), parents.get(event.series_id)
            )
        )
    ]
    own = observed(store, [case.link for case in cases if case.link])
    for case in cases:
        case.odoo = own.get(case.event.google_id)
    return cases


def _parents(
    store: Store, events: Sequence[GoogleEvent], links: Mapping[str, Link]
) -> dict[str, Parent]:
    """The series of these occurrences that have a link, by Google id."""
    found = {e.series_id: links[e.series_id] for e in events if e.series_id in links}
    whole = [p for p in found.values() if p.event_id and p.state is LinkState.LINKED]
    seen = observed(store, whole)
    parents = {k: _parent(link, seen.get(k)) for k, link in found.items()}
    holed = {e.series_id for e in events if _is_hole(e, parents.get(e.series_id))}
    left = store.left_rows([found[k] for k in holed]) if holed else {}
    return {
        k: replace(parent, left=left.get(parent.link.id, {}))
        for k, parent in parents.items()
    }


def _is_hole(event: GoogleEvent, parent: Parent | None) -> bool:
    """Odoo has rows of the series, and none of this user's for the occurrence."""
    if parent is None or parent.reading is None or not event.original_start:
        return False
    return parent.row_of(event.original_start) is None


def _parent(link: Link, odoo: OdooEvent | None) -> Parent:
    reading = odoo.series if odoo else None
    if reading is None or link.base is None or is_expanded(link):
        return Parent(link, reading)
    awaited = bool(link.guard and odoo and odoo.led) and has_moved(link.base, reading)
    return Parent(link, reading, moved_slots(link.base, reading), awaited)


def with_its_series(case: Case, step: Step) -> Step:
    """What was decided of one whose series Odoo has elsewhere is noted, no more.

    Google forgets it once the series is there, and the row says what it lacks then.
    """
    if not case.moved or step.link.state is not LinkState.LINKED:
        return step
    return replace(step, link=replace(step.link, event_id=0, dirty=False))


def _occurrence_case(
    event: GoogleEvent, link: Link | None, parent: Parent | None
) -> Case | None:
    """None when there is nothing to decide. Without a series it is one of its own."""
    if parent is None:
        return Case(event, link)
    if parent.link.state in (LinkState.FOLLOWING, LinkState.LEFT):
        return None
    if is_expanded(parent.link):
        return _case_of_odd(event, link, parent.link)
    if not event.original_start:
        return None
    if link is not None and link.parent_id != parent.link.id:
        link = _of_another(link)
    if parent.link.state is not LinkState.LINKED:
        # Remembered, for when the series goes on: it is read then.
        known = link is not None and link.state is not LinkState.VOID
        void = link or child_of(parent.link, event.original_start, state=LinkState.VOID)
        return None if known else Case(event, void)
    case = _case_of_live(event, link, parent)
    return _moved_along(case, parent) if case else None


def _moved_along(case: Case, parent: Parent) -> Case:
    """The case where Odoo has its series: what differs was said of this one alone."""
    key, link, reading = case.event.original_start, case.link, parent.reading
    to = parent.moved.get(key)
    if to is None or reading is None or link is None or link.base is None:
        return case
    if link.state is not LinkState.LINKED or to not in reading.rows:
        return case
    event, base = case.event, link.base
    if event.values:
        values = along(event.values, parent.link, reading, key, to)
        event = replace(event, values=values)
    link = replace(link, base=along(base, parent.link, reading, key, to))
    return replace(case, event=event, link=link, moved=True)


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


def _case_of_live(event: GoogleEvent, link: Link | None, family: Parent) -> Case | None:
    key, parent = event.original_start, family.link
    row = family.row_of(key)
    left = family.left_at(key) if row is None else 0
    if link is not None and not link.event_id:
        link = replace(link, event_id=left)
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
    lost = row is None and family.awaited
    if parent.base is None or not is_slot(parent.base, key) or lost:
        unknown = replace(link or child_of(parent, key), state=LinkState.VOID)
        return Case(event, replace(unknown, google_id=event.google_id))
    return replace(case, link=_standing(event, link, family, row, left))


def _standing(
    event: GoogleEvent, link: Link | None, family: Parent, row: Row | None, left: int
) -> Link | None:
    """The link to compare with: its own, or one made of its series."""
    key = event.original_start
    standing = link if link and link.state is LinkState.LINKED else None
    if standing is not None and event.gone and key in family.moved:
        # Odoo made its row anew with the series: that said nothing of this one.
        standing = None
    if standing is None:
        standing = virtual(family.link, key, link, row)
        if standing is not None and row is None:
            standing = replace(standing, event_id=left)
    elif row is not None:
        # Another row than before, where Odoo made its rows anew.
        standing = replace(standing, event_id=row.event_id)
    return standing and replace(standing, google_id=event.google_id)
