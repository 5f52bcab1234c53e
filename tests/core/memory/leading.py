"""Who organises an event has the say in Google: what the guests' links wait for."""

from __future__ import annotations

from google_sync.sync.events.links import Link, LinkState
from memory.tables import Record, owner

_LIVE = (LinkState.NEW, LinkState.SENDING, LinkState.LINKED)


class Leading:
    """Part of `MemoryStore`."""

    def _is_led(self, event_id: int, recurrence: int) -> bool:
        """A colleague's link takes the event to Google, or the series it is of."""
        return any(
            x.state is LinkState.LINKED
            for name in self._t.links
            if owner(name) != self.user
            for x in self._leaders(name, event_id, recurrence)
        )

    def _leaders(self, name: str, event_id: int, recurrence: int) -> list[Link]:
        """Of a calendar, the links that tie the event, or its series, and may write."""
        return [
            x
            for x in self._t.links[name].values()
            if x.state in _LIVE
            and not x.guard
            and self._ties(name, x, event_id, recurrence)
        ]

    def _ties(self, name: str, link: Link, event_id: int, recurrence: int) -> bool:
        """A calendar's link ties the event, or the series that it is of."""
        whole = recurrence and self._t.anchors[name].get(link.id) == recurrence
        return bool(whole) or link.event_id == event_id

    def _organizers(self, link: Link, record: Record) -> list[Link]:
        if link.guard != "not_organizer" or record.user in ("", self.user):
            return []
        return [
            x
            for name in self._t.links
            if owner(name) == record.user
            for x in self._leaders(name, link.event_id, record.recurrence)
        ]

    def _afresh(self, link: Link, record: Record) -> str:
        """See `OdooEvent.afresh`."""
        theirs = self._organizers(link, record)
        parent = self._links.get(link.parent_id)
        uid = link.ical_uid or (parent.ical_uid if parent else "")
        if not theirs or any(x.ical_uid == uid for x in theirs):
            return ""
        me = f"{self.user}@example.com"
        invited = any(x.base and me in x.base.guests for x in theirs)
        return "invited" if invited else "copy"

    def _is_awaited(self, link: Link) -> bool:
        """The organiser has edited what is gone here: their run says what it means."""
        record = self._t.events.get(link.event_id)
        if record is None:
            return False
        theirs = self._organizers(link, record)
        queue = self._t.pending.get(record.user, [])
        rows = {link.event_id, *self.database.rows_of(record.recurrence or -1)}
        edited = any(event_id in rows for event_id, *_more in queue)
        return bool(theirs) and (edited or any(x.dirty for x in theirs))

    def left_rows(self, links):
        """Rows of these series that are alive, without the user."""
        found = {}
        for link in links:
            rows = self.database.rows_of(self._recurrence_of(link) or -1)
            records = {k: self._t.events[k] for k in rows}
            found[link.id] = {
                r.values.period.start: k
                for k, r in records.items()
                if self.user not in r.people
            }
        return found
