"""The first day of the week, where it decides about the dates of a series.

Odoo does not store it: the language of whoever saved a recurrence had one. So the rows
say which it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from ..events.recurrence import WEEKDAYS, Rule, key_of, local_day, with_rule
from ..events.slots import keys_between
from ..events.values import EventValues


def fitting_weeks(
    rule: Rule,
    values: EventValues,
    starts: Sequence[date | datetime],
    language: str,
) -> Rule:
    """The rule with the week start that most of these rows lie on.

    values: say where the series starts. The rule's own stands if no other fits more,
    then the one of the reader's language.
    """
    if rule.freq != "WEEKLY" or rule.interval < 2 or len(rule.days) < 2:
        return rule
    keys = {key_of(start) for start in starts}
    days = [local_day(start, values.time_zone) for start in starts]
    best, most = rule, -1
    for day in dict.fromkeys((rule.week_start, language, *WEEKDAYS)):
        tried = replace(rule.ending(), week_start=day)
        laid = replace(values, recurrence=with_rule(tried, frozenset()))
        on = len(keys.intersection(keys_between(laid, min(days), max(days))))
        if on > most:
            best, most = replace(rule, week_start=day), on
        if most == len(keys):
            break
    return best
