"""The first pass of a preview, of events as of contacts: read, and applied nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Recorder:
    """A Store for a pass that only asks Google, before the one that is imagined."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def apply(self, steps: Sequence[Any]) -> list[str]:
        """As if all had worked."""
        return [""] * len(steps)

    def ask(self, questions: Sequence[Any]) -> dict[str, Any]:
        """Nobody is asked by a preview's first pass."""
        return {}

    def collect_edits(self, *, new: bool = True) -> None:
        """The queue is the second pass's."""

    def to_retry(self, limit: int) -> list[Any]:
        """Nothing is retried in the first pass."""
        return []

    def unseen(self, number: int, limit: int, after: int = 0) -> list[Any]:
        """Nothing is verified in the first pass."""
        return []
