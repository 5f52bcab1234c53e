"""The Store port: one calendar of one account, as the engine sees it in Odoo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ..asking import Answer, Question
from .google_event import GoogleEvent
from .links import Kind, Link, LinkState, OdooEvent
from .period import Window
from .steps import Candidate, Step


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


@dataclass(frozen=True)
class Twin:
    """A link that follows, the one that leads, and the calendar of that one.

    copy: the leading one is our private copy of what a colleague has put where this one
    stands; it gives way.
    """

    link: Link
    leader: Link
    calendar: str
    copy: bool = False


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
        where the user takes part. An occurrence without its series may be a row.
        """

    def elsewhere(
        self, events: Sequence[GoogleEvent]
    ) -> Mapping[str, tuple[int, Kind]]:
        """Odoo's events, by Google id, that a colleague's copy of these brought.

        Of unlinked ones, and only what stands in the user's agenda without a link here.
        """

    def leaders(self, events: Sequence[GoogleEvent]) -> Mapping[str, int]:
        """Ids of links that other calendars of the account have of these, by Google id.

        Of unlinked ones: the same id or iCalUID, kind and original start, under an
        organiser that the account knows it by; LINKED or about to leave, and LEFT ones
        whose event Odoo has. Of a calendar that a colleague synchronises, too: whatever
        link has the event that the colleague's ties to the same id.
        """

    def awaited(self, events: Sequence[GoogleEvent]) -> frozenset[str]:
        """Ids of new ones that a colleague's link may be about to follow here.

        Theirs is of another calendar under the same id, and their next run reads this
        calendar, too: until then nobody knows whether it has moved.
        """

    def twins(self, limit: int, skip: frozenset[int]) -> list[Twin]:
        """FOLLOWING links that are dirty, or whose leader is GONE, HELD or LEFT."""

    def wishes(self, limit: int, skip: frozenset[int]) -> list[tuple[Link, str]]:
        """Links whose event is wanted in another calendar, with that one's Google id.

        NEW and LINKED ones that lead, and only calendars that are written.
        """

    def placed(self, links: Sequence[Link]) -> None:
        """They are where they are to be: what a person chose is done, or over."""

    def leaving(self, limit: int) -> list[Link]:
        """DROPPED links of copies whose event was inserted elsewhere: that is done."""

    def strays(self, events: Sequence[GoogleEvent]) -> Mapping[str, Mapping[str, int]]:
        """Events of Odoo that are occurrences of these series, by Google id and slot.

        Google showed somebody the one without its series. None that the user may not
        change in Odoo, nor one of another organiser.
        """

    def orphans(self, series_ids: Sequence[str]) -> list[Link]:
        """LINKED occurrences of these series that came without them."""

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """Do the steps, each in whole or not at all; "" or the reason it failed.

        A row that an occurrence's link gives up is queued as an edited event: it may
        be one of its own now. A new link of an occurrence takes the place of the one
        under the same id: Google gives the same to the series that have it in turn.
        A link of another calendar of the account moves here, with its occurrences,
        and takes the place of the one under its Google id.
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

    def left_out(self) -> Mapping[str, int]:
        """How many of Odoo's new events filters left out, by reason; counted once."""

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

    def left_rows(self, links: Sequence[Link]) -> dict[int, dict[date | datetime, int]]:
        """Rows of these series without the user, by the link's id and their start."""

    def share_etag(self, series_id: int, before: str, now: str) -> None:
        """The link of a series, and its occurrences', have another etag in common."""

    def unread(self, limit: int, skip: frozenset[int]) -> list[Link]:
        """Occurrences that Google must show before anything is decided (`Link`)."""

    def short_of(self, window: Window, limit: int, skip: frozenset[int]) -> list[Link]:
        """LINKED series whose span does not hold the whole window."""

    def in_state(
        self, state: LinkState, limit: int, skip: frozenset[int] = frozenset()
    ) -> list[Link]:
        """Links in a state that are not held back by a problem.

        Of what left a calendar that a colleague reads as well: not before their run has
        seen it leave, where the event is the user's own.
        """

    def count(self, state: LinkState) -> int:
        """How many `in_state` could return."""

    def unseen(self, number: int, limit: int) -> list[Link]:
        """LINKED links that full listing `number` did not show, and DETACHED ones
        whose event touches the period."""

    def see(self, google_ids: Sequence[str], number: int) -> None:
        """Full listing `number` showed these."""

    def to_retry(self, limit: int) -> list[Link]:
        """Quarantined links that a person wants to be tried again, and VOID ones that
        were `awaited` and are no more."""

    def close(self, google_ids: Sequence[str]) -> None:
        """Open questions about these are not asked any more."""

    def ask(self, questions: Sequence[Question]) -> dict[str, Answer]:
        """Put questions to a person; the answers given already, by key."""
