"""A recurrence of Odoo read as Google has series: one set of values and exceptions.

Odoo keeps a row for each occurrence and nothing above them. The series' values are
what most rows say; a row is matched to a slot of the rule by its own link, by its
start, or as the nearest one left over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from .fields import EVENT_FIELDS
from .recurrence import (
    BEGINNING,
    FOREVER,
    Rule,
    excluded_keys,
    first_slot,
    key_of,
    keys_between,
    last_slot,
    local_day,
    local_start,
    rule_of,
    start_of,
    with_rule,
)
from .store import Kind, Link, LinkState, OdooSeries, Reading, Row, Span
from .values import UTC, EventValues, Period
from .zones import zone

#: Odoo makes that many rows of a series without end.
ODOO_ROWS = 720
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
    shape = _Shape(link, odoo, rows, plain, known)
    values = shape.in_place() or shape.laid_anew()
    span = shape.span(values)
    ended = _without_tail(values, span, rows, children)
    values = replace(ended, **_common(plain, link.base))
    return _matched(values, span, rows, known, children, moved=not shape.is_in_place)


def _is_row(child: Link) -> bool:
    return bool(child.event_id) and child.state is not LinkState.VOID


def _when(row: Row) -> tuple[str, int]:
    return key_of(row.values.period.start), row.event_id


def _most(values: Iterable[Any], preferred: Any) -> Any:
    """The most frequent value; of equally frequent ones the preferred, or the first."""
    counts = Counter(values)
    best = max(counts.values())
    return preferred if counts[preferred] == best else _first(counts, best)


def _first(counts: Counter[Any], best: int) -> Any:
    return next(value for value, number in counts.items() if number == best)


def _common(rows: Sequence[Row], base: EventValues | None) -> dict[str, Any]:
    """What most rows say, by attribute of the values."""
    found: dict[str, Any] = {}
    for name in EVENT_FIELDS:
        if name in _BY_ROWS:
            continue
        texts = {repr(row.values.get(name)): row.values.get(name) for row in rows}
        preferred = repr(base.get(name)) if base else ""
        said = _most((repr(row.values.get(name)) for row in rows), preferred)
        found[name] = texts[said]
    extra = {n: found.pop(n) for n in list(found) if EVENT_FIELDS[n].read}
    return {**found, "extra": {**rows[0].values.extra, **extra}} if extra else found


class _Shape:
    """Start, length, rule and zone of the series, from the rows and the base."""

    def __init__(
        self,
        link: Link,
        odoo: OdooSeries,
        rows: Sequence[Row],
        plain: Sequence[Row],
        known: Mapping[int, str],
    ) -> None:
        self.link = link
        self.odoo = odoo
        self.rows = rows
        self.plain = plain
        self.known = known
        base = link.base
        self.base = base if base and rule_of(base.recurrence) else None
        self.is_in_place = False

    def in_place(self) -> EventValues | None:
        """The base, with what changed in length and end; None when the rows moved."""
        base, span = self.base, self.link.span
        if base is None or span is None:
            return None
        before = rule_of(base.recurrence)
        assert before is not None
        zoned = base.period.all_day or self.odoo.time_zone == base.time_zone
        if before.pattern != self.odoo.rule.pattern or not zoned:
            return None
        endless = self._with_rule(base, before.ending())
        last = max(self._day(row, base.time_zone) for row in self.rows)
        slots = set(keys_between(endless, span.first, max(last, span.first)))
        standing = [slot for row in self.rows if (slot := self._slot(row)) in slots]
        if len(standing) * 2 < len(self.rows):
            return None
        # A row moved past the end makes the series no longer.
        end = max(local_day(start_of(slot), base.time_zone) for slot in standing)
        on = [row for row in self.plain if key_of(row.values.period.start) in slots]
        self.is_in_place = True
        lengths = [*map(_length, on)] or [base.period.length]
        length: timedelta = _most(lengths, base.period.length)
        period = Period(base.period.start, base.period.start + length)
        rule = self._same_end(base, before, end) or self._own_end(base, before, end)
        return self._with_rule(replace(base, period=period), rule)

    def _slot(self, row: Row) -> str:
        """An exception belongs to its slot, wherever it is."""
        return self.known.get(row.event_id) or key_of(row.values.period.start)

    def _with_rule(self, values: EventValues, rule: Rule) -> EventValues:
        kept = excluded_keys(values.recurrence)
        return replace(values, recurrence=with_rule(rule, kept))

    @staticmethod
    def _day(row: Row, zone_name: str) -> date:
        return local_day(row.values.period.start, zone_name)

    def _same_end(self, base: EventValues, before: Rule, end: date) -> Rule | None:
        """Odoo may say the same end in other words: a last day for a number."""
        mine = self.odoo.rule
        equal = (mine.count, mine.until) == (before.count, before.until)
        if equal or mine.until and mine.until == last_slot(base):
            return before if end <= last_slot(base) else None
        return None

    def _own_end(self, base: EventValues, before: Rule, end: date) -> Rule:
        """Odoo's end; its last day may stand before rows that it keeps."""
        mine, span = self.odoo.rule, self.link.span
        held_from_start = span is not None and span.first <= local_day(
            base.period.start, base.time_zone
        )
        if mine.until or mine.count and not held_from_start:
            return before.ending(until=max(mine.until or end, end))
        return before.ending(count=mine.count)

    # -- laid anew -------------------------------------------------------------

    def laid_anew(self) -> EventValues:
        """A new series, or one whose time or rule changed: Odoo's rows say where."""
        usual = _most((self._clock(row) for row in self.plain), None)
        timed = [row for row in self.rows if self._clock(row) == usual]
        all_day = timed[0].values.period.all_day
        zone_name = "" if all_day else self.odoo.time_zone
        start = self._start(timed, zone_name)
        length = _most(map(_length, timed), None)
        values = replace(
            self.rows[0].values,
            period=Period(start, start + length),
            time_zone=zone_name,
            recurrence=(),
        )
        rule = self._rule(values, timed)
        return replace(values, recurrence=with_rule(rule, self._excluded(values, rule)))

    def _clock(self, row: Row) -> Any:
        start = row.values.period.start
        if not isinstance(start, datetime):
            return None
        return local_start(start, self.odoo.time_zone).time()

    def _start(self, timed: Sequence[Row], zone_name: str) -> date | datetime:
        """The first row on the rule; or the base's start, where Odoo has not all."""
        locals_ = [local_start(row.values.period.start, zone_name) for row in timed]
        rule = self.odoo.rule
        first = next((x for x in locals_ if first_slot(rule, x) == x), locals_[0])
        if self._held_in_part():
            assert self.base is not None
            begun = local_day(self.base.period.start, self.base.time_zone)
            first = first_slot(rule, datetime.combine(begun, first.time()))
        if timed[0].values.period.all_day:
            return first.date()
        return first.replace(tzinfo=zone(zone_name)).astimezone(UTC)

    def _held_in_part(self) -> bool:
        base, span = self.base, self.link.span
        if base is None or span is None:
            return False
        return span.first > local_day(base.period.start, base.time_zone)

    def _rule(self, values: EventValues, timed: Sequence[Row]) -> Rule:
        rule = self.odoo.rule
        last = max(self._day(row, values.time_zone) for row in timed)
        if rule.count and self._held_in_part():
            return rule.ending(until=last)
        if rule.until:
            return rule.ending(until=max(rule.until, last))
        return rule

    def _excluded(self, values: EventValues, rule: Rule) -> frozenset[str]:
        """The series' own EXDATE lines, moved along with their days."""
        if self.base is None:
            return frozenset()
        old = excluded_keys(self.base.recurrence)
        days = {local_day(start_of(key), self.base.time_zone) for key in old}
        bare = replace(values, recurrence=with_rule(rule, frozenset()))
        return frozenset(k for day in days for k in keys_between(bare, day, day))

    # -- span ------------------------------------------------------------------

    def span(self, values: EventValues) -> Span:
        """The days whose occurrences Odoo holds."""
        if self.is_in_place and self.link.span:
            return self.link.span
        first = min(self._day(row, values.time_zone) for row in self.rows)
        last = self._last_held(values, first)
        if not self._held_in_part():
            return Span(BEGINNING, last)
        assert self.link.span is not None
        # What the new rule gives before the first row, Odoo does not want.
        return Span(min(first, self.link.span.first), last)

    def _last_held(self, values: EventValues, first: date) -> date:
        rule = rule_of(values.recurrence)
        assert rule is not None
        if not rule.endless and rule.count <= ODOO_ROWS:
            return FOREVER
        bare = replace(values, recurrence=with_rule(rule.ending(), frozenset()))
        reach, keys = 1, list[str]()
        while len(keys) < ODOO_ROWS and reach < 1000:
            reach *= 2
            keys = keys_between(bare, first, first + timedelta(days=366 * reach))
        return local_day(start_of(keys[:ODOO_ROWS][-1]), values.time_zone)


