"""What Odoo's values are in Google: each section's own entries, and their keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .fields import CONTACT_FIELDS, goes
from .mails import mail_key
from .numbers import read_numbers
from .person import Entry, Person, name_text
from .phones import is_mobile, phone_key
from .values import ContactValues
from .ways import Fields, going, only, together

#: Google's limit of a field, but for notes.
MAX_TEXT = 1024
#: Of the 128 KB that a contact may have, what the note is allowed.
MAX_COMMENT_BYTES = 100_000
#: Lists return no more per contact; more could not be merged.
MAX_MAILS = 100

MY_CONTACTS = "contactGroups/myContacts"


@dataclass(frozen=True)
class Section:
    """One of Google's sections that hold something of ours.

    fields: the fields of ours in it. own: our entries for some values; the country
    is the one by which national phone numbers are read.
    """

    name: str
    fields: tuple[str, ...]
    own: Callable[[ContactValues, str], list[Entry]]
    key: Callable[[Entry, str], str]
    single: bool = False


def sections(fields: Fields = CONTACT_FIELDS) -> list[Section]:
    """Those with a field that goes to Google today, the comment's apart."""
    return [
        section
        for section in _all_sections(fields)
        if any(goes(fields[name].direction) for name in section.fields)
    ]


def _all_sections(fields: Fields) -> list[Section]:
    return [
        *_CORE,
        *(_registered(n) for n, field in fields.items() if field.entry and field.key),
    ]


def held_alike(
    names: Collection[str],
    mine: ContactValues,
    known: ContactValues,
    person: Person,
    region: str,
    fields: Fields,
) -> set[str]:
    """Those of the fields that Google holds as Odoo does, by our own entries there.

    known: what Google was given last, which must be gone where Odoo has nothing.
    """

    def alike(section: Section, name: str) -> bool:
        if mine.get(name):
            return _holds(section, only(mine, together(name)), person, region)
        gone = not known.get(name)
        return gone or not _holds(section, only(known, (name,)), person, region)

    return {
        name
        for section in _all_sections(fields)
        for name in names
        if name in section.fields and alike(section, name)
    }


def _holds(
    section: Section, values: ContactValues, person: Person, region: str
) -> bool:
    """Each entry of these values stands there, in all that we say of it."""

    def is_there(entry: Entry) -> bool:
        key = section.key(entry, region)
        same = (
            x for x in person.section(section.name) if section.key(x, region) == key
        )
        return any(_says(x, entry) for x in same)

    return all(is_there(entry) for entry in section.own(values, region))


def _says(theirs: Entry, ours: Entry) -> bool:
    loose = ("type", "value", "unstructuredName")
    return all(theirs.get(k) == v for k, v in ours.items() if k not in loose)


def region_of(values: ContactValues, default: str) -> str:
    """The country by which this contact's national numbers are read."""
    return values.country_code or default


def fit(values: ContactValues) -> tuple[ContactValues, tuple[str, ...]]:
    """The values as Google can hold them, and the names of fields that were cut."""
    changes: dict[str, Any] = {}
    for name, value in values.as_dict().items():
        if name == "comment":
            short: Any = _cut_bytes(value)
        elif name == "emails":
            short = tuple(x for x in value if len(x) <= MAX_TEXT)[:MAX_MAILS]
        else:
            short = value[:MAX_TEXT].rstrip() if isinstance(value, str) else value
        if short != value:
            changes[name] = short
    return values.with_(changes), tuple(changes)


def _cut_bytes(text: str) -> str:
    data = text.encode()
    if len(data) <= MAX_COMMENT_BYTES:
        return text
    return data[:MAX_COMMENT_BYTES].decode(errors="ignore").rstrip()


def shape(entries: Iterable[Entry]) -> str:
    """A hash of a section: equal when nothing in it changed, whatever the order."""
    lines = sorted(json.dumps(x, sort_keys=True, ensure_ascii=False) for x in entries)
    return sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else ""


# -- each section --------------------------------------------------------------


def _names(values: ContactValues, _region: str) -> list[Entry]:
    return [{"unstructuredName": values.name}] if values.name else []


def _mails(values: ContactValues, _region: str) -> list[Entry]:
    kinds = ["work"] + ["other"] * len(values.emails)
    return [
        {"value": mail, "type": kind}
        for mail, kind in zip(values.emails, kinds, strict=False)
    ]


