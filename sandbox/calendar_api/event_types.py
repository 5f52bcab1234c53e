"""Special event types: who may create them, and what of them may change."""

from datetime import date

from ..errors import invalid

TYPES = (
    "default",
    "birthday",
    "focusTime",
    "fromGmail",
    "outOfOffice",
    "workingLocation",
)
WORKSPACE_TYPES = {
    "focusTime": "malformedFocusTimeEvent",
    "outOfOffice": "malformedOutOfOfficeEvent",
    "workingLocation": "malformedWorkingLocationEvent",
}
PROPERTIES = {
    "birthday": "birthdayProperties",
    "focusTime": "focusTimeProperties",
    "outOfOffice": "outOfOfficeProperties",
    "workingLocation": "workingLocationProperties",
}
CHANGEABLE = {
    "birthday": {"colorId", "summary", "start", "end", "recurrence"},
    "fromGmail": {
        "colorId",
        "visibility",
        "transparency",
        "status",
        "attendees",
        "extendedProperties",
    },
}
#: Whom Gmail names where it could not make out who organises something.
NOBODY = {
    "email": "unknownorganizer@calendar.google.com",
    "displayName": "Unknown Organizer",
}
SERVER_SET = {"sequence", "iCalUID", "creator", "organizer", "eventType"}


def restriction(message):
    return invalid(message, "eventType", "eventTypeRestriction")


def check_new(data, calendar, account):
    """Refuse an event type that cannot be created here, or in this form."""
    kind = data.setdefault("eventType", "default")
    if kind not in TYPES:
        raise invalid("Invalid event type.", "eventType")
    if kind == "fromGmail":
        raise restriction("Events from Gmail cannot be created.")
    if kind in WORKSPACE_TYPES and not (
        account.workspace and calendar.id == account.email
    ):
        raise restriction(f"Event type {kind} is not available for this calendar.")
    check_form(data)


def as_gmail_makes_it(data, account):
    """An event becomes one that Gmail read out of a mail: a flight, a table."""
    me = {"email": account.email, "self": True, "responseStatus": "accepted"}
    return {
        **data,
        "eventType": "fromGmail",
        "organizer": NOBODY,
        "attendees": [me],
        "visibility": "private",
        "privateCopy": True,
        "guestsCanInviteOthers": False,
    }


def check_form(data):
    """Type-specific properties only on their type, and in the form it demands."""
    kind = data.get("eventType", "default")
    for owner, name in PROPERTIES.items():
        if name in data and owner != kind:
            raise restriction(f"{name} is only allowed on {owner} events.")
    if kind == "birthday":
        _check_birthday(data)
    elif kind in WORKSPACE_TYPES:
        _check_workspace(kind, data)


def check_change(previous, new):
    """What may change of an existing event of a special type."""
    kind = previous.get("eventType", "default")
    if new.get("eventType", "default") != kind:
        raise restriction("Event type cannot be changed.")
    allowed = CHANGEABLE.get(kind)
    if allowed:
        for name in {*previous, *new} - allowed - SERVER_SET:
            if previous.get(name) != new.get(name):
                raise restriction(f"{name} of a {kind} event cannot be changed.")
    check_form(new)


def _check_birthday(data):
    start, end = data["start"].get("date"), data["end"].get("date")
    one_day = start and (date.fromisoformat(end) - date.fromisoformat(start)).days == 1
    rule = (data.get("recurrence") or [""])[0]
    yearly = rule == "RRULE:FREQ=YEARLY"
    if start and start.endswith("-02-29"):
        yearly = rule == "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    private = data.get("visibility") == "private"
    if not (
        one_day and yearly and private and data.get("transparency") == "transparent"
    ):
        raise invalid(
            "A birthday is a private, transparent, yearly all-day event of one day.",
            "eventType",
            "malformedBirthdayEvent",
        )


def _check_workspace(kind, data):
    reason = WORKSPACE_TYPES[kind]
    if kind == "workingLocation":
        place = data.get("workingLocationProperties", {})
        public = data.get("visibility") == "public"
        free = data.get("transparency") == "transparent"
        if not (place.get("type") and public and free):
            raise invalid("Malformed working location event.", "eventType", reason)
    elif "date" in data["start"]:
        raise invalid(f"{kind} events must be timed.", "eventType", reason)
