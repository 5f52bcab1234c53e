"""Google event <-> canonical values.

`parse_event` reads a resource of events.list/get; `insert_body` and `patch_body` write
one. Reading repairs Google's odd data; writing sends only the keys that are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from .colours import colour_of
from .description import description_from_google, description_to_google
from .fields import EVENT_FIELDS, TO_GOOGLE
from .ports import Resource
from .recurrence import canonical, google_lines, key_of, rule_of
from .values import (
    MAX_REMINDERS,
    EventValues,
    Period,
    as_utc,
    reminder_minutes,
)
from .video import conference_of, source_of
from .zones import google_zone, zone

#: Event types a two-way synchronisation may take in; the others stay in Google.
TAKEN_TYPES = frozenset(("default", "fromGmail"))
WRITER_ROLES = frozenset(("owner", "writer", "writerWithoutPrivateAccess"))
#: Roles that see private events of the calendar in full.
_SEES_PRIVATE = frozenset(("owner", "writer"))
#: Calendars, which have addresses too.
_NOBODY = ("@group.calendar.google.com", "@resource.calendar.google.com")
_PRIVATE = frozenset(("private", "confidential"))


@dataclass(frozen=True)
class CalendarContext:
    """What reading an event needs to know of its calendar.

    default_reminders: Google's reminder objects that `useDefault` stands for.
    marker_key: our key in extendedProperties.private.
    """

    time_zone: str = "UTC"
    access_role: str = "owner"
    default_reminders: Sequence[Resource] = ()
    marker_key: str = "gsync_test"


@dataclass(frozen=True)
class Marker:
    """Our mark on an event that we inserted; believed only if all three match."""

    event_id: int
    created: str
    google_id: str

    def __str__(self) -> str:
        return f"{self.event_id}/{self.created}/{self.google_id}"

    @classmethod
    def parse(cls, text: str) -> Marker | None:
        """None for what is no marker of ours."""
        parts = text.split("/")
        if len(parts) != 3 or not parts[0].isdigit():
            return None
        return cls(int(parts[0]), parts[1], parts[2])


@dataclass(frozen=True)
class GoogleEvent:
    """One event as Google shows it in one calendar.

    is_guest: the calendar's owner is invited and does not organise it.
    gone: a tombstone; then only `google_id`, `etag` and, of an occurrence, `series_id`
    and `original_start` (its slot's key) can be relied upon.
    mine: false when the calendar's owner declined it.
    kind: single, series or occurrence.
    left_alone: why a new one is not taken in ("" when it is).
    guard: why Google would refuse our change of shared fields ("" when it would not).
    """

    google_id: str
    etag: str
    gone: bool
    values: EventValues | None = None
    kind: str = "single"
    series_id: str = ""
    original_start: str = ""
    ical_uid: str = ""
    updated: datetime | None = None
    mine: bool = True
    left_alone: str = ""
    guard: str = ""
    marker: Marker | None = None
    organizer_self: bool = True
    organizer_email: str = ""
    is_guest: bool = False
    attendees: Sequence[Resource] = ()
    attendees_omitted: bool = False
    email_reminders: tuple[Resource, ...] = field(default_factory=tuple)


def parse_event(resource: Resource, context: CalendarContext) -> GoogleEvent:
    """Read a resource. Raises ValueError when its dates cannot be understood."""
    kind = _kind(resource)
    series_id = str(resource.get("recurringEventId", ""))
    original = _original(resource, context)
    if resource.get("status") == "cancelled":
        etag = resource.get("etag", "")
        return GoogleEvent(
            resource["id"],
            etag,
            gone=True,
            kind=kind,
            series_id=series_id,
            original_start=original,
        )
    organizer = resource.get("organizer") or {"self": True}
    guests: Sequence[Resource] = resource.get("attendees", ())
    me: Resource = next((guest for guest in guests if guest.get("self")), {})
    return GoogleEvent(
        google_id=resource["id"],
        etag=resource.get("etag", ""),
        gone=False,
        values=_values(resource, context),
        kind=kind,
        series_id=series_id,
        original_start=original,
        ical_uid=resource.get("iCalUID", ""),
        updated=_instant(resource["updated"]) if resource.get("updated") else None,
        mine=me.get("responseStatus") != "declined",
        left_alone=_left_alone(resource, context),
        guard=_guard(resource, organizer, context),
        marker=_marker(resource, context),
        organizer_self=bool(organizer.get("self")),
        organizer_email=organizer.get("email", ""),
        is_guest=bool(me) and not organizer.get("self"),
        attendees=guests,
        attendees_omitted=bool(resource.get("attendeesOmitted")),
        email_reminders=_email_overrides(resource),
    )


def _kind(resource: Resource) -> str:
    if resource.get("recurringEventId"):
        return "occurrence"
    return "series" if resource.get("recurrence") else "single"


def _original(resource: Resource, context: CalendarContext) -> str:
    """The key of an occurrence's slot, "" for anything else."""
    original = resource.get("originalStartTime") or {}
    if "dateTime" in original:
        return key_of(_moment(original, context))
    return str(original.get("date", "")).replace("-", "")


def _left_alone(resource: Resource, context: CalendarContext) -> str:
    event_type = str(resource.get("eventType", "default"))
    if event_type not in TAKEN_TYPES:
        return event_type
    hidden = (
        resource.get("visibility") in _PRIVATE
        and context.access_role not in _SEES_PRIVATE
    )
    return "hidden" if hidden or context.access_role == "freeBusyReader" else ""


def _guard(resource: Resource, organizer: Resource, context: CalendarContext) -> str:
    if context.access_role not in WRITER_ROLES:
        return "read_only_calendar"
    if resource.get("eventType", "default") != "default":
        return "event_type"
    if resource.get("locked"):
        return "locked"
    if not organizer.get("self") and not resource.get("guestsCanModify"):
        return "not_organizer"
    return ""


def _marker(resource: Resource, context: CalendarContext) -> Marker | None:
    private = resource.get("extendedProperties", {}).get("private", {})
    return Marker.parse(private.get(context.marker_key, ""))


# -- reading values ------------------------------------------------------------


def _values(resource: Resource, context: CalendarContext) -> EventValues:
    period = _period(resource, context)
    start_zone = resource["start"].get("timeZone") or context.time_zone
    zone_name = "" if period.all_day else start_zone
    return EventValues(
        period=period,
        title=line(resource.get("summary")),
        place=line(resource.get("location")),
        description=description_from_google(resource.get("description")),
        time_zone=zone_name,
        guests=_guests(resource),
        recurrence=canonical(resource.get("recurrence", ()), period.start, zone_name),
        private=resource.get("visibility", "default") in _PRIVATE,
        busy=resource.get("transparency", "opaque") != "transparent",
        reminders=_popups(resource, context),
        color=colour_of(resource),
        video=line(conference_of(resource)),
        source=line(source_of(resource)),
        extra=_extra(resource),
    )


def line(text: str | None) -> str:
    """One line of text: white space collapsed, nothing that cannot be stored."""
    return " ".join((text or "").replace("\x00", " ").split())


def _period(resource: Resource, context: CalendarContext) -> Period:
    start, end = resource["start"], resource.get("end") or resource["start"]
    if "dateTime" in start:
        return Period.timed(_moment(start, context), _moment(end, context))
    first = date.fromisoformat(start["date"])
    last = date.fromisoformat(end["date"]) - timedelta(days=1)
    return Period.days(first, last)


def _moment(when: Resource, context: CalendarContext) -> datetime:
    moment = _instant(when["dateTime"])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(when.get("timeZone") or context.time_zone))
    return as_utc(moment)


