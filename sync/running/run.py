"""One run at hand: the two sides, what is wanted of it, what it reads and applies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..applying import apply
from ..directions import Winner, winner
from ..events.google_event import GoogleEvent, parse_event
from ..events.links import Kind, Link, OdooEvent
from ..events.steps import Step
from ..events.store import Store
from ..ports import Google, Resource
from ..report import Report
from .questions import conflict_question, quarantine_question
from .refused import bare, quarantined
from .settings import Settings, Surroundings


@dataclass(frozen=True)
class Run:
    """What one run on one calendar has at hand; every part of it is made from this.

    around: what is known of the calendar, filled by the listings. report: counts.
    is_stopped: whether the person who follows the run wants no more of it; asked
    between smaller steps, too.
    """

    store: Store
    google: Google
    settings: Settings
    around: Surroundings
    report: Report
    is_stopped: Callable[[], bool] | None = None

    def read(self, item: Resource) -> GoogleEvent:
        """A resource that cannot be understood is left alone, never fatal."""
        try:
            event = parse_event(item, self.around.calendar)
            unwanted = event.kind != Kind.SINGLE and not self.settings.series
            return replace(event, left_alone="series") if unwanted else event
        except (KeyError, ArithmeticError, ValueError, TypeError, AttributeError):
            return GoogleEvent(
                item["id"], item.get("etag", ""), gone=False, left_alone="unreadable"
            )

    def apply(self, steps: Sequence[Step]) -> None:
        """Apply; what fails is quarantined with its reason, the others go on."""
        apply(
            self.store,
            steps,
            self.report,
            refused=quarantined,
            question=quarantine_question,
            bare=bare,
        )

    def winner(self, link: Link | None, event: GoogleEvent) -> Winner:
        """Who keeps a field that both sides changed."""
        edited_at = link.edited_at if link else None
        skew = self.around.skew
        return winner(self.settings.policy, edited_at, event.updated, skew)

    def ask_conflict(self, link: Link, odoo: OdooEvent) -> None:
        """Put contested fields to a person, where there are any."""
        if link.contested:
            self.report.questions += 1
            self.store.ask([conflict_question(link, odoo)])
