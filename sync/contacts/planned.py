"""Carrying out a plan of the contacts, and no more; see `sync.planned`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..asking import Answer, Question
from ..planned import Planned
from .store import (
    ContactLine,
    ContactLink,
    ContactState,
    ContactStep,
    ContactStore,
)

_Fetch = Callable[[int, int], list[ContactLink]]


class PlannedContactStore(Planned):
    """The ContactStore port of a run that carries out a plan."""

    _store: ContactStore

    # -- which links -----------------------------------------------------------

    def _page(self, fetch: _Fetch, limit: int, after: int) -> list[ContactLink]:
        """The next links of the plan: callers go on after the last one's id."""
        while rows := fetch(limit, after):
            if kept := [x for x in rows if self._holds(x)]:
                return kept
            after = rows[-1].id
        return []

    def _holds(self, link: ContactLink) -> bool:
        return self._chosen.holds(link.contact_id, link.resource_name)

    def in_state(
        self, state: ContactState, limit: int, after: int = 0
    ) -> list[ContactLink]:
        """Those of the plan."""
        return self._page(
            lambda size, start: self._store.in_state(state, size, start), limit, after
        )

    def dirty(self, limit: int, after: int = 0) -> list[ContactLink]:
        """Those of the plan."""
        return self._page(self._store.dirty, limit, after)

    def photos_due(self, limit: int, after: int = 0) -> list[ContactLink]:
        """Those of the plan."""
        return self._page(self._store.photos_due, limit, after)

    def unseen(self, number: int, limit: int, after: int = 0) -> list[ContactLink]:
        """Those of the plan; the others are asked for by the next full list."""
        return self._page(
            lambda size, start: self._store.unseen(number, size, start), limit, after
        )

    # -- what is written -------------------------------------------------------

    def _is_shown(self, step: ContactStep, line: ContactLine) -> bool:
        return self._print(line) in self._chosen.prints

    def proposals(self) -> dict[str, Answer | None]:
        """A plan shows none carried out: they wait for the next run."""
        return {}

    def withdraw(self, names: Sequence[str]) -> None:
        """As they are."""

    def ask(self, questions: Sequence[Question]) -> dict[str, Answer]:
        """Nothing about what was left out."""
        out = self._chosen.left_out
        kept = [q for q in questions if not out.intersection(q.google_ids)]
        return self._store.ask(kept)
