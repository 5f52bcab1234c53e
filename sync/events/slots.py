"""The slots that a rule gives: when the occurrences of a series take place by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain

from dateutil import rrule  # type: ignore[import-untyped]

from .recurrence import (
    FOREVER,
    Rule,
    as_start,
    excluded_keys,
    key_of,
    local_start,
    rule_of,
    start_of,
)
from .values import EventValues, Period


def period_at(values: EventValues, key: str) -> Period:
    """When the occurrence of a slot takes place by the rule."""
    start = start_of(key)
    return Period(start, start + values.period.length)


def occurrence_values(values: EventValues, key: str) -> EventValues:
    """What an occurrence holds as long as nobody changes it."""
    return replace(values, period=period_at(values, key), recurrence=())


def keys_between(values: EventValues, first: date, last: date) -> list[str]:
    """Keys of the slots on the local days from `first` to `last`, in order."""
    return list(
        _keys(values.recurrence, values.period.start, values.time_zone, first, last)
    )


@lru_cache(maxsize=512)
def _keys(
    recurrence: tuple[str, ...],
    start: date | datetime,
    zone_name: str,
    first: date,
    last: date,
) -> tuple[str, ...]:
    rule = rule_of(recurrence)
    if rule is None:
        return ()
    local = local_start(start, zone_name)
    left_out = excluded_keys(recurrence)
    keys = []
    for moment in _moments(rule, local, first):
        if moment.date() > last:
            break
        if moment.date() >= first:
            key = key_of(as_start(moment, start, zone_name))
            if key not in left_out:
                keys.append(key)
    return tuple(keys)


def last_slot(values: EventValues) -> date:
    """The local day of the last slot; FOREVER for an endless series."""
    rule = rule_of(values.recurrence)
    if rule is None or rule.endless:
        return FOREVER
    local = local_start(values.period.start, values.time_zone)
    if rule.until is not None and rule.until < local.date():
        return local.date()
    days = [moment.date() for moment in _moments(rule, local, local.date())]
    return days[-1] if days else local.date()


def _moments(rule: Rule, start: datetime, first: date) -> Iterator[datetime]:
    """Naive local starts; those long before `first` may be left out."""
    if not rule.count:
        start = _nearer(rule, start, first)
    options: dict[str, object] = {
        "freq": getattr(rrule, rule.freq),
        "dtstart": start,
        "interval": rule.interval,
        "wkst": getattr(rrule, rule.week_start),
    }
    if rule.days:
        options["byweekday"] = [getattr(rrule, day) for day in rule.days]
    if rule.month_day:
        options["bymonthday"] = rule.month_day
    if rule.position:
        options["byweekday"] = getattr(rrule, rule.weekday)(int(rule.position))
    if rule.count:
        options["count"] = rule.count
    if rule.until:
        options["until"] = datetime.combine(rule.until, time.max)
    return iter(rrule.rrule(**options))


def _nearer(rule: Rule, start: datetime, first: date) -> datetime:
    """A start nearer to `first` that gives the same slots from there on."""
    days = {"DAILY": 1, "WEEKLY": 7}.get(rule.freq, 0) * rule.interval
    if not days:
        return start
    week = timedelta(days=7) if rule.freq == "WEEKLY" else timedelta()
    steps = (first - start.date() - week).days // days
    return start + timedelta(days=days * steps) if steps > 0 else start


def first_slot(rule: Rule, start: datetime) -> datetime:
    """The first naive local moment of the pattern at or after `start`."""
    if rule.freq == "YEARLY" or rule.freq == "DAILY":
        return start
    return next(chain(_moments(rule.pattern, start, start.date()), [start]))
