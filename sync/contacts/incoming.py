"""Fields that come back from Google: the comment, and what other addons registered.

Pure. Each one is merged three ways, by the value that both sides agreed on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ..directions import Direction, Winner
from .fields import CONTACT_FIELDS, READABLE, ContactField, comes, goes
from .person import Person
from .reading import Known, read_core
from .store import ContactLink, OdooContact
from .values import ContactValues
from .ways import Fields, going, is_chosen, odoos, only, rests

#: Why a value stays in Google: this user may not write the contact in Odoo.
NOT_WRITABLE = "not_writable"


@dataclass(frozen=True)
class Incoming:
    """What is to be done about one field; at most one side is written.

    google: the value there. base: what to remember while Google is not written;
    None for nothing. contested: Google's value waits there, for a person or for the
    right to write. apart: both sides keep their value. conflict: both had changed; the
    side that keeps its value, "" when a person decides.
    """

    name: str
    google: Any
    base: Any
    to_odoo: bool = False
    to_google: bool = False
    contested: bool = False
    apart: bool = False
    conflict: str | None = None
    unwritable: bool = False


@dataclass(frozen=True)
class _Sides:
    """One field on both sides. base: None when they never agreed on it.

    agreed: Odoo's value then, which may be another one.
    """

    field: ContactField
    base: Any
    agreed: Any
    odoo: Any
    google: Any
    writable: bool
    winner: Winner


def incoming(
    link: ContactLink,
    odoo: OdooContact,
    wanted: ContactValues,
    person: Person,
    winner: Winner,
    cut: Collection[str],
    fields: Fields = CONTACT_FIELDS,
    region: str = "",
) -> list[Incoming]:
    """Every field that can come from Google.

    wanted: Odoo's values as Google can hold them. cut: fields that lost something by
    that: what Google has of them must never come back shorter. region: the country by
    which national phone numbers are read.
    """
    agreed = link.base.values if link.base else ContactValues()
    found = []
    for field in _incoming_fields(fields, odoo.values):
        others = _others(field, link)
        known = Known(wanted, agreed, others, region)
        theirs = _theirs(field, person, known, link)
        sides = _sides(field, link, odoo, wanted, theirs, winner)
        found.append(_one(sides, link, field.name in cut))
    return found


def _incoming_fields(fields: Fields, mine: ContactValues) -> list[ContactField]:
    """The comment, and every field whose value in Google may reach Odoo.

    What could not be read in Odoo is not written over.
    """
    return [
        field
        for field in fields.values()
        if comes(field.direction)
        and field.name not in mine.unread
        or field.name == "comment"
    ]


def _others(field: ContactField, link: ContactLink) -> Collection[str]:
    """Keys of entries that the person had there beside ours."""
    if field.name not in READABLE:
        return _foreign(field, link)
    return link.base.others.get(field.section, ()) if link.base else ()


def _theirs(
    field: ContactField, person: Person, known: Known, link: ContactLink
) -> Any:
    if field.name == "comment":
        return person.comment
    if field.name in READABLE:
        return read_core(field.name, person, known)
    agreed = link.base.values.get(field.name) if link.base else None
    mine = _filled(known.mine.get(field.name))
    return _read(field, person, (mine, agreed), known.others)


def _sides(
    field: ContactField,
    link: ContactLink,
    odoo: OdooContact,
    wanted: ContactValues,
    theirs: Any,
    winner: Winner,
) -> _Sides:
    mine = _filled(wanted.get(field.name))
    agreed = link.base.values.get(field.name) if link.base else None
    before = odoos(link.base, field.name)
    return _Sides(field, agreed, before, mine, theirs, odoo.writable, winner)


def _read(
    field: ContactField,
    person: Person,
    known: Sequence[Any],
    foreign: Collection[str],
) -> Any:
    """Google's value: one that we know, however it is spelt there, or another one."""
    entries, key = person.section(field.section), field.key
    assert field.read is not None
    if field.entry is None or key is None:
        return _filled(field.read(entries))
    there = {key(x) for x in entries}
    for value in known:
        if value and key(field.entry(value)) in there:
            return value
    return _filled(field.read([x for x in entries if key(x) not in foreign]))


def _foreign(field: ContactField, link: ContactLink) -> set[str]:
    """Keys of entries that the person had there beside ours."""
    if link.base is None or field.single or field.entry is None or field.key is None:
        return set()
    keys = set(link.base.others.get(field.section, ()))
    waiting = link.contested.get(field.name)
    return keys - {field.key(field.entry(waiting))} if waiting else keys


