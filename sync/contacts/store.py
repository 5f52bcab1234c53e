"""The Store port of contacts: one account's list, as the engine sees it in Odoo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from ..asking import Answer, Question
from ..report import Noted
from .values import ContactBase, ContactValues


class ContactState(str, Enum):
    """Where a link stands.

    A person's hand makes NEW (put on the list, put back), DROPPED (taken off it);
    everything else is the engine's.
    """

    NEW = "new"
    """On the list, not in Google yet. With a resource_name: that contact is its own."""
    SENDING = "sending"
    """A create was tried; whether Google did it is not known yet."""
    LINKED = "linked"
    """Both sides hold it."""
    HELD = "held"
    """May be one of several contacts in Google; waits for a person."""
    GONE = "gone"
    """Deleted in Google, Odoo untouched: a person puts it back or takes it off."""
    DROPPED = "dropped"
    """Taken off the list; Google is to follow, or to be left as it is."""
    OFF = "off"
    """Off the list; kept so that it finds its contact when it is put on again."""


@dataclass(frozen=True)
class ContactLink:
    """One contact of Odoo on one account's list.

    contact_id: 0 when Odoo's record is gone. etag, updated: of Google's CONTACT source
    as last known. base: None before both sides agreed. marker: what was written into
    Google's contact, chosen before the call. tried_at: when a create was last tried.
    dirty: Odoo may differ from the base. drift: Google does, in what is ours to say,
    or something went wrong: read it again. edited_at: when a person last edited the
    comment in Odoo, until Google knows. photo_due: the photo is still to be sent.
    problem: why it does not go on. seen: number of the last full list that showed it.
    contested: Google's values of fields that a person decides. answer: what a person
    said about a deletion in Google: "", "delete" or "keep".
    """

    contact_id: int
    id: int = 0
    state: ContactState = ContactState.NEW
    resource_name: str = ""
    etag: str = ""
    updated: datetime | None = None
    base: ContactBase | None = None
    marker: str = ""
    tried_at: datetime | None = None
    dirty: bool = False
    drift: bool = False
    edited_at: datetime | None = None
    photo_due: bool = False
    problem: str = ""
    seen: int = 0
    contested: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""


@dataclass(frozen=True)
class OdooContact:
    """One contact of Odoo, read as the account's user.

    alive: not archived. writable: this user may write the contact (its comment).
    created: creation time as text, for the marker. left_alone: why the shell keeps it
    out ("private"...), "" when it does not.
    """

    contact_id: int
    values: ContactValues
    alive: bool = True
    writable: bool = True
    created: str = ""
    left_alone: str = ""


@dataclass(frozen=True)
class ContactCursor:
    """How far the list of Google's contacts has come.

    fingerprint: what the tokens are good for. listing: what `page_token` belongs to:
    "full", "delta" or "". listing_at: when the running list began. full_at: when the
    last complete full list began. number: counts full lists. unverified: links that
    the last full list did not show are to be asked for. label, label_id: the contact
    group, by name and as found in Google; proposing, proposing_id: the one whose
    members are proposed.
    """

    sync_token: str = ""
    page_token: str = ""
    fingerprint: str = ""
    listing: str = ""
    listing_at: datetime | None = None
    full_at: datetime | None = None
    number: int = 0
    unverified: bool = False
    label: str = ""
    label_id: str = ""
    proposing: str = ""
    proposing_id: str = ""


@dataclass(frozen=True)
class Sighting:
    """A contact in Google and the hashes it is recognised by; no keys: forget it."""

    resource_name: str
    keys: tuple[str, ...] = ()


# -- what to write in Odoo -----------------------------------------------------


@dataclass(frozen=True)
class UpdateContact:
    """Write the named canonical values (the comment, registered fields).

    The shell makes `comment` HTML with `comment.comment_to_odoo`.
    """

    contact_id: int
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class ContactLine(Noted):
    """What was done to one contact; of its own actions: photo, photo_removed, detach,
    gone, cut. All of them are for the owner's eyes.

    archive: vCard of the contact as it was on that side before it was changed or
    deleted.
    """

    private: bool = True
    archive: str = ""


@dataclass(frozen=True)
class ContactStep:
    """What to remember and, with it or not at all, one write in Odoo.

    `link` is as it shall stand afterwards; its id says which row. When `link.state` is
    LINKED and `dirty` is False, the contact is in step as of now (`synced_at`).
    """

    link: ContactLink
    write: UpdateContact | None = None
    lines: tuple[ContactLine, ...] = ()


class ContactStore(Protocol):
    """Odoo's side of one account's list. All is stored by the next `checkpoint`."""

    def cursor(self) -> ContactCursor:
        """How far the list has come."""

    def save_cursor(self, cursor: ContactCursor) -> None:
        """Remember it, in the same commit as what it covers."""

    def checkpoint(self) -> None:
        """Commit: a crash after this loses nothing of what came before."""

    def now(self) -> datetime:
        """This very moment, aware UTC: a run may last longer than lists lag."""

    def new_marker(self) -> str:
        """A random word (uuid4 hex) for a contact that is about to be created."""

    def links(self, names: Sequence[str]) -> dict[str, ContactLink]:
        """The links that hold these resource names, whatever their state."""

    def links_by_marker(self, markers: Sequence[str]) -> dict[str, ContactLink]:
        """The links with these markers (`ContactLink.marker`), by marker."""

    def observe(self, links: Sequence[ContactLink]) -> dict[int, OdooContact]:
        """Odoo's contacts of these links, by contact id; those deleted are missing."""

    def apply(self, steps: Sequence[ContactStep]) -> list[str]:
        """Do the steps, each in whole or not at all; "" or the reason it failed."""

    def say(self, line: ContactLine) -> None:
        """Note a line of the journal that is about no single contact."""

    def collect_edits(self) -> None:
        """Turn the queue of edits into dirty links (with `edited_at`)."""

    def mark_all_dirty(self) -> None:
        """Compare every linked contact with Odoo in this run (complete check)."""

    def in_state(
        self, state: ContactState, limit: int, after: int = 0
    ) -> list[ContactLink]:
        """Links in a state with an id greater than `after`, by id."""

    def count(self, state: ContactState) -> int:
        """How many there are in a state."""

    def dirty(self, limit: int, after: int = 0) -> list[ContactLink]:
        """LINKED links that are dirty or drifting, id greater than `after`, by id."""

    def photos_due(self, limit: int, after: int = 0) -> list[ContactLink]:
        """LINKED links with `photo_due`, id greater than `after`, by id."""

    def photo_bytes(self, contact_id: int) -> bytes:
        """The picture as JPEG or PNG, small enough for Google; b"" for none."""

    def unseen(self, number: int, limit: int, after: int = 0) -> list[ContactLink]:
        """LINKED links that full list `number` did not show, by id."""

    def see(self, names: Sequence[str], number: int) -> None:
        """Full list `number` showed these (`ContactLink.seen`)."""

    def rivals(self, emails: Sequence[str]) -> dict[str, int]:
        """How many links in NEW or HELD hold each of these normalised mails."""

    def index(self, sightings: Sequence[Sighting]) -> None:
        """Remember by what Google's contacts are recognised, in place of before."""

    def find(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Resource names with each key, without those that a link holds (but OFF)."""

    def forget_index(self) -> None:
        """A full list begins: what it will not show is not there any more."""

    def proposals(self) -> dict[str, Answer | None]:
        """By resource name, whom a person was asked about: the answer, or None.

        A yes that was carried out, and what this run is not to carry out, is no yes.
        """

    def withdraw(self, names: Sequence[str]) -> None:
        """Proposals of these do not stand any more; open ones are not asked on."""

    def alike(self, contacts: Sequence[ContactValues]) -> list[tuple[int, ...]]:
        """Contacts of Odoo that each may be, by mail, number or name, surest first."""

    def take_in(
        self, name: str, contact_id: int, values: ContactValues
    ) -> tuple[int, str]:
        """Put one on the list (0: made of these values), NEW, with its name in Google.

        Its id, and "" or why it failed: it is then asked again.
        """

    def ask(self, questions: Sequence[Question]) -> dict[str, Answer]:
        """Put questions to a person; the answers given already, by key."""
