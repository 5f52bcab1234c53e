"""Canonical values of a contact: what Odoo holds, and what was agreed with Google.

Plain frozen dataclasses. Odoo's half is made by the shell, Google's by `person`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

#: Raised when the same input would give other canonical values than before. A base
#: that another version made is made anew without writing anything.
CONTACT_VERSION = 1

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class ContactValues:
    """One contact, in canonical form. Every text is stripped, "" when empty.

    emails: as Odoo's `email` holds them, the first is the main one.
    phone, mobile: as typed; compared by E.164 where they are valid.
    country, country_code: Odoo's name of it, and alpha-2 in capitals.
    company: the parent company's name, else the partner's own `company_name`.
    comment: plain text (`comment.comment_from_odoo`), never HTML.
    photo: a hash of Odoo's own picture, "" for none and for generated avatars.
    unread: what stands in a field that could not be read, whole or in part, by the
        field's name; in a base also the picture that could not be sent.
    extra: values of registered fields, by field name.
    """

    name: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    mobile: str = ""
    street: str = ""
    street2: str = ""
    zip: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    country_code: str = ""
    company: str = ""
    function: str = ""
    comment: str = ""
    photo: str = ""
    unread: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def get(self, name: str) -> Any:
        """Value of a field by its name, registered fields included."""
        return getattr(self, name) if name in ATTRIBUTES else self.extra.get(name)

    def as_dict(self) -> dict[str, Any]:
        """Every value by field name, registered fields included."""
        return {**{n: getattr(self, n) for n in sorted(ATTRIBUTES)}, **self.extra}

    def with_(self, changes: Mapping[str, Any]) -> ContactValues:
        """A copy with other values of the named fields."""
        own = {k: v for k, v in changes.items() if k in ATTRIBUTES}
        added = {k: v for k, v in changes.items() if k not in ATTRIBUTES}
        if added:
            own["extra"] = MappingProxyType({**self.extra, **added})
        return replace(self, **own)


ATTRIBUTES = frozenset(f.name for f in fields(ContactValues)) - {"extra"}


@dataclass(frozen=True)
class ContactBase:
    """What both sides agreed on last time.

    values: Odoo's, as far as Google was given them (`photo`: the hash of the one that
    was sent, "" for none; `comment`: the text that both held).
    others: by Google section, the keys of the entries that the person put there.
    shape: by section, a hash of the whole as it was seen then: what looks like that
    still is not looked into, so Google's own rewriting never starts a quarrel.
    label: the contact group that we added the contact to. photo_url: where Google put
    the picture that we sent; another one there is the person's. apart: Odoo's values of
    fields about which the sides agreed to differ; Google's stand in `values`.
    """

    values: ContactValues
    others: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    shape: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    label: str = ""
    photo_url: str = ""
    version: int = CONTACT_VERSION
    apart: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


# -- as JSON, for the link -----------------------------------------------------


def contact_to_json(values: ContactValues) -> dict[str, Any]:
    """Plain JSON of the values; `contact_from_json` reads it back unchanged."""
    data = {name: getattr(values, name) for name in sorted(ATTRIBUTES)}
    return {
        **{name: value for name, value in data.items() if value},
        "emails": list(values.emails),
        "unread": dict(values.unread),
        "extra": dict(values.extra),
    }


def contact_from_json(data: Mapping[str, Any]) -> ContactValues:
    """Read what `contact_to_json` wrote; keys that nobody knows now are ignored."""
    known = {k: v for k, v in data.items() if k in ATTRIBUTES}
    known["emails"] = tuple(known.get("emails", ()))
    known["unread"] = MappingProxyType(dict(known.get("unread", {})))
    return ContactValues(**known, extra=MappingProxyType(dict(data.get("extra", {}))))


def base_to_json(base: ContactBase) -> dict[str, Any]:
    """Plain JSON of a base; `base_from_json` reads it back unchanged."""
    return {
        "values": contact_to_json(base.values),
        "others": {section: list(keys) for section, keys in base.others.items()},
        "shape": dict(base.shape),
        "label": base.label,
        "photo_url": base.photo_url,
        "version": base.version,
        **({"apart": dict(base.apart)} if base.apart else {}),
    }


def base_from_json(data: Mapping[str, Any]) -> ContactBase:
    """Read what `base_to_json` wrote."""
    others = {section: tuple(keys) for section, keys in data["others"].items()}
    return ContactBase(
        contact_from_json(data["values"]),
        MappingProxyType(others),
        MappingProxyType(dict(data["shape"])),
        data["label"],
        data.get("photo_url", ""),
        data["version"],
        MappingProxyType({k: _plain(v) for k, v in data.get("apart", {}).items()}),
    )


def _plain(value: Any) -> Any:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value


def instant(text: str) -> datetime | None:
    """Google's time stamp, None when there is none."""
    if not text:
        return None
    # Python 3.10 reads neither `Z` nor nine digits of a second.
    whole, _, rest = text.rstrip("Z").partition(".")
    digits = rest.split("+")[0][:6].ljust(6, "0")
    return datetime.fromisoformat(f"{whole}.{digits}+00:00")
