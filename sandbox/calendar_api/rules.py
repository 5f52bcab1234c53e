"""Field rules of an event: what is refused, cut, dropped or completed.

``normalise`` works on the whole event (a patch is merged before), so every write ends
in a state that an insert could have made.
"""

import re

from ..errors import invalid, required
from . import recurrence, times

DESCRIPTION_LIMIT = 8192
KEY_LIMIT, VALUE_LIMIT = 44, 1024
PROPERTY_LIMIT, PROPERTY_BYTES = 300, 32 * 1024
EVENT_ID = re.compile(r"[0-9a-v]{5,1024}", re.ASCII)
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
ENUMS = {
    "status": ("confirmed", "tentative", "cancelled"),
    "visibility": ("default", "public", "private", "confidential"),
    "transparency": ("opaque", "transparent"),
}
DEFAULTS = {
    "visibility": "default",
    "transparency": "opaque",
    "guestsCanModify": False,
    "guestsCanInviteOthers": True,
    "guestsCanSeeOtherGuests": True,
    "privateCopy": False,
    "endTimeUnspecified": False,
    "anyoneCanAddSelf": False,
}
RESPONSES = ("needsAction", "declined", "tentative", "accepted")
IGNORED_OF_ATTENDEE = ("self", "organizer", "id", "asyncOperation")


def normalise(data, calendar_zone):
    """The event as it is stored; ApiError when Google would refuse it."""
    data = {key: value for key, value in data.items() if value is not None}
    data = {"status": "confirmed", "eventType": "default", **data}
    _check_enums(data)
    _texts(data)
    if "colorId" in data and data["colorId"] not in {str(n) for n in range(1, 12)}:
        raise invalid("Invalid color id.", "colorId")
    _moments(data, calendar_zone)
    if "attendees" in data:
        data["attendees"] = [_attendee(person) for person in data["attendees"]]
    if "extendedProperties" in data:
        data["extendedProperties"] = _properties(data["extendedProperties"])
    _source(data)
    _attachments(data)
    empty = ("attendees", "extendedProperties", "attachments", "recurrence")
    for key in empty:
        if key in data and not data[key]:
            del data[key]
    for key, value in DEFAULTS.items():
        if data.get(key) == value:
            del data[key]
    return data


def check_id(event_id):
    if not EVENT_ID.fullmatch(event_id):
        raise invalid("Invalid resource id value.", "id")


def reminders(raw):
    """Checked reminders of one person; None means the calendar's defaults."""
    if not raw:
        return {"useDefault": True}
    overrides = raw.get("overrides") or []
    use_default = bool(raw.get("useDefault"))
    if use_default and overrides:
        raise invalid(
            "Cannot specify both default reminders and overrides at the same time.",
            "reminders",
            "cannotUseDefaultRemindersAndSpecifyOverride",
        )
    if len(overrides) > 5:
        raise invalid("Too many override reminders.", "reminders.overrides")
    checked = [_reminder(override) for override in overrides]
    shown = {"useDefault": use_default}
    return {**shown, "overrides": checked} if checked else shown


def _reminder(raw):
    for name in ("method", "minutes"):
        if raw.get(name) is None:
            raise required(f"Missing reminder {name}.", "reminders.overrides")
    if raw["method"] not in ("email", "popup"):
        raise invalid("Invalid reminder method.", "reminders.overrides.method")
    if not 0 <= raw["minutes"] <= 40320:
        raise invalid("Invalid reminder minutes.", "reminders.overrides.minutes")
    return {"method": raw["method"], "minutes": raw["minutes"]}


def _check_enums(data):
    for name, allowed in ENUMS.items():
        if name in data and data[name] not in allowed:
            raise invalid(f"Invalid value for: {data[name]} is not valid.", name)


def _texts(data):
    for name in ("summary", "description", "location"):
        if data.get(name) == "":
            del data[name]
    if "description" in data:
        data["description"] = data["description"][:DESCRIPTION_LIMIT]


def _moments(data, calendar_zone):
    series = bool(data.get("recurrence"))
    for which in ("start", "end"):
        raw = {k: v for k, v in data.get(which, {}).items() if v is not None}
        if series and "dateTime" in raw and not raw.get("timeZone"):
            raise invalid(f"Missing time zone definition for {which} time.", which)
        data[which] = times.normalise(raw, calendar_zone, which)
    times.check_order(data["start"], data["end"])
    if series:
        recurrence.check(data["recurrence"], data["start"])


def _attendee(raw):
    person = {
        key: value
        for key, value in raw.items()
        if value is not None and key not in IGNORED_OF_ATTENDEE
    }
    if not person.get("email"):
        raise required("Missing attendee email.", "attendees.email")
    if not EMAIL.fullmatch(person["email"]):
        raise invalid("Invalid attendee email.", "attendees.email")
    response = person.setdefault("responseStatus", "needsAction")
    if response not in RESPONSES:
        raise invalid("Invalid response status.", "attendees.responseStatus")
    if person.get("additionalGuests", 0) < 0:
        raise invalid("Invalid additional guests.", "attendees.additionalGuests")
    return person


def _properties(raw):
    """Too long keys vanish and too long values are cut, both without a word."""
    kept = {}
    for kind in ("private", "shared"):
        entries = {
            key: value[:VALUE_LIMIT]
            for key, value in (raw.get(kind) or {}).items()
            if value is not None and len(key) <= KEY_LIMIT
        }
        if entries:
            kept[kind] = entries
    pairs = [pair for entries in kept.values() for pair in entries.items()]
    size = sum(len(key.encode()) + len(value.encode()) for key, value in pairs)
    if len(pairs) > PROPERTY_LIMIT or size > PROPERTY_BYTES:
        raise invalid("Too many extended properties.", "extendedProperties")
    return kept


def _source(data):
    source = data.get("source")
    if source is None:
        return
    if not re.match(r"https?://\S+$", source.get("url") or ""):
        raise invalid("Invalid source url.", "source.url")


def _attachments(data):
    attachments = data.get("attachments", ())
    if len(attachments) > 25:
        raise invalid("Too many attachments.", "attachments")
    for attachment in attachments:
        if not attachment.get("fileUrl"):
            raise required("Missing attachment url.", "attachments.fileUrl")
