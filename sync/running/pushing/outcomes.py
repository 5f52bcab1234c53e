"""What Google's answers mean for the links that were sent.

Noted after each batch, before its commit; an answer that was lost is found by asking
again: inserts carry their own id, patches and deletions their etag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...directions import Winner
from ...events.agreeing import first_told, merge_link, told
from ...events.echoes import answers
from ...events.fields import EVENT_FIELDS, TO_GOOGLE
from ...events.google_event import GoogleEvent
from ...events.lines import written_over
from ...events.links import Kind, Link, LinkState
from ...events.plan import is_ours
from ...events.reminders import said_kept
from ...events.steps import Step, UpdateEvent
from ...events.values import EventValues
from ...ports import Get, Insert, Reply, Verdict
from ...replies import raise_unanswered
from ...series.occurrences import after_change, as_void
from ..questions import missing_question
from ..refused import cleaned, not_written
from ..run import Run
from ..settle import Settler
from .calls import Calls, Job
from .inviting import with_unreachable
from .renewing import renewed


class Outcomes:
    """The outcomes of one run."""

    def __init__(self, run: Run, calls: Calls) -> None:
        self.run = run
        self.store = run.store
        self.settler = Settler(run)
        self.calls = calls

    def conclude(self, jobs: Sequence[Job], replies: Sequence[Reply]) -> None:
        """Note what became of each. Raises RetryLater when Google asks for patience."""
        steps, found = [], []
        for job, reply in zip(jobs, replies, strict=True):
            if isinstance(job.call, Get) and reply.verdict is Verdict.DONE:
                found.append((job, reply))
            else:
                steps += self._outcome(job, reply)
        self.run.apply(steps)
        self._look_again(found)
        raise_unanswered(self.store, replies)

    def _outcome(self, job: Job, reply: Reply) -> list[Step]:
        link = job.link
        match reply.verdict:
            case Verdict.DONE:
                return self._acknowledged(job, reply)
            case Verdict.STALE | Verdict.TAKEN:
                self.calls.reread.add(link.id)
            case Verdict.GONE if isinstance(job.call, Get):
                return [self._missing(link)]
            case Verdict.GONE:
                self.calls.reread.add(link.id)
            case Verdict.REFUSED if self.calls.may_rename_zone(job, reply):
                pass
            case Verdict.REFUSED if self.calls.may_leave_out(job, reply):
                pass
            case Verdict.REFUSED:
                return [not_written(job.link, job.line, reply)]
        return []

    def _acknowledged(self, job: Job, reply: Reply) -> list[Step]:
        assert reply.resource is not None
        event = self.run.read(reply.resource)
        whole = job.odoo is not None and job.odoo.series is not None
        was_series = job.link.kind is Kind.SERIES and job.link.base is not None
        link = replace(
            cleaned(job.link),
            # A series' rows are compared once Google holds what they stand on.
            dirty=whole,
            edited_at=job.link.edited_at if whole else None,
            kind=Kind(event.kind),
            state=LinkState.LINKED,
            etag=event.etag,
            ical_uid=event.ical_uid,
            base=_as_agreed(event.values, job.link),
            guard=event.guard,
            guest=event.is_guest,
            told=_told(job, self.calls.asked(job), event.values),
            span=job.odoo.series.span if job.odoo and job.odoo.series else None,
        )
        link, kept = said_kept(link, job.odoo)
        step = _with_news(job, event, Step(link, None, (job.line, *kept)))
        steps = [with_unreachable(step, job.odoo)]
        if link.kind is Kind.OCCURRENCE and link.parent_id:
            self._share(job.link, link.etag)
        if was_series and link.base is not None:
            children = self.store.children([job.link]).get(link.id, {})
            steps += after_change(link, job.link.base, link.base, children, ours=True)
        return steps

    def _share(self, before: Link, etag: str) -> None:
        """What had one etag with the event has one with it still.

        Nobody else wrote in the family meanwhile, or Google would have refused ours.
        """
        if not before.etag or before.etag == etag:
            return
        self.store.share_etag(before.parent_id, before.etag, etag)
        for google_id, event in self.calls.fresh.items():
            if event.etag == before.etag:
                self.calls.fresh[google_id] = replace(event, etag=etag)

    def _missing(self, link: Link) -> Step:
        """404: never got there, or gone without a trace; then a person decides."""
        if link.kind is Kind.OCCURRENCE:
            return Step(as_void(link))
        if link.state is LinkState.SENDING:
            if link.event_id:
                return Step(replace(link, state=LinkState.NEW, dirty=True))
            return Step(replace(cleaned(link), state=LinkState.DELETED))
        self.store.ask([missing_question(link)])
        return Step(
            replace(cleaned(link), state=LinkState.HELD, problem="missing"),
        )

    def _look_again(self, found: Sequence[tuple[Job, Reply]]) -> None:
        """Events read anew: merged like a pull; the next batch writes what is left."""
        steps = []
        for job, reply in found:
            assert reply.resource is not None
            self.calls.reread.discard(job.link.id)
            event = self.run.read(reply.resource)
            if job.link.guest and job.link.state is LinkState.NEW:
                steps.append(self._invited_again(job.link, event))
                continue
            if job.link.kind is Kind.OCCURRENCE and job.link.state is LinkState.NEW:
                state = LinkState.NEW if event.gone else LinkState.LINKED
                etag = event.etag if event.gone else ""
                steps.append(Step(replace(job.link, state=state, etag=etag)))
                continue
            if job.link.state is LinkState.SENDING and not is_ours(event, job.link):
                steps.append(self._not_ours(job))
                continue
            self.calls.fresh[event.google_id] = event
            self.settler.settle([reply.resource])
        self.run.apply(steps)

    def _invited_again(self, link: Link, event: GoogleEvent) -> Step:
        """What the answer goes to; an invitation that was withdrawn is over.

        An occurrence that the organiser cancelled is not the guest's to bring back.
        """
        if event.gone and link.parent_id:
            return Step(replace(cleaned(link), state=LinkState.DELETED))
        if event.gone:
            return Step(replace(link, guest=False, state=LinkState.DELETED, dirty=True))
        self.calls.fresh[event.google_id] = event
        return Step(replace(link, etag=event.etag))

    def _not_ours(self, job: Job) -> Step:
        """The id is taken by a deleted or foreign event: another id, or nothing."""
        if job.odoo is not None and job.odoo.mine:
            return Step(renewed(self.store, job.link))
        return Step(replace(cleaned(job.link), state=LinkState.DELETED))


def _as_agreed(values: EventValues | None, link: Link) -> EventValues | None:
    """The new base: what Google holds now, but for fields still contested."""
    if values is None or link.base is None:
        return values or link.base
    return values.with_({name: link.base.get(name) for name in link.contested})


def _with_news(job: Job, event: GoogleEvent, step: Step) -> Step:
    """Reminders that Google made of its own when it took something else.

    Of an all-day event it may put the calendar's into words: that is no edit of Odoo's.
    """
    base, link, odoo = job.link.base, step.link, job.odoo
    if not base or not link.base or not odoo or "reminders" in job.line.after:
        return step
    if link.base.reminders == base.reminders:
        return step
    old = replace(link, base=replace(link.base, reminders=base.reminders))
    merged = merge_link(job.link, odoo, event, Winner.GOOGLE)
    if link.kind is not Kind.SINGLE or "reminders" not in merged.to_odoo:
        return replace(step, link=old)
    news = {"reminders": merged.to_odoo["reminders"]}
    line = written_over("update", odoo.event_id, link.google_id, odoo.values, news)
    write = UpdateEvent(odoo.event_id, news)
    return replace(step, write=write, lines=(*step.lines, line))


def _told(
    job: Job, asked: EventValues | None, google: EventValues | None
) -> Mapping[str, Any]:
    """asked: Odoo's values, whatever of them could not be sent."""
    if job.odoo is None or asked is None or google is None:
        return job.link.told
    if isinstance(job.call, Insert):
        ours = [n for n, f in EVENT_FIELDS.items() if f.direction in TO_GOOGLE]
        guests = ["guests"] if job.odoo.invites else []
        return answers(first_told(job.odoo), [*ours, *guests], asked, google)
    written = job.line.after
    said = told(job.link, job.odoo, google, written=written)
    return answers(said, written, asked, google)
