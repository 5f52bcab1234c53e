"""Carrying out a plan of the contacts, and no more; see `sync.running.planned`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..chosen import Chosen, Printer
from .store import ContactLink, ContactQuestion, ContactState, ContactStep, ContactStore

_Fetch = Callable[[int, int], list[ContactLink]]


class PlannedContactStore:
    """The ContactStore port of a run that carries out a plan."""

    def __init__(
        self,
        store: ContactStore,
        chosen: Chosen,
        printer: Printer,
        set_aside: Callable[[], None],
    ) -> None:
        self._store = store
        self._chosen = chosen
        self._print = printer
        self._on_set_aside = set_aside

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    # -- which links -----------------------------------------------------------

    def _page(self, fetch: _Fetch, limit: int, after: int) -> list[ContactLink]:
        """The next links of the plan: callers go on after the last one's id."""
        while rows := fetch(limit, after):
            if kept := [x for x in rows if self._allows(x)]:
                return kept
            after = rows[-1].id
        return []

    def _allows(self, link: ContactLink) -> bool:
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

    def apply(self, steps: Sequence[ContactStep]) -> list[str]:
        """Those of the plan; a step that only takes note of something always."""
        taken = [self._is_planned(step) for step in steps]
        mine = [step for step, mine in zip(steps, taken, strict=True) if mine]
        done = iter(self._store.apply(mine))
        return [next(done) if mine else "" for mine in taken]

    def _is_planned(self, step: ContactStep) -> bool:
        if step.write is None and not step.lines:
            return True
        planned = self._allows(step.link)
        if planned and step.write is not None:
            prints = self._chosen.prints
            planned = all(self._print(line) in prints for line in step.lines)
        if not planned:
            self._on_set_aside()
        return planned

    def ask(self, questions: Sequence[ContactQuestion]) -> dict[str, Any]:
        """Nothing about what was left out."""
        out = self._chosen.left_out
        kept = [q for q in questions if not out.intersection(q.resource_names)]
        return self._store.ask(kept)
