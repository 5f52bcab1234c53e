"""vCards: what the journal keeps before a change, and the list as one file.

Version 3.0, readable by any address book; `from_vcard` reads our own back unchanged.
"""

from __future__ import annotations

import base64
import json
import re
from types import MappingProxyType
from typing import Any

import vobject

from .person import Person
from .values import ContactValues

_OURS = "x-google-sync"
#: What no address book shows, and what makes a text no vCard any more.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_PLAIN = ("name", "street", "street2", "country_code", "photo")


def to_vcard(values: ContactValues, uid: str, photo: bytes = b"") -> str:
    """The contact as a vCard; `uid`: any name for it. photo: JPEG or PNG."""
    card = _card(values.name, uid)
    for number, mail in enumerate(values.emails):
        _add(card, "email", mail, "INTERNET,PREF" if not number else "INTERNET")
    _add(card, "tel", values.phone, "WORK")
    _add(card, "tel", values.mobile, "CELL")
    street = [values.street, values.street2] if values.street2 else values.street
    _add_address(
        card,
        street=street,
        city=values.city,
        region=values.state,
        code=values.zip,
        country=values.country,
    )
    if values.company:
        card.add("org").value = [_text(values.company)]
    _add(card, "title", values.function)
    _add(card, "note", values.comment)
    hidden = {name: values.get(name) for name in _PLAIN if values.get(name)}
    if values.extra:
        hidden["extra"] = dict(values.extra)
    # What the vCard itself cannot tell apart stands beside it, in one line.
    _add(card, _OURS, base64.b64encode(json.dumps(hidden).encode()).decode())
    if photo:
        _add_photo(card, photo)
    return str(card.serialize())


def from_vcard(text: str) -> ContactValues:
    """Read what `to_vcard` wrote."""
    card = vobject.readOne(text)
    hidden = json.loads(base64.b64decode(_first(card, _OURS) or "e30="))
    address = _value(card, "adr")
    street = address.street if address else ""
    org = _value(card, "org") or [""]
    extra = hidden.pop("extra", {})
    return ContactValues(
        name=hidden.get("name", "" if hidden else _first(card, "fn")),
        emails=tuple(x.value for x in card.contents.get("email", ())),
        phone=_of_type(card, "tel", "WORK"),
        mobile=_of_type(card, "tel", "CELL"),
        street=hidden.get("street", "" if hidden else _first_of(street)),
        street2=hidden.get("street2", ""),
        zip=address.code if address else "",
        city=address.city if address else "",
        state=address.region if address else "",
        country=address.country if address else "",
        country_code=hidden.get("country_code", ""),
        company=org[0],
        function=_first(card, "title"),
        comment=_first(card, "note"),
        photo=hidden.get("photo", ""),
        extra=MappingProxyType(extra),
    )


def person_to_vcard(person: Person, photo: bytes = b"") -> str:
    """A contact of Google as it was, the person's own entries included.

    photo: its picture; without it, where Google had it.
    """
    card = _card(person.title, person.resource_name)
    for entry in person.section("emailAddresses"):
        _add(card, "email", entry.get("value", ""), _kind(entry, "INTERNET"))
    for entry in person.section("phoneNumbers"):
        _add(card, "tel", entry.get("value", ""), _kind(entry))
    for entry in person.section("addresses"):
        _add_address(
            card,
            street=[entry.get("streetAddress", ""), entry.get("extendedAddress", "")],
            box=entry.get("poBox", ""),
            city=entry.get("city", ""),
            region=entry.get("region", ""),
            code=entry.get("postalCode", ""),
            country=entry.get("country") or entry.get("countryCode", ""),
        )
    for entry in person.section("organizations"):
        units = [entry.get("name", ""), entry.get("department", "")]
        card.add("org").value = [_text(x) for x in units if x] or [""]
        _add(card, "title", entry.get("title", ""))
    for section, line in (("nicknames", "nickname"), ("urls", "url")):
        for entry in person.section(section):
            _add(card, line, entry.get("value", ""))
    for entry in person.section("birthdays"):
        _add(card, "bday", _day(entry.get("date") or {}))
    _add(card, "note", person.comment)
    if photo:
        _add_photo(card, photo)
    elif person.photo_url:
        card.add("photo").value = _text(person.photo_url)
        card.photo.value_param = "URI"
    return str(card.serialize())


def _card(name: str, uid: str) -> Any:
    card = vobject.vCard()
    card.add("uid").value = _text(uid)
    card.add("fn").value = _text(name)
    card.add("n").value = vobject.vcard.Name(given=_text(name))
    return card


def _add(card: Any, name: str, text: str, kind: str = "") -> None:
    if text:
        line = card.add(name)
        line.value = _text(text)
        if kind:
            line.type_param = kind.split(",")


def _add_address(card: Any, **parts: Any) -> None:
    clean = {
        k: [_text(x) for x in v if x] if isinstance(v, list) else _text(v)
        for k, v in parts.items()
        if v
    }
    if any(clean.values()):
        card.add("adr").value = vobject.vcard.Address(**clean)
        card.adr_list[-1].type_param = "WORK"


def _add_photo(card: Any, photo: bytes) -> None:
    line = card.add("photo")
    line.value = photo
    line.encoding_param = "b"
    line.type_param = "PNG" if photo.startswith(b"\x89PNG") else "JPEG"


def _day(date: Any) -> str:
    """ISO 8601, also without a year."""
    year = f"{date['year']:04d}" if date.get("year") else "-"
    return f"{year}-{date.get('month', 0):02d}-{date.get('day', 0):02d}" if date else ""


def _kind(entry: Any, first: str = "") -> str:
    word = re.sub(r"[^A-Za-z0-9-]", "", str(entry.get("type", ""))).upper()
    return ",".join(x for x in (first, word) if x)


def _text(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n"))


def _value(card: Any, name: str) -> Any:
    lines = card.contents.get(name)
    return lines[0].value if lines else None


def _first(card: Any, name: str) -> str:
    return str(_value(card, name) or "")


def _first_of(lines: str | list[str]) -> str:
    return lines[0] if isinstance(lines, list) else lines


def _of_type(card: Any, name: str, kind: str) -> str:
    for line in card.contents.get(name, ()):
        if kind in line.params.get("TYPE", ()):
            return str(line.value)
    return ""
