"""Steps applied in Odoo, each in whole or not at all, of events as of contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from .report import Noted, Report


class Applied(Protocol):
    """A step: one record's change and its lines of the journal."""

    @property
    def lines(self) -> tuple[Noted, ...]: ...


_Step = TypeVar("_Step", bound=Applied)
_Taken = TypeVar("_Taken", bound=Applied, contravariant=True)


class Applies(Protocol[_Taken]):
    """A Store, as far as it is needed here."""

    def apply(self, steps: Sequence[_Taken]) -> list[str]: ...

    def ask(self, questions: Sequence[Any]) -> Any: ...


def apply(
    store: Applies[_Step],
    steps: Sequence[_Step],
    report: Report,
    *,
    refused: Callable[[_Step, str], _Step],
    question: Callable[[_Step], Any],
    bare: Callable[[_Step], _Step] | None = None,
) -> None:
    """Apply; what Odoo refuses is told with its reason, the others go on.

    refused: what is noted of a step instead, with the problem. question: what a person
    is asked of that. bare: the same with next to nothing in it, where Odoo refuses
    even to note it.
    """
    if not steps:
        return
    noted = []
    for step, problem in zip(steps, store.apply(steps), strict=True):
        if problem:
            noted.append(refused(step, problem))
        else:
            report.note(step.lines)
    if not noted:
        return
    for step, problem in zip(noted, store.apply(noted), strict=True):
        if problem and bare is not None:
            store.apply([bare(step)])
    store.ask([question(step) for step in noted])
    for step in noted:
        report.note(step.lines)
