"""Settling what Google shows: each event against its link, as steps for the Store.

Used for the pages of a listing and for single events read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..directions import Winner
from ..events.agreeing import as_inserted, merge_link, told
from ..events.calendars import FROM_GOOGLE
from ..events.filters import in_google, left_out
from ..events.google_event import GoogleEvent
from ..events.lines import about, written_over
from ..events.links import Kind, Link, LinkState, OdooEvent
from ..events.observed import observed
from ..events.plan import (
    MOVED,
    Acknowledge,
    Aside,
    Follow,
    LeaveAlone,
    MarkGone,
    Note,
    Nothing,
    Pulled,
    Remember,
    Revive,
    TakeIn,
    Unfollow,
    Update,
    plan_pull,
)
from ..events.responses import is_first, news_of
from ..events.steps import Step, UpdateEvent
from ..ports import Resource
from ..series.spans import has_slots
from .newcomers import Newcomers, known
from .run import Run
from .settle_cases import Case as _Case
from .settle_cases import occurrence_cases, with_its_series
from .settle_lines import conflict_line, unnoted_patch
from .settle_noted import noted, remembered
from .settle_orphans import found_parents, with_strays
from .settle_series import in_rows, is_odd
from .settle_splits import Splits
from .twins import Twins, followed


def _may_differ(link: Link, event: GoogleEvent) -> bool:
    """A series that did not change is not read again: it has very many rows."""
    return link.kind is not Kind.SERIES or link.etag != event.etag


def _is_made_anew(case: _Case, plan: Pulled) -> bool:
    """It comes back into Odoo as another record than it was.

    A series is made of new rows: an archived one may be somebody else's now.
    """
    values = case.event.values
    whole = case.event.kind != Kind.OCCURRENCE
    gone = case.odoo is None or bool(values and values.recurrence)
    return isinstance(plan, Revive) and whole and gone


class Settler:
    """Turns Google's resources into steps and has them applied."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.newcomers = Newcomers(run)
        self.splits = Splits(run)
        self.twins = Twins(run)

    def settle(self, items: Sequence[Resource], number: int = 0) -> None:
        """Apply what these resources ask for. `number`: of the full listing, or 0."""
        latest = {item["id"]: item for item in items}
        events = [self.run.read(item) for item in latest.values()]
        whole = [e for e in events if e.kind != Kind.OCCURRENCE]
        # Before the series is cut: its rows go over to what it was split into.
        self.run.apply(self.splits.steps(whole))
        self.run.apply(self._steps(whole))
        self.run.apply(found_parents(self.run.store, whole))
        bare = [e for e in events if e.kind == Kind.OCCURRENCE and not e.series_id]
        self.run.apply(self.splits.doubted(bare))
        occurrences = [e for e in events if e.kind == Kind.OCCURRENCE and e.series_id]
        if occurrences:
            # Their series come first: an occurrence stands on what Odoo has of it.
            self.run.apply(self._occurrence_steps(occurrences))
        if number:
            # A tombstone is no sight of what a reset cut: Google is asked about that.
            alive = [k for k, item in latest.items() if not _is_tombstone(item)]
            self.store.see(alive, number)

    # -- one event -------------------------------------------------------------

    def _steps(self, events: list[GoogleEvent]) -> list[Step]:
        links = self.store.links([e.google_id for e in events])
        changed = [
            links[event.google_id]
            for event in events
            if event.google_id in links and _may_differ(links[event.google_id], event)
        ]
        seen = observed(self.store, changed)
        family = self.store.children([x for x in changed if x.kind is Kind.SERIES])
        cases = [
            _Case(event, link, seen.get(event.google_id))
            for event in events
            for link in [links.get(event.google_id)]
        ]
        new = [event for event in events if event.google_id not in links]
        steps = self.newcomers.refused_unseen(new)
        cases, twins = self.twins.among(cases)
        steps += twins
        for case, step in self._decided(cases):
            children = family.get(case.link.id, {}) if case.link else {}
            settings = self.run.settings
            steps += in_rows(
                self.store, step, case.event, case.link, case.odoo, children, settings
            )
        return with_strays(self.run.store, steps)

    def _decided(self, cases: Sequence[_Case]) -> Iterator[tuple[_Case, Step]]:
        """Each case that asks for something, with its step."""
        plans = self._within_limit([(case, self._plan(case)) for case in cases])
        new = [
            c.event
            for c, plan in plans
            if (isinstance(plan, TakeIn) and c.may_adopt) or _is_made_anew(c, plan)
        ]
        found = self.store.candidates(new) if new else {}
        claimed: set[int] = set()
        for case, plan in plans:
            step: Step | None
            candidates = case.left or found.get(case.event.google_id, ())
            again = [c for c in candidates if c.how == "uid"]
            if isinstance(plan, TakeIn):
                step = self.newcomers.take_in(case, candidates, claimed)
            elif case.link and again and _is_made_anew(case, plan):
                # A colleague whom Google invites has brought it back already.
                step = self.newcomers.take_in(case, again, claimed)
                lost = unnoted_patch(case.link, case.event)
                step = step and replace(step, lines=(*lost, *step.lines))
            else:
                step = self._step(case.event, case.link, case.odoo, plan)
            if step is not None:
                yield from self._without_copy(case, step)

    @staticmethod
    def _without_copy(case: _Case, step: Step) -> Iterator[tuple[_Case, Step]]:
        """Where Google invites, the private copy that we made goes."""
        if case.copy is not None:
            gone = replace(
                case.copy,
                event_id=0,
                state=LinkState.DROPPED,
                dirty=False,
                answer="delete",
            )
            yield case, Step(gone)
        yield case, step

    def _within_limit(
        self, plans: list[tuple[_Case, Pulled]]
    ) -> list[tuple[_Case, Pulled]]:
        """The plans without the new events that there is no room for."""
        new = [
            case.event.google_id
            for case, plan in plans
            if isinstance(plan, TakeIn) and case.event.kind != Kind.OCCURRENCE
        ]
        room = self.store.room() if new else None
        beyond = set() if room is None else set(new[max(0, room) :])
        if not beyond:
            return plans
        self.run.report.left_alone["over_limit"] += len(beyond)
        return [(case, p) for case, p in plans if case.event.google_id not in beyond]

    def _plan(self, case: _Case) -> Pulled:
        if case.noted and not case.event.gone:
            return Note()
        plan = plan_pull(
            case.link,
            case.event,
            case.odoo,
            inside=case.held or self._is_inside(case.event),
            winner=self.run.winner(case.link, case.event),
            held=case.held or case.event.kind != Kind.OCCURRENCE,
        )
        if case.link and case.link.problem == MOVED and not isinstance(plan, Nothing):
            self.store.close([case.event.google_id])
        if isinstance(plan, TakeIn) and (reason := self._left_out(case.event)):
            return LeaveAlone(reason)
        # What cannot be edited here was only hidden, however it changes there.
        hidden = isinstance(plan, Revive) and self.run.settings.mode == FROM_GOOGLE
        return Remember() if hidden else plan

    def _left_out(self, event: GoogleEvent) -> str:
        """The reason of a filter; an occurrence of what is in step is part of it."""
        filters = self.run.settings.filters
        return left_out(in_google(event), filters) if filters else ""

    def _is_inside(self, event: GoogleEvent) -> bool:
        """The event touches the period; Google has expanded odd rules for us."""
        values, window = event.values, self.run.settings.window
        if values is None:
            return False
        if not values.recurrence:
            return window.holds(values.period)
        return is_odd(values) or has_slots(values, window)

    def _occurrence_steps(self, events: list[GoogleEvent]) -> list[Step]:
        cases = occurrence_cases(self.store, events)
        void = [
            Step(c.link)
            for c in cases
            if c.link and c.link.state is LinkState.VOID and not c.link.id
        ]
        live = [c for c in cases if not (c.link and c.link.state is LinkState.VOID)]
        new = [c.event for c in live if not c.link and not c.parent_id]
        void += self.newcomers.refused_unseen(new)
        live, twins = self.twins.among(live)
        decided = (with_its_series(*found) for found in self._decided(live))
        return [*void, *twins, *decided]

    def _step(
        self,
        event: GoogleEvent,
        link: Link | None,
        odoo: OdooEvent | None,
        plan: Pulled,
    ) -> Step | None:
        match plan:
            case Nothing():
                return None
            case LeaveAlone(reason):
                self.run.report.left_alone[reason] += 1
                return remembered(event, link, reason)
        assert link is not None
        match plan:
            case MarkGone():
                gone = replace(link, state=LinkState.GONE, etag=event.etag, sent={})
                return Step(gone, None, tuple(unnoted_patch(link, event)))
            case Acknowledge():
                return self._acknowledge(event, link, odoo)
            case Note() | Aside():
                return Step(noted(link, event))
            case Follow() | Unfollow():
                return followed(link, event)
            case Remember():
                lines = tuple(unnoted_patch(link, event))
                return Step(known(link, event, dirty=True), None, lines)
            case Revive():
                return self._revive(event, link, odoo)
            case Update():
                assert odoo is not None
                return self._update(event, link, odoo, plan)
        raise AssertionError(plan)

    def _acknowledge(
        self, event: GoogleEvent, link: Link, odoo: OdooEvent | None
    ) -> Step:
        """Our insert arrived; what was edited there since is an edit of Google's."""
        line = about("create", "google", link.event_id, event.google_id, event.values)
        if odoo is None or not odoo.mine or not link.sent or event.values is None:
            return Step(known(link, event, dirty=True), None, (line,))
        inserted = as_inserted(link, event)
        merged = merge_link(inserted, odoo, event, self.run.winner(inserted, event))
        step = self._update(event, inserted, odoo, Update(merged))
        link = replace(step.link, dirty=True)
        return replace(step, link=link, lines=(line, *step.lines))

    def _update(
        self, event: GoogleEvent, link: Link, odoo: OdooEvent, plan: Update
    ) -> Step:
        merged = plan.merged
        after = replace(
            known(link, event, dirty=bool(merged.to_google)),
            base=merged.base,
            contested=merged.contested,
            told=told(link, odoo, event.values, merged.to_google),
        )
        if link.contested and not after.contested:
            # Both sides agree by now: nobody is asked any more.
            self.store.close([event.google_id])
        self.run.ask_conflict(after, odoo)
        lines = [conflict_line(conflict, odoo, event) for conflict in merged.conflicts]
        lines += unnoted_patch(link, event)
        responses = news_of(event, link, odoo, invited="guests" in merged.to_odoo)
        write = UpdateEvent(
            odoo.event_id, merged.to_odoo, responses=responses, anew=is_first(link)
        )
        if not merged.to_odoo:
            return Step(after, write if responses else None, tuple(lines))
        lines.append(
            written_over(
                "update", odoo.event_id, event.google_id, odoo.values, merged.to_odoo
            )
        )
        return Step(after, write, tuple(lines))

    def _revive(self, event: GoogleEvent, link: Link, odoo: OdooEvent | None) -> Step:
        """Deleted in Odoo, edited in Google: the edit beats the deletion."""
        assert event.values is not None
        after = known(link, event, dirty=False)
        if odoo is None or event.values.recurrence:
            made = self.newcomers.create(event, replace(after, event_id=0))
            return replace(made, lines=(*unnoted_patch(link, event), *made.lines))
        changed = merge_link(
            replace(link, base=odoo.values), odoo, event, Winner.GOOGLE
        ).to_odoo
        line = about(
            "create",
            "odoo",
            odoo.event_id,
            event.google_id,
            event.values,
            after=dict(changed),
        )
        write = UpdateEvent(odoo.event_id, changed, revive=True)
        return Step(after, write, (*unnoted_patch(link, event), line))


def _is_tombstone(item: Resource) -> bool:
    return bool(item.get("status") == "cancelled")
