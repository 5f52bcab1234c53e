"""The Store port in memory: Odoo's events shared by several users' calendars."""

from __future__ import annotations

from dataclasses import replace

from google_sync.sync.directions import Direction
from google_sync.sync.events.links import Kind, Link, LinkState
from google_sync.sync.events.occurrence_ids import family_of
from google_sync.sync.events.store import Cursor
from google_sync.sync.running.questions import on_link
from memory.adoption import Adoption
from memory.asking import ask
from memory.leading import Leading
from memory.queue import Queue
from memory.reading import Reading
from memory.several import Several
from memory.tables import Database, Tables, owner
from memory.writing import Writing


class MemoryStore(Adoption, Leading, Queue, Reading, Several, Writing):
    """The engine's Store for one calendar of a user: the main one, or `calendar`.

    mode: what the calendar is synchronised for. place: says to which of the user's
    calendars a new event goes, "" for the main one.
    """

    def __init__(
        self, database: Database, user: str = "marie", calendar: str = ""
    ) -> None:
        self.database = database
        self.user = user
        self.calendar = calendar
        self.key = f"{user}/{calendar}" if calendar else user
        self.mode = "both"
        self.place = lambda record: ""
        self.window = None
        self.broken: set[str] = set()
        self.inviting = False
        self.silent: frozenset[str] = frozenset()
        self.ways: dict[str, Direction] = {}
        self.limit: int | None = None
        database.tables.links.setdefault(self.key, {})
        database.tables.anchors.setdefault(self.key, {})
        database.commit()

    @property
    def _t(self) -> Tables:
        return self.database.tables

    @property
    def _links(self) -> dict[int, Link]:
        return self._t.links[self.key]

    @property
    def _own(self) -> dict[int, Link]:
        """The links of all the user's calendars that lead."""
        return {
            x.id: x
            for name, links in self._t.links.items()
            for x in links.values()
            if owner(name) == self.user and x.state is not LinkState.FOLLOWING
        }

    def _keep(self, link: Link) -> None:
        """Store a link where it stands."""
        name = self._home(link.id)
        self._t.links[name][link.id] = link

    def _home(self, link_id: int) -> str:
        found = [name for name, links in self._t.links.items() if link_id in links]
        return found[0] if found else self.key

    def cursor(self) -> Cursor:
        return self._t.cursors.get(self.key, Cursor())

    def save_cursor(self, cursor: Cursor) -> None:
        self._t.cursors[self.key] = cursor

    def checkpoint(self) -> None:
        self.database.commit()

    def new_google_id(self) -> str:
        return f"{self.user[0]}0{self.database.next_id():06d}"

    def links(self, google_ids):
        wanted = set(google_ids)
        return {
            x.google_id: self._out(x)
            for x in self._links.values()
            if x.google_id in wanted
        }

    def family(self, family_ids):
        return {
            family_id: [
                self._out(x)
                for x in self._links.values()
                if family_of(x.google_id) == family_id and x.kind is Kind.SERIES
            ]
            for family_id in family_ids
        }

    def by_id(self, link_ids):
        return {k: self._out(x) for k, x in self._links.items() if k in link_ids}

    def _out(self, link: Link) -> Link:
        """A series' link names a row of its recurrence, whichever is left."""
        if link.kind is not Kind.SERIES:
            return link
        recurrence = self._recurrence_of(link)
        row = self.database.base_of(recurrence) if recurrence else 0
        if not row:
            return (
                link if link.event_id in self._t.events else replace(link, event_id=0)
            )
        return replace(link, event_id=row)

    def _recurrence_of(self, link: Link) -> int:
        anchor = self._anchors.get(link.id, 0)
        if anchor in self._t.recurrences:
            return anchor
        record = self._t.events.get(link.event_id)
        return record.recurrence if record else 0

    @property
    def _anchors(self) -> dict[int, int]:
        return self._t.anchors[self.key]

    def children(self, links):
        return {
            link.id: {
                x.original_start: x
                for x in self._links.values()
                if x.parent_id == link.id and link.id
            }
            for link in links
        }

    def share_etag(self, series_id, before, now):
        for link in list(self._links.values()):
            if series_id in (link.id, link.parent_id) and link.etag == before:
                self._links[link.id] = replace(link, etag=now)

    def unread(self, limit, skip):
        found = [
            x
            for x in self._links.values()
            if x.unread and x.id not in skip and self._is_live(x.parent_id)
        ]
        return found[:limit]

    def _is_live(self, link_id: int) -> bool:
        parent = self._links.get(link_id)
        return parent is not None and parent.state is LinkState.LINKED

    def short_of(self, window, limit, skip):
        found = [
            self._out(x)
            for x in self._links.values()
            if x.state is LinkState.LINKED
            and x.span is not None
            and (x.span.last < window.last or x.span.first > window.first)
            and x.id not in skip
        ]
        return found[:limit]

    def in_state(self, state, limit, skip=frozenset()):
        found = [
            self._out(x)
            for x in self._links.values()
            if x.state is state
            and not x.problem
            and x.id not in skip
            and not (state is LinkState.GONE and self._is_awaited(x))
        ]
        return found[:limit]

    def count(self, state) -> int:
        return len(self.in_state(state, 10**9))

    def unseen(self, number, limit):
        links = [
            self._out(x)
            for x in self._links.values()
            if x.seen < number
            and (x.state is LinkState.LINKED or self._is_detached_here(x))
        ]
        return links[:limit]

    def _is_detached_here(self, link) -> bool:
        row = self._t.events.get(link.event_id)
        detached = link.state is LinkState.DETACHED and row is not None
        return detached and self.window.holds(row.values.period)

    def see(self, google_ids, number) -> None:
        for link in self.links(google_ids).values():
            self._links[link.id] = replace(link, seen=number)

    def to_retry(self, limit):
        found = [x for x in self._links.values() if x.state is _QUARANTINED and x.dirty]
        return found[:limit]

    def close(self, google_ids):
        for key, question in list(self._t.questions.items()):
            if question.google_id in google_ids and key not in self._t.answers:
                del self._t.questions[key]

    def ask(self, questions):
        return ask(self._t, questions)

    def answer(self, key, answer) -> None:
        """What the shell does when a person answers."""
        question = self._t.questions[key]
        self._t.answers[key] = answer
        for link in self._asked(question.google_id):
            self._links[link.id] = _answered(link, question, answer)
        queue = self._t.pending.setdefault(self.user, [])
        queue += [(event_id, None, 0, "") for event_id in question.record_ids]
        self.database.commit()

    def _asked(self, google_id: str) -> list[Link]:
        return list(self.links([google_id]).values())

    def detach(self) -> None:
        """As a reset of the calendar: nothing known of Google is believed any more."""
        self._t.cursors.pop(self.key, None)
        for link in list(self._links.values()):
            self._links[link.id] = replace(
                Link(link.google_id, link.id, link.event_id, LinkState.DETACHED),
                generation=link.generation,
                kind=link.kind,
                span=link.span,
            )
        self.checkpoint()


def _answered(link: Link, question, answer) -> Link:
    if question.kind == "deletion":
        side = question.detail.get("side", "odoo")
        state = LinkState.GONE if side == "odoo" else LinkState.DROPPED
        said = on_link(question.detail, answer.verdict)
        return replace(link, state=state, problem="", answer=said)
    if question.kind in ("adoption", "quarantine"):
        return replace(link, state=_QUARANTINED, problem="", dirty=True)
    return replace(link, dirty=True)


_QUARANTINED = LinkState.QUARANTINED
