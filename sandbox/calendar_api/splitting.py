"""What Google's page does with "this and following" and "all events".

A series is cut before the chosen instance and goes on as another one: under
``<id>_R<start>`` at the same time of day, under a fresh id otherwise. Exceptions
beyond the cut are lost.
"""

from datetime import datetime, time, timedelta

from ..entities import Event
from . import recurrence, targets, times
from .merging import patched

TIMES = ("start", "end")


def following(desk, event_id, body):
    """Change this instance and those after it; the series that has them then."""
    target, series = _instance(desk, event_id)
    if series is None or _is_first(series, target.original):
        return _change_whole(desk, series or target.event, target, body)
    moved = targets.instance(series, target.original).data
    rest = desk.checked(patched(moved, body, desk.params))
    same_time = rest["start"] == moved["start"]
    new_id = recurrence.split_id(series.id, target.original)
    known = desk.calendar.events.get(new_id)
    if not same_time or known and not known.cancelled:
        new_id = desk.world.new_event_id()
    head, tail = _cut(series, target.original)
    rest["recurrence"] = body.get("recurrence") or tail
    rest["reminders"] = body.get("reminders") or series.reminders.get(
        desk.reader.email, {"useDefault": True}
    )
    desk.patch(series.id, {"recurrence": head})
    return desk.begin(new_id, rest, created=series.created if same_time else "")


def delete_following(desk, event_id):
    """Delete this instance and those after it."""
    target, series = _instance(desk, event_id)
    if series is None or _is_first(series, target.original):
        desk.delete(series.id if series else event_id)
        return
    head, _tail = _cut(series, target.original)
    desk.patch(series.id, {"recurrence": head})


def everything(desk, event_id, body):
    """Change all events of a series, in each of the parts it was split into."""
    target, series = _instance(desk, event_id)
    series = series or target.event
    for part in _parts(desk.calendar, series):
        answer = _change_whole(desk, part, target, body)
    return answer


def delete_everything(desk, event_id):
    """Delete all parts of a series."""
    target, series = _instance(desk, event_id)
    for part in _parts(desk.calendar, series or target.event):
        desk.delete(part.id)


def _instance(desk, event_id):
    """The target of an id and its series; no series when it is one itself."""
    target = desk.target(event_id)
    return target, target.series if target.is_instance else None


def _parts(calendar, series):
    family = recurrence.family_of(series.id)
    return [part for part in calendar.family(family) if not part.cancelled] or [series]


def _is_first(series, original):
    first = next(recurrence.originals(series.data), None)
    return first is None or times.instant(first) >= times.instant(original)


def _change_whole(desk, series, target, body):
    """A time given for the shown instance moves each instance as far."""
    body = dict(body)
    moved = {name: body.pop(name) for name in TIMES if name in body}
    if moved and target.is_instance:
        body.update(_shifted(desk, series, target, moved))
    elif moved:
        body.update(moved)
    return desk.patch(series.id, body)


def _shifted(desk, series, target, moved):
    wanted = desk.checked({**target.data, **moved})
    at = targets.instance(series, target.original).data
    by = times.instant(wanted["start"]) - times.instant(at["start"])
    start = times.shifted(series.data["start"], by)
    length = times.duration(wanted["start"], wanted["end"])
    return {"start": start, "end": times.shifted(start, length)}


def _cut(series, original):
    """The lines of the part before ``original``, and of the part from it on."""
    heads, tails = [], []
    for line in series.data["recurrence"]:
        if line.startswith("RRULE:"):
            head, tail = _cut_rule(series, original, recurrence.rule_parts(line))
        else:
            head = tail = line
        heads.append(head)
        tails.append(tail)
    return heads, tails


def _cut_rule(series, original, parts):
    before = {**parts}
    if "COUNT" in parts:
        gone = _made_before(series, original, parts)
        return _line({**parts, "COUNT": str(gone)}), _line(
            {**parts, "COUNT": str(int(parts["COUNT"]) - gone)}
        )
    before["UNTIL"] = _end_of_day_before(original)
    return _line(before), _line(parts)


def _made_before(series, original, parts):
    """How many the rule alone makes before ``original``, left out or not."""
    bare = Event("", {**series.data, "recurrence": [_line(parts)]})
    limit = times.instant(original)
    return sum(1 for at in recurrence.originals(bare.data) if times.instant(at) < limit)


def _line(parts):
    return "RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())


def _end_of_day_before(original):
    if "date" in original:
        day = datetime.fromisoformat(original["date"]) - timedelta(days=1)
        return f"{day:%Y%m%d}"
    zone = times.zone(original["timeZone"])
    day = times.local(original).date()
    last = datetime.combine(day, time(), zone) - timedelta(seconds=1)
    return f"{last.astimezone(times.UTC):%Y%m%dT%H%M%SZ}"
