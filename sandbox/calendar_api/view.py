"""How one reader sees one event: etag, links, self flags, zone, blanks."""

from base64 import urlsafe_b64encode

from . import times

ETAG_BASE = 3_400_000_000_000_000
KEPT_IN_BLANK = (
    "status",
    "start",
    "end",
    "visibility",
    "transparency",
    "recurrence",
    "iCalUID",
    "sequence",
    "eventType",
)
BLIND_ROLES = ("freeBusyReader", "reader", "writerWithoutPrivateAccess")


def etag(rev):
    return f'"{ETAG_BASE + rev * 2}"'


def event_json(target, calendar, reader, zone_name="", max_attendees=None):
    """The resource as ``reader`` (a ``Reader``) gets it."""
    data, event = target.data, target.stored
    zone_name = zone_name or calendar.time_zone
    blank = is_blank(data, reader)
    shown = {k: data[k] for k in KEPT_IN_BLANK if k in data} if blank else dict(data)
    result = {"kind": "calendar#event", "etag": etag(event.rev), "id": target.id}
    result["status"] = data.get("status", "confirmed")
    if not blank:
        result["htmlLink"] = _link(target.id, calendar.id)
    result.update(created=event.created, updated=event.updated)
    result.update(shown)
    for name in ("start", "end"):
        result[name] = times.rendered(data[name], zone_name)
    if target.is_instance and not target.is_lost:
        result.update(_place_in_series(target, zone_name))
    if blank:
        result["visibility"] = "private"
        return result
    _people(result, calendar, reader, max_attendees)
    result["reminders"] = event.reminders.get(reader.email) or _inherited_reminders(
        target, reader
    )
    return result


def is_blank(data, reader):
    """Whether the reader sees only when, not what."""
    if reader.role == "freeBusyReader":
        return True
    if data.get("visibility") not in ("private", "confidential"):
        return False
    invited = {person["email"].lower() for person in data.get("attendees", ())}
    return reader.role in BLIND_ROLES and reader.email not in invited


def stub(target):
    """What is left of a deleted event in incremental answers.

    An exception that lost its place no longer says whose it was.
    """
    event = target.stored
    result = {
        "kind": "calendar#event",
        "etag": etag(event.rev),
        "id": target.id,
        "status": "cancelled",
    }
    if target.is_instance and not target.is_lost:
        zone_name = target.original.get("timeZone", "UTC")
        result.update(_place_in_series(target, zone_name))
    return result


def _place_in_series(target, zone_name):
    series_id = target.event.series_id if target.event else target.series.id
    return {
        "recurringEventId": series_id,
        "originalStartTime": times.rendered(target.original, zone_name),
    }


def _inherited_reminders(target, reader):
    series = target.series
    own = series.reminders.get(reader.email) if series else None
    return own or {"useDefault": True}


def _people(result, calendar, reader, max_attendees):
    """Mark who is who; hide what only the creator may see; cut the guest list."""
    here = calendar.id
    organizer = result.get("organizer", {}).get("email", "").lower()
    for name in ("creator", "organizer"):
        if name in result:
            result[name] = _marked(result[name], here)
    if result.get("creator", {}).get("email") != reader.email:
        result.pop("source", None)
    if "attendees" in result:
        people = [_attendee(p, here, organizer) for p in result["attendees"]]
        result["attendees"] = _visible(people, result, max_attendees)
        if len(result["attendees"]) < len(people):
            result["attendeesOmitted"] = True


def _visible(people, result, max_attendees):
    mine = [person for person in people if person.get("self")]
    hidden = result.get("guestsCanSeeOtherGuests") is False
    if hidden and not result.get("organizer", {}).get("self"):
        return mine
    if max_attendees is not None and len(people) > max_attendees:
        return mine
    return people


def _marked(person, here):
    own = person.get("email", "").lower() == here.lower()
    return {**person, "self": True} if own else dict(person)


def _attendee(person, here, organizer):
    shown = _marked(person, here)
    if person["email"].lower() == organizer:
        shown["organizer"] = True
    return shown


def _link(event_id, calendar_id):
    raw = f"{event_id} {calendar_id}".encode()
    code = urlsafe_b64encode(raw).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={code}"
