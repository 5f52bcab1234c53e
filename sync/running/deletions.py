"""Deletions come last, after all were counted, under the brake.

GONE links: Google deleted, Odoo follows. DROPPED links: the other way round. An edit
beats a deletion; where the account confirms deletions, they are held for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from .. import brake
from ..events.agreeing import is_as_agreed
from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState, OdooEvent
from ..events.observed import observed
from ..events.plan_removal import RemoveIt, Renew, Settle, plan_removal
from ..events.steps import CreateEvent, Line, RemoveEvent, Step
from ..events.store import Store
from ..events.values import EventValues
from ..ports import BATCH_SIZE, Delete, Get, Google, Reply, Resource, Verdict
from ..series.occurrences import after_change
from ..series.reading import Children
from ..series.rows import lines_of_lost
from .declining import decline
from .inviting import mails_of
from .push_outcomes import renewed
from .questions import brake_question, confirmation
from .settings import Settings
from .settle import Settler
from .settle_series import children_forgotten, written
from .survivors import alone, edited_rows
from .turns import series_of
from .unread import raise_unanswered


class Deletions:
    """One run's deletions in one calendar, on both sides."""

    def __init__(
        self,
        store: Store,
        google: Google,
        settings: Settings,
        settler: Settler,
    ) -> None:
        self.store = store
        self.google = google
        self.settings = settings
        self.settler = settler
        self._answered = ""
        self._written: set[int] = set()
        self._looked: set[int] = set()

    def in_odoo(self) -> Iterator[None]:
        """Let Odoo follow what Google deleted."""
        yield from self._drain(LinkState.GONE, self._remove_in_odoo)

    def in_google(self) -> Iterator[None]:
        """Let Google follow what Odoo deleted."""
        yield from self._drain(LinkState.DROPPED, self._remove_in_google)

    def _drain(
        self, state: LinkState, remove: Callable[[Sequence[Link]], None]
    ) -> Iterator[None]:
        if not self._may_delete(state):
            return
        while links := self.store.in_state(state, BATCH_SIZE):
            allowed = self._allowed(links)
            if allowed:
                remove(allowed)
            self.store.checkpoint()
            yield

    def _may_delete(self, state: LinkState) -> bool:
        """Past the brake nothing is deleted until a person has answered."""
        waiting = self.store.count(state)
        total = waiting + self.store.count(LinkState.LINKED)
        bounds = self.settings
        if not brake.holds(
            waiting, total, count=bounds.brake_count, share=bounds.brake_share
        ):
            return True
        question = brake_question(state, waiting, total, bounds.now)
        answer = self.store.ask([question]).get(question.key)
        if answer is None:
            self.settler.report.questions += 1
            return False
        self._answered = answer.verdict
        return True

    # -- confirmation ----------------------------------------------------------

    def _allowed(self, links: Sequence[Link]) -> Sequence[Link]:
        """Those to delete now; the others are held, or kept by an answer."""
        undecided = [
            x for x in links if not (x.answer or self._answered or _is_settled(x))
        ]
        held: set[str] = set()
        if self.settings.confirm_deletions and undecided:
            held = self._hold(undecided)
        kept = [x for x in links if "keep" in (x.answer, self._answered)]
        self._keep(kept)
        gone = held | {link.google_id for link in kept}
        return [link for link in links if link.google_id not in gone]

    def _hold(self, links: Sequence[Link]) -> set[str]:
        """Ask about each, once, saying when the other side was edited meanwhile."""
        seen = observed(self.store, links)
        family = self.store.children([x for x in links if x.kind is Kind.SERIES])
        questions = []
        for link in links:
            odoo = seen.get(link.google_id)
            rows = edited_rows(link, odoo, family.get(link.id, {}))
            questions.append(confirmation(link, odoo, rows_edited=bool(rows)))
        self.store.ask(questions)
        self.settler.report.questions += len(links)
        self.settler.apply(
            [Step(replace(x, state=LinkState.HELD, problem="confirm")) for x in links]
        )
        return {link.google_id for link in links}

    def _keep(self, links: Sequence[Link]) -> None:
        """A person wants them kept: they go back to the side that lost them."""
        lost = [x for x in links if x.state is LinkState.GONE]
        parts = [x for x in links if x.state is not LinkState.GONE and x.parent_id]
        self._apply_whole([Step(renewed(self.store, link)) for link in lost])
        self.settler.apply([Step(_as_news(link)) for link in parts])
        there = [link for link in links if link not in lost and link not in parts]
        if not there:
            return
        # While the question waited, nobody took note of what Google shows.
        replies = self.google.call([Get(link.google_id) for link in there])
        steps = []
        for link, reply in zip(there, replies, strict=True):
            if reply.verdict is Verdict.DONE and reply.resource is not None:
                event = self.settler.read(reply.resource)
                steps.append(
                    _deleted(link) if event.gone else self._restored(link, event)
                )
            elif reply.verdict is Verdict.GONE:
                steps.append(_deleted(link))
        self._apply_whole(steps)
        raise_unanswered(self.store, replies)

    # -- in Odoo ---------------------------------------------------------------

    def _remove_in_odoo(self, links: Sequence[Link]) -> None:
        seen = observed(self.store, links)
        family = self.store.children([x for x in links if x.kind is Kind.SERIES])
        steps = []
        for link in links:
            odoo, children = seen.get(link.google_id), family.get(link.id, {})
            kept = self._outlive(link, odoo, children)
            steps.append(self._removal(link, odoo, kept))
        self._apply_whole(steps)

    def _outlive(
        self, link: Link, odoo: OdooEvent | None, children: Children
    ) -> frozenset[int]:
        """The rows that go on by themselves: somebody edited them in Odoo since."""
        match plan_removal(link, odoo):
            case RemoveIt(decline=False) if link.answer != "delete" and not link.guest:
                found = edited_rows(link, odoo, children)
                # Before the series goes: the Store leaves what has a link of its own.
                self.settler.apply(alone(self.store, found))
                return frozenset(row.event_id for _link, row in found)
        return frozenset()

    def _apply_whole(self, steps: Sequence[Step]) -> None:
        """With what becomes of a series' exceptions when it is gone or made anew."""
        ended = [
            step.link
            for step in steps
            if step.link.kind is Kind.SERIES
            and step.link.state in (LinkState.DELETED, LinkState.NEW)
        ]
        family = self.store.children(ended) if ended else {}
        more = [s for children in family.values() for s in children_forgotten(children)]
        for link in (x.link for x in steps if isinstance(x.write, CreateEvent)):
            if link.kind is Kind.SERIES and link.base is not None:
                children = self.store.children([link])[link.id]
                more += after_change(link, None, link.base, children, ours=False)
        self.settler.apply([*steps, *more])

    def _removal(
        self, link: Link, odoo: OdooEvent | None, kept: frozenset[int]
    ) -> Step:
        settled = replace(
            link,
            state=LinkState.DELETED,
            dirty=False,
            edited_at=None,
            problem="",
            answer="",
        )
        match plan_removal(link, odoo):
            case Renew():
                return Step(renewed(self.store, link))
            case RemoveIt(decline) if odoo is not None:
                action = "decline" if decline else "delete"
                lines = [
                    Line(
                        action,
                        "odoo",
                        odoo.event_id,
                        link.google_id,
                        odoo.values.title,
                        private=odoo.values.private,
                        archive=odoo.values,
                    )
                ]
                if odoo.series is not None:
                    rows = odoo.series
                    lines += lines_of_lost(rows, kept, link.google_id, action, "")
                write = RemoveEvent(odoo.event_id, decline)
                return Step(settled, write, tuple(lines))
            case Settle() | _:
                return Step(settled)

    # -- in Google -------------------------------------------------------------

    def _remove_in_google(self, links: Sequence[Link]) -> None:
        seen = observed(self.store, links)
        back = [x for x in links if _is_mine(seen.get(x.google_id))]
        self.settler.apply(
            [
                Step(replace(x, state=LinkState.LINKED, dirty=True, answer=""))
                for x in back
            ]
        )
        links = [x for x in links if x not in back]
        if not links:
            return
        self.store.checkpoint()
        self._decline([link for link in links if link.guest])
        links = self._in_turn([link for link in links if not link.guest], seen)
        if not links:
            return
        calls = [Delete(x.google_id, x.etag, notify=self._tells(x)) for x in links]
        replies = self.google.call(calls)
        steps, stale = [], []
        for link, reply in zip(links, replies, strict=True):
            if reply.verdict in (Verdict.DONE, Verdict.GONE):
                self._written.add(series_of(link))
                steps.append(_deleted(link))
            elif reply.verdict is Verdict.REFUSED:
                steps.append(_refused(link, reply))
            elif reply.verdict is Verdict.STALE:
                stale.append(link)
        self._apply_whole(steps)
        raise_unanswered(self.store, replies)
        if stale:
            self._look_again(stale, seen)

    def _in_turn(
        self, links: Sequence[Link], seen: Mapping[str, OdooEvent]
    ) -> list[Link]:
        """One of each series' family; the others come in the next rounds.

        Google's answer to a deletion has no etag: the next one is read first.
        """
        due = list({series_of(link) or -link.id: link for link in links}.values())
        doubtful = [x for x in due if self._is_doubtful(x)]
        self._looked |= {link.id for link in doubtful}
        if doubtful:
            self._look_again(doubtful, seen)
        return [link for link in due if link not in doubtful]

    def _is_doubtful(self, link: Link) -> bool:
        """Our own deletion of another occurrence changed its etag."""
        series_id = series_of(link)
        return series_id in self._written - {0} and link.id not in self._looked

    def _tells(self, link: Link) -> bool:
        """Guests are told that an event is cancelled, however many: else they come."""
        if not self.settings.invitation:
            return False
        mails = mails_of(link.base, ("guests",), self.settings.now)
        self.settler.report.mails += mails
        return bool(mails)

    def _decline(self, links: Sequence[Link]) -> None:
        """Not for this user: the organiser's event goes on for the others."""
        if not links:
            return
        outcome = decline(self.store, self.google, self.settler, links)
        steps = []
        for link in links:
            reply = outcome[link.google_id]
            if reply.verdict in (Verdict.DONE, Verdict.GONE):
                steps.append(_deleted(link, "decline"))
            elif reply.verdict is Verdict.REFUSED:
                steps.append(_refused(link, reply))
        self._apply_whole(steps)

    def _look_again(self, links: Sequence[Link], seen: Mapping[str, OdooEvent]) -> None:
        """412: an edit made in Google meanwhile beats the deletion made in Odoo."""
        replies = self.google.call([Get(link.google_id) for link in links])
        steps = []
        for link, reply in zip(links, replies, strict=True):
            if reply.verdict is Verdict.DONE and reply.resource is not None:
                odoo = seen.get(link.google_id)
                steps.append(self._after_412(link, reply.resource, odoo))
            elif reply.verdict is Verdict.GONE:
                steps.append(_deleted(link))
        self._apply_whole(steps)
        raise_unanswered(self.store, replies)

    def _after_412(
        self, link: Link, resource: Resource, odoo: OdooEvent | None
    ) -> Step:
        event = self.settler.read(resource)
        if event.gone:
            return _deleted(link)
        deleted_in_odoo = odoo is None or not odoo.alive
        if not deleted_in_odoo or is_as_agreed(link, event.values):
            return Step(replace(link, etag=event.etag))
        return self._restored(link, event)

    def _restored(self, link: Link, event: GoogleEvent) -> Step:
        """Deleted in Odoo, wanted after all: create it there again."""
        values = event.values or link.base
        if values is None:
            return Step(replace(link, state=LinkState.DELETED))
        after = replace(
            link,
            state=LinkState.LINKED,
            etag=event.etag,
            base=values,
            dirty=False,
            edited_at=None,
            problem="",
            answer="",
            kind=_kind_now(link, values),
        )
        line = Line(
            "create",
            "odoo",
            0,
            link.google_id,
            values.title,
            reason="edited_in_google",
            private=values.private,
        )
        step = Step(after, CreateEvent(event, values), (line,))
        if after.kind is not Kind.SERIES:
            return step
        children = self.store.children([link]).get(link.id, {})
        return written(step, None, children, self.settings.window)


