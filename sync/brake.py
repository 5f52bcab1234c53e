"""The brake: a run about to delete suspiciously much stops and asks."""

from __future__ import annotations

#: A calendar losing all it has is suspicious from this size on.
EMPTIED = 10


def holds(deletions: int, total: int, *, count: int, share: float) -> bool:
    """True when `deletions` of `total` linked records pass both bounds, or are all."""
    if deletions == total >= EMPTIED:
        return True
    return deletions > count and deletions > share * max(total, 1)
