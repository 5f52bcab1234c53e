"""The directions that a company chose for its events' fields.

A choice narrows the field's own direction, never widens it. What does not travel is
not written for that when it may again: each side's value is agreed on as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..directions import Direction, allowed
from .fields import EVENT_FIELDS
from .values import EventValues

Ways = Mapping[str, Direction]

#: Fields that are no choice of a company: participants have an option of their own.
_APART = frozenset(("guests",))
#: Chosen together, under the first one's name: start and rule make sense together.
_TOGETHER = {"period": ("period", "time_zone", "recurrence")}
_FOLLOWERS = frozenset(("time_zone", "recurrence"))
#: Without these there is no event, whoever made it.
_ALWAYS = frozenset(("title", "private", *_TOGETHER["period"]))
#: What is private in Odoo is private in Google, always.
_PRIVATE = (Direction.BOTH, Direction.TO_GOOGLE)


def choices() -> dict[str, tuple[Direction, ...]]:
    """By field, the directions that a company may choose from, its own one first."""
    return {
        name: _choices(name, field.direction)
        for name, field in EVENT_FIELDS.items()
        if name not in _APART | _FOLLOWERS
    }


def _choices(name: str, own: Direction) -> tuple[Direction, ...]:
    if name == "private":
        return _PRIVATE
    both = (Direction.BOTH, Direction.TO_GOOGLE, Direction.FROM_GOOGLE)
    ways = both if own is Direction.BOTH else (own,)
    return ways if name in _ALWAYS else (*ways, Direction.NONE)


def ways_of(chosen: Ways) -> dict[str, Direction]:
    """The choices by field; what may not be chosen is as if nobody had."""
    return allowed(chosen, choices(), _TOGETHER)


def narrowed(table: Ways, ways: Ways) -> dict[str, Direction]:
    """The directions of a link, as far as its company lets them be."""
    return {name: _within(way, ways.get(name, way)) for name, way in table.items()}


def _within(own: Direction, chosen: Direction) -> Direction:
    if Direction.BOTH in (own, chosen):
        return chosen if own is Direction.BOTH else own
    return own if own is chosen else Direction.NONE


def kept_here(ways: Ways) -> frozenset[str]:
    """Fields that a new event in Google does not get from Odoo's."""
    return _not_in(ways, (Direction.BOTH, Direction.TO_GOOGLE))


def not_taken(ways: Ways) -> frozenset[str]:
    """Fields that a new event in Odoo does not get from Google's."""
    return _not_in(ways, (Direction.BOTH, Direction.FROM_GOOGLE))


def apart(ways: Ways) -> frozenset[str]:
    """Fields that do not travel at all."""
    return frozenset(name for name, way in ways.items() if way is Direction.NONE)


def taken(
    values: EventValues, ways: Ways, here: EventValues | None = None
) -> EventValues:
    """Google's values, without what a new event in Odoo does not get from there.

    here: where Odoo has had it so far, in another form: those fields stay as in there.
    """
    left = not_taken(ways)
    if not left:
        return values
    if here is not None:
        return values.with_({name: here.get(name) for name in left})
    blank = EventValues(period=values.period)
    extra = {name: v for name, v in values.extra.items() if name not in left}
    core = {name: blank.get(name) for name in left if EVENT_FIELDS[name].read is None}
    return replace(values.with_(core), extra=extra)


def _not_in(ways: Ways, among: tuple[Direction, ...]) -> frozenset[str]:
    left = {name for name, way in ways.items() if way not in among}
    return frozenset(left - _ALWAYS)
