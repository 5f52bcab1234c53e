"""Rows after 2037: Odoo's zones (pytz) know no change of clocks from then on.

Odoo makes 720 rows of an endless series, and those of another half of the year stand
an hour beside the slots that Google knows. They are where the rule puts them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from ..events.links import Row
from ..events.recurrence import key_of, rule_of, with_rule
from ..events.slots import keys_between, period_at
from ..events.values import UTC, EventValues
from ..events.zones import zone

#: From here on Odoo's clock stands still.
LATE = datetime(2038, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1024)
def swing(zone_name: str) -> timedelta:
    """How far the zone's clocks go back and forth within a late year."""
    offsets = [
        datetime(LATE.year, month, 15, tzinfo=zone(zone_name)).utcoffset()
        for month in (1, 7)
    ]
    return abs((offsets[0] or timedelta()) - (offsets[1] or timedelta()))


def is_late(row: Row) -> bool:
    """Odoo may have given it the hour of the other half of the year."""
    start = row.values.period.start
    return isinstance(start, datetime) and start >= LATE


def on_clock(
    rows: Sequence[Row], exceptions: Collection[int], values: EventValues
) -> list[Row]:
    """The rows, the late ones on the slot that they were made for.

    exceptions: ids of rows that Google knows to be elsewhere. values: of the series.
    """
    late = [x for x in rows if is_late(x) and x.event_id not in exceptions]
    by = swing(values.time_zone)
    rule = rule_of(values.recurrence)
    if not late or not by or rule is None or values.period.all_day:
        return list(rows)
    endless = replace(values, recurrence=with_rule(rule.ending(), frozenset()))
    last = max(key_of(row.values.period.start) for row in late)
    end = datetime.strptime(last[:8], "%Y%m%d").date() + timedelta(days=1)
    slots = set(keys_between(endless, LATE.date() - timedelta(days=1), end))
    moved = {row.event_id: _on_slot(row, slots, by, values) for row in late}
    return [moved.get(row.event_id, row) for row in rows]


def _on_slot(
    row: Row, slots: Collection[str], by: timedelta, values: EventValues
) -> Row:
    start = row.values.period.start
    assert isinstance(start, datetime)
    for distance in (timedelta(), by, -by):
        key = key_of(start + distance)
        if key in slots:
            length = row.values.period.length
            period = replace(period_at(values, key), end=start + distance + length)
            return replace(row, values=replace(row.values, period=period))
    return row
