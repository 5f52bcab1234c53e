"""The Store's series: Odoo's rows, read in bulk as one series each."""

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache, reduce

import pytz

from odoo.fields import Domain
from odoo.tools import SQL

from ....sync.events.links import Kind, OdooSeries, Row, Span
from ....sync.events.recurrence import local_day, rule_of
from ....sync.events.ways import apart
from ....sync.events.zones import same_zone
from ....sync.series.reading import read_series
from ....sync.series.shape import ODOO_ROWS
from ...tools.recurrence import rule_from
from .privacy import in_full

#: What rows are read for, in one go: Odoo checks each row's privacy each time.
_READ = [
    "name",
    "location",
    "description",
    "allday",
    "start",
    "stop",
    "start_date",
    "stop_date",
    "privacy",
    "user_id",
    "show_as",
    "alarm_ids",
    "categ_ids",
    "videocall_location",
    "recurrence_id",
]


class Series:
    """Part of `OrmStore`: how series are read."""

    # -- observing -------------------------------------------------------------

    def _is_whole(self, link, event, linked):
        """The link stands for the event's recurrence, not for one of its rows."""
        recurrence = event.recurrence_id.id
        if not recurrence or link.kind is Kind.OCCURRENCE:
            return False
        return link.kind is Kind.SERIES or recurrence not in linked

    def _anothers(self, links, events):
        """Ids of links of ended series whose row another link stands for."""
        series = [x for x in links if x.kind is Kind.SERIES and x.id]
        own = {row.id: row.recurrence_id for row in self._rows_of(series)}
        left = [
            link
            for link in series
            if not own[link.id] or own[link.id] != events[link.event_id].recurrence_id
        ]
        if not left:
            return set()
        rows = self._search_all(
            [
                ("kind", "!=", "occurrence"),
                ("state", "not in", ("deleted", "detached")),
                ("event_id", "in", [link.event_id for link in left]),
            ]
        )
        taken = {(row.event_id.id, row.id) for row in rows}
        return {
            link.id
            for link in left
            if any(e == link.event_id and x != link.id for e, x in taken)
        }

    def _rows_of(self, links):
        return self.link_model.browse([link.id for link in links])

    def _linked_among(self, recurrences):
        """Ids of those of these recurrences that have a series' link of the account."""
        if not recurrences:
            return set()
        self.account.env.flush_all()
        self.account.env.cr.execute(
            SQL(
                "SELECT id FROM calendar_recurrence WHERE id IN %s AND id IN %s",
                tuple(recurrences.ids),
                self._linked_recurrences(),
            )
        )
        return {row[0] for row in self.account.env.cr.fetchall()}

    def _observe_series(self, links, events, *, anybodys=False):
        """OdooEvent by event id of links that stand for a recurrence.

        events: their rows, by id. A series of which no row is left is missing.
        """
        if not links:
            return {}
        # sudo: where all of an event is wanted, see `observe`.
        rows = self._rows_by_recurrence(
            [events[link.event_id].recurrence_id.id for link in links],
            Domain("active", "=", True) if anybodys else self._mine(),
            in_full(self.events) if anybodys else self.events,
        )
        alone, ones = self._alone(rows), self._ones(rows)
        if not anybodys:
            alone |= ones
        family = self.children(links)
        held = self._held(rows)
        found = {}
        for link in links:
            event = events[link.event_id]
            own = [
                row
                for row in rows.get(event.recurrence_id.id, ())
                if row.id not in alone
                or (link.kind is Kind.SINGLE and row.id == event.id)
            ]
            spans = held[event.recurrence_id.id]
            others = [span for key, span in spans.items() if key != link.id]
            whole = self._whole(link, event, own, family[link.id], others)
            if whole:
                # Whoever takes part in a row that came alone is not in the series.
                mine = any(row.id not in ones and self._is_in(row) for row in own)
                found[event.id] = replace(whole, mine=mine)
        return found

    def left_rows(self, links):
        """See the port: others' rows, and those that the user declined."""
        whole = {row.id: row.recurrence_id.id for row in self._rows_of(links)}
        rows = self._rows_by_recurrence(whole.values(), ~self._mine())
        return {
            link_id: {row._google_sync_period().start: row.id for row in rows[rule]}
            for link_id, rule in whole.items()
        }

    def _mine(self):
        return self._agenda() & Domain("id", "not in", self._declined_ids())

    def _rows_by_recurrence(self, recurrence_ids, domain, events=None):
        """{recurrence id: its rows of this domain}, read at once (as `events`)."""
        rows = (self.events if events is None else events).search_fetch(
            Domain("recurrence_id", "in", list(recurrence_ids)) & domain,
            _READ,
            order="start, id",
        )
        found = defaultdict(list)
        for row in rows:
            found[row.recurrence_id.id].append(row)
        return found

    def _alone(self, rows):
        """Ids of the rows that have a link of their own, as single events."""
        ids = [row.id for group in rows.values() for row in group]
        links = self._search_all([("kind", "=", "single"), ("event_id", "in", ids)])
        return set(links.event_id.ids)

    def _ones(self, rows):
        """Ids of the rows that Google shows here without their series."""
        ids = [row.id for group in rows.values() for row in group]
        return set(self._orphans([("event_id", "in", ids)]).event_id.ids)

    def _whole(self, link, event, rows, children, spans):
        """The recurrence of `event` as one event, or None when no row is left.

        spans: what the other links of it know Odoo to hold.
        """
        if not rows:
            return None
        values = list(self._values_of(rows, link.base))
        odoo = OdooSeries(
            self._rule_of(event.recurrence_id, values[0], link),
            self._zone_of(event.recurrence_id, link),
            tuple(Row(r.id, v) for r, v in zip(rows, values, strict=True)),
            reduce(Span.with_, spans) if spans else None,
            apart(self.ways),
        )
        reading = read_series(link, odoo, children)
        if reading is None:
            return None
        return replace(
            self._odoo_event(event, reading.values, declined=False),
            series=reading,
            alive=True,
        )

    def _is_in(self, row):
        return self.user.partner_id in row.partner_ids

    def _values_of(self, rows, base):
        """The rows' values; what differs in nothing but the time is read once.

        Odoo gives each row of a series an address of its own for the same meeting.
        """
        known = {}
        address = next((r.videocall_location for r in rows if _is_discuss(r)), "")
        for row in rows:
            key = row._google_sync_likeness()
            if key not in known:
                said = row._google_sync_values(colors=self.with_colors)
                known[key] = self._as_agreed(row, said, base)
                if _is_discuss(row) and row.videocall_location != address:
                    same = {"video": address, "source": address}
                    known[key] = known[key].with_(same)
            yield replace(known[key], period=row._google_sync_period())

    def _rule_of(self, recurrence, values, link):
        first = local_day(values.period.start, recurrence.event_tz or "UTC")
        rule = rule_from(recurrence, first, str(recurrence._get_lang_week_start()))
        said = rule_of(link.base.recurrence) if link.base else None
        if rule.count == ODOO_ROWS and (said is None or said.count != ODOO_ROWS):
            # What Odoo makes of "forever" when it stores it.
            return rule.ending()
        return rule

    def _zone_of(self, recurrence, link):
        """The series' own zone: Odoo may have stored another name for Google's."""
        base = link.base.time_zone if link.base else ""
        stored = recurrence.event_tz or ""
        if base and (stored_zone(base) == stored or same_zone(base, stored)):
            return base
        return recurrence.event_tz or self.user.tz or "UTC"


def _is_discuss(event):
    return event.DISCUSS_ROUTE in (event.videocall_location or "")


@lru_cache(maxsize=256)
def stored_zone(name):
    """What Odoo stores for a zone: the name, another one of the same, or ""."""
    if name in pytz.all_timezones_set:
        return name
    others = (x for x in pytz.common_timezones if same_zone(x, name))
    return next(others, "")