def phone_entries(values: ContactValues, region: str) -> list[Entry]:
    """The numbers of both fields, each once, with the type that we give them."""
    phones = read_numbers(values.phone, region)
    numbers: dict[str, Entry] = {}
    for number in phones:
        apart = len(phones) > 1 or not values.mobile
        guess = "mobile" if apart and is_mobile(number.value, region) else "work"
        entry = {"value": number.value, "type": number.kind or guess}
        numbers.setdefault(phone_key(number.value, region), entry)
    for number in read_numbers(values.mobile, region):
        entry = {"value": number.value, "type": number.kind or "mobile"}
        numbers.setdefault(phone_key(number.value, region), entry)
    return list(numbers.values())


def _addresses(values: ContactValues, _region: str) -> list[Entry]:
    parts = {
        "streetAddress": values.street,
        "extendedAddress": values.street2,
        "postalCode": values.zip,
        "city": values.city,
        "region": values.state,
        "country": values.country,
        "countryCode": values.country_code,
    }
    filled = {k: v for k, v in parts.items() if v}
    return [{"type": "work", **filled}] if filled else []


def _organizations(values: ContactValues, _region: str) -> list[Entry]:
    parts = {
        "name": values.company,
        "title": values.function,
        "department": values.extra.get("department", ""),
    }
    filled = {k: v for k, v in parts.items() if v}
    return [{"type": "work", **filled}] if filled else []


def _folded(entry: Entry, names: Sequence[str]) -> str:
    return "|".join(" ".join(str(entry.get(n, "")).casefold().split()) for n in names)


_ADDRESS_KEY = ("streetAddress", "extendedAddress", "postalCode", "city", "region")


def _address_key(entry: Entry, _region: str) -> str:
    country = entry.get("countryCode") or entry.get("country", "")
    return f"{_folded(entry, _ADDRESS_KEY)}|{str(country).casefold()}"


_CORE = (
    Section("names", ("name",), _names, lambda entry, _region: name_text(entry), True),
    Section(
        "emailAddresses",
        ("emails",),
        _mails,
        lambda entry, _region: mail_key(str(entry.get("value", ""))),
    ),
    Section(
        "phoneNumbers",
        ("phone", "mobile"),
        phone_entries,
        lambda entry, region: phone_key(str(entry.get("value", "")), region),
    ),
    Section(
        "addresses",
        ("street", "street2", "zip", "city", "state", "country", "country_code"),
        _addresses,
        _address_key,
    ),
    Section(
        "organizations",
        ("company", "function", "department"),
        _organizations,
        lambda entry, _region: _folded(entry, ("name",)),
    ),
)


def _registered(name: str) -> Section:
    field = CONTACT_FIELDS[name]
    assert field.entry is not None
    assert field.key is not None
    entry, key = field.entry, field.key
    return Section(
        field.section,
        (name,),
        lambda values, _region: [entry(values.get(name))] if values.get(name) else [],
        lambda found, _region: key(found),
        field.single,
    )


# -- the new contact -----------------------------------------------------------


def biography(comment: str) -> list[Entry]:
    """The note as a section."""
    return [{"value": comment, "contentType": "TEXT_PLAIN"}] if comment else []


def groups(*names: str) -> list[Entry]:
    """Memberships of these contact groups."""
    return [
        {"contactGroupMembership": {"contactGroupResourceName": name}}
        for name in names
        if name
    ]


def create_body(
    values: ContactValues,
    *,
    region: str,
    marker: tuple[str, str],
    label: str,
    fields: Fields = CONTACT_FIELDS,
) -> Mapping[str, Any]:
    """The resource of a new contact; `marker` is a key and its value."""
    body: dict[str, Any] = {}
    sent = only(values, going(None, values, fields))
    for section in sections(fields):
        body.setdefault(section.name, []).extend(section.own(sent, region))
    if goes(fields["comment"].direction):
        body["biographies"] = biography(values.comment)
    body = {name: entries for name, entries in body.items() if entries}
    body["clientData"] = [{"key": marker[0], "value": marker[1]}]
    body["memberships"] = groups(MY_CONTACTS, label)
    return body
