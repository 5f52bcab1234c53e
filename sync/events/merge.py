"""The three-way merge, field by field.

`base` is what both sides agreed on last time, None when they never did (adoption).
Pure: who wins a conflict comes in as an argument, decided from clocks elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from types import MappingProxyType
from typing import Any, TypeVar

from ..directions import Direction, Winner
from .fields import EVENT_FIELDS
from .values import EventValues
from .zones import same_zone

#: When a series takes place, in one piece.
TIMES = ("period", "recurrence", "time_zone")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_V = TypeVar("_V", EventValues, EventValues | None)


@dataclass(frozen=True)
class Conflict:
    """Both sides changed one field to different values."""

    field: str
    base: Any
    odoo: Any
    google: Any
    winner: Winner


@dataclass(frozen=True)
class Merged:
    """What each side lacks.

    to_odoo, to_google: new values by field name. base: what to remember once
    `to_odoo` was written: Google's value of every field, except of those in conflict
    under ASK, which keep the old base. put_back: the fields of `to_google` that only
    Google had changed (to-Google fields). apart: fields of which each side keeps its
    own at adoption, as the side that leads has none.
    """

    to_odoo: Mapping[str, Any]
    to_google: Mapping[str, Any]
    base: EventValues
    conflicts: tuple[Conflict, ...] = ()
    put_back: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def contested(self) -> dict[str, Any]:
        """Google's values of the fields that a person has to decide."""
        return {c.field: c.google for c in self.conflicts if c.winner is Winner.ASK}


@dataclass
class _Sides:
    to_odoo: dict[str, Any] = attribute(default_factory=dict)
    to_google: dict[str, Any] = attribute(default_factory=dict)
    conflicts: list[Conflict] = attribute(default_factory=list)
    put_back: list[str] = attribute(default_factory=list)
    apart: list[str] = attribute(default_factory=list)


def merge(
    base: EventValues | None,
    odoo: EventValues,
    google: EventValues,
    directions: Mapping[str, Direction],
    winner: Winner,
    contested: Collection[str] = (),
    told: Mapping[str, Any] = _NOTHING,
) -> Merged:
    """Merge the two sides of one link.

    contested: fields whose earlier conflict is not decided yet; they stay in conflict
    until both sides are equal, whatever the base says. told: what Odoo last told
    Google of the fields that are written on Odoo's change only.
    """
    sides = _Sides()
    base, odoo = _in_googles_zone(base, google), _in_googles_zone(odoo, google)
    for name, direction in directions.items():
        mine, theirs = odoo.get(name), google.get(name)
        if mine == theirs or direction is Direction.NONE:
            continue
        field = EVENT_FIELDS[name]
        if field.owed is not None:
            if field.owed(odoo, google, told):
                sides.to_google[name] = mine
        elif field.fills:
            _fill(sides, name, base, mine, theirs)
        elif base is not None and name in contested and direction is Direction.BOTH:
            _conflict(sides, Conflict(name, base.get(name), mine, theirs, winner))
        elif base is None:
            _adopt(sides, name, mine, theirs, direction, winner)
        else:
            _merge(sides, name, base.get(name), mine, theirs, direction, winner)
    if base is not None and (odoo.recurrence or google.recurrence):
        _times_as_one(sides, base, odoo, google, winner)
    kept = {c.field: c.base for c in sides.conflicts if c.winner is Winner.ASK}
    return Merged(
        sides.to_odoo,
        sides.to_google,
        google.with_(kept) if base else google,
        tuple(sides.conflicts),
        tuple(sides.put_back),
        tuple(sides.apart),
    )


def _in_googles_zone(values: _V, google: EventValues) -> _V:
    """Other names of one zone are no difference; Google's is the one to keep."""
    name = google.time_zone
    if values is None or values.time_zone == name:
        return values
    if same_zone(values.time_zone, name):
        return replace(values, time_zone=name)
    return values


def _merge(
    sides: _Sides,
    name: str,
    base: Any,
    odoo: Any,
    google: Any,
    direction: Direction,
    winner: Winner,
) -> None:
    if direction is Direction.TO_GOOGLE:
        sides.to_google[name] = odoo
        if odoo == base:
            sides.put_back.append(name)
    elif direction is Direction.FROM_GOOGLE or odoo == base:
        sides.to_odoo[name] = google
    elif google == base:
        sides.to_google[name] = odoo
    else:
        _conflict(sides, Conflict(name, base, odoo, google, winner))


def _times_as_one(
    sides: _Sides,
    base: EventValues,
    odoo: EventValues,
    google: EventValues,
    winner: Winner,
) -> None:
    """Start and rule of a series make sense together only: one side's are taken."""
    both = all(
        any(n in side for n in TIMES) for side in (sides.to_odoo, sides.to_google)
    )
    if not both and not any(c.field in TIMES for c in sides.conflicts):
        return
    sides.conflicts = [c for c in sides.conflicts if c.field not in TIMES]
    for name in TIMES:
        sides.to_odoo.pop(name, None)
        sides.to_google.pop(name, None)
        mine, theirs = odoo.get(name), google.get(name)
        if mine != theirs:
            _conflict(sides, Conflict(name, base.get(name), mine, theirs, winner))


def _fill(
    sides: _Sides, name: str, base: EventValues | None, odoo: Any, google: Any
) -> None:
    """News from Google, where nobody put a value of their own in Odoo."""
    before = base.get(name) if base else None
    if google != before and odoo in ("", before):
        sides.to_odoo[name] = google


def _adopt(
    sides: _Sides,
    name: str,
    odoo: Any,
    google: Any,
    direction: Direction,
    winner: Winner,
) -> None:
    """Without a base: an empty side takes the other's value, else source or policy."""
    fillable = EVENT_FIELDS[name].can_be_empty
    if direction is not Direction.BOTH and fillable and not (odoo and google):
        source, side = odoo, sides.to_google
        if direction is Direction.FROM_GOOGLE:
            source, side = google, sides.to_odoo
        if source:
            side[name] = source
        else:
            sides.apart.append(name)
    elif direction is Direction.TO_GOOGLE:
        sides.to_google[name] = odoo
    elif direction is Direction.FROM_GOOGLE or fillable and not odoo:
        sides.to_odoo[name] = google
    elif fillable and not google:
        sides.to_google[name] = odoo
    else:
        _conflict(sides, Conflict(name, None, odoo, google, winner))


def _conflict(sides: _Sides, conflict: Conflict) -> None:
    sides.conflicts.append(conflict)
    if conflict.winner is Winner.ODOO:
        sides.to_google[conflict.field] = conflict.odoo
    elif conflict.winner is Winner.GOOGLE:
        sides.to_odoo[conflict.field] = conflict.google
