"""The Store's series: Odoo's rows, read in bulk as one series each."""

from collections import defaultdict
from dataclasses import replace

import pytz

from odoo.fields import Domain
from odoo.tools import SQL

from ..sync.recurrence import key_of, local_day, rule_of
from ..sync.series import ODOO_ROWS, read_series
from ..sync.store import Kind, Link, LinkState, OdooSeries, Row
from ..sync.zones import google_zone
from .calendar_recurrence_values import rule_from

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
#: Links of series that no longer stand for their recurrence.
CUT = ("deleted", "detached")


class Series:
    """Part of `OrmStore`: series, their occurrences, and how they are read."""

    @property
    def recurrences(self):
        """Odoo's recurrences, as the account's user."""
        return self.events.env["calendar.recurrence"]

    # -- links -----------------------------------------------------------------

    def by_id(self, link_ids):
        rows = self._search([("id", "in", list(link_ids))])
        return {link.id: link for link in rows._to_links()}

    def children(self, links):
        parents = [link.id for link in links if link.id]
        found = {link.id: {} for link in links}
        if parents:
            rows = self._search([("parent_id", "in", parents)], order="id")
            for link in rows._to_links():
                found[link.parent_id][link.original_start] = link
        return found

    def unread(self, limit, skip):
        rows = self._search(
            Domain("kind", "=", "occurrence")
            & Domain("state", "=", "linked")
            & Domain("etag", "=", False)
            & Domain("parent_id.state", "=", "linked")
            & Domain("id", "not in", list(skip)),
            limit=limit,
            order="id",
        )
        return rows._to_links()

    def short_of(self, day, limit, skip):
        rows = self._search(
            Domain("state", "=", "linked")
            & Domain("span_last", "<", day)
            & Domain("id", "not in", list(skip)),
            limit=limit,
            order="id",
        )
        return rows._to_links()

    def _recurrences_of(self, links):
        """{link id: recurrence id} of stored links of series."""
        rows = self.link_model.browse(link.id for link in links if link.id)
        own = {row.id: row.recurrence_id.id for row in rows if row.recurrence_id}
        events = self.events.browse(x.event_id for x in links if x.event_id)
        by_event = {e.id: e.recurrence_id.id for e in events.exists()}
        return {x.id: own.get(x.id) or by_event.get(x.event_id, False) for x in links}

    def _linked_recurrences(self):
        """SQL: the recurrences that links of this calendar stand for."""
        return SQL(
            "(SELECT COALESCE(link.recurrence_id, event.recurrence_id)"
            " FROM google_sync_event_link link"
            " LEFT JOIN calendar_event event ON event.id = link.event_id"
            " WHERE link.calendar_id = %s AND link.kind = 'series'"
            " AND link.state NOT IN %s"
            " AND COALESCE(link.recurrence_id, event.recurrence_id) IS NOT NULL)",
            self.calendar.id,
            CUT,
        )

    # -- enrolling -------------------------------------------------------------

    def _new_series(self, window, limit, event_ids=None):
        """Recurrences without a link, of the agenda, with a row in the window.

        event_ids: only those that these events are rows of.
        """
        if not self.with_series or limit == 0:
            return self.recurrences
        rows = (
            self._agenda()
            & self._in_window(window)
            & Domain("recurrence_id", "!=", False)
            & Domain("recurrence_id", "not in", self._linked_recurrences())
            & Domain("id", "not in", self._declined_ids())
            & Domain("recurrence_id", "not in", self._invited_ids("recurrence_id"))
        )
        if event_ids is not None:
            own = self.events.browse(event_ids).exists().recurrence_id
            rows &= Domain("recurrence_id", "in", own.ids)
        self.account.env.flush_all()
        self.account.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT rule.id FROM calendar_recurrence rule
                  JOIN calendar_event event ON event.recurrence_id = rule.id
                 WHERE event.id IN %s
                   AND NOT EXISTS (
                       SELECT 1 FROM google_sync_event_link link
                        WHERE link.calendar_id = %s AND link.kind <> 'occurrence'
                          AND link.event_id = rule.base_event_id)
                   AND COALESCE(rule.base_event_id, 0) NOT IN %s
              ORDER BY rule.id LIMIT %s
                """,
                self.events._search(rows).subselect(),
                self.calendar.id,
                tuple(self._asked_about()) or (-1,),
                limit,
            )
        )
        return self.recurrences.browse(r[0] for r in self.account.env.cr.fetchall())

    def _new_series_links(self, recurrences, edited_at):
        """One link for each of these recurrences, to be pushed."""
        first = {rule: rule.base_event_id for rule in recurrences if rule.base_event_id}
        baseless = [rule.id for rule in recurrences if rule not in first]
        for row in self.events.search(
            self._agenda() & Domain("recurrence_id", "in", baseless),
            order="start desc, id desc",
        ):
            first[row.recurrence_id] = row
        self.link_model.create(
            [
                {
                    "calendar_id": self.calendar.id,
                    "kind": "series",
                    "recurrence_id": rule.id,
                    "event_id": first[rule].id,
                    "google_id": self.new_google_id(),
                    "state": "new",
                    "dirty": True,
                    "edited_at": edited_at,
                }
                for rule in recurrences
            ]
        )

    # -- archived occurrences --------------------------------------------------

    def _archived_rows(self, links):
        """{id() of a link: its archived row} of occurrences that Odoo has no more.

        Brought back by a person it is the same row; a rebuilt series has another one.
        """
        gone = [x for x in links if _is_gone_occurrence(x)]
        if not gone:
            return {}
        known = {
            row.id: row.event_id.id
            for row in self.link_model.browse(x.id for x in gone if x.id)
            if row.event_id and not row.event_id.active
        }
        parents = self.by_id({x.parent_id for x in gone if x.id not in known})
        recurrences = self._recurrences_of(parents.values())
        rows = self.events.search(
            Domain("active", "=", False)
            & Domain("recurrence_id", "in", list(recurrences.values()))
        )
        by_slot = {
            (row.recurrence_id.id, key_of(row._google_sync_period().start)): row.id
            for row in rows
        }
        return {
            id(x): known.get(x.id)
            or by_slot.get((recurrences.get(x.parent_id), x.original_start), False)
            for x in gone
        }

    def _leave_rows(self, rows):
        """The rows that links of occurrences give up are looked at as new events."""
        queued = [(self.account.id, row.id, 0) for row in rows]
        self.account.env["google.sync.pending"]._queue(queued)

    # -- rows that went to another series --------------------------------------

    def _strayed(self, links, events):
        """Ids of the links of occurrences whose row is part of another recurrence."""
        moved = [
            link
            for link in links
            if link.kind is Kind.OCCURRENCE and events[link.event_id].recurrence_id
        ]
        if not moved:
            return set()
        parents = self.by_id({link.parent_id for link in moved})
        own = self._recurrences_of(parents.values())
        return {
            link.id
            for link in moved
            if events[link.event_id].recurrence_id.id != own.get(link.parent_id)
        }

    # -- observing -------------------------------------------------------------

    def _is_whole(self, link, event, linked):
        """The link stands for the event's recurrence, not for one of its rows."""
        recurrence = event.recurrence_id.id
        if not recurrence or link.kind is Kind.OCCURRENCE:
            return False
        return link.kind is Kind.SERIES or recurrence not in linked

    def _linked_among(self, recurrences):
        """Ids of those of these recurrences that have a series' link here."""
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
        rows = self._rows_by_recurrence(
            [events[link.event_id].recurrence_id.id for link in links],
            Domain("active", "=", True) if anybodys else self._mine(),
        )
        alone = self._alone(rows)
        family = self.children(links)
        found = {}
        for link in links:
            event = events[link.event_id]
            own = [
                row
                for row in rows.get(event.recurrence_id.id, ())
                if row.id not in alone
                or (link.kind is Kind.SINGLE and row.id == event.id)
            ]
            whole = self._whole(link, event, own, family[link.id])
            if whole:
                found[event.id] = whole
        return found

    def _mine(self):
        return self._agenda() & Domain("id", "not in", self._declined_ids())

    def _rows_by_recurrence(self, recurrence_ids, domain):
        """{recurrence id: its rows of this domain}, read at once."""
        rows = self.events.search_fetch(
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
        links = self._search([("kind", "=", "single"), ("event_id", "in", ids)])
        return set(links.event_id.ids)

    def _whole(self, link, event, rows, children):
        """The recurrence of `event` as one event, or None when no row is left."""
        if not rows:
            return None
        values = list(self._values_of(rows))
        odoo = OdooSeries(
            self._rule_of(event.recurrence_id, values[0], link),
            self._zone_of(event.recurrence_id, link),
            tuple(Row(r.id, v) for r, v in zip(rows, values, strict=True)),
        )
        reading = read_series(link, odoo, children)
        if reading is None:
            return None
        return replace(
            self._odoo_event(event, "", declined=False, values=reading.values),
            series=reading,
            alive=True,
            mine=any(self.user.partner_id in row.partner_ids for row in rows),
        )

    def _values_of(self, rows):
        """The rows' values; what differs in nothing but the time is read once.

        Odoo gives each row of a series an address of its own for the same meeting.
        """
        known = {}
        address = next((r.videocall_location for r in rows if _is_discuss(r)), "")
        for row in rows:
            key = row._google_sync_likeness()
            if key not in known:
                known[key] = row._google_sync_values()
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
        if base and (stored_zone(base) or False) == recurrence.event_tz:
            return base
        return recurrence.event_tz or self.user.tz or "UTC"


def _is_gone_occurrence(link):
    occurrence = isinstance(link, Link) and link.kind is Kind.OCCURRENCE
    return occurrence and link.parent_id and link.state is not LinkState.VOID


def _is_discuss(event):
    return event.DISCUSS_ROUTE in (event.videocall_location or "")


def stored_zone(name):
    """What Odoo stores for a zone: the name, an older one of the same, or ""."""
    for known in (name, google_zone(name)):
        if known in pytz.all_timezones_set:
            return known
    return ""
