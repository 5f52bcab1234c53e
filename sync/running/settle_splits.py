"""Settling series that Google split, and occurrences that lost their place by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState
from ..events.observed import observed
from ..events.occurrence_ids import family_of, slot_of
from ..events.steps import Step
from ..series.occurrences import is_slot
from ..series.reading import child_of
from .handing_over import Head, cut_short, families, goes_on, handed_over
from .run import Run


class Splits:
    """What one run does about the families of series."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store

    def steps(self, events: Sequence[GoogleEvent]) -> list[Step]:
        """The rests of split series, with the rows that Odoo had of them."""
        if not self.run.settings.series:
            return []
        split = [event for event in events if goes_on(event, None)]
        links = self.store.links([e.google_id for e in split]) if split else {}
        split = [e for e in split if goes_on(e, links.get(e.google_id))]
        room = self.store.room() if split else None
        if room is not None:
            split = split[: max(0, room)]
        heads = self._heads(split) if split else {}
        steps = []
        for event in split:
            before = links.get(event.google_id) or Link(
                event.google_id, kind=Kind.SERIES
            )
            step = handed_over(
                event,
                before,
                heads.get(family_of(event.google_id), []),
                self.run.settings,
                self.run.winner,
            )
            if step is not None:
                steps.append(step)
        whole = [head for family in heads.values() for head in family]
        return [*steps, *(cut for head in whole for cut in cut_short(head, steps))]

    def _heads(self, events: Sequence[GoogleEvent]) -> dict[str, list[Head]]:
        """The series that Odoo has of these families."""
        family = self.store.family(families(events))
        live = [
            link
            for links in family.values()
            for link in links
            if link.state is LinkState.LINKED and link.event_id and link.base
        ]
        seen = observed(self.store, live)
        children = self.store.children(live)
        return {
            family_id: [
                Head(link, odoo, children.get(link.id, {}))
                for link in links
                if (odoo := seen.get(link.google_id)) and odoo.series is not None
            ]
            for family_id, links in family.items()
        }

    def doubted(self, events: Sequence[GoogleEvent]) -> list[Step]:
        """Tombstones that name no series: Google is asked what is there now.

        The occurrence lost its place, or another series of its family has it.
        """
        return list(self._doubted(events)) if events else []

    def _doubted(self, events: Sequence[GoogleEvent]) -> Iterator[Step]:
        known = self.store.links([event.google_id for event in events])
        for event in events:
            link = known.get(event.google_id)
            if link is not None and link.state is LinkState.LINKED:
                yield Step(replace(link, etag=""))
        strange = [event for event in events if event.google_id not in known]
        slots = [slot for event in strange if (slot := slot_of(event.google_id))]
        family = self.store.family(sorted({family_id for family_id, _key in slots}))
        for family_id, key in slots:
            makers = [
                link
                for link in family[family_id]
                if link.state is LinkState.LINKED and link.event_id and link.base
                if is_slot(link.base, key)
            ]
            if makers:
                yield Step(child_of(makers[-1], key))
