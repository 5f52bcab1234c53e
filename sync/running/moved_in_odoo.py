"""Events that people moved in Odoo: events.move, which keeps the id.

Where Google refuses that it is inserted there and then deleted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..events.calendars import READ_ONLY
from ..events.links import Link, LinkState
from ..events.steps import Line, Step
from ..ports import BATCH_SIZE, Calendars, Delete, Move, Reply, Verdict
from ..replies import raise_unanswered
from .deleting.steps import apply_whole
from .going_over import go_over, leaving, move_line
from .pushing.renewing import renewed
from .run import Run


class Moving:
    """One run's moves in Google. runs: of the calendars that can be reached."""

    def __init__(self, runs: list[Run], account: Calendars | None) -> None:
        self.runs = runs
        self.account = account

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
            target = run_of(self.runs, calendar)
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
        line = move_line(link, "odoo", calendar, run.settings.calendar)
        reason = "not_organizer" if link.guest else link.guard
        back = replace(line, action="put_back", reason=reason)
        run.apply([Step(link, None, (back,))])
        run.store.placed([link])

    def _moved(self, run: Run, target: Run, link: Link, reply: Reply) -> None:
        line = move_line(
            link, "google", run.settings.calendar, target.settings.calendar
        )
        resource = reply.resource if reply.verdict is Verdict.DONE else None
        if reply.verdict is Verdict.GONE:
            # It is there already: our own first try, or a person was faster.
            assert self.account is not None
            where = (target.settings.calendar, link.google_id)
            resource = self.account.find([where])[0]
        if resource is not None and resource.get("status") != "cancelled":
            event = target.read(resource)
            go_over(target, link, event, resource, (line,))
        elif reply.verdict in (Verdict.REFUSED, Verdict.TAKEN):
            self._copy(run, target, link, line)

    @staticmethod
    def _copy(run: Run, target: Run, link: Link, line: Line) -> None:
        """Inserted there under another id; here it goes once that is done."""
        new = replace(renewed(target.store, link), told=link.told)
        apply_whole(target, [Step(new, None, (replace(line, reason="copied"),))])
        run.apply([Step(leaving(link))])
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
            there = run_of(self.runs, calendar)
            if resource is None or resource.get("status") == "cancelled" or not there:
                continue
            etag = str(resource.get("etag", ""))
            there.apply([Step(replace(by_id[google_id], etag=etag))])
            strayed.add(google_id)
        return strayed


def _after_leaving(run: Run, link: Link, reply: Reply) -> Link:
    """Deleted; or somebody edited it meanwhile, or Google refuses: it stays."""
    if reply.verdict in (Verdict.DONE, Verdict.GONE):
        return replace(link, state=LinkState.DELETED, problem="", leader_id=0)
    run.report.left_alone["changed_since"] += 1
    return replace(link, state=LinkState.LEFT, problem="", leader_id=0)


def run_of(runs: Sequence[Run], calendar: str) -> Run | None:
    """The one on this calendar, where it is one of them."""
    return next((r for r in runs if r.settings.calendar == calendar), None)
