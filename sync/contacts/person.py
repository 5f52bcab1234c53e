"""A contact as Google shows it, read once into what the engine needs.

Only items of the CONTACT source count: what a person's own profile adds cannot be
changed, and written back it makes doubles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from ..ports import Resource
from .comment import comment_from_google
from .mails import mail_key, read_mails
from .numbers import read_numbers
from .phones import phone_key
from .values import instant

Entry = Mapping[str, Any]

#: What Google makes itself, by section: never sent back, never compared.
_READ_ONLY = {
    "names": {"displayName", "displayNameLastFirst"},
    "emailAddresses": {"formattedType"},
    "phoneNumbers": {"formattedType", "canonicalForm"},
    "addresses": {"formattedType"},
    "organizations": {"formattedType"},
    "urls": {"formattedType"},
    "birthdays": {"text"},
}
_ADDRESS_PARTS = (
    *("streetAddress", "extendedAddress", "poBox", "city", "region"),
    *("postalCode", "country", "countryCode"),
)


@dataclass(frozen=True)
class Marker:
    """What we write into a contact that we made: whose it is, and which try."""

    contact_id: int
    created: str
    word: str

    def __str__(self) -> str:
        return f"{self.contact_id}/{self.created}/{self.word}"


@dataclass(frozen=True)
class Person:
    """One contact in Google.

    etag, updated: of the CONTACT source. names: what it was called before, when it has
    a new resource name. comment: canonical.
    """

    resource: Resource
    resource_name: str
    etag: str = ""
    updated: datetime | None = None
    deleted: bool = False
    names: tuple[str, ...] = ()
    marker: Marker | None = None
    comment: str = ""
    title: str = ""

    @property
    def photo_url(self) -> str:
        """Where its own picture is; "" for none and for Google's drawn letters."""
        photos = self.resource.get("photos") or ()
        own = (x for x in photos if _from_contact(x) and not x.get("default"))
        return next((str(x["url"]) for x in own if x.get("url")), "")

    def section(self, name: str) -> tuple[Entry, ...]:
        """The entries of a section that may be sent back as they are."""
        return _entries(self.resource, name)


def parse_person(resource: Resource, marker_key: str) -> Person:
    """Read a resource. Raises KeyError and the like for what is no person."""
    metadata = resource.get("metadata") or {}
    source = _contact_source(metadata)
    names = _entries(resource, "names")
    return Person(
        resource,
        resource["resourceName"],
        source.get("etag") or resource.get("etag", ""),
        instant(source.get("updateTime", "")),
        bool(metadata.get("deleted")),
        tuple(metadata.get("previousResourceNames", ())),
        _marker(resource, marker_key),
        _comment(resource),
        name_text(names[0]) if names else "",
    )


def identity(person: Person) -> dict[str, Any]:
    """What an update has to carry: which contact, and which state of it was read."""
    metadata = person.resource.get("metadata") or {}
    source = _contact_source(metadata)
    kept = {k: source[k] for k in ("type", "id", "etag") if k in source}
    return {
        "resourceName": person.resource_name,
        "etag": person.resource.get("etag", person.etag),
        **({"metadata": {"sources": [kept]}} if kept else {}),
    }


def name_text(entry: Entry) -> str:
    """A name as one text, independent of the account's language."""
    whole = str(entry.get("unstructuredName") or "")
    if whole:
        return " ".join(whole.split())
    parts = ("honorificPrefix", "givenName", "middleName", "familyName")
    words = [str(entry[part]) for part in (*parts, "honorificSuffix") if part in entry]
    return " ".join(" ".join(words).split())


# -- what a contact is recognised by -------------------------------------------


def hashed(kind: str, text: str, salt: str) -> str:
    """A key that says nothing about the person to who reads the table."""
    raw = f"{kind}:{text}".encode()
    return blake2b(raw, digest_size=10, key=salt.encode()[:64]).hexdigest()


def label_key(label: str, salt: str) -> str:
    """By what members of a label are found among all that Google listed."""
    return hashed("g", label, salt)


def person_keys(
    person: Person, region: str, salt: str, label: str = ""
) -> tuple[str, ...]:
    """Every key of a contact in Google: marker, mails, phones, name and company.

    label: a contact group that its members are to be found by.
    """
    keys = []
    if label and label in _groups(person):
        keys.append(label_key(label, salt))
    if person.marker is not None:
        marker = person.marker
        keys.append(hashed("k", f"{marker.contact_id}/{marker.created}", salt))
    for entry in person.section("emailAddresses"):
        text = str(entry.get("value", ""))
        for mail in read_mails(text)[0] or (text,):
            keys.append(hashed("m", mail_key(mail), salt))
    for entry in person.section("phoneNumbers"):
        for number in read_numbers(str(entry.get("value", "")), region):
            keys.append(hashed("p", phone_key(number.value, region), salt))
    if person.title:
        companies = {
            str(x.get("name", "")).casefold() for x in person.section("organizations")
        }
        for company in companies or {""}:
            keys.append(hashed("n", f"{person.title.casefold()}|{company}", salt))
    return tuple(dict.fromkeys(keys))


def _groups(person: Person) -> set[str]:
    found = (x.get("contactGroupMembership") for x in person.section("memberships"))
    return {str(group.get("contactGroupResourceName")) for group in found if group}


# -- reading -------------------------------------------------------------------


def _contact_source(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    sources = metadata.get("sources") or ()
    return next((s for s in sources if s.get("type") == "CONTACT"), {})


def _entries(resource: Resource, section: str) -> tuple[Entry, ...]:
    return tuple(
        clean(section, entry)
        for entry in resource.get(section) or ()
        if _from_contact(entry)
    )


def _from_contact(entry: Entry) -> bool:
    source = (entry.get("metadata") or {}).get("source") or {}
    return bool(source.get("type", "CONTACT") == "CONTACT")


def clean(section: str, entry: Entry) -> Entry:
    """The entry without what Google adds by itself."""
    dropped = {"metadata"} | _READ_ONLY.get(section, set())
    kept = {k: v for k, v in entry.items() if k not in dropped}
    if section == "addresses" and any(kept.get(part) for part in _ADDRESS_PARTS):
        # Made of the parts by Google; alone, it is all that the person typed.
        kept.pop("formattedValue", None)
    group = kept.get("contactGroupMembership")
    if section == "memberships" and group:
        name = "contactGroupResourceName"
        kept["contactGroupMembership"] = {name: group.get(name, "")}
    return kept


def _comment(resource: Resource) -> str:
    entries = _entries(resource, "biographies")
    if not entries:
        return ""
    is_html = entries[0].get("contentType") == "TEXT_HTML"
    return comment_from_google(str(entries[0].get("value", "")), is_html=is_html)


def _marker(resource: Resource, key: str) -> Marker | None:
    for entry in _entries(resource, "clientData"):
        parts = str(entry.get("value", "")).split("/")
        if entry.get("key") == key and len(parts) == 3 and parts[0].isdigit():
            return Marker(int(parts[0]), parts[1], parts[2])
    return None
