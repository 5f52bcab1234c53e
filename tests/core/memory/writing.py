"""How the Store in memory writes what a step says."""

from __future__ import annotations

from dataclasses import replace

from google_sync.sync.events.colours import LABEL, as_told
from google_sync.sync.events.links import Kind, Link
from google_sync.sync.events.responses import responses
from google_sync.sync.events.steps import (
    CreateEvent,
    RemoveEvent,
    UpdateEvent,
    WriteSeries,
)
from memory.series import Recurrence
from memory.tables import Record, known


class Writing:
    """Part of `MemoryStore`."""

    def apply(self, steps):
        return [self._apply(step) for step in steps]

    def _apply(self, step) -> str:
        write, link, whole = step.write, step.link, 0
        if self._is_broken(write):
            return "broken title"
        if isinstance(write, CreateEvent):
            link = self._create(write, link)
        elif isinstance(write, UpdateEvent):
            self._update(write, link)
        elif isinstance(write, WriteSeries):
            whole = self._write_series(write, link)
        elif isinstance(write, RemoveEvent):
            self._remove(write, link)
        if not link.id:
            link = replace(link, id=self._taken_over(link) or self.database.next_id())
        self._come_here(link)
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

    def _is_broken(self, write) -> bool:
        """The write would give an event a title that Odoo refuses."""
        if isinstance(write, CreateEvent):
            titles = [write.values.title]
        elif isinstance(write, UpdateEvent):
            titles = [write.changes.get("title")]
        elif isinstance(write, WriteSeries):
            titles = [c.get("title") for c in write.changes.values()]
        else:
            titles = []
        return any(title in self.broken for title in titles)

    def _create(self, write: CreateEvent, link: Link) -> Link:
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
            self._note_responses(self._t.events[event_id], responses(write.google))
            self.database._queue(event_id, None, but=self.user)
        same = as_told(color, color, written=False)
        said = {} if "color" in self.silent else {"color": same}
        return replace(link, event_id=event_id, told={**write.told, **said})

    def _update(self, write: UpdateEvent, link: Link) -> None:
        record = self._t.events[write.event_id]
        self._invite(record, link, write.changes)
        record.values = record.values.with_(write.changes)
        record.alive = record.alive or write.revive
        record.people |= {self.user} if write.join else set()
        self._note_responses(record, write.responses, anew=write.anew)
        self.database._queue(write.event_id, None, but=self.user)

    def _note_responses(self, record: Record, responses, *, anew: bool = False) -> None:
        for address, response in responses.items():
            for user in known([address]) - {self.user}:
                if user not in record.people or user in record.answered and not anew:
                    continue
                record.answered.add(user)
                if response == "declined":
                    record.people.discard(user)
                    record.declined.add(user)

    def _organizer(self, google) -> str:
        """The account's user, another user of Odoo, or nobody."""
        if google.owner_self:
            return self.user
        return next(iter(known([google.owner_email])), "")

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
        before = self._links.get(link.id or link.parent_id, link).base
        old = known(before.guests) if before else set()
        # Who declined stays a participant who declined.
        new = known(changes["guests"]) - record.declined
        record.people = (record.people - (old - new - {self.user})) | (new - old)

    def _leave_row(self, before: Link | None, after: Link) -> None:
        """The row that an occurrence's link gives up is looked at as a new event."""
        if before is None or after.kind is not Kind.OCCURRENCE:
            return
        if before.event_id and before.event_id != after.event_id:
            queue = self._t.pending.setdefault(self.user, [])
            queue.append((before.event_id, None, 0, ""))

    def _create_series(self, write: CreateEvent, owner: str) -> int:
        recurrence = self.database.next_id()
        self._t.recurrences[recurrence] = Recurrence(write.rule, write.values.time_zone)
        people = {self.user, *known(write.values.guests)}
        rows = [self._add_row(x, owner, people, recurrence) for x in write.rows]
        for new in {*rows} - {row.event_id for row in write.rows}:
            self._note_responses(self._t.events[new], responses(write.google))
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
            record.people.add(self.user)
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
        for event_id in write.leaves:
            self.database._queue(event_id, None, but=self.user)
            self._t.events[event_id].recurrence = 0
        for event_id in self.database.rows_of(recurrence) if write.responses else ():
            self._note_responses(self._t.events[event_id], write.responses)
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
