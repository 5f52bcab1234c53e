"""A recurrence of Odoo read as Google has series: one set of values and exceptions.

Odoo keeps a row for each occurrence and nothing above them. The series' values are
what most rows say; a row is matched to a slot of the rule by its own link, by its
start, or as the nearest one left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ..events.fields import EVENT_FIELDS
from ..events.links import (
    Kind,
    Link,
    LinkState,
    OdooEvent,
    OdooSeries,
    Reading,
    Row,
    Span,
)
from ..events.occurrence_ids import occurrence_id
from ..events.recurrence import (
    BEGINNING,
    FOREVER,
    excluded_keys,
    key_of,
    local_day,
    rule_of,
    start_of,
    with_rule,
)
from ..events.slots import keys_between
from ..events.values import UTC, EventValues
from .shape import Shape, most

#: Fields whose value the rows decide by majority.
_BY_ROWS = ("period", "time_zone", "recurrence", "guests")

Children = Mapping[str, Link]


def read_series(link: Link, odoo: OdooSeries, children: Children) -> Reading | None:
    """Odoo's recurrence as one series; None when no row is left.

    children: the links of its occurrences, by slot key. What the link's base says of
    the start stands as long as most rows lie on its slots: Odoo may hold only a part.
    """
    rows = sorted((row for row in odoo.rows if row.mine), key=_when)
    if not rows:
        return None
    known = {c.event_id: key for key, c in children.items() if _is_row(c)}
    plain = [row for row in rows if row.event_id not in known] or rows
    shape = Shape(link, odoo, rows, plain, known)
    values = shape.in_place() or shape.laid_anew()
    rows, plain = shape.rows, shape.plain
    span = shape.span(values)
    ended = _without_tail(values, span, rows, children)
    values = replace(ended, **_common(plain, link.base))
    matched = _matched(values, span, rows, known, children, moved=not shape.is_in_place)
    return Reading(values, *matched, span, odoo)


def as_in_google(odoo: OdooEvent, google: EventValues) -> OdooEvent:
    """A recurrence without a link here, read as the rows of this series of Google's.

    Odoo may hold a part of it only, for other calendars or since before a reset.
    """
    assert odoo.series is not None
    source = odoo.series.source
    if rule_of(google.recurrence) is None:
        return odoo
    span = source.held or _around(source, google)
    link = Link("", base=google, span=span, kind=Kind.SERIES)
    reading = read_series(link, source, {})
    assert reading is not None
    values = replace(reading.values, guests=odoo.values.guests)
    return replace(odoo, values=values, series=reading)


def _around(odoo: OdooSeries, google: EventValues) -> Span:
    """The days of the rows, where nothing else says which Odoo holds."""
    days = [local_day(r.values.period.start, odoo.time_zone) for r in odoo.rows]
    begun = local_day(google.period.start, google.time_zone)
    last = max(days) if odoo.rule.endless else FOREVER
    return Span(min(days) if min(days) > begun else BEGINNING, last)


def _is_row(child: Link) -> bool:
    return bool(child.event_id) and child.state is not LinkState.VOID


def _when(row: Row) -> tuple[str, int]:
    return key_of(row.values.period.start), row.event_id


def _common(rows: Sequence[Row], base: EventValues | None) -> dict[str, Any]:
    """What most rows say, by attribute of the values."""
    found: dict[str, Any] = {}
    for name in EVENT_FIELDS:
        if name in _BY_ROWS:
            continue
        values = [row.values.get(name) for row in rows]
        found[name] = values[0]
        if any(value != values[0] for value in values):
            texts = {repr(value): value for value in values}
            preferred = repr(base.get(name)) if base else ""
            found[name] = texts[most(map(repr, values), preferred)]
    extra = {n: found.pop(n) for n in list(found) if EVENT_FIELDS[n].read}
    return {**found, "extra": {**rows[0].values.extra, **extra}} if extra else found


# -- the end, as the rows show it ----------------------------------------------


def _without_tail(
    values: EventValues, span: Span, rows: Sequence[Row], children: Children
) -> EventValues:
    """Odoo deletes "this and following" row by row: then the series ends before."""
    rule = rule_of(values.recurrence)
    assert rule is not None
    keys = keys_between(values, span.first, span.last)
    last = max(local_day(row.values.period.start, values.time_zone) for row in rows)
    starts = {key_of(row.values.period.start) for row in rows}
    moved = {key for key, child in children.items() if _is_row(child)}
    tail: list[str] = []
    for key in reversed(keys):
        if key in starts or key in moved:
            break
        if local_day(start_of(key), values.time_zone) <= last:
            break
        tail.append(key)
    unknown = [k for k in tail if k not in children or not is_cancelled(children[k])]
    if len(unknown) < 2 or len(tail) == len(keys):
        return values
    end = keys[len(keys) - len(tail) - 1]
    until = local_day(start_of(end), values.time_zone)
    kept = frozenset(k for k in excluded_keys(values.recurrence) if k <= end)
    return replace(values, recurrence=with_rule(rule.ending(until=until), kept))


# -- rows and slots ------------------------------------------------------------


@dataclass
class _Left:
    """What is not matched yet."""

    rows: list[Row]
    keys: list[str]


def _matched(
    values: EventValues,
    span: Span,
    rows: Sequence[Row],
    known: Mapping[int, str],
    children: Children,
    *,
    moved: bool,
) -> tuple[dict[str, Row], tuple[str, ...], tuple[Row, ...], tuple[Row, ...]]:
    """The rows by slot; the slots without one; rows that came back; those left."""
    keys = keys_between(values, span.first, span.last)
    slots = dict.fromkeys(keys)
    found: dict[str, Row] = {}
    left = _Left([], [])
    on_gone: list[Row] = []
    cancelled = _cancelled(children, slots, values, moved=moved)
    gone = cancelled | excluded_keys(values.recurrence)
    for row in rows:
        key, own = key_of(row.values.period.start), known.get(row.event_id, "")
        if own and not moved:
            found[own] = row
        elif key in gone:
            on_gone.append(row)
        elif key in slots and key not in found:
            found[key] = row
        else:
            left.rows.append(row)
    left.keys = [k for k in keys if k not in found and k not in cancelled]
    left_over = _nearest(left, found)
    strays = [row for row in left_over if not _is_outside(values, span, row)]
    # A row that a person moved there leaves a slot empty; a rebuild leaves none.
    back = _nearest(_Left(on_gone, left.keys), found)
    missing = tuple(key for key in keys if key not in found)
    return found, missing, tuple(back), tuple(strays)


def _is_outside(values: EventValues, span: Span, row: Row) -> bool:
    """On the pattern, but on a day that is not this calendar's: no event of its own."""
    start = row.values.period.start
    if isinstance(start, datetime) == values.period.all_day:
        return False
    day = local_day(start, values.time_zone)
    if day < local_day(values.period.start, values.time_zone):
        # Made for somebody whose copy of the series began earlier.
        return span.first > BEGINNING
    rule = rule_of(values.recurrence)
    assert rule is not None
    endless = replace(values, recurrence=with_rule(rule.ending(), frozenset()))
    return not span.holds(day) and key_of(start) in keys_between(endless, day, day)


