"""When an event takes place, as a person says it."""

from datetime import date, datetime, timedelta

from babel.dates import format_skeleton
from pytz import timezone, utc

from odoo.tools import format_time
from odoo.tools.misc import babel_locale_parse, get_lang


def shown_when(env, period):
    """A period's JSON with its weekday: "Tue 1 Dec, 14:00 – 15:00"; "" without one."""
    start, end = edges(period)
    return _when(env, start, end) if start else ""


def period_of(event):
    """An event's period, as JSON has it; None without an event."""
    if not event:
        return None
    if event.allday:
        after = event.stop_date + timedelta(days=1)
        return {"start": str(event.start_date), "end": str(after)}
    return {"start": event.start.isoformat(), "end": event.stop.isoformat()}


def edges(period):
    """Start and end of a period's JSON: naive UTC datetimes, or dates."""
    if not period:
        return None, None
    texts = period["start"], period["end"]
    if "T" not in texts[0]:
        return tuple(map(date.fromisoformat, texts))
    moments = map(datetime.fromisoformat, texts)
    return tuple(moment.replace(tzinfo=None) for moment in moments)


def _when(env, start, end):
    """A last day is included, a day is said once."""
    if not isinstance(start, datetime):
        days = (start, end - timedelta(days=1))
        first, last = (_day(env, day) for day in days)
        return first if first == last else f"{first} – {last}"
    zone = timezone(env.user.tz or "UTC")
    days = [_day(env, utc.localize(x).astimezone(zone)) for x in (start, end)]
    times = [
        format_time(env, x, tz=zone.zone, time_format="short") for x in (start, end)
    ]
    if days[0] == days[1]:
        return f"{days[0]}, {times[0]} – {times[1]}"
    return f"{days[0]}, {times[0]} – {days[1]}, {times[1]}"


def _day(env, day):
    """With its weekday, in the order of the reader's language."""
    locale = babel_locale_parse(get_lang(env).code)
    return format_skeleton("yMMMEd", day, locale=locale)
