"""Several calendars of one user in memory: which copy leads, and where it is wanted."""

from __future__ import annotations

from dataclasses import replace

from google_sync.sync.events.calendars import FROM_GOOGLE
from google_sync.sync.events.links import Kind, Link, LinkState
from google_sync.sync.events.occurrence_ids import occurrence_id
from google_sync.sync.events.store import Twin
from memory.tables import Record, owner

_OVER = (LinkState.GONE, LinkState.HELD, LinkState.LEFT)
_LEADING = (LinkState.LINKED, LinkState.GONE, LinkState.HELD)


class Several:
    """Part of `MemoryStore`. siblings: the Stores of all the user's calendars."""

    siblings: dict

    def leaders(self, events):
        found = {}
        for event in events:
            for name, links in self._t.links.items():
                if owner(name) != self.user or name == self.key:
                    continue
                for x in links.values():
                    if _is_same(x, event) and (
                        x.state in _LEADING
                        or (x.state is LinkState.LEFT and x.event_id in self._t.events)
                    ):
                        found[event.google_id] = x.id
        return found

    def awaited(self, events):
        """In memory nobody shares a calendar; see the test on the real pair."""
        return frozenset()

    def twins(self, limit, skip):
        own = self._own
        found = []
        for x in self._links.values():
            if x.state is not LinkState.FOLLOWING or x.id in skip:
                continue
            leader = own.get(x.leader_id)
            if leader and (x.dirty or leader.state in _OVER):
                home = self._home(leader.id)
                found.append(Twin(x, leader, self._google_of(home)))
        return found[:limit]

    def _google_of(self, name: str) -> str:
        return name.partition("/")[2] or "main"

    def wishes(self, limit, skip):
        found = []
        for x in self._links.values():
            wished = self._t.wishes.get((self.user, self._out(x).event_id))
            state = x.state in (LinkState.NEW, LinkState.LINKED)
            if wished is None or x.id in skip or x.parent_id or not state:
                continue
            if wished != self.calendar and self._may_go(wished):
                found.append((self._out(x), wished or "main"))
        return found[:limit]

    def _may_go(self, calendar: str) -> bool:
        store = self.siblings.get(calendar)
        return store is not None and store.mode not in (FROM_GOOGLE, "off")

    def placed(self, links):
        for link in links:
            self._t.wishes.pop((self.user, self._out(link).event_id), None)

    def leaving(self, limit):
        own = self._own
        found = [
            x
            for x in self._links.values()
            if x.state is LinkState.DROPPED and x.problem == "moving"
            if x.leader_id in own and own[x.leader_id].state is LinkState.LINKED
        ]
        return found[:limit]

    def _key_for(self, event_id: int, record: Record) -> str:
        wished = self._t.wishes.get((self.user, event_id))
        calendar = self.place(record) if wished is None else wished
        if wished is not None:
            self._t.wishes.pop((self.user, event_id))
        return f"{self.user}/{calendar}" if calendar else self.user

    def _come_here(self, link: Link) -> None:
        """A link of another calendar moves here, with what is part of it."""
        home = self._home(link.id)
        if not link.id or home == self.key or link.id not in self._t.links[home]:
            return
        before = self._t.links[home].pop(link.id)
        self._make_room(link.google_id)
        self._links[link.id] = before
        if link.id in self._t.anchors[home]:
            self._anchors[link.id] = self._t.anchors[home].pop(link.id)
        for child in list(self._t.links[home].values()):
            if child.parent_id == link.id:
                del self._t.links[home][child.id]
                google_id = occurrence_id(link.google_id, child.original_start)
                self._make_room(google_id)
                self._links[child.id] = replace(child, google_id=google_id, etag="")

    def _make_room(self, google_id: str) -> None:
        for x in list(self._links.values()):
            if x.google_id == google_id:
                del self._links[x.id]


def _is_same(link: Link, event) -> bool:
    alike = link.google_id == event.google_id or (
        event.ical_uid and link.ical_uid == event.ical_uid
    )
    kind = link.kind is Kind(event.kind)
    return bool(alike) and kind and link.original_start == event.original_start
