"""The table of synchronised fields: the only place that lists them.

A field has a direction and a label. Another addon adds one with `register`, giving
the Google half here; its Odoo half is `calendar.event._google_sync_extra_values` and
`_google_sync_extra_vals`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..directions import Direction
from .calendars import BOTH
from .colours import is_colour_owed
from .values import EventValues
from .video import is_source_owed

#: Directions in which Google is written.
TO_GOOGLE = (Direction.BOTH, Direction.TO_GOOGLE)

Owed = Callable[[EventValues, EventValues, Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Field:
    """One synchronised field of an event.

    label: shown to people (translated by the shell).
    can_be_empty: a missing value may be filled from the other side at adoption.
    personal: belongs to the owner of the copy; never pulled where the account's user
        is not the organiser.
    guarded: Google refuses a change by somebody who may not modify the event.
    owed: for a field that goes to Google on Odoo's change only, never to put back:
        whether Odoo's value (first values) is to be written over Google's (second),
        given what Odoo last told Google, by field name.
    fills: Google's value is taken where Odoo has none, or has what came from Google.
    read, body: the Google half of a field that another addon registered: the value
        in a resource, and the part of a patch that writes a value.
    """

    name: str
    direction: Direction
    label: str
    can_be_empty: bool = False
    personal: bool = False
    guarded: bool = True
    owed: Owed | None = None
    fills: bool = False
    read: Callable[[Mapping[str, Any]], Any] | None = None
    body: Callable[[Any], Mapping[str, Any]] | None = None


def _color_owed(
    odoo: EventValues, google: EventValues, told: Mapping[str, Any]
) -> bool:
    return is_colour_owed(odoo.color or "", google.color, told.get("color"))


def _source_owed(
    odoo: EventValues, google: EventValues, told: Mapping[str, Any]
) -> bool:
    return is_source_owed(
        odoo.source or "", google.source, told.get("source"), google.video
    )


_B = Direction.BOTH
_NONE = Direction.NONE
EVENT_FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field("title", _B, "Title", can_be_empty=True),
        Field("place", _B, "Place", can_be_empty=True),
        Field("description", _B, "Description", can_be_empty=True),
        Field("period", _B, "Period"),
        Field("time_zone", _B, "Time zone", can_be_empty=True),
        Field("recurrence", _B, "Recurrence"),
        Field("guests", Direction.FROM_GOOGLE, "Guests"),
        # Two that become one: what was private on either side is private.
        Field("private", _B, "Private", can_be_empty=True, guarded=False),
        Field("busy", _B, "Busy", personal=True, guarded=False),
        Field(
            "reminders", _B, "Reminder", can_be_empty=True, personal=True, guarded=False
        ),
        Field(
            "color",
            Direction.TO_GOOGLE,
            "Colour",
            personal=True,
            guarded=False,
            owed=_color_owed,
        ),
        Field("video", Direction.FROM_GOOGLE, "Video meeting", fills=True),
        Field("source", Direction.TO_GOOGLE, "Meeting address", owed=_source_owed),
    )
}


#: Written on the series only: Google spreads an occurrence's visibility to all.
OF_THE_SERIES = ("recurrence", "private", "time_zone")


def register(field: Field) -> None:
    """Add a field from another addon; it travels in `EventValues.extra`.

    Raises ValueError when the name is taken or the Google half is missing.
    """
    if field.name in EVENT_FIELDS and EVENT_FIELDS[field.name] != field:
        raise ValueError(f"field {field.name!r} is registered already")
    if field.read is None or field.body is None:
        raise ValueError(f"field {field.name!r} needs its Google half")
    EVENT_FIELDS[field.name] = field


def unregister(name: str) -> None:
    """Take back what `register` added."""
    if EVENT_FIELDS[name].read is None:
        raise ValueError(f"field {name!r} belongs to the core")
    del EVENT_FIELDS[name]


def directions(
    *,
    organizer: bool,
    guarded: bool,
    occurrence: bool = False,
    invites: bool = False,
    mode: str = BOTH,
) -> dict[str, Direction]:
    """The direction of each field on one link.

    organizer: the account's user organises the Odoo event.
    guarded: Google would refuse our change of the shared fields.
    invites: Odoo's participants are Google's guests.
    occurrence: of a series, which alone holds what Google shares among all of them.
    mode: the calendar's; it takes away what it does not allow.
    """
    table = {
        name: _direction(field, organizer=organizer, guarded=guarded)
        for name, field in EVENT_FIELDS.items()
    }
    if invites and not guarded:
        table["guests"] = Direction.BOTH
    if occurrence:
        table.update(dict.fromkeys(OF_THE_SERIES, Direction.NONE))
    return {name: _within(way, mode) for name, way in table.items()}


def _within(way: Direction, mode: str) -> Direction:
    """What is left of a direction in a calendar of one way."""
    if mode == BOTH or way is _NONE:
        return way
    return Direction(mode) if way in (_B, Direction(mode)) else _NONE


def _direction(field: Field, *, organizer: bool, guarded: bool) -> Direction:
    if field.personal and not organizer:
        return Direction.NONE
    if guarded and field.guarded and field.owed:
        return Direction.NONE
    if guarded and field.guarded and field.direction is Direction.BOTH:
        return Direction.FROM_GOOGLE
    return field.direction
