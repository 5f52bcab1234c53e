"""The agenda as the page lists it: days, rows, words."""

import json
from datetime import datetime, timedelta

from ..calendar_api import palette, times
from ..french import DAYS, MONTHS


def palette_rows():
    return [
        {"id": key, "name": name, "hex": modern}
        for key, (name, _classic, modern) in palette.EVENT.items()
    ]


def calendar_palette_rows():
    return [{"id": key, "name": row[0]} for key, row in palette.CALENDAR.items()]


def calendar_row(entry, hidden):
    """A line of the page's calendar list."""
    own = palette.CALENDAR[entry["colorId"]]
    custom = entry["backgroundColor"] != own[1]
    return {
        "id": entry["id"],
        "name": entry.get("summaryOverride") or entry["summary"],
        "zone": entry["timeZone"],
        "hex": entry["backgroundColor"] if custom else own[2],
        "writable": entry["accessRole"] not in ("reader", "freeBusyReader"),
        "shown": entry["id"] not in hidden,
        "owned": entry["accessRole"] == "owner",
        "primary": bool(entry.get("primary")),
        "colour": entry["colorId"],
    }


def days(person, calendars, first, last, today, lang):
    """The days between two dates that have events, each with its rows."""
    by_day = {today: []}
    for calendar in calendars:
        for event in _events(person, calendar, first, last):
            row = _row(event, calendar, lang)
            by_day.setdefault(max(row["day"], first), []).append(row)
    if not first <= today < last:
        del by_day[today]
    return [
        {
            "label": day_label(day, lang),
            "year": day.year if day.year != today.year else "",
            "today": day == today,
            "rows": sorted(rows, key=lambda row: (row["sort"], row["title"])),
        }
        for day, rows in sorted(by_day.items())
    ]


def day_label(day, lang):
    name, month = DAYS[lang][day.weekday()], MONTHS[lang][day.month - 1]
    return f"{name} {day.day} {month}"


def _events(person, calendar, first, last):
    return person.list(
        calendar["id"],
        singleEvents=True,
        timeMin=_midnight(first, calendar["zone"]),
        timeMax=_midnight(last, calendar["zone"]),
    )


def _midnight(day, zone_name):
    moment = datetime.combine(day, datetime.min.time(), times.zone(zone_name))
    return moment.isoformat()


def _row(event, calendar, lang):
    start, end = event["start"], event["end"]
    all_day = "date" in start
    begins = _local(start, calendar["zone"])
    # The last day of an all-day event is the one before its exclusive end.
    ends = _local(end, calendar["zone"]) - timedelta(days=1 if all_day else 0)
    organizer = event.get("organizer", {"self": True})
    return {
        "day": begins.date(),
        "sort": "" if all_day else begins.strftime("%H:%M"),
        "time": "" if all_day else f"{begins:%H:%M} - {ends:%H:%M}",
        "until": day_label(ends.date(), lang) if ends.date() > begins.date() else "",
        "title": event.get("summary", ""),
        "place": event.get("location", ""),
        "hex": _hex(event, calendar),
        "private": event.get("visibility") in ("private", "confidential"),
        "free": event.get("transparency") == "transparent",
        "series": "recurringEventId" in event,
        "guests": len(event.get("attendees", ())),
        "invited": not organizer.get("self"),
        "kind": event.get("eventType", "default"),
        "zone": _foreign_zone(start, calendar["zone"]),
        "editable": calendar["writable"],
        "form": json.dumps(_form(event, calendar, begins, ends, all_day)),
    }


def _local(moment, zone_name):
    if "date" in moment:
        return datetime.fromisoformat(moment["date"])
    aware = times.parse_rfc3339(moment["dateTime"])
    return aware.astimezone(times.zone(zone_name)).replace(tzinfo=None)


def _foreign_zone(start, zone_name):
    own = start.get("timeZone", zone_name)
    return "" if own == zone_name else own


def _hex(event, calendar):
    entry = palette.EVENT.get(event.get("colorId"))
    return entry[2] if entry else calendar["hex"]


def _form(event, calendar, begins, ends, all_day):
    """What the edit dialog is filled with."""
    return {
        "id": event["id"],
        "series": event.get("recurringEventId", ""),
        "calendar": calendar["id"],
        "summary": event.get("summary", ""),
        "location": event.get("location", ""),
        "description": event.get("description", ""),
        "all_day": all_day,
        "start_date": f"{begins:%Y-%m-%d}",
        "start_time": f"{begins:%H:%M}",
        "end_date": f"{ends:%Y-%m-%d}",
        "end_time": f"{ends:%H:%M}",
        "private": event.get("visibility") in ("private", "confidential"),
        "free": event.get("transparency") == "transparent",
        "color": event.get("colorId", ""),
        "reminder": _reminder(event.get("reminders", {})),
    }


def _reminder(reminders):
    if reminders.get("useDefault", True):
        return "default"
    overrides = reminders.get("overrides")
    return str(overrides[0]["minutes"]) if overrides else "none"
