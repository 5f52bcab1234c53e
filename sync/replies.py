"""What a round of replies means for the run as a whole, of events as of contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .ports import RetryLater


class Answered(Protocol):
    """A reply to one call. unanswered: nobody knows yet what became of its record."""

    @property
    def unanswered(self) -> bool: ...

    @property
    def reason(self) -> str: ...

    @property
    def message(self) -> str: ...

    @property
    def retry_after(self) -> float: ...


class Keeps(Protocol):
    """A Store, as far as it is needed here."""

    def checkpoint(self) -> None: ...


def raise_unanswered(store: Keeps, replies: Sequence[Answered]) -> None:
    """Stop for now when Google asked for patience; what was answered is kept."""
    waiting = [reply for reply in replies if reply.unanswered]
    if waiting:
        store.checkpoint()
        raise RetryLater(
            waiting[0].message,
            reason=waiting[0].reason,
            delay=max(reply.retry_after for reply in waiting),
        )
