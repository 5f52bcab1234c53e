"""The calendars of one account: what each is synchronised for, and which copy leads."""

from __future__ import annotations

OFF = "off"
BOTH = "both"
FROM_GOOGLE = "from_google"
"""Read, never written."""
TO_GOOGLE = "to_google"
"""Written; what is edited in Google is put back, and what is new there stays there."""
MODES = (OFF, BOTH, FROM_GOOGLE, TO_GOOGLE)

#: Reasons for which Google refuses every change, or we make none.
READ_ONLY = frozenset(("read_only_calendar", "from_google"))


def rank(guard: str, *, main: bool) -> tuple[bool, bool, bool]:
    """Of copies of one event in an account the lowest leads.

    The organiser's, which takes every change; else one that can be written at all; else
    the main calendar's.
    """
    return bool(guard), guard in READ_ONLY, not main
