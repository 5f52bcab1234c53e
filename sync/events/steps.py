"""What the Store is given: writes and what to remember, journal lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..report import Noted
from .google_event import GoogleEvent
from .links import Link, OdooEvent
from .recurrence import Rule
from .values import EventValues


@dataclass(frozen=True)
class NewRow:
    """An occurrence to be made in Odoo. child_id: the link that it belongs to, or 0.

    event_id: of a row that another series had, which goes over as it is but for
    `changes`; 0 for a new one.
    """

    values: EventValues
    child_id: int = 0
    event_id: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CreateEvent:
    """A new event with these values, in the user's agenda.

    rows: of a series, its occurrences; rule: what Odoo is told of it. An occurrence's
    goes into the recurrence of its parent's link, where there is one. told: of the
    link, what of Google's does not come into Odoo.
    """

    google: GoogleEvent
    values: EventValues
    rows: tuple[NewRow, ...] = ()
    rule: Rule | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WriteSeries:
    """Change a series in Odoo, row by row.

    event_id: a row, or the single event that becomes a series. rule, time_zone: to be
    stored, unless rule is None. changes: by event id. leaves: rows that become events
    of their own. single: the row stays alone and the recurrence ends. join: add the
    user to every row. responses: as of `UpdateEvent`, for every row.
    """

    event_id: int
    changes: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    creates: tuple[NewRow, ...] = ()
    removes: tuple[int, ...] = ()
    leaves: tuple[int, ...] = ()
    rule: Rule | None = None
    time_zone: str = ""
    single: bool = False
    join: bool = False
    responses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UpdateEvent:
    """Write the named values. revive: it counts again. join: the user takes part.

    responses: what guests answered in Google, by address, for those who have not in
    Odoo. anew: for the others, too.
    """

    event_id: int
    changes: Mapping[str, Any]
    revive: bool = False
    join: bool = False
    responses: Mapping[str, str] = field(default_factory=dict)
    anew: bool = False


@dataclass(frozen=True)
class RemoveEvent:
    """Delete the event, or only decline it for the user."""

    event_id: int
    decline: bool


OdooWrite = CreateEvent | UpdateEvent | RemoveEvent | WriteSeries


@dataclass(frozen=True)
class Line(Noted):
    """What was done to one event; of its own action: decline.

    archive: the whole event as it was on that side before it was changed or deleted.
    """

    archive: EventValues | None = None


@dataclass(frozen=True)
class Step:
    """One record's change in Odoo and what to remember, applied together or not.

    `link` is as it shall stand afterwards; a CreateEvent fills its event_id, and the
    colour that the new event says in `told`.
    """

    link: Link
    write: OdooWrite | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """An event of Odoo that a Google event may be. how: uid, marker, match or copy.

    copy: the event has a private copy here (`link`), and now Google invites to it.
    known: of uid, what the colleague's calendar was last known to hold.
    """

    odoo: OdooEvent
    how: str
    link: Link | None = None
    known: EventValues | None = None
