"""Slots of the series that Google holds still, where Odoo has moved it meanwhile.

Google forgets what it said of single occurrences once the series moves there, too:
until then each is beside the row that Odoo has in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..events.links import Link, Reading
from ..events.recurrence import FOREVER, local_day, start_of
from ..events.slots import keys_between, last_slot, period_at
from ..events.values import EventValues
from .rows import matching_slots


def moved_slots(base: EventValues, reading: Reading) -> Mapping[str, str]:
    """Odoo's slot for each of Google's that another one took the place of."""
    now = reading.values
    if not has_moved(base, reading):
        return {}
    ours = sorted({*reading.rows, *reading.missing})
    if not ours:
        return {}
    end = local_day(start_of(ours[-1]), now.time_zone)
    last = min(last_slot(base), reading.span.last)
    theirs = keys_between(base, reading.span.first, end if last == FOREVER else last)
    matches = matching_slots(theirs, ours, base, now)
    return {old: new for old, new in matches.items() if old != new}


def has_moved(base: EventValues, reading: Reading) -> bool:
    """Odoo has another start, zone or rule than Google."""
    return _times(base) != _times(reading.values)


def _times(values: EventValues) -> tuple[object, ...]:
    return values.period.start, values.time_zone, values.recurrence


def along(
    values: EventValues, parent: Link, reading: Reading, key: str, to: str
) -> EventValues:
    """An occurrence's values where its series stands in Odoo now.

    A time of its own is not the series', and stays.
    """
    assert parent.base is not None
    if values.period != period_at(parent.base, key):
        return values
    return replace(values, period=period_at(reading.values, to))
