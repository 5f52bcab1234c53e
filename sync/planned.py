"""Carrying out a plan, and nothing but the plan: a Store that sets the rest aside.

What was left out, and what came up since the plan was shown, is not written in this
run: its link stays as it was and it comes up again at the next one. What Google said
of it must come again too: whoever runs the engine is told by `set_aside` to put the
list's token back to where it was before the run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .chosen import Chosen, Printer


class Planned:
    """What such Stores do alike. A half says which links and lines are of the plan."""

    def __init__(
        self,
        store: Any,
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

    def apply(self, steps: Sequence[Any]) -> list[str]:
        """Those of the plan; a step that only takes note of something always."""
        taken = [self._is_planned(step) for step in steps]
        mine = [step for step, mine in zip(steps, taken, strict=True) if mine]
        done = iter(self._store.apply(mine))
        return [next(done) if mine else "" for mine in taken]

    def _is_planned(self, step: Any) -> bool:
        if step.write is None and not step.lines:
            return True
        planned = self._holds(step.link)
        # What Google has acknowledged is noted whatever it was.
        if planned and step.write is not None:
            planned = all(self._is_shown(step, line) for line in step.lines)
        if not planned:
            self._on_set_aside()
        return planned

    def _holds(self, link: Any) -> bool:
        """The plan changes this link's record."""
        raise NotImplementedError

    def _is_shown(self, step: Any, line: Any) -> bool:
        """The plan has shown this line of the step."""
        raise NotImplementedError