def _cancelled(
    children: Children, slots: Iterable[str], values: EventValues, *, moved: bool
) -> set[str]:
    """Slots whose occurrence was deleted before; moved slots keep the day."""
    gone = {k for k, c in children.items() if is_cancelled(c)}
    if not moved:
        return gone
    days = {local_day(start_of(key), values.time_zone) for key in gone}
    return {k for k in slots if local_day(start_of(k), values.time_zone) in days}


def is_cancelled(child: Link) -> bool:
    """The occurrence was deleted on both sides, and no row of Odoo stands for it."""
    both = (LinkState.DELETED, LinkState.GONE)
    return child.state in both and not child.event_id


def _nearest(left: _Left, found: dict[str, Row]) -> list[Row]:
    """Give each row that is left the nearest free slot; return those without one."""
    strays = []
    for row in left.rows:
        if not left.keys:
            strays.append(row)
            continue
        start = row.values.period.start
        key = min(left.keys, key=lambda k: abs(_instant(start_of(k)) - _instant(start)))
        left.keys.remove(key)
        found[key] = row
    return strays


def _instant(start: date | datetime) -> datetime:
    if isinstance(start, datetime):
        return start
    return datetime(start.year, start.month, start.day, tzinfo=UTC)


def child_of(parent: Link, key: str, **changes: Any) -> Link:
    """A link for an occurrence of a series, to be read in Google first."""
    return Link(
        **{
            "google_id": occurrence_id(parent.google_id, key),
            "kind": Kind.OCCURRENCE,
            "parent_id": parent.id,
            "original_start": key,
            "state": LinkState.LINKED,
            "guard": parent.guard,
            "guest": parent.guest,
            **changes,
        }
    )
