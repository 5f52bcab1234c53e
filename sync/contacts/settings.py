"""What an account wants of its contacts, as the engine needs to know it for one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from .ways import Ways

#: A create whose outcome is unknown: lists lag by minutes.
UNSURE_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class ContactSettings:
    """Everything a run depends on besides the two sides.

    now: aware UTC, Odoo's clock. region: alpha-2 country by which national phone
    numbers are read where the contact has no country. marker_key: `gsync_` and eight
    hex digits of the database. policy: newest, odoo, google or ask (for the comment).
    full: list everything and compare everything. resuming: goes on with a run that
    was interrupted; a finished list is not begun again. label: name of the contact
    group that the contacts carry, "" for none. delete_dropped: what is taken off the
    list is deleted in Google. need_address: leave out who has no mail and no phone.
    refresh_after: age of the sync token at which everything is listed anew. ways:
    directions that the company chose (see `ways`). propose: name of the label in Google
    whose members are proposed, "" for none.
    """

    now: datetime
    region: str = "FR"
    marker_key: str = "gsync_test"
    policy: str = "newest"
    pull: bool = True
    push: bool = True
    full: bool = False
    resuming: bool = False
    label: str = ""
    delete_dropped: bool = False
    need_address: bool = True
    photos: bool = True
    brake_count: int = 20
    brake_share: float = 0.25
    refresh_after: timedelta = timedelta(days=6)
    ways: Ways = field(default_factory=dict)
    propose: str = ""


def refresh_after(seed: str) -> timedelta:
    """When to list all anew: before Google's seven days, another hour per account."""
    number = int.from_bytes(sha256(seed.encode()).digest()[:4], "big")
    return timedelta(days=5, minutes=number % (36 * 60))
