"""The Store's search for events of Odoo that Google's new events may be."""

from odoo.fields import Domain

from ..sync.store import Candidate


class Adoption:
    """Part of `OrmStore`: the candidates of unlinked Google events."""

    def candidates(self, events):
        taken = self._linked_events()
        found = {}
        for sort in (self._by_detached, self._by_uid, self._by_marker, self._by_match):
            left = [event for event in events if event.google_id not in found]
            found.update(sort(left, taken) if left else {})
        return found

    def _linked_events(self):
        rows = self._search(
            [("event_id", "!=", False), ("state", "not in", ("deleted", "detached"))]
        )
        return set(rows.event_id.ids)

    def _candidate(self, event_id, how, taken):
        if event_id in taken:
            return None
        odoo = self._observe({event_id: ""}).get(event_id)
        return Candidate(odoo, how) if odoo and odoo.alive else None

    def _by_detached(self, events, taken):
        rows = self._search(
            [
                ("google_id", "in", [event.google_id for event in events]),
                ("state", "=", "detached"),
            ]
        )
        return self._first(
            {row.google_id: [row.event_id.id] for row in rows}, "detached", taken
        )

    def _by_uid(self, events, taken):
        """The same event in a colleague's calendar: one Odoo event, several links."""
        rows = self.link_model.search(
            [
                ("ical_uid", "in", [e.ical_uid for e in events if e.ical_uid]),
                ("calendar_id", "!=", self.calendar.id),
                ("event_id", "!=", False),
            ]
        )
        by_uid = {row.ical_uid: row.event_id.id for row in rows}
        wanted = {
            event.google_id: [by_uid[event.ical_uid]]
            for event in events
            if event.ical_uid in by_uid
        }
        return self._first(wanted, "uid", taken)

    def _by_marker(self, events, taken):
        marked = {
            event.google_id: [event.marker.event_id]
            for event in events
            if event.marker and event.marker.google_id == event.google_id
        }
        found = self._first(marked, "marker", taken)
        return {
            event.google_id: found[event.google_id]
            for event in events
            if event.google_id in found
            and found[event.google_id][0].odoo.created == event.marker.created
        }

    def _first(self, wanted, how, taken):
        found = {}
        for google_id, event_ids in wanted.items():
            candidate = self._candidate(event_ids[0], how, taken)
            if candidate:
                found[google_id] = [candidate]
        return found

    def _by_match(self, events, taken):
        """Same title and period, in the user's agenda, not linked yet."""
        starts = {self._start_of(event.values.period) for event in events}
        timed = Domain("allday", "=", False) & Domain("start", "in", list(starts))
        days = Domain("allday", "=", True) & Domain("start_date", "in", list(starts))
        near = self.events.search(self._agenda() & (timed | days))
        free = [event_id for event_id in near.ids if event_id not in taken]
        odoo = self._observe(dict.fromkeys(free, ""))
        by_key = {}
        for event in odoo.values():
            if event.mine and not event.left_alone:
                key = (event.values.title, event.values.period)
                by_key.setdefault(key, []).append(Candidate(event, "match"))
        keys = {e.google_id: (e.values.title, e.values.period) for e in events}
        return {
            google_id: by_key[key] for google_id, key in keys.items() if key in by_key
        }

    @staticmethod
    def _start_of(period):
        return period.start if period.all_day else period.start.replace(tzinfo=None)

    def _agenda(self):
        partner = self.user.partner_id
        return Domain("partner_ids", "in", partner.ids) & Domain("active", "=", True)
