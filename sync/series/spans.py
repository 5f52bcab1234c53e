"""The days of a series that Odoo holds, and the rule it is told for them."""

from __future__ import annotations

from datetime import date

from ..events.links import Span
from ..events.period import Window
from ..events.recurrence import BEGINNING, FOREVER, Rule, local_day, rule_of, start_of
from ..events.slots import keys_between, last_slot
from ..events.values import EventValues

TOGETHER = 1000
"""Rows that one step adds to a series: a server ends what takes minutes."""


def has_slots(values: EventValues, window: Window) -> bool:
    """An occurrence by the rule lies in the period."""
    return bool(keys_between(values, window.first, window.last))


def span_in(values: EventValues, window: Window, held: Span | None = None) -> Span:
    """The days of the series that Odoo is to hold: the period, and what it held."""
    begun = local_day(values.period.start, values.time_zone)
    first = min(window.first, held.first) if held else window.first
    last = max(window.last, held.last) if held else window.last
    last = _within_reach(values, held.last if held else first, last)
    span = Span(
        first if first > begun else BEGINNING,
        FOREVER if last_slot(values) <= last else last,
    )
    return span if keys_in(values, span) else Span(_some_day(values, span), span.last)


def _within_reach(values: EventValues, known: date, last: date) -> date:
    """`last`, or sooner where that would be very many rows: the rest is `extended`."""
    if known >= last:
        return last
    keys = keys_between(values, known, last)
    if len(keys) <= TOGETHER:
        return last
    return local_day(start_of(keys[TOGETHER]), values.time_zone)


def _some_day(values: EventValues, span: Span) -> date:
    """A series is never without a row: the last one before, or the first one."""
    begun = local_day(values.period.start, values.time_zone)
    before = keys_between(values, begun, span.first)
    return local_day(start_of(before[-1]), values.time_zone) if before else begun


def keys_in(values: EventValues, span: Span) -> list[str]:
    last = min(span.last, last_slot(values))
    return keys_between(values, span.first, last) if last < FOREVER else []


def odoo_rule(values: EventValues, span: Span) -> Rule:
    """The rule in Odoo's terms: a number is no use where Odoo has not all."""
    rule = rule_of(values.recurrence)
    assert rule is not None
    begun = local_day(values.period.start, values.time_zone)
    if rule.count and span.first > begun:
        return rule.ending(until=last_slot(values))
    return rule
