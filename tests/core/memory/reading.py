"""How the Store in memory reads Odoo's events and series."""

from __future__ import annotations

from dataclasses import replace

from google_sync.sync.events.links import (
    Kind,
    Link,
    LinkState,
    OdooEvent,
    OdooSeries,
    Row,
    Span,
)
from google_sync.sync.events.occurrence_ids import family_of, slot_of
from google_sync.sync.events.values import EventValues
from google_sync.sync.events.video import web_address
from google_sync.sync.events.ways import apart
from google_sync.sync.series.reading import read_series
from memory.tables import Record, known


class Reading:
    """Part of `MemoryStore`."""

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
                event = self._whole(link, record)
            else:
                event = self._event(link.event_id, record, zone)
            if event:
                led = event.led and bool(link.guard)
                afresh = self._afresh(link, record)
                found[link.event_id] = replace(event, led=led, afresh=afresh)
        return found

    def _has_left(self, link: Link, record: Record) -> bool:
        """The row of an occurrence belongs to another recurrence now."""
        if link.kind is not Kind.OCCURRENCE or not record.recurrence:
            return False
        parent = self._links.get(link.parent_id)
        return bool(parent) and self._recurrence_of(parent) != record.recurrence

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
            for x in self._own.values()
        )

    def _is_whole(self, link: Link, record: Record) -> bool:
        """The link stands for the recurrence, not for one of its rows."""
        if not record.recurrence or link.kind is Kind.OCCURRENCE:
            return False
        return link.kind is Kind.SERIES or not self._linked_series(record.recurrence)

    def _linked_series(self, recurrence: int) -> list[int]:
        return [
            x.id
            for x in self._own.values()
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
                self._shown(k, r, ""),
                r.alive and (anybodys or self.user in r.people),
            )
            for k, r in self._t.events.items()
            if r.recurrence == record.recurrence and k not in alone
        ]
        children = self.children([link])[link.id]
        held = self._held(link, record.recurrence)
        rule = self.database.said_by_language(recurrence.rule)
        odoo = OdooSeries(
            rule, recurrence.time_zone, tuple(rows), held, apart(self.ways)
        )
        reading = read_series(link, odoo, children)
        if reading is None:
            return None
        event = self._event(link.event_id, record, "")
        # One of them is not the series.
        ones = {x.event_id for x in self._own.values() if self._is_orphan(x)}
        mine = any(
            self.user in self._t.events[row.event_id].people
            for row in rows
            if row.event_id not in ones
        )
        return replace(
            event, values=reading.values, series=reading, alive=True, mine=mine
        )

    def _held(self, link: Link, recurrence: int) -> Span | None:
        """The days that other links, of anybody, know Odoo to hold."""
        held = None
        for name, anchors in self._t.anchors.items():
            for link_id, anchor in anchors.items():
                other = self._t.links[name].get(link_id)
                own = link_id == link.id
                if anchor == recurrence and other and other.span and not own:
                    held = other.span.with_(held)
        return held

    def _alone(self, link: Link) -> set[int]:
        """Rows with a link of their own beside the series'."""
        others = [x for x in self._own.values() if x.id != link.id]
        alone = {x.event_id for x in others if x.kind is Kind.SINGLE}
        # Google shows it without its series, which is another one here.
        alone |= {x.event_id for x in others if link.id and self._is_orphan(x)}
        return alone - ({link.event_id} if link.kind is Kind.SINGLE else set())

    @staticmethod
    def _is_orphan(link: Link) -> bool:
        occurrence = link.kind is Kind.OCCURRENCE and not link.parent_id
        return occurrence and link.state is LinkState.LINKED and bool(link.event_id)

    def orphans(self, series_ids):
        families = {family_of(x) for x in series_ids}
        found = [x for x in self._links.values() if self._is_orphan(x)]
        return [x for x in found if slot_of(x.google_id)[0] in families]

    def _shown(self, event_id: int, record: Record, zone: str) -> EventValues:
        values = record.values
        shown = {
            "time_zone": "" if values.period.all_day else zone,
            "source": web_address(values.video) if values.video else "",
            "guests": self._invited(event_id, record) if self._invites(record) else (),
        }
        same = all(getattr(values, name) == value for name, value in shown.items())
        return values if same else replace(values, **shown)

    def _invites(self, record: Record) -> bool:
        return self.inviting and record.user == self.user

    def _event(self, event_id: int, record: Record, zone: str) -> OdooEvent:
        return OdooEvent(
            event_id,
            self._shown(event_id, record, zone),
            alive=record.alive,
            mine=record.alive and self.user in record.people,
            organizer=record.user == self.user,
            sole=record.people <= {self.user},
            created="2026-01-01",
            silent=self.silent,
            ways=self.ways,
            invites=self._invites(record),
            unanswered=bool(record.people - record.answered - {self.user}),
            mode=self.mode,
            led=self._is_led(event_id, record.recurrence),
        )

    def _invited(self, event_id: int, record: Record) -> tuple[str, ...]:
        """Who takes part, and Google's guests whom Odoo does not know."""
        links = [x for x in self._own.values() if x.event_id == event_id and x.base]
        strangers = {a for x in links for a in x.base.guests if not known([a])}
        others = {f"{user}@example.com" for user in record.people - {self.user}}
        return tuple(sorted(strangers | others))
