"""The Store's queue of edits and links that wait for the push."""

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ..sync.store import LinkState

#: States of a link that the push looks at.
PUSHABLE = ("new", "sending", "linked", "deleted", "dropped")


class Queue:
    """Part of `OrmStore`: what is to be compared with Google, and new links."""

    def collect_edits(self, *, new):
        """See the port. A pull takes the rows of linked events only."""
        condition = SQL("TRUE")
        if not new:
            condition = SQL(
                "(link_id <> 0 OR EXISTS (SELECT 1 FROM google_sync_event_link link"
                " WHERE link.calendar_id = %s AND link.event_id = pending.event_id))",
                self.calendar.id,
            )
        pending = self.account.env["google.sync.pending"]
        if types := pending._take_types(self.account):
            self.link_model._mark_types(self.calendar, types)
        rows = pending._take(self.account, condition)
        latest = {}
        for event_id, link_id, edited_at in rows:
            key = (event_id, link_id)
            latest[key] = max(edited_at, latest.get(key, edited_at))
        if latest:
            self._mark_edited(latest)

    def _mark_edited(self, latest):
        event_ids = [event_id for event_id, _link in latest if event_id]
        link_ids = [link_id for _event, link_id in latest if link_id]
        rows = self._search(
            Domain("event_id", "in", event_ids) | Domain("id", "in", link_ids)
        )
        for row in rows:
            when = latest.get((row.event_id.id, 0)) or latest.get((0, row.id))
            edited = max(filter(None, (when, row.edited_at)), default=False)
            row.write({"dirty": True, "edited_at": edited})
        unlinked = set(event_ids) - set(rows.event_id.ids)
        new = self.events.search(
            self._enrollable(self.window) & Domain("id", "in", list(unlinked)),
            order="id",
        )
        new = new[: self.within(len(new))]
        self._new_links(new, {e: at for (e, _link), at in latest.items()})

    def enroll(self, window, limit):
        limit = self.within(limit)
        if not limit:
            return 0
        events = self.events.search(self._enrollable(window), limit=limit, order="id")
        self._new_links(events, {})
        return len(events)

    def _enrollable(self, window):
        """Of the agenda, touching the window, not declined, single, not linked."""
        linked = SQL(
            "(SELECT event_id FROM google_sync_event_link"
            " WHERE calendar_id = %s AND event_id IS NOT NULL)",
            self.calendar.id,
        )
        declined = SQL(
            "(SELECT event_id FROM calendar_attendee"
            " WHERE partner_id = %s AND state = 'declined')",
            self.user.partner_id.id,
        )
        self.account.env.flush_all()
        return (
            self._agenda()
            & self._in_window(window)
            & Domain("recurrency", "=", False)
            & Domain("id", "not in", linked)
            & Domain("id", "not in", declined)
            & Domain("id", "not in", self._asked_about())
        )

    @staticmethod
    def _in_window(window):
        start, end = window.start.replace(tzinfo=None), window.end.replace(tzinfo=None)
        timed = (
            Domain("allday", "=", False)
            & Domain("start", "<", end)
            & Domain("stop", ">=", start)
        )
        days = (
            Domain("allday", "=", True)
            & Domain("start_date", "<=", window.last)
            & Domain("stop_date", ">=", window.first)
        )
        return timed | days

    def _asked_about(self):
        """Events that may be one of Google's: not pushed before the answer."""
        decisions = self.account.env["google.sync.decision"].sudo()
        waiting = decisions.search(
            [
                ("calendar_id", "=", self.calendar.id),
                ("kind", "=", "adoption"),
                ("state", "=", "open"),
            ]
        )
        return waiting.candidate_ids.ids

    def _new_links(self, events, edited):
        self.link_model.create(
            [
                {
                    "calendar_id": self.calendar.id,
                    "event_id": event.id,
                    "google_id": self.new_google_id(),
                    "state": LinkState.NEW.value,
                    "dirty": True,
                    "edited_at": edited.get(event.id, False),
                }
                for event in events
            ]
        )

    def dirty(self, limit, skip):
        deleted = Domain("state", "=", "linked") & Domain("event_id", "=", False)
        rows = self._search(
            Domain("state", "in", PUSHABLE)
            & (Domain("dirty", "=", True) | deleted)
            & Domain("id", "not in", list(skip)),
            limit=limit,
            order="edited_at, id",
        )
        return [row._to_link() for row in rows]

    def mark_all_dirty(self):
        self._search([("state", "=", "linked")]).write({"dirty": True})
        self.account.last_sweep_at = fields.Datetime.now()

    def in_state(self, state, limit):
        domain = [("state", "=", state.value), ("problem", "=", False)]
        return [row._to_link() for row in self._search(domain, limit=limit)]

    def count(self, state):
        domain = [
            ("calendar_id", "=", self.calendar.id),
            ("state", "=", state.value),
            ("problem", "=", False),
        ]
        return self.link_model.search_count(domain)
