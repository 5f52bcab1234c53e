"""The port to one account's Google contacts, and the words it speaks.

Implemented for real in `google_api/people.py` and in memory in `tests/core`. Writes of
one account are made one after the other: never share a port between threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from ..ports import Resource, RetryLater

#: Google's own limits of a request.
LIST_SIZE = 1000
GET_SIZE = 200
CREATE_SIZE = 200
UPDATE_SIZE = 200
DELETE_SIZE = 500
#: A batch costs 200 of the day's writes whatever it holds: below this, singles.
WORTH_A_BATCH = 7


class NotSent(RetryLater):
    """Our own pacing: the request was not made."""


class Outcome(Enum):
    """What the answer about one contact means."""

    DONE = "done"
    """Google did it; `person` is the contact as it stands now (None after a delete)."""
    STALE = "stale"
    """The contact has another etag by now: read again and merge."""
    GONE = "gone"
    """No such contact there (any more); it may have a new name."""
    REFUSED = "refused"
    """Google will not do this to this contact; `reason` says why."""
    UNDONE = "undone"
    """Surely not done, by the fault of others in the batch: send it again."""
    LATER = "later"
    """Surely not done: too fast."""
    UNKNOWN = "unknown"
    """Google's or the network's trouble: it may or may not have been done."""


@dataclass(frozen=True)
class PersonReply:
    """Answer about one contact. `reason` is Google's word, `message` its sentence."""

    outcome: Outcome
    person: Resource | None = None
    reason: str = ""
    message: str = ""
    retry_after: float = 0.0

    @property
    def unanswered(self) -> bool:
        """To be asked again, be it done already or not."""
        return self.outcome in (Outcome.LATER, Outcome.UNKNOWN)


@dataclass(frozen=True)
class PeoplePage:
    """One page of connections.list; `next_sync_token` stands on the last page only."""

    people: Sequence[Resource]
    next_page_token: str = ""
    next_sync_token: str = ""
    date: datetime | None = None


class People(Protocol):
    """One account's contacts in Google.

    Every method may raise the `Stop` family of `sync.ports` when nothing was answered
    on its merits (`SyncTokenExpired`, `PageTokenExpired`, `RetryLater`,
    `ScopeMissing`, ...). `requests` counts HTTP requests. `fingerprint` names the
    parameters of the list: a sync token is only good for its own.
    """

    requests: int
    fingerprint: str

    def list_people(self, *, sync_token: str = "", page_token: str = "") -> PeoplePage:
        """One page, deleted contacts included when there is a sync token."""

    def get(self, names: Sequence[str]) -> list[PersonReply]:
        """Up to GET_SIZE contacts as they stand now; one that is gone is GONE."""

    def create(self, bodies: Sequence[Resource]) -> list[PersonReply]:
        """Up to CREATE_SIZE new contacts, one as a single request.

        Replies are matched by the marker in each body's clientData. Never repeats a
        request by itself: a second try makes a second contact.
        """

    def update(
        self, bodies: Sequence[Resource], sections: Sequence[str]
    ) -> list[PersonReply]:
        """Replace the named sections of up to UPDATE_SIZE contacts, under their etags.

        Each body holds resourceName, etag and metadata.sources as they were read.
        """

    def delete(self, names: Sequence[str]) -> list[PersonReply]:
        """Delete up to DELETE_SIZE contacts; GONE counts as done."""

    def set_photo(self, name: str, data: bytes) -> PersonReply:
        """Give a contact this JPEG or PNG; the person in the reply has the new etag."""

    def remove_photo(self, name: str) -> PersonReply:
        """Take the contact's own photo away."""

    def download(self, url: str) -> bytes:
        """A contact's picture as Google shows it; b"" when it cannot be had."""

    def find_label(self, name: str) -> str:
        """Resource name of the user's contact group of this name, "" when none."""

    def create_label(self, name: str) -> str:
        """Make it; "" when the name is taken by now (then `find_label` has it)."""
