"""Carrying out a plan of the events, and nothing but the plan; see `sync.planned`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..asking import Answer, Question
from ..chosen import Chosen, Printer
from ..events.links import Link, LinkState
from ..events.steps import Line, Step
from ..events.store import Store
from ..events.values import EventValues
from ..planned import Planned

#: More links than any account has: the filter needs all of a state.
ALL = 10**9


def as_planned(step: Step, line: Line) -> Line:
    """The line as a plan shows it: what is to be created with its values.

    The journal of what was done says no more than that it was created.
    """
    if line.action != "create" or line.after:
        return line
    values = getattr(step.write, "values", None) or step.link.base
    if not isinstance(values, EventValues):
        return line
    usual = EventValues(values.period).as_dict()
    said = values.as_dict()
    after = {k: v for k, v in said.items() if v not in (usual.get(k), None)}
    return replace(line, after={"period": values.period, **after})


class PlanStore:
    """The Store port of a preview: its lines say what would be created, too."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """As they are, with more to read in their lines."""
        return self._store.apply(
            [
                replace(x, lines=tuple(as_planned(x, line) for line in x.lines))
                for x in steps
            ]
        )


class PlannedStore(Planned):
    """The Store port of a run that carries out a plan."""

    _store: Store

    def __init__(
        self,
        store: Store,
        chosen: Chosen,
        printer: Printer,
        set_aside: Callable[[], None],
        *,
        confirm: bool,
    ) -> None:
        super().__init__(store, chosen, printer, set_aside)
        self._confirm = confirm
        self._skip: frozenset[int] = frozenset()
        self._refused: set[str] = set()

    # -- which links -----------------------------------------------------------

    def _allows(self, link: Link) -> bool:
        fresh = link.google_id not in self._refused
        return fresh and self._holds(link)

    def _is_gone_from_new(self, link: Link) -> bool:
        """An occurrence that Odoo has no more, of a series that is new in Google: it
        had another id when the plan was shown."""
        if link.event_id or not link.parent_id:
            return False
        if self._print(Line("delete", "google")) not in self._chosen.prints:
            return False
        parent = self._store.by_id([link.parent_id])[link.parent_id]
        new = parent.google_id not in self._chosen.google_ids
        return new and self._chosen.holds(parent.event_id, parent.google_id)

    def _may_leave(self, link: Link) -> bool:
        """To be deleted as planned; or to be held, which writes nothing."""
        asked = self._confirm and not link.answer
        return self._allows(link) or (
            asked and link.google_id not in self._chosen.left_out
        )

    def dirty(self, limit: int, skip: frozenset[int]) -> list[Link]:
        """Those of the plan."""
        while found := self._store.dirty(limit, skip | self._skip):
            if allowed := [link for link in found if self._allows(link)]:
                return allowed
            self._skip |= {link.id for link in found}
        return []

    def in_state(
        self, state: LinkState, limit: int, skip: frozenset[int] = frozenset()
    ) -> list[Link]:
        """Those of the plan, and those that will only be held."""
        found = self._store.in_state(state, ALL, skip)
        return [link for link in found if self._may_leave(link)][:limit]

    def count(self, state: LinkState) -> int:
        """How many `in_state` returns; all of those in step."""
        if state is LinkState.LINKED:
            return self._store.count(state)
        return len(self.in_state(state, ALL))

    def wishes(self, limit: int, skip: frozenset[int]) -> list[tuple[Link, str]]:
        """Those of the plan."""
        found = self._store.wishes(ALL, skip)
        return [(link, to) for link, to in found if self._allows(link)][:limit]

    def unseen(self, number: int, limit: int) -> list[Link]:
        """Those of the plan; the others are asked for by the next run."""
        found = self._store.unseen(number, ALL)
        allowed = [link for link in found if self._allows(link)]
        if len(allowed) < len(found):
            self._on_set_aside()
        return allowed[:limit]

    def to_retry(self, limit: int) -> list[Link]:
        """Those of the plan."""
        found = self._store.to_retry(ALL)
        return [link for link in found if self._allows(link)][:limit]

    # -- what is written -------------------------------------------------------

    def _is_planned(self, step: Step) -> bool:
        planned = super()._is_planned(step)
        if not planned:
            self._refused.add(step.link.google_id)
        return planned

    def _holds(self, link: Link) -> bool:
        planned = self._chosen.holds(link.event_id, link.google_id)
        return planned or self._is_gone_from_new(link)

    def _is_shown(self, step: Step, line: Line) -> bool:
        """A record that this run has made had no id when the plan was shown."""
        line = as_planned(step, line)
        prints = {self._print(line), self._print(replace(line, record_id=0))}
        return not prints.isdisjoint(self._chosen.prints)

    def ask(self, questions: Sequence[Question]) -> dict[str, Answer]:
        """Nothing about what was left out."""
        out = self._chosen.left_out
        return self._store.ask([q for q in questions if q.google_id not in out])
