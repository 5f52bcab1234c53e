"""Events that go from one calendar of an account to another, on either side.

Moved in Google: gone from one list and alive in another. Decided once all were read,
before anything is deleted. Moved in Odoo: events.move, which keeps the id; where Google
refuses that it is inserted there and then deleted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..events.calendars import READ_ONLY, rank
from ..events.google_event import GoogleEvent
from ..events.links import Link, LinkState
from ..events.plan import MOVED
from ..events.steps import Line, Step
from ..events.store import Twin
from ..ports import (
    BATCH_SIZE,
    Calendars,
    Delete,
    Get,
    Move,
    Reply,
    Resource,
    Verdict,
)
from ..unanswered import raise_unanswered
from .pull import completed
from .questions import STAY, moved_question
from .removal_steps import apply_whole
from .renewing import renewed
from .run import Run
from .settle import Settler
from .twins import unfollowed

_OVER = (LinkState.GONE, LinkState.HELD, LinkState.LEFT)
#: What is bound to no event of Google's any more, or not yet.
_UNBOUND = (*_OVER, LinkState.NEW)


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

    def _run_of(self, calendar: str) -> Run | None:
        return next((r for r in self.runs if r.settings.calendar == calendar), None)

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
            other = self._run_of(calendar)
            if other is not None:
                Settler(other).settle([resource])
            elif (resource.get("organizer") or {"self": True}).get("self"):
                held[resource["id"]] = calendar
        self._hold(run, [x for x in gone if x.google_id in held], held)

    def _hold(self, run: Run, links: Sequence[Link], where: dict[str, str]) -> None:
        """It stands where nobody synchronises: always asked."""
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
        leader, now = twin.leader, self._run_of(twin.calendar)
        if leader.kind is not twin.link.kind or leader.state is LinkState.SENDING:
            return False
        if leader.state in _OVER or now is None or twin.copy:
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
        if (twin.leader.state in _OVER or twin.copy) and twin.calendar != here:
            lines = (_line(twin.leader, "odoo", twin.calendar, here),)
        self._take(run, twin.leader, event, reply.resource, lines)
        before = self._run_of(twin.calendar)
        if twin.leader.state in _UNBOUND or before is None:
            return
        if twin.copy:
            before.apply([Step(_leaving(twin.leader))])
            return
        # A row of its own: the leading link has gone over with all that it knows.
        other = replace(twin.leader, id=0, base=None, dirty=False, etag="")
        old = replace(other, state=LinkState.FOLLOWING, leader_id=twin.leader.id)
        before.apply([Step(replace(old, event_id=0, told={}, span=None))])

    def _went_on(self, run: Run, twin: Twin) -> None:
        """The copy is not there any more; it may have been moved once more since."""
        run.apply([Step(unfollowed(twin.link))])
        before = self._run_of(twin.calendar)
        if twin.leader.state in _OVER and before is not None:
            self._gone_on = True
            everywhere = {*self.others, *(r.settings.calendar for r in self.runs)}
            here = {run.settings.calendar}
            self._ask_others(before, [twin.leader], everywhere - here)

    @staticmethod
    def _take(
        run: Run,
        link: Link,
        event: GoogleEvent,
        resource: Resource,
        lines: tuple[Line, ...],
    ) -> None:
        """The link goes over to this calendar, and follows what the event says here."""
        if link.state is LinkState.HELD:
            run.store.close([link.google_id])
        state = LinkState.LINKED if link.state in _UNBOUND else link.state
        after = replace(
            link,
            google_id=event.google_id,
            state=state,
            etag="",
            ical_uid=event.ical_uid,
            guard=event.guard,
            guest=event.is_guest,
            organizer=event.organizer,
            foreign=event.foreign,
            problem="",
            answer="",
            leader_id=0,
        )
        run.apply([Step(after, None, lines)])
        run.store.placed([after])
        Settler(run).settle(completed(run, [resource]))

    # -- moved in Odoo ---------------------------------------------------------

    def in_google(self) -> Iterator[None]:
        """What is wanted in another calendar goes there."""
        for run in list(self.runs):
            tried: set[int] = set()
            while wishes := run.store.wishes(BATCH_SIZE, frozenset(tried)):
                tried |= {link.id for link, _calendar in wishes}
                self._move_all(run, wishes)
                run.store.checkpoint()
                yield

    def _move_all(self, run: Run, wishes: Sequence[tuple[Link, str]]) -> None:
        moving: list[tuple[Link, Run]] = []
        for link, calendar in wishes:
            target = self._run_of(calendar)
            if target is None:
                continue
            if link.state is LinkState.NEW:
                target.apply([Step(link)])
                target.store.placed([link])
            elif link.guest or link.guard in READ_ONLY:
                self._put_back(run, link, calendar)
            else:
                moving.append((link, target))
        if not moving:
            return
        calls = [Move(link.google_id, t.settings.calendar) for link, t in moving]
        run.store.checkpoint()
        replies = run.google.call(calls)
        for (link, target), reply in zip(moving, replies, strict=True):
            self._moved(run, target, link, reply)
        raise_unanswered(run.store, replies)

    @staticmethod
    def _put_back(run: Run, link: Link, calendar: str) -> None:
        """What somebody else organises, or only lends to read, stays where it is."""
        line = _line(link, "odoo", calendar, run.settings.calendar)
        reason = "not_organizer" if link.guest else link.guard
        told = replace(line, action="put_back", reason=reason)
        run.apply([Step(link, None, (told,))])
        run.store.placed([link])

    def _moved(self, run: Run, target: Run, link: Link, reply: Reply) -> None:
        line = _line(link, "google", run.settings.calendar, target.settings.calendar)
        resource = reply.resource if reply.verdict is Verdict.DONE else None
        if reply.verdict is Verdict.GONE:
            # It is there already: our own first try, or a person was faster.
            assert self.account is not None
            where = (target.settings.calendar, link.google_id)
            resource = self.account.find([where])[0]
        if resource is not None and resource.get("status") != "cancelled":
            event = target.read(resource)
            self._take(target, link, event, resource, (line,))
        elif reply.verdict in (Verdict.REFUSED, Verdict.TAKEN):
            self._copy(run, target, link, line)

    @staticmethod
    def _copy(run: Run, target: Run, link: Link, line: Line) -> None:
        """Inserted there under another id; here it goes once that is done."""
        new = replace(renewed(target.store, link), told=link.told)
        apply_whole(target, [Step(new, None, (replace(line, reason="copied"),))])
        run.apply([Step(_leaving(link))])
        target.store.placed([new])

    def finish(self) -> Iterator[None]:
        """What was inserted elsewhere is deleted where it was."""
        for run in list(self.runs):
            while links := run.store.leaving(BATCH_SIZE):
                replies = run.google.call([Delete(x.google_id, x.etag) for x in links])
                gone = {
                    link.google_id
                    for link, reply in zip(links, replies, strict=True)
                    if reply.verdict is Verdict.GONE
                }
                strayed = self._follow_strays([x for x in links if x.google_id in gone])
                run.apply(
                    [
                        Step(_after_leaving(run, link, reply))
                        for link, reply in zip(links, replies, strict=True)
                        if not reply.unanswered and link.google_id not in strayed
                    ]
                )
                raise_unanswered(run.store, replies)
                run.store.checkpoint()
                yield

    def _follow_strays(self, links: Sequence[Link]) -> set[str]:
        """What a person moved elsewhere meanwhile is deleted there.

        Odoo's word is the later one: the event stands where Odoo put it.
        """
        wanted = [(r.settings.calendar, x.google_id) for x in links for r in self.runs]
        if not wanted or self.account is None:
            return set()
        by_id = {link.google_id: link for link in links}
        found = self.account.find(wanted)
        strayed = set()
        for (calendar, google_id), resource in zip(wanted, found, strict=True):
            there = self._run_of(calendar)
            if resource is None or resource.get("status") == "cancelled" or not there:
                continue
            etag = str(resource.get("etag", ""))
            there.apply([Step(replace(by_id[google_id], etag=etag))])
            strayed.add(google_id)
        return strayed


def _is_open(twin: Twin) -> bool:
    """Nobody knows yet whether Google has the leading copy."""
    return twin.leader.state is LinkState.SENDING


def _leaving(link: Link) -> Link:
    """A row for the copy that is to be deleted once the event stands elsewhere."""
    return Link(
        link.google_id,
        state=LinkState.DROPPED,
        etag=link.etag,
        ical_uid=link.ical_uid,
        base=link.base,
        kind=link.kind,
        problem="moving",
        leader_id=link.id,
    )


def _after_leaving(run: Run, link: Link, reply: Reply) -> Link:
    """Deleted; or somebody edited it meanwhile, or Google refuses: it stays."""
    if reply.verdict in (Verdict.DONE, Verdict.GONE):
        return replace(link, state=LinkState.DELETED, problem="", leader_id=0)
    run.report.left_alone["changed_since"] += 1
    return replace(link, state=LinkState.LEFT, problem="", leader_id=0)


def _may_have_moved(link: Link) -> bool:
    return not (link.guest or link.parent_id or link.answer)


def _line(link: Link, side: str, before: str, after: str) -> Line:
    base = link.base
    return Line(
        "move",
        side,
        link.event_id,
        link.google_id,
        base.title if base else "",
        {"calendar": before},
        {"calendar": after},
        private=bool(base and base.private),
    )
