"""Insert, import, patch, update, delete and move: one ``Desk`` per request.

Everything is checked before anything is stored, so a refusal changes nothing.
"""

from copy import deepcopy

from ..entities import Event
from ..errors import ApiError, forbidden, invalid, not_found, required
from . import (
    access,
    conference,
    event_types,
    guests,
    mailing,
    merging,
    rules,
    storing,
    targets,
)
from .view import etag, event_json

# What Google's page gives an all-day event: the day before, at five in the afternoon.
ALL_DAY_REMINDERS = {
    "useDefault": False,
    "overrides": [{"method": "popup", "minutes": 420}],
}
RESTRICTION = {"public": 0, "default": 1, "private": 2, "confidential": 2}


class Desk:
    """Where one person writes into one calendar."""

    def __init__(self, world, calendar, reader, params=None):
        access.require_writer(reader)
        self.world = world
        self.calendar = calendar
        self.reader = reader
        self.params = params or {}

    # -- new events

    def insert(self, body):
        event_id = self._new_id(body)
        data = {"iCalUID": body.get("iCalUID") or f"{event_id}@google.com"}
        if self.calendar.with_uid(data["iCalUID"]):
            raise duplicate()
        return self._create(event_id, body, data)

    def import_(self, body):
        """A private copy: own organizer, no mails; the same iCalUID replaces."""
        if not body.get("iCalUID"):
            raise required("Missing iCalUID.", "iCalUID")
        if body.get("id") is not None:
            raise invalid("Invalid resource id value.", "id")
        body = {**body, "eventType": "default"}
        for name in event_types.PROPERTIES.values():
            body.pop(name, None)
        data = {"iCalUID": body["iCalUID"], **self._foreign_organizer(body)}
        known = [e for e in self.calendar.with_uid(data["iCalUID"]) if not e.series_id]
        if not known:
            return self._create(self.world.new_event_id(), body, data, invite=False)
        target = targets.of_event(self.calendar, known[0])
        data = {**self._server_set(data), "sequence": body.get("sequence") or 0}
        data = {**data, **merging.usable(body, self.params)}
        return self._store(target, self.checked(data), body)

    def _foreign_organizer(self, body):
        organizer = body.get("organizer") or {}
        if not organizer.get("email"):
            return {}
        self._check_participation(organizer["email"], body)
        names = ("email", "displayName")
        return {"organizer": {k: organizer[k] for k in names if organizer.get(k)}}

    def _new_id(self, body):
        event_id = body.get("id")
        if event_id is None:
            return self.world.new_event_id()
        rules.check_id(event_id)
        if body.get("iCalUID") is not None:
            raise invalid("Give id or iCalUID, not both.", "iCalUID")
        if event_id in self.calendar.events:
            raise duplicate()
        return event_id

    def begin(self, event_id, body, created=""):
        """The rest of a series that Google's page splits, under Google's own id."""
        data = {"iCalUID": f"{event_id}@google.com"}
        return self._create(event_id, body, data, created=created)

    def _create(self, event_id, body, data, *, invite=True, created=""):
        data = {**self._server_set(data), "sequence": max(body.get("sequence") or 0, 0)}
        given = merging.usable(body, self.params)
        data.update({name: value for name, value in given.items() if value is not None})
        event_types.check_new(data, self.calendar, self.reader.account)
        data = self.checked(data)
        access.require_private_access(self.reader, data)
        target = targets.Target(event_id, {}, Event(event_id, {}))
        target.event.created = created or self.world.born()
        answer = self._store(target, data, body)
        if invite:
            guests.propagate(self.world, self.calendar, target)
            self._mail("invitation", target, None)
        return answer

    def _server_set(self, data):
        account = self.reader.account
        person = {"email": account.email, "displayName": account.name}
        here = person
        if self.calendar.id != account.email:
            here = {"email": self.calendar.id, "displayName": self.calendar.summary}
        return {"eventType": "default", "creator": person, "organizer": here, **data}

    def _check_participation(self, organizer, body):
        people = {(p.get("email") or "").lower() for p in body.get("attendees") or []}
        if self.calendar.id.lower() not in {*people, organizer.lower()}:
            raise ApiError(
                400,
                "participantIsNeitherOrganizerNorAttendee",
                "The owner of the calendar must either be the organizer or an attendee "
                "of an event that is imported.",
                domain="calendar",
            )

    # -- changes

    def patch(self, event_id, body, if_match=None):
        return self._change(event_id, body, if_match, is_patch=True)

    def update(self, event_id, body, if_match=None):
        return self._change(event_id, body, if_match, is_patch=False)

    def _change(self, event_id, body, if_match, *, is_patch):
        target = self.target(event_id, if_match)
        if target.is_lost:
            raise not_found()
        merging.check_identity(target, body)
        if body.get("attendeesOmitted"):
            body = merging.own_response_only(target.data, body, self.calendar.id)
        build = merging.patched if is_patch else merging.replaced
        data = build(target.data, body, self.params)
        data = self.checked(data)
        if data["status"] == "cancelled" and not target.cancelled:
            return self._cancel(target)
        access.require_private_access(self.reader, target.data, data)
        event_types.check_change(target.data, data)
        guests.check_change(target.data, data, self.calendar)
        data = self._with_visibility(target, data)
        data["sequence"] = _sequence(target.data, data, body.get("sequence"))
        previous = target.data
        exceptions = self.calendar.exceptions_of(target.id)
        answer = self._store(target, data, body, is_patch=is_patch)
        if not target.cancelled:
            guests.propagate(self.world, self.calendar, target, previous)
        guests.cancel_lone_copies(self.world, self.calendar, exceptions)
        self._mail_change(target, previous)
        return answer

    def _with_visibility(self, target, data):
        """One instance can make its whole series more private, never less."""
        if not target.is_instance or not target.series:
            return data
        series = targets.of_event(self.calendar, target.series)
        old = RESTRICTION[series.data.get("visibility", "default")]
        new = RESTRICTION[data.get("visibility", "default")]
        if new > old:
            shown = {**series.data, "visibility": data["visibility"]}
            storing.store(self.world, self.calendar, series, shown)
        elif new < old:
            data = {**data, "visibility": series.data["visibility"]}
        return data

    # -- removals

    def delete(self, event_id, if_match=None):
        target = self.target(event_id, if_match)
        if target.cancelled:
            raise ApiError(410, "deleted", "Resource has been deleted")
        access.require_private_access(self.reader, target.data)
        self._cancel(target)

    def _cancel(self, target):
        """Delete: for everybody on the organiser's copy, else for this guest only."""
        previous = target.data
        if guests.is_guest(previous, self.calendar):
            declined = guests.decline(previous, self.calendar.id)
            target.data = declined
            guests.propagate(self.world, self.calendar, target, previous)
            target.data = previous
            data = {**declined, "status": "cancelled"}
            storing.store(self.world, self.calendar, target, data)
            self._mail("response", target, None)
        else:
            exceptions = self.calendar.exceptions_of(target.id)
            guests.cancel_copies(self.world, self.calendar, target)
            data = {**previous, "status": "cancelled"}
            storing.store(self.world, self.calendar, target, data)
            guests.cancel_lone_copies(self.world, self.calendar, exceptions)
            self._mail("cancellation", target, None)
        return self._answer(target)

    def move(self, event_id, destination, if_match=None):
        """``destination`` is the Desk at the other calendar."""
        target = self.target(event_id, if_match)
        if target.is_instance:
            raise ApiError(
                400,
                "cannotChangeOrganizerOfInstance",
                "Cannot change the organizer of an instance.",
                domain="calendar",
            )
        if target.data.get("eventType", "default") != "default":
            raise event_types.restriction("Only default events can be moved.")
        if guests.is_guest(target.data, self.calendar):
            raise forbidden("forbiddenForNonOrganizer", "Only the organizer can move.")
        if target.cancelled:
            raise not_found()
        return destination.receive(self, target)

    def receive(self, origin, target):
        """Take over an event of the ``origin`` desk; a tombstone stays there."""
        there = self.calendar.events.get(target.id)
        if there is not None and not there.cancelled:
            raise duplicate()
        exceptions = origin.calendar.exceptions_of(target.id)
        event = Event(target.id, {}, created=target.event.created)
        event.reminders = target.event.reminders
        moved = targets.Target(target.id, {}, event)
        organizer = self._server_set({})["organizer"]
        storing.store(
            self.world, self.calendar, moved, {**target.data, "organizer": organizer}
        )
        for exception in exceptions:
            own = Event(**deepcopy(vars(exception)))
            self.world.touch(self.calendar, own, main=False)
        tombstone = {**target.data, "status": "cancelled"}
        storing.store(self.world, origin.calendar, target, tombstone)
        self._mail("update", moved, None)
        return self._answer(moved)

    # -- what they share

    def target(self, event_id, if_match=None):
        target = targets.find(self.calendar, event_id)
        if target is None:
            raise not_found()
        if if_match not in (None, "*", etag(target.stored.rev)):
            raise ApiError(
                412, "conditionNotMet", "Precondition Failed", "header:If-Match"
            )
        return target

    def checked(self, data):
        zone_name = self.calendar.time_zone
        data = conference.completed(rules.normalise(data, zone_name))
        label = data.get("eventLabelId")
        if label and label not in {entry["id"] for entry in self.calendar.labels}:
            raise invalid("Unknown event label.", "eventLabelId")
        return data

    def _store(self, target, data, body, *, is_patch=False):
        mine = self._reminders(target, body, is_patch)
        if is_patch and _is_plain_day(target, data) and mine.get("useDefault"):
            mine = ALL_DAY_REMINDERS
        storing.store(self.world, self.calendar, target, data)
        storing.set_reminders(target, self.reader.email, mine)
        return self._answer(target)

    def _reminders(self, target, body, is_patch):
        raw = body.get("reminders")
        if not is_patch:
            return rules.reminders(raw)
        stored = target.stored.reminders.get(self.reader.email)
        if "reminders" not in body:
            return rules.reminders(stored)
        current = {} if raw is None else stored or {}
        return rules.reminders(merging.merge(current, raw or {}))

    def _answer(self, target):
        limit = self.params.get("maxAttendees")
        return event_json(target, self.calendar, self.reader, max_attendees=limit)

    def _mail(self, kind, target, previous):
        mailing.send(self.world, self.calendar, kind, target, self.params, previous)

    def _mail_change(self, target, previous):
        guest = guests.is_guest(target.data, self.calendar)
        self._mail("response" if guest else "update", target, previous)


def _is_plain_day(target, data):
    return "date" in data["start"] and not (
        target.is_instance or data.get("recurrence")
    )


def duplicate():
    return ApiError(409, "duplicate", "The requested identifier already exists.")


def _sequence(previous, data, given):
    current = max(previous.get("sequence", 0), given or 0)
    timed = ("start", "end", "recurrence")
    moved = any(previous.get(name) != data.get(name) for name in timed)
    return current + 1 if moved else current
