"""What Odoo's rows become when a series changes in Google: nothing is rebuilt.

Rows are kept and moved to their new slots, so that what hangs on them (answers of
attendees, notes, activities) stays. Odoo holds the occurrences of the period only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..directions import Direction
from ..events.fields import EVENT_FIELDS
from ..events.lines import lost, written_over
from ..events.links import Link, LinkState, OdooEvent, Reading, Row, Span
from ..events.period import Window
from ..events.recurrence import local_day, start_of
from ..events.slots import occurrence_values, period_at
from ..events.steps import Line, NewRow, RemoveEvent, Step, WriteSeries
from ..events.values import EventValues
from .reading import Children, is_cancelled
from .spans import keys_in, odoo_rule, span_in

_TIMES = frozenset(("period", "recurrence", "time_zone"))


def new_rows(values: EventValues, span: Span, children: Children) -> list[NewRow]:
    """The rows of a series that Odoo does not hold yet."""
    return list(_created(values, keys_in(values, span), children))


def _created(
    values: EventValues, keys: Iterable[str], children: Children
) -> Iterable[NewRow]:
    for key in keys:
        child = children.get(key)
        if child is None or child.state is LinkState.VOID:
            yield NewRow(occurrence_values(values, key))
        elif child.state is LinkState.LINKED and not child.event_id and child.base:
            yield NewRow(child.base, child.id)


def extended(
    values: EventValues, held: Span, window: Window, children: Children
) -> tuple[tuple[NewRow, ...], Span]:
    """The rows that the passing of time adds, and the span with them.

    Some at a time where they are very many: the span then ends before the period.
    """
    span = span_in(values, window, held)
    had = set(keys_in(values, held))
    keys = [key for key in keys_in(values, span) if key not in had]
    return tuple(_created(values, keys, children)), span


def changed(
    odoo: OdooEvent,
    changes: Mapping[str, Any],
    window: Window,
    children: Children,
    *,
    firm: bool = False,
) -> tuple[WriteSeries, Span | None]:
    """How these changes of a series are written, and its span if that changes.

    firm: a row that is no exception in Google goes to its slot, whoever moved it.
    """
    after = odoo.values.with_(changes)
    if odoo.series is None:
        return _made_series(odoo, after, changes, window, children)
    if not after.recurrence:
        return _made_single(odoo.series, after, changes), None
    if not _TIMES & changes.keys():
        spread = _spread(odoo.series, changes)
        return WriteSeries(odoo.event_id, spread), None
    return _laid(odoo, after, changes, window, children, firm=firm)


def _made_series(
    odoo: OdooEvent,
    after: EventValues,
    changes: Mapping[str, Any],
    window: Window,
    children: Children,
) -> tuple[WriteSeries, Span]:
    """The single event becomes the first row; the others are made beside it."""
    span = span_in(after, window)
    rows = new_rows(after, span, children)
    first = rows[0].values.period if rows else after.period
    write = WriteSeries(
        odoo.event_id,
        {odoo.event_id: {**_plain(changes), "period": first}},
        tuple(rows[1:]),
        rule=odoo_rule(after, span),
        time_zone=after.time_zone,
    )
    return write, span


def _made_single(
    reading: Reading, after: EventValues, changes: Mapping[str, Any]
) -> WriteSeries:
    rows = sorted(reading.rows.items())
    kept = rows[0][1].event_id
    others = tuple(row.event_id for _key, row in rows[1:])
    values = {**_plain(changes), "period": after.period}
    return WriteSeries(kept, {kept: values}, removes=others, single=True)


def _plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name not in _TIMES}


def _spread(reading: Reading, changes: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Values for each row that says what the series said."""
    spread = {}
    for row in reading.rows.values():
        own = {
            name: value
            for name, value in _plain(changes).items()
            if name == "guests" or row.values.get(name) == reading.values.get(name)
        }
        if own:
            spread[row.event_id] = own
    return spread


def _laid(
    odoo: OdooEvent,
    after: EventValues,
    changes: Mapping[str, Any],
    window: Window,
    children: Children,
    *,
    firm: bool,
) -> tuple[WriteSeries, Span]:
    reading = odoo.series
    assert reading is not None
    span = span_in(after, window, reading.span)
    wanted = [
        k for k in keys_in(after, span) if not _is_gone(reading, children.get(k), k)
    ]
    moves = matching_slots(sorted(reading.rows), wanted, reading.values, after)
    writes = _spread(reading, changes)
    for key, new_key in moves.items():
        row = reading.rows[key]
        child = children.get(key)
        exception = child is not None and child.state is LinkState.LINKED
        if firm and not exception:
            times: dict[str, Any] = {"period": period_at(after, new_key)}
        else:
            times = _moved(reading, row, key, new_key, after, children)
        if times:
            writes.setdefault(row.event_id, {}).update(times)
    taken = set(moves.values())
    removes = [row for key, row in reading.rows.items() if key not in moves]
    write = WriteSeries(
        odoo.event_id,
        writes,
        tuple(_created(after, [k for k in wanted if k not in taken], children)),
        tuple(row.event_id for row in removes),
        rule=odoo_rule(after, span),
        time_zone=after.time_zone,
    )
    return write, span


