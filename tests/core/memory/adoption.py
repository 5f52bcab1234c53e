"""Which of Odoo's events the Store in memory takes for one of Google's."""

from __future__ import annotations

from google_sync.sync.events.links import Kind, Link, LinkState, OdooEvent
from google_sync.sync.events.recurrence import key_of
from google_sync.sync.events.steps import Candidate
from memory.tables import Record, owner


class Adoption:
    """Part of `MemoryStore`."""

    def candidates(self, events):
        return {e.google_id: self._candidates(e) for e in events}

    def elsewhere(self, events):
        linked = {x.event_id for x in self._own.values()}
        others = [
            x
            for name, links in self._t.links.items()
            for x in links.values()
            if owner(name) != self.user
            and x.event_id
            and x.event_id not in linked
            and x.state in (LinkState.LINKED, LinkState.GONE, LinkState.HELD)
        ]
        found = {}
        for event in events:
            for x in others:
                same = x.ical_uid == event.ical_uid and x.kind == event.kind
                same = same and x.original_start == event.original_start
                same = same if event.ical_uid else x.google_id == event.google_id
                record = self._t.events.get(x.event_id)
                if same and record and record.alive and self.user in record.people:
                    found[event.google_id] = (x.event_id, x.kind)
        return found

    def strays(self, events):
        found = {}
        for links in self._t.links.values():
            for x in filter(self._is_orphan, links.values()):
                record = self._t.events.get(x.event_id)
                for event in events if record and not record.recurrence else ():
                    if x.ical_uid == event.ical_uid:
                        own = found.setdefault(event.google_id, {})
                        own[x.original_start] = x.event_id
        return found

    def _row_of(self, event) -> int:
        """The row of a colleague's series that an occurrence without one is, or 0."""
        linked = {x.event_id for x in self._own.values()}
        for name, links in self._t.links.items():
            series = [
                x
                for x in links.values()
                if x.ical_uid == event.ical_uid and x.kind is Kind.SERIES
            ]
            for x in series if owner(name) != self.user else ():
                row = self._row_at(name, x, event.original_start)
                if row and row not in linked and self._t.events[row].alive:
                    return row
        return 0

    def _row_named(self, name: str, link: Link) -> int:
        """The row by which a colleague's link names its event or series."""
        anchor = self._t.anchors[name].get(link.id, 0)
        rows = self.database.rows_of(anchor) if link.kind is Kind.SERIES else []
        return self._named_by(anchor) if rows else link.event_id

    def _row_at(self, name: str, series: Link, key: str) -> int:
        """The row of a slot, by its link or by its time; 0 for none."""
        own = [x for x in self._t.links[name].values() if x.parent_id == series.id]
        rows = {x.original_start: x.event_id for x in own if x.event_id}
        anchor = self._t.anchors[name].get(series.id, 0)
        for row in set(self.database.rows_of(anchor)) - set(rows.values()):
            rows.setdefault(key_of(self._t.events[row].values.period.start), row)
        return rows.get(key, 0)

    def _candidates(self, event):
        if event.kind == "occurrence" and (row := self._row_of(event)):
            record = self._t.events[row]
            return [Candidate(self._event(row, record, ""), "uid")]
        cut = [x for x in self._links.values() if x.state is LinkState.DETACHED]
        over = (LinkState.DETACHED, LinkState.DELETED)
        live = [
            x
            for x in self._own.values()
            if x.state not in over
            if not (event.kind == "series" and self._is_orphan(x))
        ]
        linked = {self._out(x).event_id for x in live}
        same = {x.event_id for x in cut if x.google_id == event.google_id}
        joined = {
            self._row_named(name, x): x.base
            for name, links in self._t.links.items()
            for x in links.values()
            if owner(name) != self.user
            and x.ical_uid == event.ical_uid
            and self._row_named(name, x)
        }
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
            return [Candidate(self._read(key), "uid", known=joined[key])]
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
            if owner(name) != self.user and x.event_id in joined and x.base
            if x.state is LinkState.LINKED and me not in x.base.guests
            if not self._t.events[x.event_id].alive
        ]

    def _is_alike(self, event, event_id: int, record: Record) -> bool:
        """A series for a series: its first row; a record of its own for an event."""
        if event.kind != "series":
            return not record.recurrence
        if not record.recurrence or self._linked_series(record.recurrence):
            return False
        return self._named_by(record.recurrence) == event_id

    def _named_by(self, recurrence: int) -> int:
        """The row that stands for a recurrence: its base, else the first left."""
        rows = self.database.rows_of(recurrence)
        base = self._t.recurrences[recurrence].base_event
        return base if base in rows or not rows else rows[0]

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
