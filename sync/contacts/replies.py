"""What a round of replies means for the run as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from ..ports import RetryLater
from .ports import Outcome, PersonReply
from .store import ContactStore

UNANSWERED = (Outcome.LATER, Outcome.UNKNOWN)


def raise_unanswered(store: ContactStore, replies: Sequence[PersonReply]) -> None:
    """Stop for now when Google asked for patience; what was answered is kept."""
    waiting = [r for r in replies if r.outcome in UNANSWERED]
    if waiting:
        store.checkpoint()
        raise RetryLater(
            waiting[0].message,
            reason=waiting[0].reason,
            delay=max(r.retry_after for r in waiting),
        )
