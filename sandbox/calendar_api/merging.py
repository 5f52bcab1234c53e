"""From a request body to the next state of an event: insert, patch and put."""

from copy import deepcopy

from ..errors import ApiError, invalid

# What the server owns; sent back by a client that puts what it read, and ignored.
READ_ONLY = {
    "kind",
    "etag",
    "htmlLink",
    "created",
    "updated",
    "creator",
    "hangoutLink",
    "recurringEventId",
    "originalStartTime",
    "locked",
    "gadget",
    "id",
    "iCalUID",
    "organizer",
    "sequence",
    "attendeesOmitted",
    "reminders",  # kept per person, not in the event's data
}
# What a put keeps although it is left out.
KEPT_BY_PUT = {
    "iCalUID",
    "creator",
    "organizer",
    "sequence",
    "eventType",
    "locked",
    "hangoutLink",
    "privateCopy",
    "birthdayProperties",
    "colorId",
    "eventLabelId",
}


def usable(body, params):
    """The body without what Google ignores for these parameters."""
    kept = {key: value for key, value in body.items() if key not in READ_ONLY}
    if not params.get("conferenceDataVersion"):
        kept.pop("conferenceData", None)
    if not params.get("supportsAttachments"):
        kept.pop("attachments", None)
    if params.get("eventLabelVersion"):
        # Version 1 looks at the label only; an absent label removes it.
        kept.pop("colorId", None)
        kept["eventLabelId"] = kept.get("eventLabelId") or None
    else:
        kept.pop("eventLabelId", None)
        if "colorId" in kept:
            # Not documented; the strictest reading: the colour takes the label's place.
            kept["eventLabelId"] = None
    return deepcopy(kept)


def patched(previous, body, params):
    """``previous`` with ``body`` merged in: null deletes, arrays are replaced."""
    return merge(previous, usable(body, params))


def replaced(previous, body, params):
    """``body`` in place of ``previous``; only what the server keeps stays."""
    kept = set(KEPT_BY_PUT)
    if not params.get("conferenceDataVersion"):
        kept.add("conferenceData")
    if not params.get("supportsAttachments"):
        kept.add("attachments")
    if previous.get("status") == "cancelled":
        kept.add("status")
    base = {key: previous[key] for key in kept if key in previous}
    return {**base, **usable(body, params)}


def merge(old, new):
    """A JSON merge patch (RFC 7386) of dictionaries."""
    result = dict(old)
    for key, value in new.items():
        nested = isinstance(value, dict) and isinstance(result.get(key), dict)
        if value is None:
            result.pop(key, None)
        elif nested:
            result[key] = merge(result[key], value)
        else:
            result[key] = value
    return result


def check_identity(target, body):
    """Refuse a change of what cannot change: ids, organizer, old sequence."""
    for name, current in (("id", target.id), ("iCalUID", target.data.get("iCalUID"))):
        if body.get(name) not in (None, current):
            raise invalid(f"Invalid {name} value: it cannot be changed.", name)
    _check_organizer(target, body)
    sequence = body.get("sequence")
    if sequence is not None and sequence < target.data.get("sequence", 0):
        raise invalid(
            "Invalid sequence value. The specified sequence number is below the "
            "current sequence number of the resource. Re-fetch the resource and use "
            "its sequence number on the following request.",
            "sequence",
        )
    if "privateCopy" in body and bool(body["privateCopy"]) != bool(
        target.data.get("privateCopy")
    ):
        raise invalid("privateCopy cannot be changed.", "privateCopy")
    if body.get("recurrence") and target.is_instance:
        raise invalid("An instance has no recurrence of its own.", "recurrence")


def _check_organizer(target, body):
    """The organizer may be sent back as it was read, never another one."""
    if body.get("organizer") is None:
        return
    current = target.data.get("organizer", {}).get("email", "")
    if (body["organizer"].get("email") or "").lower() != current.lower():
        reason = "cannotChangeOrganizer"
        if target.is_instance:
            reason = "cannotChangeOrganizerOfInstance"
        raise ApiError(
            400, reason, "Cannot change the organizer.", "organizer", domain="calendar"
        )


def own_response_only(previous, body, email):
    """With ``attendeesOmitted`` only the caller's own entry of the list counts."""
    sent = {(p.get("email") or "").lower(): p for p in body.get("attendees") or []}
    people = []
    for person in previous.get("attendees", []):
        mine = person["email"].lower() == email.lower()
        people.append({**person, **sent.get(email.lower(), {})} if mine else person)
    return {**body, "attendees": people}