def _kind_now(link: Link, values: EventValues) -> Kind:
    """Google may have made a series of a single event meanwhile, or the reverse."""
    if link.kind is Kind.OCCURRENCE:
        return link.kind
    return Kind.SERIES if values.recurrence else Kind.SINGLE


def _as_news(link: Link) -> Link:
    """An occurrence to be read in Google and taken over as it is there."""
    return replace(
        link,
        state=LinkState.LINKED,
        event_id=0,
        etag="",
        base=None,
        dirty=False,
        problem="",
        answer="",
    )


def _is_settled(link: Link) -> bool:
    """Odoo has nothing left to delete."""
    return link.state is LinkState.GONE and not link.event_id


def _is_mine(odoo: OdooEvent | None) -> bool:
    return odoo is not None and odoo.mine


def _deleted(link: Link, action: str = "delete") -> Step:
    line = Line(
        action,
        "google",
        link.event_id,
        link.google_id,
        link.base.title if link.base else "",
        private=bool(link.base and link.base.private),
        archive=link.base,
    )
    after = replace(
        link,
        state=LinkState.DELETED,
        dirty=False,
        edited_at=None,
        problem="",
        answer="",
    )
    return Step(after, None, (line,))


def _refused(link: Link, reply: Reply) -> Step:
    """Google will not delete it: told once, both sides left as they are."""
    line = Line(
        "error",
        "google",
        link.event_id,
        link.google_id,
        link.base.title if link.base else "",
        error=reply.message,
        reason=reply.reason,
        private=bool(link.base and link.base.private),
    )
    return Step(replace(link, problem=reply.reason or "refused"), None, (line,))
