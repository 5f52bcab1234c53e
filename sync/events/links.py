"""What the Store hands out: links, and Odoo's events and series as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from ..directions import Direction
from .calendars import BOTH
from .recurrence import Rule, rule_of
from .values import EventValues


class LinkState(str, Enum):
    """Where a link stands. The engine alone moves it."""

    NEW = "new"
    """To be inserted in Google under the link's own id; never tried yet."""
    SENDING = "sending"
    """An insert was tried; whether Google did it is not known yet."""
    LINKED = "linked"
    """Both sides hold it."""
    GONE = "gone"
    """Google deleted it; Odoo is to follow."""
    DROPPED = "dropped"
    """Odoo deleted it, or it left the user's agenda; Google is to follow."""
    DELETED = "deleted"
    """Gone on both sides; kept so that it is never taken for a new one."""
    HELD = "held"
    """Waits for a person; neither side is written."""
    QUARANTINED = "quarantined"
    """Could not be applied; `problem` says why. Tried again when it changes."""
    DETACHED = "detached"
    """Cut by a reset; adopted again when Google shows the same id."""
    VOID = "void"
    """An occurrence whose series no longer has its slot; ignored until it has. Or an
    event that a colleague's run is to be waited for."""
    FOLLOWING = "following"
    """Another link of the account leads the same event; this copy is never written."""
    LEFT = "left"
    """Left as it is on both sides, for this user: neither follows the other."""
    TAKEN_BACK = "taken_back"
    """A run was undone: what either side still has of it is not copied to the other."""


class Kind(str, Enum):
    """What one link ties together."""

    SINGLE = "single"
    SERIES = "series"
    OCCURRENCE = "occurrence"
    """An exception of a series, or a single event of one that Odoo cannot express."""


@dataclass(frozen=True)
class Span:
    """Local days, both included; `recurrence.BEGINNING` and FOREVER: no bound."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """The day is one of them."""
        return self.first <= day <= self.last

    def with_(self, other: Span | None) -> Span:
        """From the earlier first day to the later last one."""
        if other is None:
            return self
        return Span(min(self.first, other.first), max(self.last, other.last))


@dataclass(frozen=True)
class Link:
    """One Odoo event in one calendar.

    id: 0 until stored. event_id: 0 when Odoo's record is gone. etag: as last seen.
    base: what Google held when both sides last agreed. dirty: Odoo may differ from
    the base. edited_at: when a person last edited it in Odoo, until Google knows.
    guard: why Google refuses our change of the shared fields, "" when it does not.
    seen: number of the last full listing that showed it. contested: Google's values of
    the fields in conflict that a person decides; neither side's is written until then.
    answer: what a person answered about a deletion: "", "delete" or "keep". sent: the
    values of a patch whose outcome is not noted yet, by field name. told: what Odoo
    last told Google of the fields that are written on Odoo's change only.
    parent_id, original_start: of an occurrence, the series' link and the slot's key.
    span: of a series, the local days whose occurrences Odoo holds. An occurrence
    without an etag is to be read in Google before anything is decided about it.
    guest: the account's user is invited to it in Google and does not organise it.
    organizer: the address of who organises it in Google, "" when not known.
    foreign: somebody else's event in a calendar that several people share.
    leader_id: of one that follows, the link that leads; it is dirty when it is to be
    looked at which of the two leads.
    """

    google_id: str
    id: int = 0
    event_id: int = 0
    state: LinkState = LinkState.NEW
    etag: str = ""
    ical_uid: str = ""
    base: EventValues | None = None
    generation: int = 1
    dirty: bool = False
    edited_at: datetime | None = None
    guard: str = ""
    problem: str = ""
    seen: int = 0
    contested: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)
    kind: Kind = Kind.SINGLE
    parent_id: int = 0
    original_start: str = ""
    span: Span | None = None
    guest: bool = False
    organizer: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    foreign: bool = False
    leader_id: int = 0

    @property
    def unread(self) -> bool:
        """An occurrence that Google must show first."""
        live = self.state is LinkState.LINKED
        return live and self.kind is Kind.OCCURRENCE and not self.etag


@dataclass(frozen=True)
class OdooEvent:
    """One event of Odoo, read as the account's user.

    alive: exists and is not archived. mine: alive and in the user's agenda.
    organizer: the account's user organises it. sole: no other user takes part, or all
    others declined.
    left_alone: why it is not synchronised ("series", "masked"), "" when it is.
    created: creation time, for the marker. silent: fields that this account does not
    synchronise. ways: directions that the account's company chose (see `ways`).
    invites: its participants are Google's guests (`values.guests`), as
    the organiser's account has chosen. unreachable: those of them who have no address
    that Google could invite. led: a colleague's link takes its changes to Google, this
    one may not. afresh: what the organiser's link ties it to is another event of
    Google's by now: "" not, "copy" this user's Google lacks it, "invited" Google itself
    brings it. private_by_default: nobody said so of this event, the organiser's
    agenda is. unanswered: somebody else of those who take part has not said whether.
    series: when the event is one. mode: the calendar's, see `calendars`. moved: a
    colleague has taken it out of a shared calendar into another one.
    """

    event_id: int
    values: EventValues
    alive: bool = True
    mine: bool = True
    organizer: bool = True
    sole: bool = True
    left_alone: str = ""
    created: str = ""
    silent: frozenset[str] = frozenset()
    ways: Mapping[str, Direction] = field(default_factory=dict)
    invites: bool = False
    unreachable: tuple[str, ...] = ()
    led: bool = False
    afresh: str = ""
    private_by_default: bool = False
    unanswered: bool = False
    series: Reading | None = None
    mode: str = BOTH
    moved: bool = False

    def departing(
        self, *, mine: bool, organizer: bool, sole: bool, moved: bool
    ) -> OdooEvent:
        """The same, as what left a calendar that colleagues share concerns its user."""
        return replace(self, mine=mine, organizer=organizer, sole=sole, moved=moved)


@dataclass(frozen=True)
class Row:
    """One occurrence in Odoo: a record of its own. mine: alive and in the agenda."""

    event_id: int
    values: EventValues
    mine: bool = True


@dataclass(frozen=True)
class OdooSeries:
    """A recurrence as Odoo stores it: a rule, a zone, and rows that may differ.

    held: the days whose rows Odoo has, as the other links of this recurrence say, in
    whatever calendar; None when none of them knows. apart: fields that do not travel.
    """

    rule: Rule
    time_zone: str
    rows: tuple[Row, ...]
    held: Span | None = None
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """A recurrence of Odoo read as Google has series.

    values: of the series. rows: by the key of their slot. missing: keys of slots that
    Odoo should hold and does not. back: rows that a rebuild in Odoo brought back
    although their occurrence was cancelled. strays: rows that belong to no slot.
    source: what was read.
    """

    values: EventValues
    rows: Mapping[str, Row]
    missing: tuple[str, ...]
    back: tuple[Row, ...]
    strays: tuple[Row, ...]
    span: Span
    source: OdooSeries


def is_expanded(link: Link) -> bool:
    """A series that Odoo cannot express: it holds single occurrences of it."""
    return link.kind is Kind.SERIES and bool(
        link.base and link.base.recurrence and rule_of(link.base.recurrence) is None
    )
