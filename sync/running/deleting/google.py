"""Google follows what Odoo deleted, unless it was edited there meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...events.agreeing import is_as_agreed
from ...events.links import Link, LinkState, OdooEvent
from ...events.observed import observed
from ...events.steps import Step
from ...ports import Delete, Get, Resource, Verdict
from ...replies import raise_unanswered
from ..pushing.inviting import mails_of
from ..refused import not_deleted
from ..run import Run
from ..turns import series_of
from .declining import decline
from .steps import apply_whole, deleted, restored


class GoogleRemoval:
    """One run's deletions in Google, one of each series' family at a time."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self._written: set[int] = set()
        self._looked: set[int] = set()

    def remove(self, links: Sequence[Link]) -> None:
        """Let Google lose what Odoo has lost, unless it was edited there since."""
        seen = observed(self.store, links)
        back = [x for x in links if _is_mine(seen.get(x.google_id))]
        self.run.apply(
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
        replies = self.run.google.call(calls)
        steps, stale = [], []
        for link, reply in zip(links, replies, strict=True):
            if reply.verdict in (Verdict.DONE, Verdict.GONE):
                self._written.add(series_of(link))
                steps.append(deleted(link))
            elif reply.verdict is Verdict.REFUSED:
                steps.append(not_deleted(link, reply))
            elif reply.verdict is Verdict.STALE:
                stale.append(link)
        apply_whole(self.run, steps)
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
        if not self.run.settings.invitation:
            return False
        mails = mails_of(link.base, ("guests",), self.run.settings.now)
        self.run.report.mails += mails
        return bool(mails)

    def _decline(self, links: Sequence[Link]) -> None:
        """Not for this user: the organiser's event goes on for the others."""
        if not links:
            return
        outcome = decline(self.run, links)
        steps = []
        for link in links:
            reply = outcome[link.google_id]
            if reply.verdict in (Verdict.DONE, Verdict.GONE):
                steps.append(deleted(link, "decline"))
            elif reply.verdict is Verdict.REFUSED:
                steps.append(not_deleted(link, reply))
        apply_whole(self.run, steps)

    def _look_again(self, links: Sequence[Link], seen: Mapping[str, OdooEvent]) -> None:
        """412: an edit made in Google meanwhile beats the deletion made in Odoo."""
        replies = self.run.google.call([Get(link.google_id) for link in links])
        steps = []
        for link, reply in zip(links, replies, strict=True):
            if reply.verdict is Verdict.DONE and reply.resource is not None:
                odoo = seen.get(link.google_id)
                steps.append(self._after_412(link, reply.resource, odoo))
            elif reply.verdict is Verdict.GONE:
                steps.append(deleted(link))
        apply_whole(self.run, steps)
        raise_unanswered(self.store, replies)

    def _after_412(
        self, link: Link, resource: Resource, odoo: OdooEvent | None
    ) -> Step:
        event = self.run.read(resource)
        if event.gone:
            return deleted(link)
        deleted_in_odoo = odoo is None or not odoo.alive
        if not deleted_in_odoo or is_as_agreed(link, event.values):
            return Step(replace(link, etag=event.etag))
        return restored(self.run, link, event)


def _is_mine(odoo: OdooEvent | None) -> bool:
    return odoo is not None and odoo.mine
