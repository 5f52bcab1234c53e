"""Taking a run back: the order of steps.

Google is asked what changed since; then some events at a time: what is taken from
Google goes first, under its etag, then Odoo is written, in one commit with the note
that they were looked at. What was put back in Odoo is pushed last, and nothing else.
Killed anywhere, the next slice goes on with what was not looked at yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from ...events.agreeing import differing
from ...events.calendars import FROM_GOOGLE
from ...events.links import Kind, Link, LinkState, OdooEvent, is_expanded
from ...events.observed import observed
from ...events.steps import Line, Step
from ...events.taking_away import Beside
from ...ports import BATCH_SIZE, Delete, Reply, Verdict
from ...replies import raise_unanswered
from ..deleting.steps import apply_whole
from ..pushing.push import Push
from ..run import Run
from ..unread import read_unread
from .deeds import Deed, Past, deed_of, why_left_out
from .google import patched, rewritten
from .news import News
from .only import OnlyThese
from .steps import (
    Subject,
    accepted,
    named,
    paired,
    parted,
    put_back,
    rejoined,
    resent,
    restored_on_both,
    taken_from_odoo,
    withdrawn,
)

#: Events looked at between two checkpoints.
TOGETHER = BATCH_SIZE

_IN_ODOO = {
    Deed.PUT_BACK: put_back,
    Deed.RESTORE: restored_on_both,
    Deed.ACCEPT: accepted,
    Deed.REJOIN: rejoined,
    Deed.RESEND: resent,
    Deed.PAIR: paired,
}
#: Those that write in Google, at once or by the push.
_TO_GOOGLE = frozenset(_IN_ODOO) - {Deed.REJOIN} | {Deed.WITHDRAW, Deed.END}


class Memory(Protocol):
    """What the journal knows of the run that is undone."""

    def next(self, limit: int) -> list[Past]:
        """Events of it that were not looked at yet, those of series' dates last."""

    def beside(
        self, links: Sequence[Link], seen: Mapping[str, OdooEvent]
    ) -> Mapping[str, Beside]:
        """What else is known of these events in Odoo, by Google id."""

    def looked_at(
        self,
        pasts: Sequence[Past],
        left: Sequence[Line],
        touched: Mapping[str, str],
    ) -> None:
        """Not to come again in this undo.

        left: lines of what is left as it is, for the journal. touched: Google ids of
        what the push is to look at, with those of before.
        """

    def touched(self) -> frozenset[str]:
        """All that the push is to look at."""


def undo_events(run: Run, memory: Memory) -> Iterator[None]:
    """Take back what a run did on one calendar; as `sync_calendars` otherwise."""
    run.around.calendar = replace(
        run.around.calendar, marker_key=run.settings.marker_key
    )
    # Whatever was edited in Odoo until now is no part of what is taken back.
    run.store.collect_edits(new=False)
    news = News(run)
    if memory.next(1):
        news.read()
    undoing = Undoing(run, memory, news)
    yield from undoing.take_back()
    yield from read_unread(run)
    only = replace(run, store=OnlyThese(run.store, memory.touched()))
    yield from Push(only).write()


