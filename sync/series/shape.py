"""Start, length, rule and zone of a recurrence of Odoo, and the days that it holds.

In place: the rows lie on the slots of what Google held last. Laid anew: Odoo's rows say
where the series is, as for a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from ..events.links import Link, OdooSeries, Row, Span
from ..events.recurrence import (
    BEGINNING,
    FOREVER,
    Rule,
    excluded_keys,
    key_of,
    local_day,
    local_start,
    rule_of,
    start_of,
    with_rule,
)
from ..events.slots import first_slot, keys_between, last_slot
from ..events.values import UTC, EventValues, Period
from ..events.zones import zone
from .late_clock import is_late, on_clock
from .weeks import fitting_weeks

#: Odoo makes that many rows of a series without end.
ODOO_ROWS = 720


def most(values: Iterable[Any], preferred: Any) -> Any:
    """The most frequent value; of equally frequent ones the preferred, or the first."""
    counts = Counter(values)
    best = max(counts.values())
    return preferred if counts[preferred] == best else _first(counts, best)


def _first(counts: Counter[Any], best: int) -> Any:
    return next(value for value, number in counts.items() if number == best)


class Shape:
    """Start, length, rule and zone of the series, from the rows and the base."""

    def __init__(
        self,
        link: Link,
        odoo: OdooSeries,
        rows: list[Row],
        plain: list[Row],
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
        base, span = self.base, self._held_before()
        if base is None or span is None:
            return None
        before = rule_of(base.recurrence)
        assert before is not None
        zoned = base.period.all_day or self.odoo.time_zone == base.time_zone
        if before.pattern != self.odoo.rule.pattern or not zoned:
            return None
        endless = self._with_rule(base, before.ending())
        rows = on_clock(self.rows, self.known, endless)
        last = max(self._day(row, base.time_zone) for row in rows)
        slots = set(keys_between(endless, span.first, max(last, span.first)))
        standing = [slot for row in rows if (slot := self._slot(row)) in slots]
        if len(standing) * 2 < len(rows) or self._in_other_weeks(endless, before):
            return None
        self._take(rows)
        # A row moved past the end makes the series no longer.
        end = max(local_day(start_of(slot), base.time_zone) for slot in standing)
        on = [row for row in self.plain if key_of(row.values.period.start) in slots]
        self.is_in_place = True
        lengths = [*map(_length, on)] or [base.period.length]
        length: timedelta = most(lengths, base.period.length)
        period = Period(base.period.start, base.period.start + length)
        rule = self._same_end(base, before, end) or self._own_end(base, before, end)
        return self._with_rule(replace(base, period=period), rule)

    def _in_other_weeks(self, endless: EventValues, before: Rule) -> bool:
        """Odoo rebuilt the rows, and its weeks begin on another day than Google's."""
        starts = [row.values.period.start for row in self.plain]
        fitting = fitting_weeks(before, endless, starts, self.odoo.rule.week_start)
        return fitting.week_start != before.week_start

    def _take(self, rows: list[Row]) -> None:
        """The rows as they are to be read."""
        plain = {row.event_id for row in self.plain}
        self.rows = rows
        self.plain = [row for row in rows if row.event_id in plain]

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
        mine, span = self.odoo.rule, self._held_before()
        held_from_start = span is not None and span.first <= local_day(
            base.period.start, base.time_zone
        )
        if mine.until or mine.count and not held_from_start:
            return before.ending(until=max(mine.until or end, end))
        return before.ending(count=mine.count)

    # -- laid anew -------------------------------------------------------------

    def laid_anew(self) -> EventValues:
        """A new series, or one whose time or rule changed: Odoo's rows say where."""
        sure = [row for row in self.plain if not is_late(row)] or self.plain[:1]
        usual = most((self._clock(row) for row in sure), None)
        timed = [row for row in self.rows if self._clock(row) == usual]
        all_day = timed[0].values.period.all_day
        zone_name = "" if all_day else self.odoo.time_zone
        start = self._start(timed, zone_name)
        length = most(map(_length, timed), None)
        values = replace(
            self.rows[0].values,
            period=Period(start, start + length),
            time_zone=zone_name,
            recurrence=(),
        )
        starts = [row.values.period.start for row in timed]
        rule = self._rule(values, timed)
        rule = fitting_weeks(rule, values, starts, rule.week_start)
        laid = with_rule(rule, self._excluded(values, rule))
        values = replace(values, recurrence=laid)
        self._take(on_clock(self.rows, self.known, values))
        return values

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

    def _held_before(self) -> Span | None:
        """What Odoo held when the link was last compared, and for others since."""
        span = self.link.span
        return span.with_(self.odoo.held) if span else None

    def _held_in_part(self) -> bool:
        base, span = self.base, self._held_before()
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
        before = self._held_before()
        if self.is_in_place and before:
            return _bounded_by(before, values, self._last_day(values))
        first = min(self._day(row, values.time_zone) for row in self.rows)
        if self.odoo.held:
            # Somebody else's link was compared with these very rows.
            held = self.odoo.held.with_(Span(first, self.odoo.held.last))
            return _bounded_by(held, values, self._last_day(values))
        last = self._last_held(values, first)
        if not self._held_in_part():
            return Span(BEGINNING, last)
        assert self.link.span is not None
        # What the new rule gives before the first row, Odoo does not want.
        return Span(min(first, self.link.span.first), last)

    def _last_day(self, values: EventValues) -> date:
        return max(self._day(row, values.time_zone) for row in self.rows)

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
        # Odoo counts from the week's or month's begin, but makes no row before
        # the first: the last ones may not be there.
        counted = [local_day(start_of(k), values.time_zone) for k in keys[:ODOO_ROWS]]
        uncertain = max(len(rule.days), 1)
        sure = counted[-1 - uncertain] if len(counted) > uncertain else counted[0]
        return min(max(self._last_day(values), sure), counted[-1])


def _bounded_by(span: Span, values: EventValues, last: date) -> Span:
    """Nobody holds all of an endless series: up to its last row at most."""
    endless = last_slot(values) == FOREVER
    return replace(span, last=last) if endless and span.last == FOREVER else span


def _length(row: Row) -> timedelta:
    return row.values.period.length
