"""The table of a contact's fields: which way each one travels.

Another addon changes a direction or adds a field with `register`; its Odoo half is
`res.partner._google_sync_extra_values` and `_google_sync_extra_vals`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..fields import Direction

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class ContactField:
    """One field of a contact.

    section: Google's field that holds it (`updatePersonFields`). entry: for a
    registered field, what stands in that section for a value (without metadata).
    key: what an entry of that section is recognised by. single: Google allows one
    entry only, ours takes the place of any other.
    """

    name: str
    direction: Direction
    label: str
    section: str
    entry: Callable[[Any], Entry] | None = None
    key: Callable[[Entry], str] | None = None
    single: bool = False


def _website(value: Any) -> Entry:
    return {"value": value, "type": "work"}


def _birthday(value: Any) -> Entry:
    year, month, day = (int(part) for part in str(value).split("-"))
    return {"date": {"year": year, "month": month, "day": day}}


_TO = Direction.TO_GOOGLE
CONTACT_FIELDS: dict[str, ContactField] = {
    f.name: f
    for f in (
        ContactField("name", _TO, "Name", "names", single=True),
        ContactField("emails", _TO, "Mail", "emailAddresses"),
        ContactField("phone", _TO, "Phone", "phoneNumbers"),
        ContactField("mobile", _TO, "Mobile", "phoneNumbers"),
        ContactField("street", _TO, "Street", "addresses"),
        ContactField("street2", _TO, "Street 2", "addresses"),
        ContactField("zip", _TO, "Zip", "addresses"),
        ContactField("city", _TO, "City", "addresses"),
        ContactField("state", _TO, "State", "addresses"),
        ContactField("country", _TO, "Country", "addresses"),
        ContactField("country_code", _TO, "Country code", "addresses"),
        ContactField("company", _TO, "Company", "organizations"),
        ContactField("function", _TO, "Job position", "organizations"),
        ContactField("comment", Direction.BOTH, "Notes", "biographies", single=True),
        ContactField("photo", _TO, "Photo", "photos"),
        ContactField("department", Direction.NONE, "Department", "organizations"),
        ContactField("title", Direction.NONE, "Title", "names"),
        ContactField("first_name", Direction.NONE, "First name", "names"),
        ContactField("last_name", Direction.NONE, "Last name", "names"),
        ContactField(
            "website",
            Direction.NONE,
            "Website",
            "urls",
            _website,
            lambda entry: str(entry.get("value", "")).casefold().rstrip("/"),
        ),
        ContactField(
            "birthday",
            Direction.NONE,
            "Birthday",
            "birthdays",
            _birthday,
            lambda entry: str(sorted(entry.get("date", {}).items())),
            single=True,
        ),
    )
}

_CORE = frozenset(CONTACT_FIELDS)


def register(field: ContactField) -> None:
    """Add a field of another addon; its value travels in `ContactValues.extra`.

    Raises ValueError when the name is taken or the Google half is missing.
    """
    if field.name in CONTACT_FIELDS and CONTACT_FIELDS[field.name] != field:
        raise ValueError(f"field {field.name!r} is registered already")
    if field.entry is None or field.key is None:
        raise ValueError(f"field {field.name!r} needs its Google half")
    CONTACT_FIELDS[field.name] = field


def unregister(name: str) -> None:
    """Take back what `register` added."""
    if name in _CORE:
        raise ValueError(f"field {name!r} belongs to the core")
    del CONTACT_FIELDS[name]


def goes_to_google(name: str) -> bool:
    """Odoo's value of this field is written in Google."""
    return CONTACT_FIELDS[name].direction in (Direction.BOTH, Direction.TO_GOOGLE)
