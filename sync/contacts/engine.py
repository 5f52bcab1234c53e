"""The order of steps of one run on one account's contacts.

list -> settle -> adopt -> push -> deletions -> photos. A run is a generator: each
`yield` is a checkpoint, so that a caller may stop at any of them; the next run goes on
from what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .ports import People
from .settings import ContactSettings
from .store import ContactStore


def sync_contacts(
    store: ContactStore,
    people: People,
    settings: ContactSettings,
    report: Report,
) -> Iterator[None]:
    """Bring one account's list and Google's contacts into step.

    report: counts as it goes. Raises the `Stop` family of `sync.ports`; what was done
    until then is stored.
    """
    yield from ()
