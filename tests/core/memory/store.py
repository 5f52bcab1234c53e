"""The Store port in memory: Odoo's events shared by several users' calendars.

A `Database` keeps what was committed: `crash` throws away what was not, as a killed
process would.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from google_sync.sync.events.colours import LABEL, as_told
from google_sync.sync.events.links import (
    Kind,
    Link,
    LinkState,
    OdooEvent,
    OdooSeries,
    Row,
    Span,
)
from google_sync.sync.events.occurrence_ids import family_of
from google_sync.sync.events.steps import (
    Candidate,
    CreateEvent,
    RemoveEvent,
    UpdateEvent,
    WriteSeries,
)
from google_sync.sync.events.store import Cursor
from google_sync.sync.events.values import EventValues
from google_sync.sync.events.video import web_address
from google_sync.sync.running.questions import USED_UP
from google_sync.sync.series.reading import read_series
from memory.series import Recurrence, Recurrences


@dataclass
class Record:
    """One calendar.event."""

    values: EventValues
    user: str
    people: set[str] = field(default_factory=set)
    edited_by: str = ""
    declined: set[str] = field(default_factory=set)
    alive: bool = True
    recurrence: int = 0


@dataclass
class _Tables:
    events: dict[int, Record] = field(default_factory=dict)
    links: dict[str, dict[int, Link]] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    pending: dict[str, list] = field(default_factory=dict)
    lines: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    recurrences: dict[int, Recurrence] = field(default_factory=dict)
    anchors: dict[str, dict[int, int]] = field(default_factory=dict)
    sequence: int = 0


def _copy(tables: _Tables) -> _Tables:
    """A copy down to what is changed in place; values and links are frozen."""
    return _Tables(
        {
            k: replace(r, people=set(r.people), declined=set(r.declined))
            for k, r in tables.events.items()
        },
        {name: dict(links) for name, links in tables.links.items()},
        dict(tables.cursors),
        {name: list(rows) for name, rows in tables.pending.items()},
        list(tables.lines),
        dict(tables.questions),
        dict(tables.answers),
        {k: replace(r) for k, r in tables.recurrences.items()},
        {name: dict(anchors) for name, anchors in tables.anchors.items()},
        tables.sequence,
    )


class Database(Recurrences):
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
        self.tables.events[event_id].people.add(user)
        self.tables.events[event_id].declined.discard(user)
        self._queue(event_id, None)
        self.commit()

    def people_archive(self, event_id: int) -> None:
        self.tables.events[event_id].alive = False
        self._queue(event_id, None)
        self.commit()

    def _queue(self, event_id: int, at, but: str = "") -> None:
        record = self.tables.events[event_id]
        for name, links in self.tables.links.items():
            if name == but:
                continue
            anchors = self.tables.anchors.get(name, {})
            whole = [k for k, r in anchors.items() if r and r == record.recurrence]
            linked = any(x.event_id == event_id for x in links.values())
            queue = self.tables.pending.setdefault(name, [])
            queue += [(0, at, link_id) for link_id in whole]
            if linked or name in record.people:
                queue.append((event_id, at, 0))

    def _forget(self, event_id: int) -> None:
        for links in self.tables.links.values():
            for link in list(links.values()):
                if link.event_id == event_id:
                    parent = links.get(link.parent_id)
                    whole = parent is not None and parent.span is not None
                    alone = link.kind is not Kind.SERIES and not whole
                    dirty = link.dirty or alone
                    links[link.id] = replace(link, event_id=0, dirty=dirty)


class MemoryStore:
    """The engine's Store for one user."""

    def __init__(self, database: Database, user: str = "marie") -> None:
        self.database = database
        self.user = user
        self.window = None
        self.broken: set[str] = set()
        self.inviting = False
        self.silent: frozenset[str] = frozenset()
        self.limit: int | None = None
        database.tables.links.setdefault(user, {})
        database.tables.anchors.setdefault(user, {})
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
        rows = self.database.rows_of(recurrence) if recurrence else []
        if not rows:
            return (
                link if link.event_id in self._t.events else replace(link, event_id=0)
            )
        base = self._t.recurrences[recurrence].base_event
        return replace(link, event_id=base if base in rows else rows[0])

    def _recurrence_of(self, link: Link) -> int:
        anchor = self._anchors.get(link.id, 0)
        if anchor in self._t.recurrences:
            return anchor
        record = self._t.events.get(link.event_id)
        return record.recurrence if record else 0

    @property
    def _anchors(self) -> dict[int, int]:
        return self._t.anchors[self.user]

    def children(self, links):
        return {
            link.id: {
                x.original_start: x
                for x in self._links.values()
                if x.parent_id == link.id and link.id
            }
            for link in links
        }

    def observe(self, links):
        found = {}
        for link in links:
            record = self._t.events.get(link.event_id)
            if record is None:
                continue
            if self._has_left(link, record):
                continue
            if self._is_anothers(link, record):
                continue
            zone = link.base.time_zone if link.base else ""
            if self._is_whole(link, record):
                whole = self._whole(link, record)
                if whole:
                    found[link.event_id] = whole
            else:
                found[link.event_id] = self._event(link.event_id, record, zone)
        return found

    def _has_left(self, link: Link, record: Record) -> bool:
        """The row of an occurrence belongs to another recurrence now."""
        if link.kind is not Kind.OCCURRENCE or not record.recurrence:
            return False
        parent = self._links.get(link.parent_id, Link(""))
        return self._recurrence_of(parent) != record.recurrence

    def _is_anothers(self, link: Link, record: Record) -> bool:
        """Of a series that is no more, a row that another link stands for."""
        own = self._anchors.get(link.id, 0)
        if link.kind is not Kind.SERIES or (own and own == record.recurrence):
            return False
        return any(
            x.event_id == link.event_id
            and x.id != link.id
            and x.kind is not Kind.OCCURRENCE
            and x.state not in (LinkState.DELETED, LinkState.DETACHED)
            for x in self._links.values()
        )

    def _is_whole(self, link: Link, record: Record) -> bool:
        """The link stands for the recurrence, not for one of its rows."""
        if not record.recurrence or link.kind is Kind.OCCURRENCE:
            return False
        return link.kind is Kind.SERIES or not self._linked_series(record.recurrence)

    def _linked_series(self, recurrence: int) -> list[int]:
        return [
            x.id
            for x in self._links.values()
            if x.kind is Kind.SERIES
            and x.state not in (LinkState.DELETED, LinkState.DETACHED)
            and self._recurrence_of(x) == recurrence
        ]

    def _whole(
        self, link: Link, record: Record, *, anybodys: bool = False
    ) -> OdooEvent | None:
        recurrence = self._t.recurrences[record.recurrence]
        alone = self._alone(link)
        rows = [
            Row(
                k,
                self._event(k, r, "").values,
                r.alive and (anybodys or self.user in r.people),
            )
            for k, r in self._t.events.items()
            if r.recurrence == record.recurrence and k not in alone
        ]
        children = self.children([link])[link.id]
        held = self._held(link, record.recurrence)
        odoo = OdooSeries(recurrence.rule, recurrence.time_zone, tuple(rows), held)
        reading = read_series(link, odoo, children)
        if reading is None:
            return None
        event = self._event(link.event_id, record, "")
        mine = any(self.user in self._t.events[row.event_id].people for row in rows)
        return replace(
            event, values=reading.values, series=reading, alive=True, mine=mine
        )

    def _held(self, link: Link, recurrence: int) -> Span | None:
        """The days that other links, of anybody, know Odoo to hold."""
        held = None
        for name, anchors in self._t.anchors.items():
            for link_id, anchor in anchors.items():
                other = self._t.links[name].get(link_id)
                own = name == self.user and link_id == link.id
                if anchor == recurrence and other and other.span and not own:
                    held = other.span.with_(held)
        return held

    def _alone(self, link: Link) -> set[int]:
        """Rows with a link of their own beside the series'."""
        others = [x for x in self._links.values() if x.id != link.id]
        alone = {x.event_id for x in others if x.kind is Kind.SINGLE}
        return alone - ({link.event_id} if link.kind is Kind.SINGLE else set())

    def _event(self, event_id: int, record: Record, zone: str) -> OdooEvent:
        zone = "" if record.values.period.all_day else zone
        invites = self.inviting and record.user == self.user
        return OdooEvent(
            event_id,
            replace(
                record.values,
                time_zone=zone,
                source=web_address(record.values.video),
                guests=self._invited(event_id, record) if invites else (),
            ),
            alive=record.alive,
            mine=record.alive and self.user in record.people,
            organizer=record.user == self.user,
            sole=record.people <= {self.user},
            created="2026-01-01",
            silent=self.silent,
            invites=invites,
            led=record.edited_by not in ("", self.user) and self._is_led(event_id),
        )

    def _is_led(self, event_id: int) -> bool:
        others = [links for name, links in self._t.links.items() if name != self.user]
        return any(
            x.event_id == event_id and x.state is LinkState.LINKED and not x.guard
            for links in others
            for x in links.values()
        )

    def _invited(self, event_id: int, record: Record) -> tuple[str, ...]:
        """Who takes part, and Google's guests whom Odoo does not know."""
        links = [x for x in self._links.values() if x.event_id == event_id and x.base]
        strangers = {a for x in links for a in x.base.guests if not known([a])}
        others = {f"{user}@example.com" for user in record.people - {self.user}}
        return tuple(sorted(strangers | others))

    def candidates(self, events):
        return {e.google_id: self._candidates(e) for e in events}

    def elsewhere(self, events):
        linked = {x.event_id for x in self._links.values()}
        others = [
            x
            for name, links in self._t.links.items()
            for x in links.values()
            if name != self.user
            and x.event_id
            and x.event_id not in linked
            and x.state in (LinkState.LINKED, LinkState.GONE, LinkState.HELD)
        ]
        found = {}
        for event in events:
            for x in others:
                same = x.ical_uid == event.ical_uid and x.kind == event.kind
                same = same if event.ical_uid else x.google_id == event.google_id
                record = self._t.events.get(x.event_id)
                if same and record and record.alive and self.user in record.people:
                    found[event.google_id] = (x.event_id, x.kind)
        return found

    def _candidates(self, event):
        cut = [x for x in self._links.values() if x.state is LinkState.DETACHED]
        over = (LinkState.DETACHED, LinkState.DELETED)
        live = [x for x in self._links.values() if x.state not in over]
        linked = {self._out(x).event_id for x in live}
        same = {x.event_id for x in cut if x.google_id == event.google_id}
        joined = [
            x.event_id
            for name, links in self._t.links.items()
            for x in links.values()
            if name != self.user and x.ical_uid == event.ical_uid and x.event_id
        ]
        free = {
            k: r
            for k, r in self._t.events.items()
            if k not in linked and r.alive and self._is_alike(event, k, r)
        }
        if same & free.keys():
            key = next(iter(same))
            return [Candidate(self._read(key), "detached")]
        for link in self._links.values() if event.is_guest else ():
            if link.event_id in joined and not link.guest and link.kind == event.kind:
                return [Candidate(self._read_copy(link), "copy", self._out(link))]
        if any(k in free for k in joined):
            key = next(k for k in joined if k in free)
            return [Candidate(self._read(key), "uid")]
        for key in self._invited_since(joined) if event.kind == "single" else ():
            return [Candidate(self._read(key), "uid")]
        return [
            Candidate(self._read(key), "match")
            for key, record in free.items()
            if self.user in record.people
            and (record.values.title, record.values.period)
            == (event.values.title, event.values.period)
        ]

    def _invited_since(self, joined) -> list[int]:
        """Archived by a colleague who had not invited the user when they did."""
        me = f"{self.user}@example.com"
        return [
            x.event_id
            for name, links in self._t.links.items()
            for x in links.values()
            if name != self.user and x.event_id in joined and x.base
            if x.state is LinkState.LINKED and me not in x.base.guests
            if not self._t.events[x.event_id].alive
        ]

    def _is_alike(self, event, event_id: int, record: Record) -> bool:
        """A series for a series: its first row; a record of its own for an event."""
        if event.kind != "series":
            return not record.recurrence
        if not record.recurrence or self._linked_series(record.recurrence):
            return False
        return self._t.recurrences[record.recurrence].base_event == event_id

    def _read_copy(self, link: Link) -> OdooEvent:
        return self.observe([self._out(link)])[self._out(link).event_id]

    def _read(self, event_id: int) -> OdooEvent:
        record = self._t.events[event_id]
        if record.recurrence:
            link = Link("", event_id=event_id)
            whole = self._whole(link, record, anybodys=True)
            assert whole is not None
            return whole
        return self._event(event_id, record, "")

    def apply(self, steps):
        return [self._apply(step) for step in steps]

    def _apply(self, step) -> str:
        write, link, whole = step.write, step.link, 0
        if isinstance(write, CreateEvent):
            if write.values.title in self.broken:
                return "broken title"
            event_id = self.database.next_id()
            owner = self._organizer(write.google)
            # As with the option that a Google colour gives the event its type.
            color = (write.values.color or "").removeprefix(LABEL)
            values = replace(write.values, color=color)
            if write.rows:
                event_id = self._create_series(write, owner)
            else:
                parent = self._links.get(link.parent_id, Link(""))
                self._t.events[event_id] = Record(
                    replace(values, recurrence=()),
                    owner,
                    {self.user, *known(values.guests)},
                    recurrence=self._recurrence_of(parent),
                )
                self.database._queue(event_id, None, but=self.user)
            same = as_told(color, color, written=False)
            said = {} if "color" in self.silent else {"color": same}
            link = replace(link, event_id=event_id, told=said)
        elif isinstance(write, UpdateEvent):
            record = self._t.events[write.event_id]
            self._invite(record, link, write.changes)
            if write.changes.get("title") in self.broken:
                return "broken title"
            record.values = record.values.with_(write.changes)
            record.alive = record.alive or write.revive
            record.people |= {self.user} if write.join else set()
            self.database._queue(write.event_id, None, but=self.user)
        elif isinstance(write, WriteSeries):
            if any(c.get("title") in self.broken for c in write.changes.values()):
                return "broken title"
            whole = self._write_series(write, link)
        elif isinstance(write, RemoveEvent):
            self._remove(write, link)
        if not link.id:
            link = replace(link, id=self._taken_over(link) or self.database.next_id())
        same = [x.id for x in self._links.values() if x.google_id == link.google_id]
        assert same in ([], [link.id]), f"two links for {link.google_id}"
        if isinstance(write, RemoveEvent) and not write.decline:
            link = replace(link, event_id=0)
        self._leave_row(self._links.get(link.id), link)
        self._links[link.id] = link
        record = self._t.events.get(link.event_id)
        if link.kind is Kind.SERIES:
            self._anchors[link.id] = whole or (record.recurrence if record else 0)
        self._t.lines += step.lines
        return ""

    def _organizer(self, google) -> str:
        """The account's user, another user of Odoo, or nobody."""
        if google.organizer_self:
            return self.user
        return next(iter(known([google.organizer_email])), "")

    def _taken_over(self, link: Link) -> int:
        """The link of an occurrence that another series of its family had."""
        if link.kind is not Kind.OCCURRENCE:
            return 0
        same = [x.id for x in self._links.values() if x.google_id == link.google_id]
        return same[0] if same else 0

    def _invite(self, record: Record, link: Link, changes) -> None:
        """Google's guests whom Odoo knows take part; who is no guest any more, not."""
        if "guests" not in changes:
            return
        before = self._links.get(link.id, link).base
        old = known(before.guests) if before else set()
        # Who declined stays a participant who declined.
        new = known(changes["guests"]) - record.declined
        record.people = (record.people - (old - new - {self.user})) | new

    def _is_invited(self, event_id: int, record: Record) -> bool:
        """Google itself brings the event into this user's calendar."""
        address = f"{self.user}@example.com"
        return any(
            link.state is LinkState.LINKED
            and link.base is not None
            and address in link.base.guests
            and event_id in (link.event_id, *self.database.rows_of(record.recurrence))
            for name, links in self._t.links.items()
            if name != self.user
            for link in links.values()
        )

    def _leave_row(self, before: Link | None, after: Link) -> None:
        """The row that an occurrence's link gives up is looked at as a new event."""
        if before is None or after.kind is not Kind.OCCURRENCE:
            return
        if before.event_id and before.event_id != after.event_id:
            queue = self._t.pending.setdefault(self.user, [])
            queue.append((before.event_id, None, 0))

    def _create_series(self, write: CreateEvent, owner: str) -> int:
        recurrence = self.database.next_id()
        self._t.recurrences[recurrence] = Recurrence(write.rule, write.values.time_zone)
        people = {self.user, *known(write.values.guests)}
        rows = [self._add_row(x, owner, people, recurrence) for x in write.rows]
        self._t.recurrences[recurrence].base_event = rows[0]
        for found in self._t.recurrences.values():
            if (
                found.base_event in rows
                and found is not self._t.recurrences[recurrence]
            ):
                found.base_event = 0
        return rows[0]

    def _add_row(self, row, owner, people, recurrence: int) -> int:
        if row.event_id:
            record = self._t.events[row.event_id]
            self.database._queue(row.event_id, None, but=self.user)
            record.values = record.values.with_(row.changes)
            record.recurrence = recurrence
            self.database._queue(row.event_id, None, but=self.user)
            return row.event_id
        event_id = self.database.new_row(row.values, owner, people, recurrence)
        if row.child_id:
            child = self._links[row.child_id]
            self._links[row.child_id] = replace(child, event_id=event_id)
        return event_id

    def _write_series(self, write: WriteSeries, link: Link) -> int:
        """The recurrence after it, 0 when there is none any more."""
        record = self._t.events[write.event_id]
        if write.rule is not None and not record.recurrence:
            record.recurrence = self.database.next_id()
            self._t.recurrences[record.recurrence] = Recurrence(
                write.rule, write.time_zone, write.event_id
            )
        recurrence = record.recurrence
        for event_id, changes in write.changes.items():
            own = {k: v for k, v in changes.items() if k != "time_zone"}
            row = self._t.events[event_id]
            self._invite(row, link, changes)
            row.values = row.values.with_(own)
            self.database._queue(event_id, None, but=self.user)
        for row in write.creates:
            people = {*record.people, self.user}
            new = self._add_row(row, record.user, people, recurrence)
            self.database._queue(new, None, but=self.user)
        for event_id in write.removes:
            self.database._queue(event_id, None, but=self.user)
            self._drop(event_id)
        self._after_rows(write, recurrence)
        return 0 if write.single else recurrence

    def _after_rows(self, write: WriteSeries, recurrence: int) -> None:
        if write.single:
            for event_id in self.database.rows_of(recurrence):
                # Rows that this user does not see go on alone.
                self.database._queue(event_id, None, but=self.user)
            self._t.events[write.event_id].recurrence = 0
            del self._t.recurrences[recurrence]
            self.database._lose(recurrence)
            return
        rows = self.database.rows_of(recurrence)
        found = self._t.recurrences[recurrence]
        if write.rule is not None:
            found.rule, found.time_zone = write.rule, write.time_zone
        if found.base_event not in rows:
            found.base_event = rows[0] if rows else 0
        if write.join:
            for event_id in rows:
                if self.user not in self._t.events[event_id].declined:
                    self._t.events[event_id].people.add(self.user)

    def _drop(self, event_id: int) -> None:
        del self._t.events[event_id]
        self.database._forget(event_id)

    def _remove(self, write: RemoveEvent, link: Link) -> None:
        whole = self._t.events[write.event_id].recurrence
        if link.kind is Kind.SERIES and whole:
            alone = self._alone(link)
            for event_id in self.database.rows_of(whole):
                if event_id in alone:
                    self.database._queue(event_id, None, but=self.user)
                    continue
                self._remove_row(RemoveEvent(event_id, write.decline))
            if not write.decline:
                self._t.recurrences.pop(whole, None)
                self.database._lose(whole)
        else:
            self._remove_row(write)

    def _remove_row(self, write: RemoveEvent) -> None:
        self.database._queue(write.event_id, None, but=self.user)
        if write.decline:
            self._t.events[write.event_id].people.discard(self.user)
            self._t.events[write.event_id].declined.add(self.user)
        else:
            del self._t.events[write.event_id]
            self.database._forget(write.event_id)

    def collect_edits(self, *, new: bool) -> None:
        queue = self._t.pending.pop(self.user, [])
        linked = {x.event_id for x in self._links.values()} - {0}
        if not new:
            known = [row for row in queue if row[0] in linked or row[2]]
            self._t.pending[self.user] = [row for row in queue if row not in known]
            queue = known
        for event_id, at, link_id in queue:
            for link in self._edited(event_id, link_id):
                latest = max(filter(None, (at, link.edited_at)), default=None)
                self._links[link.id] = replace(link, dirty=True, edited_at=latest)
            if event_id and not self._stands_for(event_id):
                self._new_link(event_id, at)

    def _stands_for(self, event_id: int) -> list[Link]:
        record = self._t.events.get(event_id)
        found = [x for x in self._links.values() if self._out(x).event_id == event_id]
        return [x for x in found if not (record and self._has_left(x, record))]

    def _edited(self, event_id: int, link_id: int) -> list[Link]:
        """The links of an edited event, and the series that they are exceptions of."""
        found = [x for x in self._links.values() if event_id and x.event_id == event_id]
        found += [self._links[link_id]] if link_id in self._links else []
        parents = [self._links[x.parent_id] for x in found if x.parent_id]
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
                rows = self.database.rows_of(whole)
                base = self._t.recurrences[whole].base_event
                event_id = base if base in rows else rows[0]
                self._anchors[link_id] = whole
                if self._stands_for(event_id):
                    return
            self._links[link_id] = Link(
                self.new_google_id(),
                link_id,
                event_id,
                dirty=True,
                edited_at=at,
                kind=Kind.SERIES if whole else Kind.SINGLE,
            )

    def enroll(self, window, limit: int) -> int:
        resolved = {self._out(x).event_id for x in self._links.values()}
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
        before = len(self._links)
        for event_id in new:
            self._new_link(event_id)
        return len(self._links) - before

    def room(self) -> int | None:
        live = (LinkState.NEW, LinkState.SENDING, LinkState.LINKED)
        taken = sum(x.state in live for x in self._links.values())
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

    def mark_all_dirty(self) -> None:
        for link in list(self._links.values()):
            noted = link.kind is Kind.OCCURRENCE and not link.event_id
            if link.state is LinkState.LINKED and not noted:
                self._links[link.id] = replace(link, dirty=True)

    def in_state(self, state, limit):
        found = [
            self._out(x)
            for x in self._links.values()
            if x.state is state and not x.problem
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

    def ask(self, questions):
        for question in questions:
            if question.kind in USED_UP:
                self._t.answers.pop(question.key, None)
                self._t.questions.pop(question.key, None)
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
        queue += [(event_id, None, 0) for event_id in question.event_ids]
        self.database.commit()

    def detach(self) -> None:
        """As a reset of the calendar: nothing known of Google is believed any more."""
        self._t.cursors.pop(self.user, None)
        for link in list(self._links.values()):
            self._links[link.id] = replace(
                Link(link.google_id, link.id, link.event_id, LinkState.DETACHED),
                generation=link.generation,
                kind=link.kind,
                span=link.span,
            )
        self.checkpoint()

    def _asked_about(self) -> set[int]:
        return {
            event_id
            for key, question in self._t.questions.items()
            if question.kind == "adoption" and key not in self._t.answers
            for event_id in question.event_ids
        }


def known(addresses) -> set[str]:
    """Odoo's users among Google's guests."""
    names = {address.partition("@")[0] for address in addresses}
    return names & {"marie", "paul", "lea"}


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
    LinkState.VOID,
    LinkState.HELD,
    LinkState.QUARANTINED,
    LinkState.DETACHED,
    LinkState.GONE,
)
