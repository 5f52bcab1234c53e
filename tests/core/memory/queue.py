"""The queue of edits in memory, and the links that it makes dirty."""

from __future__ import annotations

from dataclasses import replace

from google_sync.sync.events.links import Kind, Link, LinkState
from memory.tables import Record, owner

_WAITING = (
    LinkState.VOID,
    LinkState.HELD,
    LinkState.QUARANTINED,
    LinkState.DETACHED,
    LinkState.GONE,
    LinkState.FOLLOWING,
    LinkState.LEFT,
)


class Queue:
    """Part of `MemoryStore`."""

    def _is_invited(self, event_id: int, record: Record) -> bool:
        """Google itself brings the event into this user's calendar."""
        address = f"{self.user}@example.com"
        return any(
            link.state is LinkState.LINKED
            and link.base is not None
            and address in link.base.guests
            and self._ties(name, link, event_id, record.recurrence)
            for name, links in self._t.links.items()
            if owner(name) != self.user
            for link in links.values()
        )

    def collect_edits(self, *, new: bool) -> None:
        queue = self._t.pending.pop(self.user, [])
        linked = {x.event_id for x in self._own.values()} - {0}
        if not new:
            known = [row for row in queue if row[0] in linked or row[2]]
            self._t.pending[self.user] = [row for row in queue if row not in known]
            queue = known
        for event_id, at, link_id, by in queue:
            for link in self._edited(event_id, link_id):
                # A colleague's edit: compared, but nothing that this user said.
                said = at if by in ("", self.user) or not link.guard else None
                latest = max(filter(None, (said, link.edited_at)), default=None)
                self._keep(replace(link, dirty=True, edited_at=latest))
            if event_id and not self._stands_for(event_id):
                self._new_link(event_id, at)

    def _stands_for(self, event_id: int) -> list[Link]:
        record = self._t.events.get(event_id)
        found = [x for x in self._own.values() if self._out(x).event_id == event_id]
        return [x for x in found if not (record and self._has_left(x, record))]

    def _edited(self, event_id: int, link_id: int) -> list[Link]:
        """The links of an edited event, and the series that they are exceptions of."""
        found = [x for x in self._own.values() if event_id and x.event_id == event_id]
        found += [self._own[link_id]] if link_id in self._own else []
        parents = [self._own[x.parent_id] for x in found if x.parent_id]
        return [*found, *parents]

    def _new_link(self, event_id: int, at=None) -> None:
        record = self._t.events.get(event_id)
        if record is None or not record.alive or self.user not in record.people:
            return
        if event_id in self._asked_about() or self._is_invited(event_id, record):
            return
        if record.recurrence and self._linked_series(record.recurrence):
            return
        if self.window is None or self.window.holds(record.values.period):
            link_id = self.database.next_id()
            whole = record.recurrence
            if whole:
                event_id = self.database.base_of(whole)
                if self._stands_for(event_id):
                    return
            key = self._key_for(event_id, record)
            if whole:
                self._t.anchors[key][link_id] = whole
            self._t.links[key][link_id] = Link(
                self.new_google_id(),
                link_id,
                event_id,
                dirty=True,
                edited_at=at,
                kind=Kind.SERIES if whole else Kind.SINGLE,
            )

    def left_out(self):
        return {}

    def enroll(self, window, limit: int) -> int:
        resolved = {self._out(x).event_id for x in self._own.values()}
        linked = {event_id for event_id in resolved if self._stands_for(event_id)}
        new = [
            key
            for key, record in self._t.events.items()
            if key not in linked | self._asked_about()
            and record.alive
            and self.user in record.people
            and window.holds(record.values.period)
            and not (record.recurrence and self._linked_series(record.recurrence))
        ]
        room = self.room()
        new = new[: limit if room is None else max(0, min(limit, room))]
        before = len(self._own)
        for event_id in new:
            self._new_link(event_id)
        return len(self._own) - before

    def room(self) -> int | None:
        live = (LinkState.NEW, LinkState.SENDING, LinkState.LINKED)
        taken = sum(x.state in live for x in self._own.values())
        return None if self.limit is None else self.limit - taken

    def dirty(self, limit, skip):
        links = [
            self._out(x)
            for x in self._links.values()
            if x.dirty
            and x.id not in skip
            and x.state not in _WAITING
            and not x.unread
            and self._may_follow(x)
        ]
        return links[:limit]

    def _may_follow(self, link: Link) -> bool:
        """An occurrence waits for its series."""
        parent = self._links.get(link.parent_id)
        if parent is None:
            return True
        return parent.state is LinkState.LINKED and not parent.dirty

    def mark_all_dirty(self) -> None:
        for link in list(self._links.values()):
            noted = link.kind is Kind.OCCURRENCE and not link.event_id
            if link.state is LinkState.LINKED and not noted:
                self._links[link.id] = replace(link, dirty=True)

    def _asked_about(self) -> set[int]:
        return {
            event_id
            for key, question in self._t.questions.items()
            if question.kind == "adoption" and key not in self._t.answers
            for event_id in question.record_ids
        }
