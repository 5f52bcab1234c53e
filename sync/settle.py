"""Settling what Google shows: each event against its link, as steps for the Store.

Used for the pages of a listing and for single events read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .google_event import GoogleEvent, parse_event
from .merge import Conflict, Winner
from .plan import (
    Acknowledge,
    LeaveAlone,
    MarkGone,
    Nothing,
    Pulled,
    Remember,
    Revive,
    TakeIn,
    Update,
    changes,
    merge_link,
    plan_pull,
    told,
    winner,
)
from .ports import Resource
from .questions import adoption_question, conflict_question, quarantine_question
from .report import Report
from .settings import Settings, Surroundings
from .store import (
    Answer,
    Candidate,
    CreateEvent,
    Line,
    Link,
    LinkState,
    OdooEvent,
    Step,
    Store,
    UpdateEvent,
)


class Settler:
    """Turns Google's resources into steps and has them applied."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        around: Surroundings,
        report: Report,
    ) -> None:
        self.store = store
        self.settings = settings
        self.around = around
        self.report = report

    def settle(self, items: Sequence[Resource], number: int = 0) -> None:
        """Apply what these resources ask for. `number`: of the full listing, or 0."""
        latest = {item["id"]: item for item in items}
        self.apply(self._steps([self.read(item) for item in latest.values()]))
        if number:
            # A tombstone is no sight of what a reset cut: Google is asked about that.
            alive = [k for k, item in latest.items() if not _is_tombstone(item)]
            self.store.see(alive, number)

    def read(self, item: Resource) -> GoogleEvent:
        """A resource that cannot be understood is left alone, never fatal."""
        try:
            return parse_event(item, self.around.calendar)
        except (KeyError, ValueError, TypeError, AttributeError):
            return GoogleEvent(
                item["id"], item.get("etag", ""), gone=False, left_alone="unreadable"
            )

    def apply(self, steps: Sequence[Step]) -> None:
        """Apply; what fails is quarantined with its reason, the others go on."""
        failures = self.store.apply(steps)
        quarantined = []
        for step, problem in zip(steps, failures, strict=True):
            if problem:
                quarantined.append(_quarantine(step, problem))
            else:
                self.report.note(step.lines)
        if quarantined:
            self.store.apply(quarantined)
            self.store.ask([quarantine_question(step) for step in quarantined])
            for step in quarantined:
                self.report.note(step.lines)

    # -- one event -------------------------------------------------------------

    def _steps(self, events: list[GoogleEvent]) -> list[Step]:
        links = self.store.links([e.google_id for e in events])
        seen = self.store.observe([x for x in links.values() if x.event_id])
        plans: list[tuple[GoogleEvent, Link | None, OdooEvent | None, Pulled]] = []
        for event in events:
            link = links.get(event.google_id)
            odoo = seen.get(link.event_id) if link else None
            plans.append((event, link, odoo, self._plan(link, event, odoo)))
        new = [e for e, _link, _odoo, plan in plans if isinstance(plan, TakeIn)]
        found = self.store.candidates(new) if new else {}
        claimed: set[int] = set()
        steps: list[Step | None] = []
        for event, link, odoo, plan in plans:
            if isinstance(plan, TakeIn):
                candidates = found.get(event.google_id, ())
                steps.append(self._take_in(event, link, candidates, claimed))
            else:
                steps.append(self._step(event, link, odoo, plan))
        return [step for step in steps if step is not None]

    def _plan(
        self, link: Link | None, event: GoogleEvent, odoo: OdooEvent | None
    ) -> Pulled:
        inside = event.values is not None and self.settings.window.holds(
            event.values.period
        )
        return plan_pull(
            link, event, odoo, inside=inside, winner=self._winner(link, event)
        )

    def _winner(self, link: Link | None, event: GoogleEvent) -> Winner:
        edited_at = link.edited_at if link else None
        return winner(self.settings.policy, edited_at, event.updated, self.around.skew)

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
                self.report.left_alone[reason] += 1
                return None
        assert link is not None
        match plan:
            case MarkGone():
                gone = replace(link, state=LinkState.GONE, etag=event.etag, sent={})
                return Step(gone, None, tuple(_unnoted_patch(link, event)))
            case Acknowledge():
                return self._acknowledge(event, link)
            case Remember():
                lines = tuple(_unnoted_patch(link, event))
                return Step(self._known(link, event, dirty=True), None, lines)
            case Revive():
                return self._revive(event, link, odoo)
            case Update():
                assert odoo is not None
                return self._update(event, link, odoo, plan)
        raise AssertionError(plan)

    def _acknowledge(self, event: GoogleEvent, link: Link) -> Step:
        line = Line(
            "create",
            "google",
            link.event_id,
            event.google_id,
            event.values.title if event.values else "",
            private=bool(event.values and event.values.private),
        )
        return Step(self._known(link, event, dirty=True), None, (line,))

    def _known(self, link: Link, event: GoogleEvent, *, dirty: bool) -> Link:
        """The link once Google's present state is taken note of."""
        return replace(
            link,
            state=LinkState.LINKED,
            etag=event.etag,
            ical_uid=event.ical_uid,
            base=event.values,
            guard=event.guard,
            dirty=dirty or link.dirty,
            problem="",
            sent={},
        )

    def _update(
        self, event: GoogleEvent, link: Link, odoo: OdooEvent, plan: Update
    ) -> Step:
        merged = plan.merged
        after = replace(
            self._known(link, event, dirty=bool(merged.to_google)),
            base=merged.base,
            contested=merged.contested,
            told=told(link, odoo, event.values, merged.to_google),
        )
        self._ask_conflict(after, odoo)
        lines = [_conflict_line(conflict, odoo, event) for conflict in merged.conflicts]
        lines += _unnoted_patch(link, event)
        if not merged.to_odoo:
            return Step(after, None, tuple(lines))
        lines.append(
            Line(
                "update",
                "odoo",
                odoo.event_id,
                event.google_id,
                odoo.values.title,
                changes(odoo.values, merged.to_odoo),
                dict(merged.to_odoo),
                private=odoo.values.private,
                archive=odoo.values,
            )
        )
        return Step(after, UpdateEvent(odoo.event_id, merged.to_odoo), tuple(lines))

    def _ask_conflict(self, link: Link, odoo: OdooEvent) -> None:
        if link.contested:
            self.report.questions += 1
            self.store.ask([conflict_question(link, odoo)])

    def _revive(self, event: GoogleEvent, link: Link, odoo: OdooEvent | None) -> Step:
        """Deleted in Odoo, edited in Google: the edit beats the deletion."""
        assert event.values is not None
        after = self._known(link, event, dirty=False)
        if odoo is None:
            return self._create(event, after)
        changed = merge_link(
            replace(link, base=odoo.values), odoo, event, Winner.GOOGLE
        ).to_odoo
        line = Line(
            "create",
            "odoo",
            odoo.event_id,
            event.google_id,
            event.values.title,
            after=dict(changed),
            private=event.values.private,
        )
        return Step(after, UpdateEvent(odoo.event_id, changed, revive=True), (line,))

    # -- new ones --------------------------------------------------------------

    def _take_in(
        self,
        event: GoogleEvent,
        link: Link | None,
        candidates: Sequence[Candidate],
        claimed: set[int],
    ) -> Step:
        free = [c for c in candidates if c.odoo.event_id not in claimed]
        before = link or Link(event.google_id)
        if not free:
            return self._create(event, self._known(before, event, dirty=False))
        chosen = _choose(event, free)
        if chosen is None:
            answer = self._ask_which(event, free)
            if answer is None:
                return Step(replace(before, state=LinkState.HELD, problem="ambiguous"))
            chosen = next((c for c in free if c.odoo.event_id == answer.event_id), None)
        if chosen is None:
            return self._create(event, self._known(before, event, dirty=False))
        claimed.add(chosen.odoo.event_id)
        return self._adopt(event, before, chosen)

    def _create(self, event: GoogleEvent, after: Link) -> Step:
        assert event.values is not None
        line = Line(
            "create",
            "odoo",
            0,
            event.google_id,
            event.values.title,
            private=event.values.private,
        )
        return Step(after, CreateEvent(event, event.values), (line,))

    def _adopt(self, event: GoogleEvent, before: Link, chosen: Candidate) -> Step:
        """Pair two existing events; fields merge without losing Google's."""
        odoo = chosen.odoo
        source = chosen.link or replace(before, event_id=odoo.event_id)
        bare = replace(
            source, base=None, google_id=event.google_id, id=before.id, told={}
        )
        merged = merge_link(bare, odoo, event, self._winner(source, event))
        after = replace(
            self._known(bare, event, dirty=bool(merged.to_google)),
            base=merged.base,
            contested=merged.contested,
            told=told(bare, odoo, event.values, merged.to_google),
        )
        self._ask_conflict(after, odoo)
        line = Line(
            "adopt",
            "odoo",
            odoo.event_id,
            event.google_id,
            odoo.values.title,
            changes(odoo.values, merged.to_odoo),
            dict(merged.to_odoo),
            private=odoo.values.private,
            archive=odoo.values if merged.to_odoo else None,
        )
        join = not odoo.mine
        write = UpdateEvent(odoo.event_id, merged.to_odoo, join=join)
        return Step(after, write if merged.to_odoo or join else None, (line,))

    def _ask_which(
        self, event: GoogleEvent, candidates: Sequence[Candidate]
    ) -> Answer | None:
        """Several could be it: neither side is written before a person said which."""
        question = adoption_question(event, candidates)
        answer = self.store.ask([question]).get(question.key)
        if answer is None:
            self.report.left_alone["ambiguous"] += 1
            self.report.questions += 1
        return answer


