"""iCalendar copies of events, kept in the journal before they are changed or deleted.

Readable by any calendar program, and read back unchanged by `from_ical`.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import vobject
from dateutil.tz import tzutc  # type: ignore[import-untyped]

from .recurrence import google_lines
from .values import LATER, EventValues, Period, as_utc, reminder_minutes

_OURS = "x-google-sync-"
_ZONE = f"{_OURS}timezone"
_EXTRA = f"{_OURS}extra"
_RECURRENCE = f"{_OURS}recurrence"


def to_ical(values: EventValues, uid: str) -> str:
    """The event as an iCalendar object; `uid`: any name for it."""
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = uid
    event.add("dtstart").value = _written(values.period.start)
    event.add("dtend").value = _written(values.period.end)
    later = [(f"{_OURS}{name}", values.get(name)) for name in LATER]
    for name, text in (
        *later,
        ("summary", values.title),
        ("location", values.place),
        ("description", values.description),
        (_ZONE, values.time_zone),
        (_EXTRA, json.dumps(dict(values.extra)) if values.extra else ""),
        (_RECURRENCE, json.dumps(values.recurrence) if values.recurrence else ""),
    ):
        if text:
            event.add(name).value = text
    for text in google_lines(values, values.time_zone):
        name, _, rule = text.partition(":")
        if name == "RRULE":
            event.add("rrule").value = rule
    event.add("class").value = "PRIVATE" if values.private else "PUBLIC"
    event.add("transp").value = "OPAQUE" if values.busy else "TRANSPARENT"
    for minutes in values.reminders:
        alarm = event.add("valarm")
        alarm.add("action").value = "DISPLAY"
        alarm.add("description").value = values.title or "-"
        alarm.add("trigger").value = timedelta(minutes=-minutes)
    return str(calendar.serialize())


def from_ical(text: str) -> EventValues:
    """Read what `to_ical` wrote."""
    event = vobject.readOne(text).vevent
    start, end = event.dtstart.value, event.dtend.value
    timed = hasattr(start, "hour")
    extra, recurrence = _text(event, _EXTRA), _text(event, _RECURRENCE)
    later: dict[str, Any] = {n: _text(event, f"{_OURS}{n}") for n in LATER}
    return EventValues(
        period=Period(as_utc(start), as_utc(end)) if timed else Period(start, end),
        title=_text(event, "summary"),
        place=_text(event, "location"),
        description=_text(event, "description"),
        time_zone=_text(event, _ZONE),
        private=_text(event, "class") == "PRIVATE",
        busy=_text(event, "transp") != "TRANSPARENT",
        reminders=reminder_minutes(
            {
                -int(alarm.trigger.value.total_seconds()) // 60
                for alarm in event.contents.get("valarm", ())
            }
        ),
        extra=MappingProxyType(json.loads(extra)) if extra else MappingProxyType({}),
        recurrence=tuple(json.loads(recurrence)) if recurrence else (),
        **later,
    )


def _written(moment: date | datetime) -> date | datetime:
    """vobject writes `Z` for its own UTC only."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=tzutc())
    return moment


def _text(event: Any, name: str) -> str:
    lines = event.contents.get(name)
    return str(lines[0].value) if lines else ""
