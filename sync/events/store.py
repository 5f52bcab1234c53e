"""The Store port: one calendar of one account, as the engine sees it in Odoo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol

from .google_event import GoogleEvent
from .period import Window
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
    """An occurrence whose series no longer has its slot; ignored until it has."""


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
    synchronise. invites: its participants are Google's guests (`values.guests`), as
    the organiser's account has chosen. unreachable: those of them who have no address
    that Google could invite. led: a colleague's link takes its changes to Google, this
    one may not. private_by_default: nobody said so of this event, the organiser's
    agenda is. series: when the event is one.
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
    invites: bool = False
    unreachable: tuple[str, ...] = ()
    led: bool = False
    private_by_default: bool = False
    series: Reading | None = None


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
    whatever calendar; None when none of them knows.
    """

    rule: Rule
    time_zone: str
    rows: tuple[Row, ...]
    held: Span | None = None


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


@dataclass(frozen=True)
class Cursor:
    """How far the pull has come; stored with what it covers, in one commit.

    listing: what `page_token` belongs to: "full", "delta", "slice" or "" (none).
    window: what the running listing covers, or the last complete one covered.
    slices: what is still to be listed after the running one.
    number: counts full listings. unverified: links not seen by it are to be asked for.
    enrolled: what Odoo's side was searched for; None before the first time.
    """

    sync_token: str = ""
    page_token: str = ""
    listing: str = ""
    window: Window | None = None
    slices: tuple[Window, ...] = ()
    number: int = 0
    unverified: bool = False
    enrolled: Window | None = None


# -- what to write in Odoo -----------------------------------------------------


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
    goes into the recurrence of its parent's link, where there is one.
    """

    google: GoogleEvent
    values: EventValues
    rows: tuple[NewRow, ...] = ()
    rule: Rule | None = None


@dataclass(frozen=True)
class WriteSeries:
    """Change a series in Odoo, row by row.

    event_id: a row, or the single event that becomes a series. rule, time_zone: to be
    stored, unless rule is None. changes: by event id. single: the row stays alone and
    the recurrence ends. join: add the user to every row.
    """

    event_id: int
    changes: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    creates: tuple[NewRow, ...] = ()
    removes: tuple[int, ...] = ()
    rule: Rule | None = None
    time_zone: str = ""
    single: bool = False
    join: bool = False


@dataclass(frozen=True)
class UpdateEvent:
    """Write the named values. revive: it counts again. join: the user takes part."""

    event_id: int
    changes: Mapping[str, Any]
    revive: bool = False
    join: bool = False


@dataclass(frozen=True)
class RemoveEvent:
    """Delete the event, or only decline it for the user."""

    event_id: int
    decline: bool


OdooWrite = CreateEvent | UpdateEvent | RemoveEvent | WriteSeries


@dataclass(frozen=True)
class Line:
    """One line of the journal: what was done to one record on one side.

    action: create, update, delete, decline, adopt, conflict, put_back, skip, error.
    side: odoo or google. before, after: canonical values by field name, of the changed
    fields only. error: Google's or Odoo's words. private: for the owner's eyes.
    archive: the whole event as it was on that side before it was changed or deleted.
    """

    action: str
    side: str
    event_id: int = 0
    google_id: str = ""
    title: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    reason: str = ""
    private: bool = False
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
    """

    odoo: OdooEvent
    how: str
    link: Link | None = None