def _is_gone(reading: Reading, child: Link | None, key: str) -> bool:
    """Cancelled, declined, or deleted in Odoo just now: no row is to be put there."""
    if key in reading.rows:
        return False
    if child is None:
        return key in reading.missing
    return is_cancelled(child) or child.state is LinkState.DELETED


def matching_slots(
    old: Sequence[str], new: Sequence[str], before: EventValues, after: EventValues
) -> dict[str, str]:
    """Which slot each row's slot becomes: the same, on the same day, or in order."""
    moves = {key: key for key in old if key in set(new)}
    free = [key for key in new if key not in moves]
    by_day = {local_day(start_of(key), after.time_zone): key for key in free}
    for key in (key for key in old if key not in moves):
        same_day = by_day.pop(local_day(start_of(key), before.time_zone), None)
        if same_day:
            moves[key] = same_day
    taken = set(moves.values())
    rest = [key for key in old if key not in moves]
    free = [key for key in free if key not in taken]
    return {**moves, **dict(zip(rest, free, strict=False))}


def _moved(
    reading: Reading,
    row: Row,
    key: str,
    new_key: str,
    after: EventValues,
    children: Children,
) -> dict[str, Any]:
    """What a row becomes at its new slot; one that somebody moved stays there."""
    regular = row.values.period == period_at(reading.values, key)
    child = children.get(key)
    if key == new_key:
        period = period_at(after, key)
        return {"period": period} if regular and period != row.values.period else {}
    if child is None or child.state is not LinkState.LINKED:
        return {"period": period_at(after, new_key)} if regular else {}
    # An exception whose slot moved is lost in Google: the row follows the series, but
    # for what somebody edited in Odoo since.
    wanted = occurrence_values(after, new_key)
    known = child.base or occurrence_values(reading.values, key)
    return {
        name: wanted.get(name)
        for name, field in EVENT_FIELDS.items()
        if field.direction in (Direction.BOTH, Direction.FROM_GOOGLE)
        and name not in ("recurrence", "time_zone", "guests")
        and row.values.get(name) in (known.get(name), wanted.get(name))
        and wanted.get(name) != row.values.get(name)
    }


def without_back(link: Link, reading: Reading) -> Step:
    """Cancelled occurrences that a rebuild in Odoo brought back go again."""
    lines = tuple(
        lost(
            "odoo", row.event_id, link.google_id, row.values, reason="cancelled_before"
        )
        for row in reading.back
    )
    gone = tuple(row.event_id for row in reading.back)
    kept = next((row.event_id for row in reading.rows.values()), gone[0])
    write = WriteSeries(kept, removes=gone)
    return Step(replace(link, event_id=kept), write, lines)


def is_special(reading: Reading, key: str, row: Row) -> bool:
    """The row says something that its series does not."""
    values = reading.values
    own = replace(row.values, time_zone=values.time_zone, guests=values.guests)
    return own != occurrence_values(values, key)


def row_lines(reading: Reading, write: WriteSeries, google_id: str) -> tuple[Line, ...]:
    """Journal of the rows that go or are written over and were not as the series."""
    return tuple(
        line
        for key, row in reading.rows.items()
        if is_special(reading, key, row)
        if (line := _row_lost(reading, key, row, write, google_id))
    )


def _row_lost(
    reading: Reading, key: str, row: Row, write: WriteSeries, google_id: str
) -> Line | None:
    if row.event_id in write.removes:
        reason = "series_changed"
        return lost("odoo", row.event_id, google_id, row.values, reason=reason)
    usual = occurrence_values(reading.values, key)
    over = {
        name: value
        for name, value in write.changes.get(row.event_id, {}).items()
        if name != "guests" and row.values.get(name) not in (value, usual.get(name))
    }
    if not over:
        return None
    reason = "follows_series"
    return written_over("update", row.event_id, google_id, row.values, over, reason)


def removed(
    link: Link,
    odoo: OdooEvent,
    *,
    decline: bool = False,
    reason: str = "",
    kept: Iterable[int] = (),
) -> tuple[RemoveEvent, tuple[Line, ...]]:
    """The removal from Odoo, and its lines: the event's, and of a series those of rows
    that said something of their own. kept: ids of rows that stay."""
    action = "decline" if decline else "delete"
    whose, left = link.google_id, set(kept)
    lines = [lost("odoo", odoo.event_id, whose, odoo.values, action, reason)]
    if odoo.series is not None:
        lines += [
            lost("odoo", row.event_id, whose, row.values, action, reason)
            for key, row in odoo.series.rows.items()
            if row.event_id not in left and is_special(odoo.series, key, row)
        ]
    return RemoveEvent(odoo.event_id, decline), tuple(lines)
