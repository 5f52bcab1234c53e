"""The Store's occurrences that Google shows without their series."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from odoo.fields import Domain

from ....sync.events.occurrence_ids import family_of
from ....sync.events.recurrence import start_of
from .series_links import like


class Orphans:
    """Part of `OrmStore`: somebody was invited to one occurrence of a series only."""

    def _orphans(self, domain=()):
        """Links of occurrences that Google shows here without their series."""
        own = [
            ("kind", "=", "occurrence"),
            ("parent_id", "=", False),
            ("state", "=", "linked"),
        ]
        return self._search([*own, *domain])

    def orphans(self, series_ids):
        families = {family_of(series_id) for series_id in series_ids}
        ids = Domain.OR(
            [
                [("google_id", "=like", f"{like(family_id)}\\_%")]
                for family_id in families
            ]
        )
        return self._orphans(ids)._to_links() if families else []

    def _rows_at(self, series, event):
        """Of colleagues' series the row at the slot, as if it had a link of its own."""
        start = start_of(event.original_start)
        field = "start" if isinstance(start, datetime) else "start_date"
        at = start.replace(tzinfo=None) if field == "start" else start
        found = []
        for row, link in series:
            rows = self.events.search(
                [
                    ("recurrence_id", "in", row.recurrence_id.ids),
                    (field, "=", at),
                    ("active", "=", True),
                ]
            )
            # One of another slot may have been moved here.
            own = self.link_model.search(
                [("parent_id", "=", row.id), ("event_id", "in", rows.ids)]
            )
            left = rows - own.event_id
            found += [(row, replace(link, event_id=left[:1].id))] if left else []
        return found

    def strays(self, events):
        by_uid = {event.ical_uid: event for event in events if event.ical_uid}
        rows = self.link_model.search(
            [
                ("ical_uid", "in", list(by_uid)),
                ("kind", "=", "occurrence"),
                ("parent_id", "=", False),
                ("state", "=", "linked"),
                ("event_id.active", "=", True),
                ("event_id.recurrence_id", "=", False),
            ]
        )
        links = rows._to_links()
        may = self._changeable({link.event_id for link in links})
        found = defaultdict(dict)
        for row, link in zip(rows, links, strict=True):
            event = by_uid[link.ical_uid]
            mine = row.calendar_id == self.calendar
            same = mine or self._is_same_organizer(event, row, link)
            if same and link.event_id in may:
                found[event.google_id][link.original_start] = link.event_id
        return found
