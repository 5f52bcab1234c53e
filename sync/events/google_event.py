"""Google's event, read into canonical values.

`parse_event` reads a resource of events.list/get and repairs Google's odd data; what is
written to Google is in `google_body`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ..ports import Resource
from .calendars import BOTH, FROM_GOOGLE
from .colours import colour_of
from .description import description_from_google
from .google_parts import extra_of, guests_of, instant, line, person
from .occurrence_ids import slot_of
from .recurrence import canonical, key_of
from .values import (
    EventValues,
    Period,
    as_utc,
    reminder_minutes,
)
from .video import conference_of, source_of
from .zones import zone

#: Event types a two-way synchronisation may take in; the others stay in Google.
TAKEN_TYPES = frozenset(("default", "fromGmail"))
WRITER_ROLES = frozenset(("owner", "writer", "writerWithoutPrivateAccess"))
#: Roles that see private events of the calendar in full.
_SEES_PRIVATE = frozenset(("owner", "writer"))
#: 1024 by Google's word, and the occurrence's start.
_LONGEST_ID = 1100
#: What an id of Odoo can be; a person may have written anything.
_ID = re.compile("[0-9]{1,9}")
_PRIVATE = frozenset(("private", "confidential"))


@dataclass(frozen=True)
class CalendarContext:
    """What reading an event needs to know of its calendar.

    default_reminders: Google's reminder objects that `useDefault` stands for.
    marker_key: our key in extendedProperties.private. mode: what it is synchronised
    for. primary: the account's first calendar, which speaks for its person; me: that
    person's addresses. free: its events never take up time.
    """

    time_zone: str = "UTC"
    access_role: str = "owner"
    default_reminders: Sequence[Resource] = ()
    marker_key: str = "gsync_test"
    mode: str = BOTH
    primary: bool = True
    me: frozenset[str] = frozenset()
    free: bool = False


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
        if len(parts) != 3 or not _ID.fullmatch(parts[0]):
            return None
        return cls(int(parts[0]), parts[1], parts[2])


@dataclass(frozen=True)
class GoogleEvent:
    """One event as Google shows it in one calendar.

    is_guest: the calendar's owner is invited and does not organise it.
    gone: a tombstone; then only `google_id`, `etag` and, of an occurrence, `series_id`
    and `original_start` (its slot's key) can be relied upon. A bare one of an
    occurrence names no series: it lost its place, or another series has it now.
    mine: false when the calendar's owner declined it. coming: true when they answered
    otherwise.
    kind: single, series or occurrence.
    left_alone: why a new one is not taken in ("" when it is).
    guard: why Google would refuse our change of shared fields ("" when it would not).
    public: said to be, and not only by the calendar's default.
    organizer: the address of who organises it, a calendar's too.
    owner_self, owner_email: whose event it is in Odoo: the organiser's, but for what a
    shared or secondary calendar organises: there it is who made it.
    foreign: of such a calendar, and made by somebody else.
    with_me: the account's user made it, organises it or is invited. label: id of the
    label that it carries. lines: `recurrence` in its own words.
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
    coming: bool = False
    left_alone: str = ""
    guard: str = ""
    marker: Marker | None = None
    organizer_self: bool = True
    organizer_email: str = ""
    is_guest: bool = False
    attendees: Sequence[Resource] = ()
    attendees_omitted: bool = False
    email_reminders: tuple[Resource, ...] = field(default_factory=tuple)
    public: bool = False
    organizer: str = ""
    owner_self: bool = True
    owner_email: str = ""
    foreign: bool = False
    with_me: bool = True
    label: str = ""
    lines: tuple[str, ...] = ()


def parse_event(resource: Resource, context: CalendarContext) -> GoogleEvent:
    """Read a resource. Raises ValueError when its dates cannot be understood."""
    if len(resource["id"]) > _LONGEST_ID:
        raise ValueError("no id of Google's is that long")
    if resource.get("status") == "cancelled":
        return _tombstone(resource, context)
    organizer = resource.get("organizer") or {"self": True}
    guests: Sequence[Resource] = resource.get("attendees", ())
    me: Resource = next((guest for guest in guests if guest.get("self")), {})
    owner_self, owner = _owner(resource, organizer, context)
    return GoogleEvent(
        google_id=resource["id"],
        etag=resource.get("etag", ""),
        gone=False,
        values=_values(resource, context),
        kind=_kind(resource),
        series_id=_series_id(resource),
        original_start=_original(resource, context),
        ical_uid=str(resource.get("iCalUID") or ""),
        updated=instant(resource["updated"]) if resource.get("updated") else None,
        mine=me.get("responseStatus") != "declined",
        coming=me.get("responseStatus") in ("accepted", "tentative"),
        left_alone=_left_alone(resource, context),
        guard=_guard(resource, organizer, context),
        marker=_marker(resource, context),
        organizer_self=bool(organizer.get("self")),
        organizer_email=person(organizer),
        is_guest=bool(me) and not organizer.get("self"),
        attendees=guests,
        attendees_omitted=bool(resource.get("attendeesOmitted")),
        email_reminders=_mails(resource, context),
        public=resource.get("visibility") == "public",
        organizer=str(organizer.get("email") or "").lower(),
        owner_self=owner_self,
        owner_email=owner,
        foreign=not context.primary and not owner_self,
        with_me=owner_self or any(_is_me(guest, context) for guest in guests),
        label=str(resource.get("eventLabelId") or ""),
        lines=tuple(resource.get("recurrence") or ()),
    )


def _tombstone(resource: Resource, context: CalendarContext) -> GoogleEvent:
    return GoogleEvent(
        resource["id"],
        resource.get("etag", ""),
        gone=True,
        kind=_kind(resource),
        series_id=_series_id(resource),
        original_start=_original(resource, context),
    )


def _series_id(resource: Resource) -> str:
    return str(resource.get("recurringEventId", ""))


def _is_me(guest: Resource, context: CalendarContext) -> bool:
    """In a calendar that is shared `self` is the calendar."""
    mine = context.primary and guest.get("self")
    return bool(mine) or str(guest.get("email") or "").lower() in context.me


def _owner(
    resource: Resource, organizer: Resource, context: CalendarContext
) -> tuple[bool, str]:
    """Whether it is the account's own, and else whose."""
    if context.primary or not organizer.get("self"):
        return bool(organizer.get("self")), person(organizer)
    creator = person(resource.get("creator") or {})
    return not creator or creator in context.me, creator


def _kind(resource: Resource) -> str:
    bare = resource.get("status") == "cancelled" and slot_of(resource["id"])
    if resource.get("recurringEventId") or bare:
        return "occurrence"
    return "series" if resource.get("recurrence") else "single"


def _original(resource: Resource, context: CalendarContext) -> str:
    """The key of an occurrence's slot, "" for anything else."""
    original = resource.get("originalStartTime") or {}
    if "dateTime" in original:
        return key_of(_moment(original, context))
    if "date" in original:
        return str(original["date"]).replace("-", "")
    slot = slot_of(resource["id"]) if _kind(resource) == "occurrence" else None
    return slot[1] if slot else ""


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
    if context.mode == FROM_GOOGLE:
        return "from_google"
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
        description=description_from_google(
            resource.get("description"), ours=_marker(resource, context) is not None
        ),
        time_zone=zone_name,
        guests=guests_of(resource),
        recurrence=canonical(resource.get("recurrence", ()), period.start, zone_name),
        private=resource.get("visibility", "default") in _PRIVATE,
        busy=not context.free and resource.get("transparency") != "transparent",
        reminders=_popups(resource, context),
        mail_reminders=len(_mails(resource, context)),
        color=colour_of(resource),
        video=line(conference_of(resource)),
        source=line(source_of(resource)),
        extra=extra_of(resource),
    )


def _period(resource: Resource, context: CalendarContext) -> Period:
    start, end = resource["start"], resource.get("end") or resource["start"]
    if "dateTime" in start:
        return Period.timed(_moment(start, context), _moment(end, context))
    first = date.fromisoformat(start["date"])
    last = date.fromisoformat(end["date"]) - timedelta(days=1)
    return Period.days(first, last)


def _moment(when: Resource, context: CalendarContext) -> datetime:
    moment = instant(when["dateTime"])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(when.get("timeZone") or context.time_zone))
    return as_utc(moment)


def _popups(resource: Resource, context: CalendarContext) -> tuple[int, ...]:
    source = _reminders(resource, context)
    return reminder_minutes(
        {int(r["minutes"]) for r in source if r.get("method") == "popup"}
    )


def _mails(resource: Resource, context: CalendarContext) -> tuple[Resource, ...]:
    source = _reminders(resource, context)
    return tuple(r for r in source if r.get("method") != "popup")


def _reminders(resource: Resource, context: CalendarContext) -> Sequence[Resource]:
    """Those in force, the calendar's own where the event names none."""
    reminders = resource.get("reminders") or {}
    if reminders.get("useDefault"):
        return context.default_reminders
    return reminders.get("overrides") or ()
