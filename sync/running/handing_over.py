"""A series that Google split: Odoo's rows go over to the rest, as people left them.

Nothing is made anew: a row that somebody edited or moved in Odoo, or deleted there,
before Google's split was seen, keeps that in the series that has its slot now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ..directions import Winner
from ..events.agreeing import merge_link
from ..events.google_event import GoogleEvent
from ..events.lines import about, written_over
from ..events.links import Link, LinkState, OdooEvent, Reading, Row, Span
from ..events.merge import Merged
from ..events.newcomer import created
from ..events.occurrence_ids import family_of, is_split
from ..events.recurrence import (
    excluded_keys,
    key_of,
    local_day,
    rule_of,
    start_of,
    with_rule,
)
from ..events.slots import last_slot, occurrence_values
from ..events.steps import CreateEvent, Line, NewRow, Step, WriteSeries
from ..events.values import EventValues
from ..series.occurrences import after_change
from ..series.reading import Children, child_of, is_cancelled
from ..series.rows import new_rows
from ..series.spans import odoo_rule, span_in
from .newcomers import known
from .settings import Settings

Winning = Callable[[Link, GoogleEvent], Winner]


@dataclass(frozen=True)
class Head:
    """A series of the same family that Odoo has. reading: its rows."""

    link: Link
    odoo: OdooEvent
    children: Children

    @property
    def reading(self) -> Reading:
        """Its rows, by slot."""
        assert self.odoo.series is not None
        return self.odoo.series


def goes_on(event: GoogleEvent, link: Link | None) -> bool:
    """The event is the rest of a series that Google split, and news."""
    new = link is None or link.state in (LinkState.DELETED, LinkState.VOID)
    taken = event.mine and not event.left_alone and not event.gone
    expressible = event.values is not None and rule_of(event.values.recurrence)
    return bool(new and taken and expressible and is_split(event.google_id))


def families(events: Sequence[GoogleEvent]) -> list[str]:
    """The families of these series."""
    return sorted({family_of(event.google_id) for event in events})


def handed_over(
    event: GoogleEvent,
    before: Link,
    heads: Sequence[Head],
    settings: Settings,
    winning: Winning,
) -> Step | None:
    """The rest of a split series, made of the rows that the others of its family had.

    None where they have none of its slots, or would be left without any row.
    """
    values = event.values
    assert values is not None
    held = [head.reading.span for head in heads]
    span = span_in(values, settings.window, _hull(held))
    rows, edited = list[NewRow](), list[Head]()
    here = heads[0].odoo.values if heads else None
    write = created(event, values, settings.ways, here)
    for new in new_rows(write.values, span, {}):
        key = key_of(new.values.period.start)
        for head in heads:
            if row := head.reading.rows.get(key):
                merged = _merged(head, key, row, event, winning)
                rows.append(_moved(new, row, merged, head, values))
                edited += [head] if merged.to_google else []
                break
            if _is_deleted(head, key):
                edited.append(head)
                break
        else:
            rows.append(new)
    moved = {row.event_id for row in rows if row.event_id}
    if not moved or any(_is_emptied(head, moved) for head in heads):
        return None
    times = [head.link.edited_at for head in edited if head.link.edited_at]
    link = replace(
        known(before, event, dirty=bool(edited)),
        span=span,
        event_id=0,
        edited_at=max(times, default=None),
    )
    write = replace(write, rows=tuple(rows), rule=odoo_rule(values, span))
    line = about("create", "odoo", 0, event.google_id, event.values)
    return Step(link, write, (line, *_lines(rows, heads, event.google_id)))


def cut_short(head: Head, rests: Sequence[Step]) -> list[Step]:
    """What is left of a series whose rows went over to these.

    Odoo's rule and what is agreed on end before them, as they do in Google.
    """
    base = head.link.base
    assert base is not None
    rule = rule_of(base.recurrence)
    own = {row.event_id for row in head.reading.rows.values()}
    writes = [s.write for s in rests if isinstance(s.write, CreateEvent)]
    begun = [
        local_day(w.values.period.start, w.values.time_zone)
        for w in writes
        if any(row.event_id in own for row in w.rows)
    ]
    if not begun or rule is None or last_slot(base) < min(begun):
        return []
    end = min(begun) - timedelta(days=1)
    kept = frozenset(
        key
        for key in excluded_keys(base.recurrence)
        if local_day(start_of(key), base.time_zone) <= end
    )
    cut = replace(base, recurrence=with_rule(rule.ending(until=end), kept))
    gone = {row.event_id for w in writes for row in w.rows}
    rows = head.reading.rows.values()
    left = next((row for row in rows if row.event_id not in gone), None)
    if left is None:
        return []
    span = head.reading.span
    write = WriteSeries(
        left.event_id, rule=odoo_rule(cut, span), time_zone=cut.time_zone
    )
    link = replace(head.link, base=cut, event_id=left.event_id)
    return [
        Step(link, write),
        *after_change(link, base, cut, head.children, ours=False),
    ]


def _hull(spans: Sequence[Span]) -> Span | None:
    if not spans:
        return None
    return Span(min(s.first for s in spans), max(s.last for s in spans))


def _is_deleted(head: Head, key: str) -> bool:
    """Deleted in Odoo, and Google does not know it yet."""
    child = head.children.get(key)
    agreed = child is not None and is_cancelled(child)
    return key in head.reading.missing and not agreed


def _is_emptied(head: Head, moved: set[int]) -> bool:
    return all(row.event_id in moved for row in head.reading.rows.values())


def _merged(
    head: Head, key: str, row: Row, event: GoogleEvent, winning: Winning
) -> Merged:
    """What the row and Google's occurrence lack of each other."""
    assert head.link.base is not None
    assert event.values is not None
    child = head.children.get(key)
    base = occurrence_values(head.link.base, key)
    if child is not None and child.state is LinkState.LINKED and child.base:
        base = child.base
    link = child_of(
        head.link, key, base=base, told=head.link.told, edited_at=head.link.edited_at
    )
    there = replace(event, values=occurrence_values(event.values, key))
    guests = row.values.guests if head.odoo.invites else base.guests
    odoo = replace(head.odoo, values=replace(row.values, guests=guests), series=None)
    return merge_link(link, odoo, there, winning(link, event))


def _moved(
    new: NewRow, row: Row, merged: Merged, head: Head, values: EventValues
) -> NewRow:
    changes = dict(merged.to_odoo)
    if head.reading.values.private == row.values.private != values.private:
        changes["private"] = values.private
    after = row.values.with_(changes)
    return replace(new, values=after, event_id=row.event_id, changes=changes)


def _lines(
    rows: Sequence[NewRow], heads: Sequence[Head], google_id: str
) -> Iterator[Line]:
    """The rows that are written over, as they were."""
    own = {row.event_id: row for head in heads for row in head.reading.rows.values()}
    for new in rows:
        if not new.changes:
            continue
        row = own[new.event_id]
        yield written_over(
            "update",
            row.event_id,
            google_id,
            row.values,
            new.changes,
            reason="series_changed",
        )
