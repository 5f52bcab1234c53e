"""Invitations: what guests may change, and the copies in other accounts' calendars.

Copies share the iCalUID and, when it is free, the id. Colour, reminders, busy/free,
visibility and private properties belong to each copy; the rest is shared.
"""

from copy import deepcopy

from ..entities import Event
from ..errors import ApiError, forbidden
from . import recurrence, storing, targets

PERSONAL = {"colorId", "eventLabelId", "transparency", "visibility"}
NOT_COPIED = PERSONAL | {"source", "locked", "creator"}
LOCKED_FIELDS = ("summary", "description", "location", "start", "end", "recurrence")
PROPAGATION_LIMIT = 200  # responses are not propagated above


def is_guest(data, calendar):
    """Whether this is the copy of somebody who does not organise the event."""
    organizer = data.get("organizer", {}).get("email", calendar.id)
    return organizer.lower() != calendar.id.lower()


def check_change(previous, new, calendar):
    """403 for what this copy's owner may not change."""
    if previous.get("locked"):
        for name in LOCKED_FIELDS:
            if previous.get(name) != new.get(name):
                raise forbidden("forbidden", f"The event is locked: {name}.")
    if not is_guest(previous, calendar) or previous.get("guestsCanModify"):
        return
    if previous.get("status") != new.get("status"):
        raise forbidden("forbidden", "Forbidden")
    if shared(previous) != shared(new) or not _attendees_allowed(
        previous, new, calendar.id
    ):
        raise ApiError(
            403,
            "forbiddenForNonOrganizer",
            "Shared properties can only be changed by the organizer of the event.",
            domain="calendar",
        )


def shared(data):
    """What all copies have in common, the guest list left out."""
    own = NOT_COPIED | {"attendees", "extendedProperties", "sequence", "status"}
    kept = {key: value for key, value in data.items() if key not in own}
    kept["shared"] = data.get("extendedProperties", {}).get("shared", {})
    return kept


def _attendees_allowed(previous, new, email):
    """A guest changes the own entry, and adds people where that is allowed."""
    before = {p["email"].lower(): p for p in previous.get("attendees", [])}
    after = {p["email"].lower(): p for p in new.get("attendees", [])}
    own = email.lower()
    others_kept = all(after.get(k) == p for k, p in before.items() if k != own)
    added = set(after) - set(before)
    may_invite = previous.get("guestsCanInviteOthers", True)
    return (
        others_kept
        and (own in after or own not in before)
        and (not added or may_invite)
    )


def propagate(world, calendar, target, previous=None):
    """Bring every other copy of the event up to date with ``target``."""
    data = target.data
    people = data.get("attendees", [])
    if data.get("privateCopy") or len(people) > PROPAGATION_LIMIT:
        return
    invited = {person["email"].lower() for person in people}
    before = {p["email"].lower() for p in (previous or {}).get("attendees", [])}
    involved = invited | before | {data.get("organizer", {}).get("email", "").lower()}
    for email in involved - {calendar.id.lower()}:
        other = world.calendars.get(email)
        if other is None:
            continue
        if email in before - invited:
            _cancel_copy(world, other, target)
        else:
            _sync_copy(world, calendar, other, target)


def cancel_copies(world, calendar, target):
    """The organiser deleted the event: cancel it for every guest."""
    for person in target.data.get("attendees", []):
        other = world.calendars.get(person["email"].lower())
        if other and other is not calendar:
            _cancel_copy(world, other, target)


def cancel_lone_copies(world, calendar, exceptions):
    """Of ``exceptions``, those just dropped end for people invited to them alone.

    Who has the whole series loses them with the series' own change.
    """
    for event in exceptions:
        if event.dropped:
            target = targets.of_event(calendar, event)
            for person in target.data.get("attendees", []):
                other = world.calendars.get(person["email"].lower())
                if other and other is not calendar and not _masters(other, target):
                    _cancel_copy(world, other, target)


def decline(data, email):
    """The event with the answer of ``email`` set to declined."""
    people = deepcopy(data.get("attendees", []))
    for person in people:
        if person["email"].lower() == email.lower():
            person["responseStatus"] = "declined"
    return {**data, "attendees": people} if people else data


def _sync_copy(world, calendar, other, target):
    copy = _counterpart(other, target)
    if copy is None:
        if is_guest(target.data, other):
            _create_copy(world, other, target)
            for exception in calendar.exceptions_of(target.id):
                found = targets.of_event(calendar, exception)
                _sync_copy(world, calendar, other, found)
        return
    if copy.is_lost or copy.series and copy.series.cancelled:
        return
    data = _copied(target.data, copy.data)
    if is_guest(target.data, calendar) or _removed_by_owner(copy, other):
        data["status"] = copy.data.get("status", "confirmed")
    if data != copy.data:
        storing.store(world, other, copy, data)


def _cancel_copy(world, other, target):
    copy = _counterpart(other, target)
    if copy and not copy.cancelled:
        storing.store(world, other, copy, {**copy.data, "status": "cancelled"})


def _removed_by_owner(copy, other):
    return copy.cancelled and any(
        person["email"].lower() == other.id.lower()
        and person["responseStatus"] == "declined"
        for person in copy.data.get("attendees", [])
    )


def _copied(data, mine):
    """The shared part of ``data`` over the personal part of ``mine``."""
    result = {key: deepcopy(v) for key, v in data.items() if key not in NOT_COPIED}
    result.update({key: v for key, v in mine.items() if key in NOT_COPIED})
    result["creator"] = data.get("creator", {})
    properties = {
        "shared": data.get("extendedProperties", {}).get("shared"),
        "private": mine.get("extendedProperties", {}).get("private"),
    }
    properties = {key: value for key, value in properties.items() if value}
    result.pop("extendedProperties", None)
    return {**result, "extendedProperties": properties} if properties else result


def _counterpart(other, target):
    """The target in ``other`` that is the same event as ``target``, or None."""
    masters = _masters(other, target)
    if not target.is_instance:
        return targets.of_event(other, masters[0]) if masters else None
    if masters:
        same = recurrence.instance_id(masters[0].id, target.original)
        return targets.find(other, same)
    copies = _copies(other, target)
    alone = [event for event in copies if event.original == target.original]
    return targets.of_event(other, alone[0]) if alone else None


def _copies(other, target):
    """Events of ``other`` with the target's iCalUID and organizer.

    The organizer counts too: two people can have chosen the same id, and with it the
    same iCalUID, for events of their own.
    """
    return [
        event
        for event in other.with_uid(target.data["iCalUID"])
        if _organizer(targets.of_event(other, event)) == _organizer(target)
    ]


def _masters(other, target):
    return [event for event in _copies(other, target) if not event.series_id]


def _organizer(target):
    return target.data.get("organizer", {}).get("email", "").lower()


def _create_copy(world, other, target):
    data = _copied(target.data, {})
    data["status"] = target.data.get("status", "confirmed")
    event_id = target.id if target.id not in other.events else world.new_event_id()
    event = Event(event_id, {}, created=world.born(), original=target.original)
    if target.is_instance:
        event.series_id = target.event.series_id
    copy = targets.Target(event_id, {}, event, None, target.original)
    storing.store(world, other, copy, data)