def _length(row: Row) -> timedelta:
    return row.values.period.length


# -- the end, as the rows show it ----------------------------------------------


def _without_tail(
    values: EventValues, span: Span, rows: Sequence[Row], children: Children
) -> EventValues:
    """Odoo deletes "this and following" row by row: then the series ends before."""
    rule = rule_of(values.recurrence)
    assert rule is not None
    keys = keys_between(values, span.first, span.last) if _bounded(rule, span) else []
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


def _bounded(rule: Rule, span: Span) -> bool:
    return not rule.endless or span.last != FOREVER


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
) -> Reading:
    rule = rule_of(values.recurrence)
    assert rule is not None
    keys = keys_between(values, span.first, span.last) if _bounded(rule, span) else []
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
    strays = _nearest(left, found)
    # A row that a person moved there leaves a slot empty; a rebuild leaves none.
    back = _nearest(_Left(on_gone, left.keys), found)
    missing = tuple(key for key in keys if key not in found)
    return Reading(values, found, missing, tuple(back), tuple(strays), span)


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


def occurrence_id(series_id: str, key: str) -> str:
    """Google's id of an occurrence."""
    return f"{series_id}_{key}"


def child_of(parent: Link, key: str, **changes: Any) -> Link:
    """A link for an occurrence of a series, to be read in Google first."""
    return Link(
        **{
            "google_id": occurrence_id(parent.google_id, key),
            "kind": Kind.OCCURRENCE,
            "parent_id": parent.id,
            "original_start": key,
            "state": LinkState.LINKED,
            **changes,
        }
    )
