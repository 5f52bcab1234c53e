"""Deletions come last, after all were counted, under the brake.

GONE links: Google deleted, Odoo follows. DROPPED links: the other way round. An edit
beats a deletion; where the account confirms deletions, they are held for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ... import brake
from ...asking import ask_one
from ...events.links import Kind, Link, LinkState
from ...events.observed import observed
from ...events.steps import Step
from ...ports import BATCH_SIZE, Get, Verdict
from ...replies import raise_unanswered
from ..pushing.renewing import renewed
from ..questions import brake_question, confirmation
from ..run import Run
from ..survivors import edited_rows
from .google import GoogleRemoval
from .odoo import remove_in_odoo
from .steps import apply_whole, deleted, restored


class Deletions:
    """One run's deletions in one calendar, on both sides."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self._answered = ""
        self.removal = GoogleRemoval(run)

    def in_odoo(self) -> Iterator[None]:
        """Let Odoo follow what Google deleted."""
        yield from self._drain(
            LinkState.GONE, lambda links: remove_in_odoo(self.run, links)
        )

    def in_google(self) -> Iterator[None]:
        """Let Google follow what Odoo deleted."""
        yield from self._drain(LinkState.DROPPED, self.removal.remove)

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
        if not waiting:
            return True
        total = waiting + self.store.count(LinkState.LINKED)
        bounds = self.run.settings
        if not brake.holds(
            waiting, total, count=bounds.brake_count, share=bounds.brake_share
        ):
            return True
        question = brake_question(state, waiting, total, bounds.now)
        answer = ask_one(self.store, question, self.run.report)
        if answer is None:
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
        if self.run.settings.confirm_deletions and undecided:
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
        self.run.report.questions += len(links)
        self.run.apply(
            [Step(replace(x, state=LinkState.HELD, problem="confirm")) for x in links]
        )
        return {link.google_id for link in links}

    def _keep(self, links: Sequence[Link]) -> None:
        """A person wants them kept: they go back to the side that lost them."""
        lost = [x for x in links if x.state is LinkState.GONE]
        parts = [x for x in links if x.state is not LinkState.GONE and x.parent_id]
        apply_whole(self.run, [Step(renewed(self.store, link)) for link in lost])
        self.run.apply([Step(_as_news(link)) for link in parts])
        there = [link for link in links if link not in lost and link not in parts]
        if not there:
            return
        # While the question waited, nobody took note of what Google shows.
        replies = self.run.google.call([Get(link.google_id) for link in there])
        steps = []
        for link, reply in zip(there, replies, strict=True):
            if reply.verdict is Verdict.DONE and reply.resource is not None:
                event = self.run.read(reply.resource)
                steps.append(
                    deleted(link) if event.gone else restored(self.run, link, event)
                )
            elif reply.verdict is Verdict.GONE:
                steps.append(deleted(link))
        apply_whole(self.run, steps)
        raise_unanswered(self.store, replies)


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