def _instant(text: str) -> datetime:
    """RFC 3339, `Z` included (Python 3.10 does not read it)."""
    return datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))


def _popups(resource: Resource, context: CalendarContext) -> tuple[int, ...]:
    reminders = resource.get("reminders") or {}
    source = (
        context.default_reminders
        if reminders.get("useDefault")
        else reminders.get("overrides", ())
    )
    return reminder_minutes(
        {int(r["minutes"]) for r in source if r.get("method") == "popup"}
    )


def _email_overrides(resource: Resource) -> tuple[Resource, ...]:
    overrides = (resource.get("reminders") or {}).get("overrides", ())
    return tuple(r for r in overrides if r.get("method") != "popup")


def _guests(resource: Resource) -> tuple[str, ...]:
    """Addresses of the other people who meet; rooms and the owner are left out.

    An organiser need not be in Google's list of those invited.
    """
    invited = resource.get("attendees", ())
    people = [g for g in invited if not g.get("self") and not g.get("resource")]
    organizer = resource.get("organizer") or {}
    if invited and not organizer.get("self"):
        people.append(organizer)
    found = {str(p["email"]).lower() for p in people if p.get("email")}
    return tuple(sorted(x for x in found if not x.endswith(_NOBODY)))


def _extra(resource: Resource) -> Mapping[str, Any]:
    return MappingProxyType(
        {name: f.read(resource) for name, f in EVENT_FIELDS.items() if f.read}
    )


