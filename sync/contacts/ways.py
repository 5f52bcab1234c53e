"""The directions that a company chose for its contacts' fields.

What does not travel is not written for that when it may again: where the sides differ
then, the base keeps Odoo's value beside Google's (`ContactBase.apart`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from ..directions import Direction, allowed
from .fields import CONTACT_FIELDS, ContactField, goes, may_come
from .values import ContactBase, ContactValues

Ways = Mapping[str, Direction]
Fields = Mapping[str, ContactField]

#: Chosen together, under the first one's name: they are one entry in Google.
TOGETHER = {
    "street": ("street", "street2", "zip", "city", "state", "country", "country_code"),
    "company": ("company", "function"),
}
_FOLLOWERS = frozenset(name for names in TOGETHER.values() for name in names[1:])
#: Without a name there is no contact.
_ALWAYS = frozenset(("name",))
_ANY = (Direction.BOTH, Direction.TO_GOOGLE, Direction.FROM_GOOGLE, Direction.NONE)


def choices() -> dict[str, tuple[Direction, ...]]:
    """By field, the directions that a company may choose from, its own one first."""
    return {
        name: _choices(field)
        for name, field in CONTACT_FIELDS.items()
        if name not in _FOLLOWERS
    }


def _choices(field: ContactField) -> tuple[Direction, ...]:
    can = {field.direction}
    if field.name not in _ALWAYS:
        can.add(Direction.NONE)
    if may_come(field.name):
        can.add(Direction.FROM_GOOGLE)
    if goes(field.direction) or field.entry is not None and field.key is not None:
        can.add(Direction.TO_GOOGLE)
    if {Direction.FROM_GOOGLE, Direction.TO_GOOGLE} <= can:
        can.add(Direction.BOTH)
    return tuple(sorted(can, key=lambda way: (way is not field.direction, _place(way))))


def _place(way: Direction) -> int:
    return _ANY.index(way)


def together(name: str) -> tuple[str, ...]:
    """The fields that make sense with this one only."""
    return next((names for names in TOGETHER.values() if name in names), (name,))


def ways_of(chosen: Ways) -> dict[str, Direction]:
    """The choices by field; what may not be chosen is as if nobody had."""
    return allowed(chosen, choices(), TOGETHER)


def fields_of(ways: Ways) -> Fields:
    """The table of fields with the directions of this company."""
    if not ways:
        return CONTACT_FIELDS
    return {
        name: replace(field, direction=ways.get(name, field.direction))
        for name, field in CONTACT_FIELDS.items()
    }


def is_chosen(field: ContactField) -> bool:
    """A company has it otherwise than by default."""
    return field.direction is not CONTACT_FIELDS[field.name].direction


def odoos(base: ContactBase | None, name: str) -> Any:
    """Odoo's value as agreed on last; None when it never was."""
    if base is None:
        return None
    return base.apart.get(name, base.values.get(name))


def rests(base: ContactBase | None, field: ContactField, mine: Any) -> bool:
    """Odoo has nothing new to say of a field about which the sides agreed to differ."""
    if base is None:
        return False
    if field.name in base.apart:
        return bool(base.apart[field.name] == mine)
    # A base from before the choice knows nothing of the field.
    return is_chosen(field) and base.values.get(field.name) is None


def going(base: ContactBase | None, wanted: ContactValues, fields: Fields) -> set[str]:
    """The fields that Google shall hold as Odoo has them."""
    return {
        name
        for name, field in fields.items()
        if goes(field.direction) and not rests(base, field, wanted.get(name) or "")
    }


def only(values: ContactValues, names: Collection[str]) -> ContactValues:
    """The values without what is not among these fields."""
    left = values.as_dict().keys() - {*names, "unread"}
    return values.with_({n: () if n == "emails" else "" for n in left})


def set_apart(
    before: ContactBase | None, mine: ContactValues, fields: Fields
) -> dict[str, Any]:
    """Odoo's values of the fields that do not travel, or rest; the photo's is apart."""
    return {
        name: mine.get(name) or ""
        for name, field in fields.items()
        if name != "photo" and _is_apart(before, field, mine.get(name) or "")
    }


def _is_apart(before: ContactBase | None, field: ContactField, mine: Any) -> bool:
    if field.direction is Direction.NONE and is_chosen(field):
        return True
    if field.direction is Direction.FROM_GOOGLE and before is None:
        return is_chosen(field)
    return goes(field.direction) and rests(before, field, mine)


def noted(base: ContactBase, mine: ContactValues, fields: Fields) -> ContactBase:
    """The base once Odoo's present values of what does not travel are agreed on."""
    apart = {
        name: value
        for name, value in set_apart(base, mine, fields).items()
        if name in base.apart or value != (base.values.get(name) or "")
    }
    apart = {**base.apart, **apart}
    if apart != base.apart:
        base = replace(base, apart=apart)
    if goes(fields["photo"].direction) or base.values.photo == mine.photo:
        return base
    return replace(base, values=replace(base.values, photo=mine.photo))