class Undoing:
    """One undo of one calendar."""

    def __init__(self, run: Run, memory: Memory, news: News) -> None:
        self.run = run
        self.store = run.store
        self.memory = memory
        self.news = news

    def take_back(self) -> Iterator[None]:
        """Some events at a time, each looked at once."""
        while pasts := self.memory.next(TOGETHER):
            self._take_some(pasts)
            self.store.checkpoint()
            yield

    def _take_some(self, pasts: Sequence[Past]) -> None:
        subjects = self._subjects(pasts)
        left, going = self._judged(subjects)
        # Google first: what it refuses because of an edit stays in Odoo, too.
        left.update(self._withdraw(going))
        left.update(self._rewrite(going))
        steps: list[Step] = []
        touched: dict[str, str] = {}
        for subject, deed in going:
            google_id = subject.past.google_id
            if google_id not in left:
                mine = self._steps(subject, deed)
                touched |= {x.link.google_id: google_id for x in mine if x.link.dirty}
                steps += mine
        apply_whole(self.run, steps)
        self._note(pasts, left, touched)

    def _subjects(self, pasts: Sequence[Past]) -> list[Subject]:
        links = self.store.links([past.google_id for past in pasts])
        known = list(links.values())
        seen = observed(self.store, known)
        family = self.store.children([x for x in known if x.kind is Kind.SERIES])
        found = []
        for past in pasts:
            link = links.get(past.google_id)
            bare = Link(past.google_id, state=LinkState.DELETED)
            children = family.get(link.id, {}) if link else {}
            odoo = seen.get(past.google_id)
            found.append(Subject(past, link or bare, odoo, children))
        return found

    def _judged(
        self, subjects: Sequence[Subject]
    ) -> tuple[dict[str, str], list[tuple[Subject, Deed]]]:
        """What is left as it is, with its reason ("": nothing to say), and the rest."""
        links = [x.link for x in subjects if x.link.id]
        seen = {x.link.google_id: x.odoo for x in subjects if x.odoo is not None}
        news, beside = self.news.of(links), self.memory.beside(links, seen)
        left: dict[str, str] = {}
        going: list[tuple[Subject, Deed]] = []
        for subject in subjects:
            google_id = subject.past.google_id
            link = subject.link if subject.link.id else None
            deed = deed_of(subject.past, link)
            if deed is None or link is not None and self._goes_with_series(link, going):
                left[google_id] = ""
                continue
            reason = why_left_out(
                subject.past,
                deed,
                link,
                subject.odoo,
                _with_differences(beside.get(google_id, Beside()), subject),
                news=google_id in news and not self._is_over(deed, google_id),
                date=link is not None and self._is_date(link),
            )
            if deed in _TO_GOOGLE and self.run.settings.mode == FROM_GOOGLE:
                reason = reason or "undo_read_only"
            if reason:
                left[google_id] = reason
            else:
                going.append((subject, deed))
        return left, going

    def _is_over(self, deed: Deed, google_id: str) -> bool:
        """What is to go from Google, or went, is gone: by us or by a person."""
        gone = (Deed.WITHDRAW, Deed.END, Deed.RESTORE)
        return deed in gone and google_id in self.news.gone

    def _is_date(self, link: Link) -> bool:
        """Of a series that Odoo has as one."""
        parent = self._parent(link)
        return parent is not None and not is_expanded(parent)

    def _parent(self, link: Link) -> Link | None:
        if link.kind is not Kind.OCCURRENCE or not link.parent_id:
            return None
        return self.store.by_id([link.parent_id]).get(link.parent_id)

    def _goes_with_series(
        self, link: Link, going: Sequence[tuple[Subject, Deed]]
    ) -> bool:
        """A date of a series that goes or comes back whole, or did."""
        parent = self._parent(link)
        if parent is None:
            return False
        whole = (x.link.id for x, deed in going if deed is not Deed.PUT_BACK)
        return parent.state is LinkState.TAKEN_BACK or parent.id in whole

    # -- in Google -------------------------------------------------------------

    def _withdraw(self, going: Sequence[tuple[Subject, Deed]]) -> dict[str, str]:
        """Delete what the run made there; what was refused, with the reason."""
        away = [x for x, deed in going if deed in (Deed.WITHDRAW, Deed.END)]
        if not away:
            return {}
        self.store.checkpoint()
        replies = self.run.google.call(
            [Delete(x.link.google_id, x.link.etag) for x in away]
        )
        left = _refused(away, replies)
        raise_unanswered(self.store, replies)
        return left

    def _rewrite(self, going: Sequence[tuple[Subject, Deed]]) -> dict[str, str]:
        """Put back in Google what a pairing had written there."""
        jobs = [
            job
            for subject, deed in going
            if deed is Deed.PART
            for job in rewritten(self.run, subject)
        ]
        if not jobs:
            return {}
        self.store.checkpoint()
        replies = self.run.google.call([job.call for job in jobs])
        done = [
            patched(self.run, job, reply)
            for job, reply in zip(jobs, replies, strict=True)
            if reply.verdict is Verdict.DONE
        ]
        self.run.apply(done)
        left = _refused([job.subject for job in jobs], replies)
        raise_unanswered(self.store, replies)
        return left

    # -- in Odoo ---------------------------------------------------------------

    def _steps(self, subject: Subject, deed: Deed) -> list[Step]:
        if deed is Deed.TAKE_AWAY:
            return [taken_from_odoo(subject)]
        if deed is Deed.END:
            gone = withdrawn(subject)
            ended = taken_from_odoo(subject, ended=True)
            return [replace(ended, lines=(*gone.lines, *ended.lines))]
        if deed is Deed.WITHDRAW:
            return [withdrawn(subject)]
        if deed is Deed.PART:
            # As it stands after what was put back in Google.
            google_id = subject.link.google_id
            link = self.store.links([google_id])[google_id]
            return parted(self.run, replace(subject, link=link))
        return _IN_ODOO[deed](self.run, subject)

    def _note(
        self,
        pasts: Sequence[Past],
        left: Mapping[str, str],
        touched: Mapping[str, str],
    ) -> None:
        reasons = {x.google_id: left.get(x.google_id, "") for x in pasts}
        self.run.report.left_alone.update(filter(None, reasons.values()))
        lines = [
            named(past, reason) for past in pasts if (reason := reasons[past.google_id])
        ]
        self.memory.looked_at(pasts, lines, touched)


def _with_differences(beside: Beside, subject: Subject) -> Beside:
    if subject.odoo is None or subject.link.base is None:
        return beside
    return replace(beside, differing=tuple(differing(subject.odoo, subject.link)))


def _refused(subjects: Sequence[Subject], replies: Sequence[Reply]) -> dict[str, str]:
    """What Google did not do, by Google id, with the reason."""
    said = {Verdict.STALE: "undo_edited_google", Verdict.REFUSED: "undo_refused"}
    return {
        x.past.google_id: said[reply.verdict]
        for x, reply in zip(subjects, replies, strict=True)
        if reply.verdict in said
    }
