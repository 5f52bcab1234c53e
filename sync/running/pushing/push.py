"""Odoo to Google: dirty links in batches, each call after a committed intent.

A batch is: read Odoo, plan, commit the intent, call, note the outcome, commit. Killed
anywhere, the next run repeats the batch: inserts carry their own id (409 means done),
patches and deletes their etag (412 means look again).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...asking import Answer
from ...events.agreeing import told
from ...events.calendars import FROM_GOOGLE
from ...events.google_event import WRITER_ROLES
from ...events.lines import about, written_over
from ...events.links import Kind, Link, LinkState, OdooEvent
from ...events.observed import observed
from ...events.plan import (
    Drop,
    Forget,
    InsertIt,
    LeaveAlone,
    Nothing,
    PatchIt,
    plan_push,
)
from ...events.plan_removal import Renew
from ...events.reminders import said_kept
from ...events.steps import Step, UpdateEvent
from ...ports import BATCH_SIZE
from ...series.occurrences import after_change, compared
from ...series.reading import Children
from ...series.rows import changed, row_lines, without_back
from ..questions import conflict_question
from ..refused import cleaned
from ..run import Run
from ..settle_series import as_written
from ..survivors import spared
from ..turns import Turns
from ..unread import read_unread
from .calls import Calls, Job
from .intent import intent
from .inviting import WAITS, with_unreachable
from .outcomes import Outcomes
from .renewing import renewed

#: Rounds after which a link that keeps changing is left for the next run.
_ENOUGH = 6


class Push:
    """One run's push into one calendar."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.calls = Calls(run)
        self.outcomes = Outcomes(run, self.calls)
        self.turns = Turns()
        self._tries: dict[int, int] = {}

    def enroll(self) -> Iterator[None]:
        """Take in what people did in Odoo, and what the period holds there anew."""
        self.store.collect_edits(new=True)
        cursor, settings = self.store.cursor(), self.run.settings
        if settings.sweep:
            self.store.mark_all_dirty()
        everything = settings.full or settings.sweep
        while everything or cursor.enrolled != settings.window:
            made = self.store.enroll(self.run.settings.window, BATCH_SIZE * 10)
            if not made:
                break
            self.store.checkpoint()
            yield
        for reason, number in self.store.left_out().items():
            self.run.report.left_alone[reason] += number
        if cursor.enrolled != self.run.settings.window:
            self.store.save_cursor(replace(cursor, enrolled=self.run.settings.window))
        # Committed with what comes of it; lost before, the queue has it still.

    def sweep(self) -> Iterator[None]:
        """Of a calendar beside the first: what the first one's edits do not show."""
        if self.run.settings.sweep:
            self.store.mark_all_dirty()
            self.store.checkpoint()
            yield

    def _may_write(self) -> bool:
        """New events wait until the calendar is one that the user may write in."""
        writable = self.run.around.calendar.access_role in WRITER_ROLES
        return writable and self.run.settings.mode != FROM_GOOGLE

    def write(self) -> Iterator[None]:
        """Push until no link is dirty."""
        while True:
            yield from read_unread(self.run)
            found, jobs = self._batch()
            if not found and not self.turns.forget():
                left = self.store.dirty(BATCH_SIZE, frozenset(self.calls.given_up))
                self.run.report.unsettled = len(left)
                break
            if jobs:
                self.store.checkpoint()
                replies = self.run.google.call([job.call for job in jobs])
                self.outcomes.conclude(jobs, replies)
            self.store.checkpoint()
            yield

    def _batch(self) -> tuple[bool, list[Job]]:
        """Calls to make now, and whether any link was looked at for them.

        Where links wait for others of their family, more are taken in.
        """
        self.turns.begin()
        seen: set[int] = set()
        jobs: list[Job] = []
        while len(jobs) < BATCH_SIZE:
            skip = self._given_up() | self.turns.back | seen
            links = self.store.dirty(BATCH_SIZE - len(jobs), skip)
            if not links:
                break
            due = [link for link in links if not self.turns.must_wait(link)]
            seen |= {link.id for link in links}
            jobs += self._prepare(due) if due else []
            if not self.turns.back & seen:
                break
        return bool(seen), jobs

    def _given_up(self) -> frozenset[int]:
        """Links that kept changing under us: left for the next run."""
        tried = {link_id for link_id, n in self._tries.items() if n >= _ENOUGH}
        return frozenset(tried | self.calls.given_up)

    # -- before the call -------------------------------------------------------

    def _prepare(self, links: Sequence[Link]) -> list[Job]:
        seen = observed(self.store, links)
        answers = self._answers(links, seen)
        family = self.store.children([x for x in links if x.kind is Kind.SERIES])
        jobs: list[Job] = []
        steps: list[Step] = []
        for link in links:
            if self.turns.must_wait(link):
                continue
            self._tries[link.id] = self._tries.get(link.id, 0) + 1
            odoo = seen.get(link.google_id)
            outcome: Job | list[Step]
            if link.id in answers and odoo is not None:
                children = family.get(link.id, {})
                outcome = self._resolved(link, odoo, answers[link.id], children)
            else:
                outcome = self._plan_one(link, odoo, family.get(link.id, {}))
            if isinstance(outcome, Job) and outcome.waits:
                steps.append(Step(replace(link, problem=WAITS)))
            elif isinstance(outcome, Job):
                jobs.append(outcome)
                self.turns.take(link, outcome.call)
                sent = intent(outcome)
                if sent != link:
                    outcome.link = sent
                    steps.append(Step(sent))
            else:
                steps += outcome
        self.run.apply(steps)
        return jobs

    def _answers(
        self, links: Sequence[Link], seen: Mapping[str, OdooEvent]
    ) -> dict[int, Answer]:
        """What people decided about contested fields, by link id."""
        asked = {
            conflict_question(x, seen[x.google_id]).key: x.id
            for x in links
            if x.contested and x.google_id in seen
        }
        if not asked:
            return {}
        questions = [
            conflict_question(x, seen[x.google_id])
            for x in links
            if x.id in asked.values()
        ]
        answers = self.store.ask(questions)
        return {asked[key]: answer for key, answer in answers.items()}

    def _plan_one(
        self, link: Link, odoo: OdooEvent | None, children: Children
    ) -> Job | list[Step]:
        if odoo is not None and odoo.series is not None and odoo.series.back:
            return [without_back(link, odoo.series)]
        plan = plan_push(link, odoo)
        match plan:
            case LeaveAlone(reason):
                self.run.report.left_alone[reason] += 1
                return [Step(replace(link, dirty=False, edited_at=None))]
            case InsertIt() if not self._may_write():
                self.run.report.left_alone["read_only_calendar"] += 1
                self.calls.given_up.add(link.id)
                return []
            case InsertIt():
                return self.calls.insert(link, odoo)
            case PatchIt(merged) if odoo is not None:
                if not merged.to_google:
                    return [self._put_back(link, odoo, merged.to_odoo)]
                return self.calls.patch(link, odoo, list(merged.to_google))
            case Drop():
                hidden = link.foreign or self.run.settings.mode == FROM_GOOGLE
                # Google's event is for others, too: not this user's to delete.
                return [_hidden(link) if hidden else Step(_dropped(link, odoo))]
            case Renew():
                return [Step(renewed(self.store, link))]
            case Forget():
                return [Step(replace(link, state=LinkState.DELETED, dirty=False))]
            case Nothing() | _:
                return self._agreed(link, odoo, children)

    def _agreed(
        self, link: Link, odoo: OdooEvent | None, children: Children
    ) -> list[Step]:
        """Nothing to write; a series' rows are compared with their exceptions."""
        reading = odoo.series if odoo else None
        if reading is None or link.state is not LinkState.LINKED or not link.base:
            return [with_unreachable(_compared(link, odoo), odoo)]
        link = replace(link, span=reading.span)
        steps = [with_unreachable(_compared(link, odoo), odoo)]
        strays = [
            Link(self.store.new_google_id(), event_id=row.event_id, dirty=True)
            for row in reading.strays
        ]
        return [
            *steps,
            *compared(link, reading, children),
            *(Step(stray) for stray in strays),
        ]

    def _put_back(self, link: Link, odoo: OdooEvent, values: Mapping[str, Any]) -> Step:
        """Google would refuse our change: its value stands, and the journal says so."""
        line = written_over(
            "put_back", odoo.event_id, link.google_id, odoo.values, values, link.guard
        )
        # A series' rows are compared next, with what it says now.
        after = replace(cleaned(link), dirty=odoo.series is not None)
        return self._written_back(Step(after, None, (line,)), odoo, values, firm=True)

    def _written_back(
        self,
        step: Step,
        odoo: OdooEvent,
        values: Mapping[str, Any],
        *,
        firm: bool = False,
    ) -> Step:
        """The step writing these values in Odoo, row by row in a series."""
        if odoo.series is None and not values.get("recurrence"):
            return replace(step, write=UpdateEvent(odoo.event_id, values))
        children = self.store.children([step.link]).get(step.link.id, {})
        window = self.run.settings.window
        write, span = changed(odoo, values, window, children, firm=firm)
        lines = step.lines
        if odoo.series is not None:
            lines += row_lines(odoo.series, write, step.link.google_id)
        link = as_written(step.link, write, span)
        return replace(step, link=link, write=write, lines=lines)

    def _resolved(
        self, link: Link, odoo: OdooEvent, answer: Answer, children: Children
    ) -> list[Step]:
        """Decided: Google's choices are written in Odoo, Odoo's are pushed next.

        What Google says of single occurrences stood on the other rule: read it now.
        """
        assert link.base is not None
        taken = {
            name: value
            for name, value in link.contested.items()
            if answer.choices.get(name) == "google"
        }
        base = link.base.with_(link.contested)
        after = replace(link, base=base, contested={}, dirty=True)
        if not taken:
            return [Step(after), *_read_again(after, link, children)]
        line = written_over("update", odoo.event_id, link.google_id, odoo.values, taken)
        whole = self._written_back(Step(after, None, (line,)), odoo, taken)
        whole, alone, left = spared(self.store, whole, link, odoo, children)
        return [whole, *_read_again(after, link, left), *alone]


def _read_again(after: Link, before: Link, children: Children) -> list[Step]:
    if after.kind is not Kind.SERIES or after.base is None:
        return []
    return after_change(after, before.base, after.base, children, ours=False)


def _dropped(link: Link, odoo: OdooEvent | None) -> Link:
    """A row that went to another series is no longer this occurrence's."""
    lost = odoo is None and link.kind is Kind.OCCURRENCE
    event_id = 0 if lost else link.event_id
    return replace(link, state=LinkState.DROPPED, dirty=False, event_id=event_id)


def _hidden(link: Link) -> Step:
    """Not for this user: it stays in Google, and is never asked for again."""
    line = about(
        "skip", "google", link.event_id, link.google_id, link.base, reason="hidden"
    )
    return Step(replace(cleaned(link), state=LinkState.LEFT), None, (line,))


def _compared(link: Link, odoo: OdooEvent | None) -> Step:
    """Nothing to write; what Odoo says is said."""
    if odoo is None or link.state is not LinkState.LINKED:
        return Step(cleaned(link))
    after = replace(cleaned(link), told=told(link, odoo, link.base))
    after, lines = said_kept(after, odoo)
    return Step(after, None, lines)
