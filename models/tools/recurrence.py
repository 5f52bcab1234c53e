"""calendar.recurrence <-> the engine's rule, as pure functions of columns."""

from ...sync.events.recurrence import WEEKDAYS, Rule

#: Odoo's column of each day of the week, and its word for it.
_COLUMNS = {
    "MO": "mon",
    "TU": "tue",
    "WE": "wed",
    "TH": "thu",
    "FR": "fri",
    "SA": "sat",
    "SU": "sun",
}
_WORDS = {day: column.upper() for day, column in _COLUMNS.items()}
_DAYS = {word: day for day, word in _WORDS.items()}


def rule_vals(rule):
    """What to store in a recurrence for this rule; its text is computed by Odoo."""
    return {
        "rrule_type": rule.freq.lower(),
        "interval": rule.interval,
        **{column: day in rule.days for day, column in _COLUMNS.items()},
        "month_by": "day" if rule.position else "date",
        "day": rule.month_day or 1,
        "weekday": _WORDS.get(rule.weekday, False),
        "byday": rule.position or False,
        "end_type": _end_type(rule),
        "count": rule.count or 1,
        "until": rule.until or False,
        # Left to Odoo, the text of a rule without end would say 720 times.
        "rrule": rule.line().removeprefix("RRULE:"),
    }


def _end_type(rule):
    if rule.count:
        return "count"
    return "end_date" if rule.until else "forever"


def rule_from(recurrence, first, week_start="MO"):
    """The rule of a recurrence (or a mapping like it).

    first: the day of one of its rows, for what Odoo lets people leave out.
    """
    freq = (recurrence["rrule_type"] or "weekly").upper()
    rule = Rule(
        freq,
        interval=max(recurrence["interval"] or 1, 1),
        count=recurrence["count"] if recurrence["end_type"] == "count" else 0,
        until=recurrence["until"] if recurrence["end_type"] == "end_date" else None,
        **_pattern(freq, recurrence, first),
    )
    if rule.freq == "WEEKLY" and rule.interval > 1:
        return Rule(**{**vars(rule), "week_start": week_start})
    return rule


def _pattern(freq, recurrence, first):
    """Which days, in the words of the frequency."""
    if freq == "WEEKLY":
        days = tuple(day for day, column in _COLUMNS.items() if recurrence[column])
        return {"days": days or (WEEKDAYS[first.weekday()],)}
    if freq != "MONTHLY":
        return {}
    if recurrence["month_by"] == "day" and recurrence["weekday"]:
        position = recurrence["byday"] or "1"
        return {"position": position, "weekday": _DAYS[recurrence["weekday"]]}
    day = recurrence["day"]
    return {"month_day": day if day and 1 <= day <= 31 else first.day}