@dataclass(frozen=True)
class Question:
    """What waits for a person; asked once, the answer is remembered.

    kind: conflict, deletion, adoption, brake, quarantine. key: what makes it the same
    question when it comes up again. detail: canonical values and plain JSON for the
    reader; side: the side that would be written.
    """

    kind: str
    key: str
    google_id: str = ""
    event_ids: tuple[int, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    private: bool = False


@dataclass(frozen=True)
class Answer:
    """What a person answered.

    verdict: delete or keep (deletion, brake), pair or new (adoption), retry
    (quarantine), fields (conflict). choices: "odoo" or "google" by field name, for a
    conflict. event_id: the one to pair with, for an adoption.
    """

    verdict: str
    choices: Mapping[str, str] = field(default_factory=dict)
    event_id: int = 0


class Store(Protocol):
    """Odoo's side of one calendar. Everything is stored by the next `checkpoint`."""

    def cursor(self) -> Cursor:
        """How far the pull has come."""

    def save_cursor(self, cursor: Cursor) -> None:
        """Remember it, in the same commit as what it covers."""

    def checkpoint(self) -> None:
        """Commit: a crash after this loses nothing of what came before."""

    def new_google_id(self) -> str:
        """A random id that Google accepts (uuid4 hex)."""

    def links(self, google_ids: Sequence[str]) -> dict[str, Link]:
        """The links of these Google ids, by id."""

    def observe(self, links: Sequence[Link]) -> dict[int, OdooEvent]:
        """Odoo's events of these links, by event id; those gone are missing."""

    def candidates(
        self, events: Sequence[GoogleEvent]
    ) -> dict[str, Sequence[Candidate]]:
        """Events of Odoo that unlinked Google events may be, by Google id.

        The strongest sort only: uid, else marker, else match (same title and period,
        unlinked, in the user's agenda). None that the user may not change in Odoo; by
        uid only where a colleague's link knows the same organiser; by marker only
        where the user takes part.
        """

    def elsewhere(
        self, events: Sequence[GoogleEvent]
    ) -> Mapping[str, tuple[int, Kind]]:
        """Odoo's events, by Google id, that a colleague's copy of these brought.

        Of unlinked ones, and only what stands in the user's agenda without a link here.
        """

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """Do the steps, each in whole or not at all; "" or the reason it failed.

        A row that an occurrence's link gives up is queued as an edited event: it may
        be one of its own now. A new link of an occurrence takes the place of the one
        under the same id: Google gives the same to the series that have it in turn.
        """

    def collect_edits(self, *, new: bool) -> None:
        """Turn the queue of edits into dirty links.

        new: events without a link get one too, inside the period. A pull leaves those
        in the queue: Google may be about to show the same event.
        """

    def enroll(self, window: Window, limit: int) -> int:
        """Make links (NEW, dirty) for unlinked events of the agenda in the window.

        Returns how many were made; 0 means all are. One that another user's linked
        Google event invites this user to is left out: Google brings it here itself.
        """

    def room(self) -> int | None:
        """How many more events may be linked; None for any number."""

    def dirty(self, limit: int, skip: frozenset[int]) -> list[Link]:
        """Links to be compared with Odoo, oldest edit first, without those in skip.

        An occurrence waits while it is unread or its series is dirty itself.
        """

    def mark_all_dirty(self) -> None:
        """Compare every linked event with Odoo in this run (complete check)."""

    def family(self, family_ids: Sequence[str]) -> dict[str, list[Link]]:
        """Links of series by the id that they began with, before Google split them."""

    def by_id(self, link_ids: Sequence[int]) -> dict[int, Link]:
        """Links by their own ids."""

    def children(self, links: Sequence[Link]) -> dict[int, dict[str, Link]]:
        """The occurrences of these series, by the series' link id and slot key."""

    def share_etag(self, series_id: int, before: str, now: str) -> None:
        """The link of a series, and its occurrences', have another etag in common."""

    def unread(self, limit: int, skip: frozenset[int]) -> list[Link]:
        """Occurrences that Google must show before anything is decided (`Link`)."""

    def short_of(self, window: Window, limit: int, skip: frozenset[int]) -> list[Link]:
        """LINKED series whose span does not hold the whole window."""

    def in_state(self, state: LinkState, limit: int) -> list[Link]:
        """Links in a state that are not held back by a problem."""

    def count(self, state: LinkState) -> int:
        """How many `in_state` could return."""

    def unseen(self, number: int, limit: int) -> list[Link]:
        """LINKED links that full listing `number` did not show, and DETACHED ones
        whose event touches the period."""

    def see(self, google_ids: Sequence[str], number: int) -> None:
        """Full listing `number` showed these."""

    def to_retry(self, limit: int) -> list[Link]:
        """Quarantined links that a person wants to be tried again."""

    def ask(self, questions: Sequence[Question]) -> dict[str, Answer]:
        """Put questions to a person; the answers given already, by key."""


def is_expanded(link: Link) -> bool:
    """A series that Odoo cannot express: it holds single occurrences of it."""
    return link.kind is Kind.SERIES and bool(
        link.base and link.base.recurrence and rule_of(link.base.recurrence) is None
    )
