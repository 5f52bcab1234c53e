"""The Store port in memory: Odoo's events shared by several users' calendars.

A `Database` keeps what was committed: `crash` throws away what was not, as a killed
process would.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from google_sync.sync.store import (
    Candidate,
    CreateEvent,
    Cursor,
    Link,
    LinkState,
    OdooEvent,
    RemoveEvent,
    UpdateEvent,
)
from google_sync.sync.colours import LABEL
from google_sync.sync.values import EventValues
from google_sync.sync.video import web_address


@dataclass
class Record:
    """One calendar.event."""

    values: EventValues
    user: str
    people: set[str] = field(default_factory=set)
    alive: bool = True


@dataclass
class _Tables:
    events: dict[int, Record] = field(default_factory=dict)
    links: dict[str, dict[int, Link]] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    pending: dict[str, list] = field(default_factory=dict)
    lines: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    sequence: int = 0


def _copy(tables: _Tables) -> _Tables:
    """A copy down to what is changed in place; values and links are frozen."""
    return _Tables(
        {k: replace(r, people=set(r.people)) for k, r in tables.events.items()},
        {name: dict(links) for name, links in tables.links.items()},
        dict(tables.cursors),
        {name: list(rows) for name, rows in tables.pending.items()},
        list(tables.lines),
        dict(tables.questions),
        dict(tables.answers),
        tables.sequence,
    )


class Database:
    """Tables with commit and crash."""

    def __init__(self) -> None:
        self.tables = _Tables()
        self._committed = _copy(self.tables)

    def commit(self) -> None:
        self._committed = _copy(self.tables)

    def crash(self) -> None:
        self.tables = _copy(self._committed)

    def next_id(self) -> int:
        self.tables.sequence += 1
        return self.tables.sequence

    # -- what people do in Odoo ------------------------------------------------

    def people_create(self, user, values, people=(), at=None) -> int:
        event_id = self.next_id()
        self.tables.events[event_id] = Record(values, user, {user, *people})
        self._queue(event_id, at)
        self.commit()
        return event_id

    def people_edit(self, event_id: int, at: datetime | None = None, **changes) -> None:
        record = self.tables.events[event_id]
        record.values = record.values.with_(changes)
        self._queue(event_id, at)
        self.commit()

    def people_delete(self, event_id: int) -> None:
        self._queue(event_id, None)
        del self.tables.events[event_id]
        self._forget(event_id)
        self.commit()

    def people_archive(self, event_id: int) -> None:
        self.tables.events[event_id].alive = False
        self._queue(event_id, None)
        self.commit()

    def _queue(self, event_id: int, at, but: str = "") -> None:
        for name, links in self.tables.links.items():
            linked = any(x.event_id == event_id for x in links.values())
            if name != but and (linked or name in self.tables.events[event_id].people):
                self.tables.pending.setdefault(name, []).append((event_id, at))

    def _forget(self, event_id: int) -> None:
        for links in self.tables.links.values():
            for link in list(links.values()):
                if link.event_id == event_id:
                    links[link.id] = replace(link, event_id=0, dirty=True)


class MemoryStore:
    """The engine's Store for one user."""

    def __init__(self, database: Database, user: str = "marie") -> None:
        self.database = database
        self.user = user
        self.window = None
        self.broken: set[str] = set()
        self.silent: frozenset[str] = frozenset()
        database.tables.links.setdefault(user, {})
        database.commit()

    @property
    def _t(self) -> _Tables:
        return self.database.tables

    @property
    def _links(self) -> dict[int, Link]:
        return self._t.links[self.user]

    def cursor(self) -> Cursor:
        return self._t.cursors.get(self.user, Cursor())

    def save_cursor(self, cursor: Cursor) -> None:
        self._t.cursors[self.user] = cursor

    def checkpoint(self) -> None:
        self.database.commit()

    def new_google_id(self) -> str:
        return f"{self.user[0]}0{self.database.next_id():06d}"

    def links(self, google_ids):
        return {
            x.google_id: x for x in self._links.values() if x.google_id in google_ids
        }

    def observe(self, links):
        found = {}
        for link in links:
            record = self._t.events.get(link.event_id)
            if record is not None:
                zone = link.base.time_zone if link.base else ""
                found[link.event_id] = self._event(link.event_id, record, zone)
        return found

    def _event(self, event_id: int, record: Record, zone: str) -> OdooEvent:
        zone = "" if record.values.period.all_day else zone
        return OdooEvent(
            event_id,
            replace(
                record.values, time_zone=zone, source=web_address(record.values.video)
            ),
            alive=record.alive,
            mine=record.alive and self.user in record.people,
            organizer=record.user == self.user,
            sole=record.people <= {self.user},
            created="2026-01-01",
            silent=self.silent,
        )

    def candidates(self, events):
        return {e.google_id: self._candidates(e) for e in events}

    def _candidates(self, event):
        cut = [x for x in self._links.values() if x.state is LinkState.DETACHED]
        linked = {x.event_id for x in self._links.values() if x.event_id}
        linked -= {x.event_id for x in cut}
        same = {x.event_id for x in cut if x.google_id == event.google_id}
        joined = [
            x.event_id
            for name, links in self._t.links.items()
            for x in links.values()
            if name != self.user and x.ical_uid == event.ical_uid and x.event_id
        ]
        free = {k: r for k, r in self._t.events.items() if k not in linked and r.alive}
        if same & free.keys():
            key = next(iter(same))
            return [Candidate(self._event(key, free[key], ""), "detached")]
        if any(k in free for k in joined):
            key = next(k for k in joined if k in free)
            return [Candidate(self._event(key, free[key], ""), "uid")]
        return [
            Candidate(self._event(key, record, ""), "match")
            for key, record in free.items()
            if self.user in record.people
            and (record.values.title, record.values.period)
            == (event.values.title, event.values.period)
        ]

    def apply(self, steps):
        return [self._apply(step) for step in steps]

    def _apply(self, step) -> str:
        write, link = step.write, step.link
        if isinstance(write, CreateEvent):
            if write.values.title in self.broken:
                return "broken title"
            event_id = self.database.next_id()
            owner = self.user if write.google.organizer_self else ""
            # As with the option that a Google colour gives the event its type.
            color = (write.values.color or "").removeprefix(LABEL)
            values = replace(write.values, color=color)
            self._t.events[event_id] = Record(values, owner, {self.user})
            said = {} if "color" in self.silent else {"color": color}
            link = replace(link, event_id=event_id, told=said)
        elif isinstance(write, UpdateEvent):
            record = self._t.events[write.event_id]
            if write.changes.get("title") in self.broken:
                return "broken title"
            record.values = record.values.with_(write.changes)
            record.alive = record.alive or write.revive
            record.people |= {self.user} if write.join else set()
            self.database._queue(write.event_id, None, but=self.user)
        elif isinstance(write, RemoveEvent):
            self._remove(write)
        if not link.id:
            link = replace(link, id=self.database.next_id())
        same = [x.id for x in self._links.values() if x.google_id == link.google_id]
        assert same in ([], [link.id]), f"two links for {link.google_id}"
        if isinstance(write, RemoveEvent) and not write.decline:
            link = replace(link, event_id=0)
        self._links[link.id] = link
        self._t.lines += step.lines
        return ""

    def _remove(self, write: RemoveEvent) -> None:
        self.database._queue(write.event_id, None, but=self.user)
        if write.decline:
            self._t.events[write.event_id].people.discard(self.user)
        else:
            del self._t.events[write.event_id]
            self.database._forget(write.event_id)

    def collect_edits(self, *, new: bool) -> None:
        queue = self._t.pending.pop(self.user, [])
        linked = {x.event_id for x in self._links.values()}
        if not new:
            self._t.pending[self.user] = [row for row in queue if row[0] not in linked]
            queue = [row for row in queue if row[0] in linked]
        for event_id, at in queue:
            mine = [x for x in self._links.values() if x.event_id == event_id]
            for link in mine:
                latest = max(filter(None, (at, link.edited_at)), default=None)
                self._links[link.id] = replace(link, dirty=True, edited_at=latest)
            if not mine:
                self._new_link(event_id, at)

    def _new_link(self, event_id: int, at=None) -> None:
        record = self._t.events.get(event_id)
        if record is None or not record.alive or self.user not in record.people:
            return
        if event_id in self._asked_about():
            return
        if self.window is None or self.window.holds(record.values.period):
            link_id = self.database.next_id()
            self._links[link_id] = Link(
                self.new_google_id(), link_id, event_id, dirty=True, edited_at=at
            )

    def enroll(self, window, limit: int) -> int:
        linked = {x.event_id for x in self._links.values()}
        new = [
            key
            for key, record in self._t.events.items()
            if key not in linked | self._asked_about()
            and record.alive
            and self.user in record.people
            and window.holds(record.values.period)
        ][:limit]
        for event_id in new:
            self._new_link(event_id)
        return len(new)

    def dirty(self, limit, skip):
        links = [
            x
            for x in self._links.values()
            if x.dirty and x.id not in skip and x.state not in _WAITING
        ]
        return links[:limit]

    def mark_all_dirty(self) -> None:
        for link in list(self._links.values()):
            if link.state is LinkState.LINKED:
                self._links[link.id] = replace(link, dirty=True)

    def in_state(self, state, limit):
        found = [x for x in self._links.values() if x.state is state and not x.problem]
        return found[:limit]

    def count(self, state) -> int:
        return len(self.in_state(state, 10**9))

    def unseen(self, number, limit):
        links = [
            x
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

    def ask(self, questions):
        for question in questions:
            self._t.questions.setdefault(question.key, question)
        keys = [question.key for question in questions]
        return {key: self._t.answers[key] for key in keys if key in self._t.answers}

    def answer(self, key, answer) -> None:
        """What the shell does when a person answers."""
        question = self._t.questions[key]
        self._t.answers[key] = answer
        for link in self.links([question.google_id]).values():
            self._links[link.id] = _answered(link, question, answer)
        queue = self._t.pending.setdefault(self.user, [])
        queue += [(event_id, None) for event_id in question.event_ids]
        self.database.commit()

    def detach(self) -> None:
        """As a reset of the calendar: nothing known of Google is believed any more."""
        self._t.cursors.pop(self.user, None)
        for link in list(self._links.values()):
            self._links[link.id] = replace(
                Link(link.google_id, link.id, link.event_id, LinkState.DETACHED),
                generation=link.generation,
            )
        self.checkpoint()

    def _asked_about(self) -> set[int]:
        return {
            event_id
            for key, question in self._t.questions.items()
            if question.kind == "adoption" and key not in self._t.answers
            for event_id in question.event_ids
        }


def _answered(link: Link, question, answer) -> Link:
    if question.kind == "deletion":
        side = question.detail.get("side", "odoo")
        state = LinkState.GONE if side == "odoo" else LinkState.DROPPED
        return replace(link, state=state, problem="", answer=answer.verdict)
    if question.kind in ("adoption", "quarantine"):
        return replace(link, state=_QUARANTINED, problem="", dirty=True)
    return replace(link, dirty=True)


_QUARANTINED = LinkState.QUARANTINED
_WAITING = (
    LinkState.HELD,
    LinkState.QUARANTINED,
    LinkState.DETACHED,
    LinkState.GONE,
)
