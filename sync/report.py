"""What a run did, counted; the journal's run keeps these numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol


class Noted(Protocol):
    """A line of the journal, of an event or a contact."""

    @property
    def action(self) -> str: ...

    @property
    def side(self) -> str: ...


@dataclass
class Report:
    """Counts by (side, action), and of what was left alone, by reason.

    mails: those that Google was asked to send to guests. unsettled: records that kept
    changing under us and are left for the next run.
    """

    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_alone: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    questions: int = 0
    mails: int = 0
    unsettled: int = 0

    def note(self, lines: tuple[Noted, ...]) -> None:
        """Count the lines of a step that was applied."""
        for line in lines:
            if line.action == "error":
                self.errors += 1
            else:
                self.done[line.side, line.action] += 1

    @property
    def writes(self) -> int:
        """Changes made on either side."""
        verbs = ("create", "update", "delete", "decline", "put_back")
        return sum(n for (_side, action), n in self.done.items() if action in verbs)
