"""freebusy.query: busy times per calendar, with the errors inside a 200."""

from ..discovery import is_rfc3339
from ..errors import ApiError, invalid, required
from . import access, targets, times

LIMIT = 50


def query(world, session, body):
    after, before = _window(body)
    zone_name = times.check_zone(body.get("timeZone") or "UTC")
    items = body.get("items") or []
    if len(items) > min(body.get("calendarExpansionMax") or LIMIT, LIMIT):
        raise invalid("Too many calendars requested.", "items")
    calendars = {
        item["id"]: _calendar(world, session, item["id"], after, before, zone_name)
        for item in items
    }
    return {
        "kind": "calendar#freeBusy",
        "timeMin": body["timeMin"],
        "timeMax": body["timeMax"],
        "calendars": calendars,
    }


def _window(body):
    for name in ("timeMin", "timeMax"):
        if not body.get(name):
            raise required(f"Missing {name}.", name)
        if not is_rfc3339(body[name]):
            raise invalid(f"Invalid {name}.", name)
    after, before = (times.parse_rfc3339(body[n]) for n in ("timeMin", "timeMax"))
    if after >= before:
        raise invalid("The specified time range is empty.", "timeMax", "timeRangeEmpty")
    return after, before


def _calendar(world, session, calendar_id, after, before, zone_name):
    try:
        calendar, _reader = access.open_calendar(world, session, calendar_id)
    except ApiError:
        return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    busy = sorted(_busy(calendar, after, before))
    zone = times.zone(zone_name)
    shown = [
        {
            name: moment.astimezone(zone).isoformat().replace("+00:00", "Z")
            for name, moment in zip(("start", "end"), pair, strict=True)
        }
        for pair in _joined(busy)
    ]
    return {"busy": shown}


def _busy(calendar, after, before):
    for event in calendar.events.values():
        if event.series_id and not event.dropped and event.series_id in calendar.events:
            continue  # comes with its series
        target = targets.of_event(calendar, event)
        found = [target]
        if target.is_series:
            found = targets.instances(calendar, event, after, before)
        for one in found:
            free = one.data.get("transparency") == "transparent" or one.cancelled
            if not free and targets.in_window(
                one.data, calendar.time_zone, after, before
            ):
                yield tuple(
                    times.instant(one.data[name], calendar.time_zone)
                    for name in ("start", "end")
                )


def _joined(pairs):
    joined = []
    for start, end in pairs:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