def _is_tombstone(item: Resource) -> bool:
    return bool(item.get("status") == "cancelled")


def _unnoted_patch(link: Link, event: GoogleEvent) -> list[Line]:
    """Our patch whose answer was lost: what it overwrote is in the journal too.

    Where somebody edited or deleted it since, nobody knows: better once too often.
    """
    if link.base is None:
        return []
    base, now = link.base, event.values
    names = {
        name: value
        for name, value in link.sent.items()
        if base.get(name) != value and (now is None or now.get(name) != base.get(name))
    }
    line = Line(
        "update",
        "google",
        link.event_id,
        event.google_id,
        base.title,
        changes(base, names),
        names,
        private=base.private,
        archive=base,
    )
    return [line] if names else []


def _conflict_line(conflict: Conflict, odoo: OdooEvent, event: GoogleEvent) -> Line:
    """`side` is the one that is overwritten; under ASK none is yet."""
    overwritten = {Winner.ODOO: "google", Winner.GOOGLE: "odoo", Winner.ASK: ""}
    return Line(
        "conflict",
        overwritten[conflict.winner],
        odoo.event_id,
        event.google_id,
        odoo.values.title,
        {conflict.field: conflict.odoo},
        {conflict.field: conflict.google},
        private=odoo.values.private,
        archive=event.values if conflict.winner is Winner.ODOO else odoo.values,
    )


#: Values that two records of one event may differ in.
_LOOSE = ("time_zone", "color", "video", "source")


def _choose(event: GoogleEvent, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one candidate; of several, the only one equal in every value."""
    if len(candidates) == 1:
        return candidates[0]
    same = [
        c
        for c in candidates
        if event.values is not None
        and c.odoo.values.with_({n: event.values.get(n) for n in _LOOSE})
        == event.values
    ]
    return same[0] if same else None


def _quarantine(step: Step, problem: str) -> Step:
    link = replace(step.link, state=LinkState.QUARANTINED, problem=problem, dirty=False)
    title = step.lines[-1].title if step.lines else ""
    line = Line(
        "error",
        "odoo",
        link.event_id,
        link.google_id,
        title,
        error=problem,
        reason="odoo",
        private=any(x.private for x in step.lines),
    )
    return Step(link, None, (line,))
