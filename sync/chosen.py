"""The part of a plan that is carried out, of events as of contacts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

Printer = Callable[[Any], Hashable]


@dataclass(frozen=True)
class Chosen:
    """The part of a plan that is to be carried out.

    record_ids, google_ids: of the records in it. left_out: Google ids of those that a
    person left out. prints: what is to be written in Odoo, as `Printer` gives it.
    """

    record_ids: frozenset[int] = frozenset()
    google_ids: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    prints: frozenset[Hashable] = frozenset()

    def holds(self, record_id: int, google_id: str) -> bool:
        """The plan changes this record."""
        return record_id in self.record_ids or google_id in self.google_ids
