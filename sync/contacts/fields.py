"""The table of a contact's fields: which way each one travels.

Another addon changes a direction or adds a field with `register`; its Odoo half is
`res.partner._google_sync_extra_values` and `_google_sync_extra_vals`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..directions import Direction

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class ContactField:
    """One field of a contact.

    section: Google's field that holds it (`updatePersonFields`). entry: for a
    registered field, what stands in that section for a value (without metadata).
    key: what an entry of that section is recognised by. read: the value that entries of
    that section stand for, "" for none: a text, a number or a bool. single: Google
    allows one entry only, ours takes the place of any other.
    """

    name: str
    direction: Direction
    label: str
    section: str
    entry: Callable[[Any], Entry] | None = None
    key: Callable[[Entry], str] | None = None
    single: bool = False
    read: Callable[[Sequence[Entry]], Any] | None = None


def _website(value: Any) -> Entry:
    return {"value": value, "type": "work"}


def _bare(address: str) -> str:
    """Odoo adds the scheme by itself."""
    return (
        address.casefold().removeprefix("https://").removeprefix("http://").rstrip("/")
    )


def _first_website(entries: Sequence[Entry]) -> str:
    return next((str(x["value"]) for x in entries if x.get("value")), "")


def _birthday(value: Any) -> Entry:
    year, month, day = (int(part) for part in str(value).split("-"))
    return {"date": {"year": year, "month": month, "day": day}}


def _known_birthday(entries: Sequence[Entry]) -> str:
    """A day without its year, which Google allows, is none in Odoo."""
    for date in (x.get("date") or {} for x in entries):
        if date.get("year") and date.get("month") and date.get("day"):
            return f"{date['year']:04d}-{date['month']:02d}-{date['day']:02d}"
    return ""


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
            lambda entry: _bare(str(entry.get("value", ""))),
            read=_first_website,
        ),
        ContactField(
            "birthday",
            Direction.NONE,
            "Birthday",
            "birthdays",
            _birthday,
            lambda entry: str(sorted(entry.get("date", {}).items())),
            single=True,
            read=_known_birthday,
        ),
    )
}

#: Those of the core that are read without a `read` of their own.
READABLE = frozenset(("comment", "name", "emails", "phone", "mobile"))
_CORE = dict(CONTACT_FIELDS)
_FROM = (Direction.BOTH, Direction.FROM_GOOGLE)


def register(field: ContactField) -> None:
    """Add a field of another addon, whose value travels in `ContactValues.extra`, or
    give one of the core's another direction.

    Raises ValueError when the name is taken or a Google half is missing.
    """
    known = CONTACT_FIELDS.get(field.name)
    if known and replace(known, direction=field.direction) != field:
        raise ValueError(f"field {field.name!r} is registered already")
    if field.name not in _CORE or known and known.read:
        _check_halves(field)
    elif field.direction in _FROM and field.name != "comment":
        raise ValueError(f"field {field.name!r} cannot come from Google")
    CONTACT_FIELDS[field.name] = field


def text_field(
    name: str, direction: Direction, label: str, section: str
) -> ContactField:
    """A field for `register` that is one text, Google's only entry of its section."""
    return ContactField(
        name,
        direction,
        label,
        section,
        entry=lambda value: {"value": value},
        key=lambda entry: str(entry.get("value", "")).casefold(),
        single=True,
        read=lambda entries: next((x["value"] for x in entries if x.get("value")), ""),
    )


def _check_halves(field: ContactField) -> None:
    writes = field.entry is not None and field.key is not None
    if goes(field.direction) and not writes:
        raise ValueError(f"field {field.name!r} needs entry and key")
    if field.direction in _FROM and field.read is None:
        raise ValueError(f"field {field.name!r} needs read")


def unregister(name: str) -> None:
    """Take back what `register` did."""
    if name in _CORE:
        CONTACT_FIELDS[name] = _CORE[name]
    else:
        del CONTACT_FIELDS[name]


def goes(direction: Direction) -> bool:
    """Odoo's value is written in Google."""
    return direction in (Direction.BOTH, Direction.TO_GOOGLE)


def comes(direction: Direction) -> bool:
    """Google's value may be written in Odoo."""
    return direction in _FROM


def may_come(name: str) -> bool:
    """Google's value can be read, so that a company may have it written in Odoo."""
    field = CONTACT_FIELDS.get(name)
    return field is not None and (name in READABLE or field.read is not None)


def extra_sections(fields: Mapping[str, ContactField]) -> list[str]:
    """Google's fields that registered ones need beside the core's."""
    return [
        field.section
        for field in fields.values()
        if field.direction is not Direction.NONE and field.name not in _CORE
    ]
