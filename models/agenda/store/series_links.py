"""The Store's links of series and occurrences: which there are, and new ones."""

from collections import defaultdict
from dataclasses import replace

from odoo.fields import Domain
from odoo.tools import SQL

from ....sync.events.links import Kind, Link, LinkState, Span
from ....sync.events.occurrence_ids import family_of
from ....sync.events.recurrence import key_of
from .busy import unless_idle

#: Links of series that no longer stand for their recurrence.
NO_LINK = ("deleted", "detached")


class SeriesLinks:
    """Part of `OrmStore`: links of series, and of the occurrences of each."""

    @property
    def recurrences(self):
        """Odoo's recurrences, as the account's user."""
        return self.events.env["calendar.recurrence"]

    # -- links -----------------------------------------------------------------

    def by_id(self, link_ids):
        rows = self._search_all([("id", "in", list(link_ids))])
        return {link.id: link for link in rows._to_links()}

    def family(self, family_ids):
        found = {family_id: [] for family_id in family_ids}
        if found:
            ids = Domain("google_id", "in", list(found))
            for family_id in found:
                ids |= Domain("google_id", "=like", f"{like(family_id)}\\_R%")
            rows = self._search(Domain("kind", "=", "series") & ids, order="id")
            for link in rows._to_links():
                found.get(family_of(link.google_id), []).append(link)
        return found

    def _with_own_id(self, links):
        """The new links of occurrences, in place of those under the same ids."""
        new = [x.google_id for x in links if not x.id and x.kind is Kind.OCCURRENCE]
        rows = self._search([("google_id", "in", new)]) if new else self.link_model
        known = {row.google_id: row.id for row in rows}
        return [
            link if link.id else replace(link, id=known.get(link.google_id, 0))
            for link in links
        ]

    def children(self, links):
        parents = [link.id for link in links if link.id]
        found = {link.id: {} for link in links}
        if parents:
            rows = self._search([("parent_id", "in", parents)], order="id")
            for link in rows._to_links():
                found[link.parent_id][link.original_start] = link
        return found

    def share_etag(self, series_id, before, now):
        family = Domain("id", "=", series_id) | Domain("parent_id", "=", series_id)
        self._search(family & Domain("etag", "=", before)).write({"etag": now})

    @unless_idle(list)
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

    @unless_idle(list)
    def short_of(self, window, limit, skip):
        short = Domain("span_last", "<", window.last)
        short |= Domain("span_first", ">", window.first)
        rows = self._search(
            Domain("state", "=", "linked") & short & Domain("id", "not in", list(skip)),
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
        """SQL: the recurrences that links of the account stand for."""
        return SQL(
            "(SELECT COALESCE(link.recurrence_id, event.recurrence_id)"
            " FROM google_sync_event_link link"
            " LEFT JOIN calendar_event event ON event.id = link.event_id"
            " WHERE link.calendar_id IN %s AND link.kind = 'series'"
            " AND link.state NOT IN %s"
            " AND COALESCE(link.recurrence_id, event.recurrence_id) IS NOT NULL)",
            self.places,
            NO_LINK,
        )

    def _held(self, recurrence_ids):
        """{recurrence id: {link id: Span}} of all that links know of these.

        The links of whatever calendar: the rows are everybody's.
        """
        links = self.link_model.search(
            Domain("recurrence_id", "in", list(recurrence_ids))
            & Domain("kind", "=", "series")
            & Domain("span_first", "!=", False)
        )
        found = defaultdict(dict)
        for link in links:
            span = Span(link.span_first, link.span_last)
            found[link.recurrence_id.id][link.id] = span
        return found

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
            & Domain("recurrence_id", "not in", self._shared_ids("recurrence_id"))
            # Invited to these alone: they are in the calendar without their series.
            & Domain("id", "not in", self._invited_ids("event_id"))
            & Domain("id", "not in", self._orphans().event_id.ids)
        )
        if event_ids is not None:
            own = self.events.browse(event_ids).exists().recurrence_id
            rows &= Domain("recurrence_id", "in", own.ids)
        rows = self._unfiltered(rows)
        self.account.env.flush_all()
        self.account.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT rule.id FROM calendar_recurrence rule
                  JOIN calendar_event event ON event.recurrence_id = rule.id
                 WHERE event.id IN %s
                   AND NOT EXISTS (
                       SELECT 1 FROM google_sync_event_link link
                        WHERE link.calendar_id IN %s AND link.kind <> 'occurrence'
                          AND link.event_id = rule.base_event_id)
                   AND COALESCE(rule.base_event_id, 0) NOT IN %s
              ORDER BY rule.id LIMIT %s
                """,
                self.events._search(rows).subselect(),
                self.places,
                tuple(self._asked_about()) or (-1,),
                limit,
            )
        )
        return self.recurrences.browse(r[0] for r in self.account.env.cr.fetchall())

    def _new_series_links(self, recurrences, edited_at):
        """One link for each of these recurrences, to be pushed; how many there are."""
        first = {rule: rule.base_event_id for rule in recurrences if rule.base_event_id}
        baseless = [rule.id for rule in recurrences if rule not in first]
        for row in self.events.search(
            self._agenda() & Domain("recurrence_id", "in", baseless),
            order="start desc, id desc",
        ):
            first[row.recurrence_id] = row
        placed = self._placed(self.events.union(*first.values()))
        self.link_model.create(
            [
                {
                    **placed[first[rule].id],
                    "kind": "series",
                    "recurrence_id": rule.id,
                    "event_id": first[rule].id,
                    "google_id": self.new_google_id(),
                    "state": "new",
                    "dirty": True,
                    "edited_at": edited_at,
                }
                for rule in recurrences
                if first[rule].id in placed
            ]
        )
        return len(placed)

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
            if link.kind is Kind.OCCURRENCE and link.parent_id
            if events[link.event_id].recurrence_id
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


def _is_gone_occurrence(link):
    occurrence = isinstance(link, Link) and link.kind is Kind.OCCURRENCE
    return occurrence and link.parent_id and link.state is not LinkState.VOID


def like(text):
    """The text as a pattern that matches itself only."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
