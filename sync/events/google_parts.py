"""Parts of Google's event that are read without knowing its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ..ports import Resource
from .fields import EVENT_FIELDS

#: Calendars have addresses too, and so has whoever Gmail could not make out.
_NOBODY = (
    "@group.calendar.google.com",
    "@resource.calendar.google.com",
    "unknownorganizer@calendar.google.com",
)


def line(text: str | None) -> str:
    """One line of text: white space collapsed, nothing that cannot be stored."""
    return " ".join((text or "").replace("\x00", " ").split())


def instant(text: str) -> datetime:
    """RFC 3339, `Z` included (Python 3.10 does not read it)."""
    return datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))


def guests_of(resource: Resource) -> tuple[str, ...]:
    """Addresses of the other people who meet; rooms and the owner are left out.

    An organiser need not be in Google's list of those invited.
    """
    invited = resource.get("attendees", ())
    people = [g for g in invited if not g.get("self") and not g.get("resource")]
    organizer = resource.get("organizer") or {}
    if invited and not organizer.get("self"):
        people.append(organizer)
    return tuple(sorted({person(p) for p in people} - {""}))


def person(entry: Resource) -> str:
    """The address of a person, "" for what is none."""
    address = str(entry.get("email") or "").lower()
    return "" if address.endswith(_NOBODY) else address


def extra_of(resource: Resource) -> Mapping[str, Any]:
    return MappingProxyType(
        {name: f.read(resource) for name, f in EVENT_FIELDS.items() if f.read}
    )
