"""What Google shows since the last pull, for an undo: it is not taken in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...events.agreeing import is_as_agreed
from ...events.links import Link
from ...events.steps import Step
from ...ports import BATCH_SIZE, Get, PageTokenExpired, Resource, SyncTokenExpired
from ...replies import raise_unanswered
from ..run import Run


class News:
    """What Google shows since the last pull; it stays for the next one to take in."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._seen: dict[str, str] = {}
        self.gone: set[str] = set()
        self._listed = False

    def read(self) -> None:
        """One request as a rule. Without a list, each event is asked for."""
        token, page_token = self.run.store.cursor().sync_token, ""
        while token:
            try:
                page = self.run.google.list_events(
                    sync_token=token, page_token=page_token
                )
            except (SyncTokenExpired, PageTokenExpired):
                return
            for item in page.items:
                self._see(item["id"], item)
            page_token = page.next_page_token
            if not page_token:
                self._listed = True
                return

    def of(self, links: Sequence[Link]) -> set[str]:
        """Google ids of those of which Google shows something else than is known."""
        known = [x for x in links if x.etag]
        if not self._listed:
            self._ask([x for x in known if x.google_id not in self._seen])
        odd = [x for x in known if self._seen.get(x.google_id, x.etag) != x.etag]
        ours = self._written_by_us([x for x in odd if x.sent])
        return {x.google_id for x in odd} - ours

    def _written_by_us(self, links: Sequence[Link]) -> set[str]:
        """What an interrupted slice had put back there, and could not note any more."""
        if not links:
            return set()
        replies = self.run.google.call([Get(link.google_id) for link in links])
        raise_unanswered(self.run.store, replies)
        steps = []
        for link, reply in zip(links, replies, strict=True):
            event = self.run.read(reply.resource) if reply.resource else None
            if event and not event.gone and is_as_agreed(link, event.values):
                after = replace(link, etag=event.etag, base=event.values, sent={})
                steps.append(Step(after))
        self.run.apply(steps)
        return {step.link.google_id for step in steps}

    def _ask(self, links: Sequence[Link]) -> None:
        for start in range(0, len(links), BATCH_SIZE):
            part = links[start : start + BATCH_SIZE]
            replies = self.run.google.call([Get(link.google_id) for link in part])
            raise_unanswered(self.run.store, replies)
            for link, reply in zip(part, replies, strict=True):
                self._see(link.google_id, reply.resource)

    def _see(self, google_id: str, item: Resource | None) -> None:
        if item is None or item.get("status") == "cancelled":
            self.gone.add(google_id)
        self._seen[google_id] = item.get("etag", "") if item else ""