def _one(sides: _Sides, link: ContactLink, cut_short: bool) -> Incoming:
    field, mine, theirs = sides.field, sides.odoo, sides.google
    base = sides.base
    if base is None and field.name in READABLE:
        base = ContactValues().get(field.name)
    keep = Incoming(field.name, theirs, base)
    if mine == theirs:
        return Incoming(field.name, theirs, theirs)
    if field.name == "name" and not theirs:
        # A contact without a name is nobody's wish for one in Odoo.
        return replace(keep, google=mine, to_google=goes(field.direction))
    if field.direction is Direction.NONE or _rests(sides, link):
        return Incoming(field.name, theirs, theirs, apart=True)
    if field.direction is Direction.TO_GOOGLE:
        return replace(keep, to_google=True)
    if field.direction is Direction.FROM_GOOGLE:
        return _followed(keep, sides, link)
    if cut_short:
        return replace(keep, to_google=True)
    return _merged(keep, sides, link)


def _followed(keep: Incoming, sides: _Sides, link: ContactLink) -> Incoming:
    """Google leads."""
    if not sides.google and not sides.base:
        # It never had a value: there is nothing to follow.
        return replace(keep, base=sides.google, apart=True)
    if _is_asked(keep, link) or link.base is None and keep.name == "comment":
        # A private note is shown to its owner before colleagues can read it.
        return replace(keep, contested=True, conflict="")
    return _to_odoo(keep, sides, None)


def _merged(keep: Incoming, sides: _Sides, link: ContactLink) -> Incoming:
    """Both lead: three ways, by what was agreed on last."""
    if _is_asked(keep, link):
        return replace(keep, contested=True, conflict="")
    if link.base is None or sides.base is None:
        return _adopted(keep, sides)
    if sides.google == sides.base:
        return replace(keep, to_google=True)
    if (sides.odoo or "") == (sides.agreed or ""):
        return _to_odoo(keep, sides, None)
    return _conflict(keep, sides)


def _is_asked(keep: Incoming, link: ContactLink) -> bool:
    """A person decides; what this user may not write is only waiting."""
    return keep.name in link.contested and link.problem != NOT_WRITABLE


def _rests(sides: _Sides, link: ContactLink) -> bool:
    """Neither side has anything new to say since they agreed to differ."""
    known = sides.base is None or sides.google == sides.base
    return known and rests(link.base, sides.field, sides.odoo or "")


def _adopted(keep: Incoming, sides: _Sides) -> Incoming:
    """Without a base: an empty side takes the other's value."""
    if not sides.google:
        return replace(keep, to_google=True)
    if keep.name == "comment":
        # A private note is shown to its owner before colleagues can read it.
        return replace(keep, contested=True, conflict="")
    if not sides.odoo:
        return _to_odoo(keep, sides, None)
    if not sides.field.single:
        # There is room for both.
        return replace(keep, to_google=True)
    return _conflict(keep, sides)


def _conflict(keep: Incoming, sides: _Sides) -> Incoming:
    if sides.winner is Winner.ASK:
        return replace(keep, contested=True, conflict="")
    if sides.winner is Winner.ODOO:
        return replace(keep, to_google=True, conflict="odoo")
    return _to_odoo(keep, sides, "google")


def _to_odoo(keep: Incoming, sides: _Sides, conflict: str | None) -> Incoming:
    if not sides.writable:
        return replace(keep, contested=True, unwritable=True)
    return Incoming(
        keep.name, sides.google, sides.google, to_odoo=True, conflict=conflict
    )


def _filled(value: Any) -> Any:
    """One spelling of nothing."""
    return "" if value is None or value is False else value


def remembered(
    values: ContactValues, fields: Fields = CONTACT_FIELDS, *, new: bool = False
) -> ContactValues:
    """The values as a base: of the registered fields, those that travel and have one.

    new: of a contact that is only being made in Google, where it has no photo yet and
    nothing of its own.
    """
    extra = {
        name: value if not new or goes(fields[name].direction) else ""
        for name, value in values.extra.items()
        if value is not None
        and name in fields
        and (fields[name].direction is not Direction.NONE or is_chosen(fields[name]))
    }
    values = replace(values, extra=MappingProxyType(extra))
    if not new:
        return values
    kept = "" if goes(fields["photo"].direction) else values.photo
    stay = only(values, going(None, values, fields) | extra.keys())
    return replace(stay, photo=kept)
