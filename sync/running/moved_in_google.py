"""Events that people moved in Google: gone from one list and alive in another.

Decided once all were read, before anything is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..events.calendars import rank
from ..events.links import Link, LinkState, OdooEvent
from ..events.observed import observed
from ..events.plan import MOVED
from ..events.steps import Line, Step
from ..events.store import Twin
from ..ports import (
    BATCH_SIZE,
    Calendars,
    Get,
    Reply,
    Verdict,
)
from ..replies import raise_unanswered
from .deleting.steps import apply_whole, settled
from .going_over import OVER, UNBOUND, go_over, leaving, move_line
from .moved_in_odoo import run_of
from .questions import STAY, moved_question
from .run import Run
from .settle import Settler
from .twins import unfollowed


class Moves:
    """One run's moves. runs: of the calendars that can be reached, the main one first.

    others: Google ids of calendars of the account that are not synchronised. in_full:
    of those that were listed anew, which shows the period only.
    """

    def __init__(
        self, runs: list[Run], account: Calendars | None, others: Sequence[str]
    ) -> None:
        self.runs = runs
        self.account = account
        self.others = others
        self.in_full: set[str] = set()
        self._gone_on = False

    # -- moved in Google -------------------------------------------------------

    def settle(self) -> Iterator[None]:
        """Who leads, what has moved, and what went where nobody synchronises."""
        for run in list(self.runs):
            if (self.others or self.in_full) and run.store.count(LinkState.GONE):
                yield from self._look_elsewhere(run)
        for _round in list(self.runs):
            self._gone_on = False
            for run in list(self.runs):
                if run.settings.several:
                    yield from self._settle_twins(run)
            if not self._gone_on:
                break

    def _look_elsewhere(self, run: Run) -> Iterator[None]:
        """Ask the calendars whose list does not show it for what left this one."""
        tried: frozenset[int] = frozenset()
        while gone := run.store.in_state(LinkState.GONE, BATCH_SIZE, tried):
            tried |= {link.id for link in gone}
            kept = [x for x in gone if x.answer == STAY]
            run.apply([Step(replace(x, state=LinkState.LEFT, answer="")) for x in kept])
            places = {*self.others, *self.in_full}
            self._ask_others(run, [x for x in gone if _may_have_moved(x)], places)
            run.store.checkpoint()
            yield

    def _ask_others(self, run: Run, gone: Sequence[Link], places: set[str]) -> None:
        """Only what the calendar itself organised can have been moved."""
        places = places - {run.settings.calendar}
        wanted = [(c, x.google_id) for x in gone for c in sorted(places)]
        if not wanted:
            return
        assert self.account is not None
        found = self.account.find(wanted)
        hits = [
            (calendar, resource)
            for (calendar, _id), resource in zip(wanted, found, strict=True)
            if resource is not None and resource.get("status") != "cancelled"
        ]
        held: dict[str, str] = {}
        for calendar, resource in hits:
            other = run_of(self.runs, calendar)
            if other is not None:
                Settler(other).settle([resource])
            elif (resource.get("organizer") or {"self": True}).get("self"):
                held[resource["id"]] = calendar
        self._hold(run, [x for x in gone if x.google_id in held], held)

    def _hold(self, run: Run, links: Sequence[Link], where: dict[str, str]) -> None:
        """It stands where nobody synchronises: always asked, where Odoo has it."""
        seen = observed(run.store, links)
        lost = [x for x in links if not _has(seen.get(x.google_id))]
        apply_whole(run, [Step(settled(x)) for x in lost])
        links = [x for x in links if x not in lost]
        if not links:
            return
        run.store.ask([moved_question(x, where[x.google_id]) for x in links])
        run.report.questions += len(links)
        run.apply(
            [Step(replace(x, state=LinkState.HELD, problem=MOVED)) for x in links]
        )

    def _settle_twins(self, run: Run) -> Iterator[None]:
        tried: set[int] = set()
        while twins := run.store.twins(BATCH_SIZE, frozenset(tried)):
            # Of several that follow one, each is compared with who leads by then.
            twins = list({twin.leader.id: twin for twin in reversed(twins)}.values())
            tried |= {twin.link.id for twin in twins}
            better = [twin for twin in twins if self._should_lead(run, twin)]
            rest = [twin for twin in twins if twin not in better]
            run.apply([Step(replace(x.link, dirty=_is_open(x))) for x in rest])
            if better:
                replies = run.google.call([Get(x.link.google_id) for x in better])
                for twin, reply in zip(better, replies, strict=True):
                    self._lead(run, twin, reply)
                raise_unanswered(run.store, replies)
            run.store.checkpoint()
            yield

    def _should_lead(self, run: Run, twin: Twin) -> bool:
        leader, now = twin.leader, run_of(self.runs, twin.calendar)
        if leader.kind is not twin.link.kind or leader.state is LinkState.SENDING:
            return False
        if leader.state in OVER or now is None or twin.copy:
            return True
        mine = rank(twin.link.guard, main=run.settings.main)
        return mine < rank(leader.guard, main=now.settings.main)

    def _lead(self, run: Run, twin: Twin, reply: Reply) -> None:
        """This copy leads from now on, if it is there."""
        if reply.verdict in (Verdict.GONE, Verdict.REFUSED):
            self._went_on(run, twin)
        if reply.verdict is not Verdict.DONE or reply.resource is None:
            return
        event = run.read(reply.resource)
        if event.gone or not event.mine:
            self._went_on(run, twin)
            return
        lines: tuple[Line, ...] = ()
        here = run.settings.calendar
        if (twin.leader.state in OVER or twin.copy) and twin.calendar != here:
            lines = (move_line(twin.leader, "odoo", twin.calendar, here),)
        go_over(run, twin.leader, event, reply.resource, lines)
        before = run_of(self.runs, twin.calendar)
        if twin.leader.state in UNBOUND or before is None:
            return
        if twin.copy:
            before.apply([Step(leaving(twin.leader))])
            return
        # A row of its own: the leading link has gone over with all that it knows.
        other = replace(twin.leader, id=0, base=None, dirty=False, etag="")
        old = replace(other, state=LinkState.FOLLOWING, leader_id=twin.leader.id)
        before.apply([Step(replace(old, event_id=0, told={}, span=None))])

    def _went_on(self, run: Run, twin: Twin) -> None:
        """The copy is not there any more; it may have been moved once more since."""
        run.apply([Step(unfollowed(twin.link))])
        before = run_of(self.runs, twin.calendar)
        if twin.leader.state in OVER and before is not None:
            self._gone_on = True
            everywhere = {*self.others, *(r.settings.calendar for r in self.runs)}
            here = {run.settings.calendar}
            self._ask_others(before, [twin.leader], everywhere - here)


def _has(odoo: OdooEvent | None) -> bool:
    return odoo is not None and odoo.mine


def _is_open(twin: Twin) -> bool:
    """Nobody knows yet whether Google has the leading copy."""
    return twin.leader.state is LinkState.SENDING


def _may_have_moved(link: Link) -> bool:
    return not (link.guest or link.parent_id or link.answer)
