"""Google as the engine sees it, and the words both ports speak.

`Store` is Odoo as the engine sees it, `Google` is one account's Google. Both are
implemented twice: for real (`models/`, `google_api/`) and in memory (`tests/core`).
Nothing here knows Odoo, HTTP or Google's library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

Resource = Mapping[str, Any]

#: Google's advice for Calendar: more parts in a batch only buy rate-limit errors.
BATCH_SIZE = 50


# -- what can be asked of Google -----------------------------------------------


@dataclass(frozen=True)
class Insert:
    """events.insert under our own id (`body["id"]`): a repeated try gives 409.

    notify, here and below: Google mails the guests.
    """

    body: Resource
    notify: bool = False


@dataclass(frozen=True)
class Patch:
    """events.patch of the keys in `body`, only if the event still has `etag`."""

    google_id: str
    body: Resource
    etag: str
    notify: bool = False


@dataclass(frozen=True)
class Delete:
    """events.delete, only if the event still has `etag`."""

    google_id: str
    etag: str
    notify: bool = False


@dataclass(frozen=True)
class Get:
    """events.get; cancelled events come too."""

    google_id: str


@dataclass(frozen=True)
class Move:
    """events.move to another calendar, by Google's id: the event keeps its own.

    The calendar becomes its organiser. Whoever edited it meanwhile moves with it.
    """

    google_id: str
    destination: str
    notify: bool = False


Call = Insert | Patch | Delete | Get | Move


class Verdict(Enum):
    """What a reply to one call means for the record it was about."""

    DONE = "done"
    """Google did it; `resource` is the event as it stands now (None after Delete)."""
    STALE = "stale"
    """412: changed meanwhile; read again and merge."""
    GONE = "gone"
    """410, or 404 after repeated tries: no such event there (any more)."""
    TAKEN = "taken"
    """409 duplicate: the id is in use, perhaps by our own first try."""
    REFUSED = "refused"
    """Google will not do this to this record, now or later; `reason` says why."""
    RETRY = "retry"
    """Too fast, or Google's trouble; the write may or may not have happened."""


@dataclass(frozen=True)
class Reply:
    """Answer to one call. `reason` is Google's word, `message` Google's sentence."""

    verdict: Verdict
    resource: Resource | None = None
    reason: str = ""
    message: str = ""
    retry_after: float = 0.0

    @property
    def unanswered(self) -> bool:
        """Nobody knows yet what became of the call."""
        return self.verdict is Verdict.RETRY


@dataclass(frozen=True)
class Page:
    """One page of events.list.

    `next_page_token` alone says whether more follows (a page may be empty);
    `next_sync_token` stands on the last page only. `date` is Google's clock (aware
    UTC, from the Date header), None when the header was missing.
    """

    items: Sequence[Resource]
    next_page_token: str = ""
    next_sync_token: str = ""
    date: datetime | None = None
    time_zone: str = ""
    access_role: str = ""
    default_reminders: Sequence[Resource] = field(default_factory=tuple)


class Google(Protocol):
    """One account's Google Calendar, bound to one calendar.

    Every method may raise the `Stop` family below. `requests` counts HTTP requests,
    a batch as one.
    """

    requests: int

    def list_events(
        self,
        *,
        sync_token: str = "",
        page_token: str = "",
        time_min: datetime | None = None,
        time_max: datetime | None = None,
    ) -> Page:
        """One page. Windows (aware UTC) are for lists without a sync token only.

        The parameters that must equal those of the first list (singleEvents,
        maxResults, ...) are the implementation's to keep.
        """

    def instances(
        self,
        series_id: str,
        *,
        time_min: datetime,
        time_max: datetime,
        page_token: str = "",
    ) -> Page:
        """One page of a series' occurrences in a window, cancelled ones left out."""

    def call(self, calls: Sequence[Call]) -> list[Reply]:
        """Run up to BATCH_SIZE calls, replies in the order of `calls`.

        Order of execution is not defined: never two calls on one event.
        """


@dataclass(frozen=True)
class ListAsk:
    """What `Google.list_events` takes, for one calendar by Google's id."""

    calendar: str
    sync_token: str = ""
    page_token: str = ""
    time_min: datetime | None = None
    time_max: datetime | None = None


class Calendars(Protocol):
    """One account's Google Calendar, several calendars in one request."""

    def lists(self, asks: Sequence[ListAsk]) -> list[Page | Stop]:
        """One page of each; what stops one calendar's listing stands in its place.

        Raises what concerns the whole account.
        """

    def find(self, wanted: Sequence[tuple[str, str]]) -> list[Resource | None]:
        """The events of these (calendar, id); None where there is none to be seen."""


# -- what ends a run: each class is a decision ---------------------------------


class Stop(Exception):
    """The run cannot go on for this account. `reason` is Google's word.

    str() is Google's own sentence, free of tokens and secrets.
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class RetryLater(Stop):
    """Too fast, or Google or the network is down: try again after `delay` seconds.

    delay 0 lets the caller choose (exponential backoff).
    """

    def __init__(self, message: str, *, reason: str = "", delay: float = 0.0) -> None:
        super().__init__(message, reason=reason)
        self.delay = delay


class ReconnectNeeded(Stop):
    """Only `invalid_grant` (or a 401 that stays): the user must consent again."""


class ScopeMissing(Stop):
    """The user did not grant what this feature needs; other features go on."""


class AdminNeeded(Stop):
    """The application or the organisation is set up wrongly; not the user's fault."""


class CalendarLost(Stop):
    """The calendar was deleted or unshared, or is not readable: delete nothing."""


class SyncTokenExpired(Stop):
    """410: list everything again and reconcile by id."""


class PageTokenExpired(Stop):
    """The listing must restart from the last sync token."""


class OurBug(Stop):
    """Google says that our request makes no sense: loud, never retried."""
