"""The brake: a run about to delete suspiciously much stops and asks."""

from __future__ import annotations


def holds(deletions: int, total: int, *, count: int, share: float) -> bool:
    """True when `deletions` of `total` linked records pass both bounds."""
    return deletions > count and deletions > share * max(total, 1)