# -- writing -------------------------------------------------------------------


def insert_body(
    values: EventValues,
    *,
    google_id: str,
    marker: Marker,
    marker_key: str,
    time_zone: str,
) -> dict[str, Any]:
    """Body of events.insert, without attendees: Google invites and mails nobody.

    time_zone: shown in Google when the values name none.
    """
    ours = [n for n, f in EVENT_FIELDS.items() if f.direction in TO_GOOGLE]
    written = patch_body(values, ours, time_zone=time_zone)
    body = {name: value for name, value in written.items() if value is not None}
    for when in (body["start"], body["end"]):
        for key in [k for k, v in when.items() if v is None]:
            del when[key]
    body["id"] = google_id
    body["extendedProperties"] = {"private": {marker_key: str(marker)}}
    return body


def patch_body(
    values: EventValues,
    names: Iterable[str],
    *,
    time_zone: str,
    email_reminders: Sequence[Resource] = (),
    attendees: Sequence[Resource] = (),
) -> dict[str, Any]:
    """Body of events.patch for the named fields; null clears.

    email_reminders: Google's mail reminders as just read; the list is replaced as a
    whole, so they are written back. attendees: the whole list, for the guests.
    """
    body: dict[str, Any] = {}
    for name in names:
        writer = EVENT_FIELDS[name].body
        if writer is not None:
            body.update(writer(values.get(name)))
        elif name in ("period", "time_zone"):
            body.update(_when(values, time_zone))
            # An UNTIL and an EXDATE are instants: they move along.
            if rule_of(values.recurrence) is not None:
                body["recurrence"] = google_lines(values, _zone_of(values, time_zone))
        elif name == "recurrence":
            lines = google_lines(values, _zone_of(values, time_zone))
            body["recurrence"] = lines or None
        elif name == "guests":
            body["attendees"] = list(attendees)
        elif name == "reminders":
            body["reminders"] = _reminders(values.reminders, email_reminders)
        else:
            body.update(_SIMPLE[name](values))
    return body


_SIMPLE: dict[str, Any] = {
    "color": lambda v: {"colorId": v.color or None},
    "source": lambda v: {"source": _source(v.source)},
    "title": lambda v: {"summary": v.title},
    "place": lambda v: {"location": v.place},
    "description": lambda v: {"description": description_to_google(v.description)},
    "private": lambda v: {"visibility": "private" if v.private else "default"},
    "busy": lambda v: {"transparency": "opaque" if v.busy else "transparent"},
}


def _source(address: str | None) -> dict[str, str] | None:
    """The address is its own title: Google shows the title, in no language of ours."""
    return {"title": address, "url": address} if address else None


def _when(values: EventValues, fallback: str) -> dict[str, Any]:
    """start and end; the other form's keys are nulled, as patch wants."""
    name = _zone_of(values, fallback)
    return {
        "start": _edge(values.period.start, name),
        "end": _edge(values.period.end, name),
    }


def _zone_of(values: EventValues, fallback: str) -> str:
    """The zone to name; a series always has one (Google refuses it otherwise)."""
    name = google_zone(values.time_zone) or google_zone(fallback)
    return name or ("UTC" if values.recurrence else "")


def _edge(moment: date | datetime, zone_name: str) -> dict[str, Any]:
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat(), "dateTime": None, "timeZone": None}
    local = moment.astimezone(zone(zone_name))
    return {
        "date": None,
        "dateTime": local.isoformat(),
        "timeZone": zone_name or None,
    }


def answer_body(event: GoogleEvent, answer: str) -> dict[str, Any]:
    """Body of a patch of the owner's own answer (accepted, declined).

    Google replaces the list as a whole: the others are written back as read. A list
    that Google cut is never written: the own entry goes alone, and Google says so.
    """
    own = [{**g, "responseStatus": answer} for g in event.attendees if g.get("self")]
    if event.attendees_omitted:
        return {"attendeesOmitted": True, "attendees": own}
    others = [guest for guest in event.attendees if not guest.get("self")]
    return {"attendees": [*others, *own]}


def _reminders(popups: tuple[int, ...], others: Sequence[Resource]) -> dict[str, Any]:
    room = MAX_REMINDERS - len(others)
    overrides = [{"method": o["method"], "minutes": o["minutes"]} for o in others]
    overrides += [{"method": "popup", "minutes": m} for m in popups[:room]]
    return {"useDefault": False, "overrides": overrides}
