"""Odoo's tables in memory.

A `Database` keeps what was committed: `crash` throws away what was not, as a killed
process would.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from google_sync.sync.events.links import Kind, Link
from google_sync.sync.events.store import Cursor
from google_sync.sync.events.values import EventValues
from memory.series import Recurrence, Recurrences


@dataclass
class Record:
    """One calendar.event."""

    values: EventValues
    user: str
    people: set[str] = field(default_factory=set)
    edited_by: str = ""
    declined: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    alive: bool = True
    recurrence: int = 0

    def copy(self) -> Record:
        """By hand: `replace` takes its time, and each commit copies all."""
        return Record(
            self.values,
            self.user,
            set(self.people),
            self.edited_by,
            set(self.declined),
            set(self.answered),
            self.alive,
            self.recurrence,
        )


@dataclass
class Tables:
    events: dict[int, Record] = field(default_factory=dict)
    links: dict[str, dict[int, Link]] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    pending: dict[str, list] = field(default_factory=dict)
    lines: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    recurrences: dict[int, Recurrence] = field(default_factory=dict)
    anchors: dict[str, dict[int, int]] = field(default_factory=dict)
    wishes: dict[tuple[str, int], str] = field(default_factory=dict)
    sequence: int = 0


def _copy(tables: Tables) -> Tables:
    """A copy down to what is changed in place; values and links are frozen."""
    return Tables(
        {k: r.copy() for k, r in tables.events.items()},
        {name: dict(links) for name, links in tables.links.items()},
        dict(tables.cursors),
        {name: list(rows) for name, rows in tables.pending.items()},
        list(tables.lines),
        dict(tables.questions),
        dict(tables.answers),
        {k: replace(r) for k, r in tables.recurrences.items()},
        {name: dict(anchors) for name, anchors in tables.anchors.items()},
        dict(tables.wishes),
        tables.sequence,
    )


class Database(Recurrences):
    """Tables with commit and crash."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.week_start = "MO"
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

    def people_edit(
        self, event_id: int, at: datetime | None = None, by: str = "", **changes
    ) -> None:
        record = self.tables.events[event_id]
        record.edited_by = by
        record.values = record.values.with_(changes)
        self._queue(event_id, at)
        self.commit()

    def people_delete(self, event_id: int) -> None:
        self._delete_row(event_id)
        self.commit()

    def people_leave(self, event_id: int, user: str) -> None:
        self._queue(event_id, None)
        self.tables.events[event_id].people.discard(user)
        self.commit()

    def people_join(self, event_id: int, user: str) -> None:
        record = self.tables.events[event_id]
        record.people.add(user)
        record.declined.discard(user)
        record.answered.add(user)
        self._queue(event_id, None)
        self.commit()

    def people_place(self, event_id: int, user: str, calendar: str) -> None:
        """A person chooses the calendar of their own copy; "": the main one."""
        self.tables.wishes[user, event_id] = calendar
        self._queue(event_id, None)
        self.commit()

    def people_archive(self, event_id: int) -> None:
        self.tables.events[event_id].alive = False
        self._queue(event_id, None)
        self.commit()

    def _queue(self, event_id: int, at, but: str = "") -> None:
        record = self.tables.events[event_id]
        for name, links in self.tables.links.items():
            user = owner(name)
            if user == but:
                continue
            anchors = self.tables.anchors.get(name, {})
            whole = [k for k, r in anchors.items() if r and r == record.recurrence]
            linked = any(x.event_id == event_id for x in links.values())
            queue = self.tables.pending.setdefault(user, [])
            by = record.edited_by
            queue += [(0, at, link_id, by) for link_id in whole]
            if linked or name in record.people:
                queue.append((event_id, at, 0, by))

    def _forget(self, event_id: int) -> None:
        for links in self.tables.links.values():
            for link in list(links.values()):
                if link.event_id == event_id:
                    parent = links.get(link.parent_id)
                    whole = parent is not None and parent.span is not None
                    alone = link.kind is not Kind.SERIES and not whole
                    dirty = link.dirty or alone
                    links[link.id] = replace(link, event_id=0, dirty=dirty)


def owner(name: str) -> str:
    """The user of a calendar's links."""
    return name.partition("/")[0]


def known(addresses) -> set[str]:
    """Odoo's users among Google's guests."""
    names = {address.partition("@")[0] for address in addresses}
    return names & {"marie", "paul", "lea"}
