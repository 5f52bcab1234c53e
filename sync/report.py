"""What a run did, counted; the journal's run keeps these numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Noted:
    """One line of the journal: what was done to one record on one side.

    action: create, update, delete, adopt, conflict, put_back, skip, error, and each
    half's own. side: odoo or google. record_id, google_id: the event or contact in
    Odoo, in Google. before, after: values by field name, of the changed fields only.
    error: Google's or Odoo's words. private: for the owner's eyes.
    """

    action: str
    side: str
    record_id: int = 0
    google_id: str = ""
    title: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    reason: str = ""
    private: bool = False


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
