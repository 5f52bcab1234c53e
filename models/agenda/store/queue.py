"""The Store's queue of edits and links that wait for the push."""

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ....sync.events.calendars import FROM_GOOGLE, READ_ONLY
from ....sync.events.links import LinkState
from .busy import unless_idle

#: States of a link whose event is not in Google any more.
_OVER = ("gone", "deleted")
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
                " WHERE link.calendar_id IN %s"
                " AND link.event_id = google_sync_pending.event_id))",
                self.places,
            )
        pending = self.account.env["google.sync.pending"]
        if types := pending._take_types(self.account):
            self.link_model._mark_types(self.places, types)
            self._grow_busy(self.calendar.browse(self.places))
        rows = pending._take(self.account, condition)
        latest, own, last = {}, set(), {}
        for event_id, link_id, edited_at, edited_by in rows:
            key = (event_id, link_id)
            if edited_at >= latest.get(key, edited_at):
                latest[key], last[key] = edited_at, edited_by
            own |= {key} if edited_by == self.user.id else set()
        if latest:
            self._mark_edited(latest, own, last)

    def _mark_edited(self, latest, own, last):
        """latest: when each (event id, link id) was edited last; last: by whom; own:
        what the user edited."""
        event_ids = [event_id for event_id, link_id in latest if not link_id]
        heirs = {link_id: event_id for event_id, link_id in latest if link_id}
        rows = self._search_all(
            Domain("event_id", "in", event_ids) | Domain("id", "in", list(heirs))
        )
        self._hand_on(rows, heirs)
        edited = {}
        for row in rows:
            keys = (row.event_id.id, 0), (heirs.get(row.id, 0), row.id)
            who = {last[key] for key in keys if key in last}
            if own.isdisjoint(keys) and self._is_lost_to_another(row, who):
                # What somebody hid for themselves is not hidden for everybody.
                row.write(
                    {
                        "state": "quarantined",
                        "dirty": True,
                        "event_id": False,
                        "recurrence_id": False,
                    }
                )
                continue
            when = latest.get(keys[0]) or latest.get(keys[1])
            if row.guest and row.guard and own.isdisjoint(keys):
                # A colleague's edit: compared, but nothing that this user said.
                when = None
            for link in self._to_compare(row):
                known = (when, edited.get(link), link.edited_at)
                edited[link] = max(filter(None, known), default=False)
        self._grow_busy(rows.calendar_id)
        for link, when in edited.items():
            link.write({"dirty": True, "edited_at": when, "only_google": False})
        unlinked = set(event_ids) - self._stood_for(rows)
        new = self.events.search(
            self._enrollable(self.window) & Domain("id", "in", list(unlinked)),
            order="id",
        )
        series = self._new_series(self.window, self.within(len(unlinked)), unlinked)
        new = new[: self.within(len(new))]
        when = {e: at for (e, link), at in latest.items() if not link}
        self._new_links(new, when)
        self._new_series_links(series, max(when.values(), default=False))

    def _is_lost_to_another(self, row, who):
        """Odoo has it no more, and it was not for these users to take it from Google.

        Google keeps it whatever Odoo does; or whoever deleted it has it from a calendar
        that others share, and only hid it there.
        """
        if row.state != "linked":
            return False
        if row.foreign or row.guard in READ_ONLY:
            return not (row.event_id or row.recurrence_id)
        if row.parent_id or not self._is_lost(row):
            return False
        theirs = self.link_model.search(
            [
                ("google_id", "=", row.google_id),
                ("calendar_id.google_id", "=", row.calendar_id.google_id),
                ("account_id.user_id", "in", list(who)),
            ]
        )
        return bool(theirs) and all(map(_only_hides, theirs))

    @staticmethod
    def _is_lost(row):
        rows = row.event_id | row.recurrence_id.calendar_event_ids
        return not any(rows.mapped("active"))

    @staticmethod
    def _to_compare(row):
        """An edited link and its series; of a deleted row the series alone."""
        if row.parent_id.span_first and not row.event_id:
            return row.parent_id
        return row | row.parent_id

    def _stood_for(self, rows):
        """The events that these links stand for."""
        links = [link for link in rows._to_links() if link.event_id]
        events = {
            event.id: event
            for event in self.events.browse(link.event_id for link in links).exists()
        }
        links = [link for link in links if link.event_id in events]
        strayed = self._strayed(links, events)
        return {link.event_id for link in links if link.id not in strayed}

    def _hand_on(self, rows, heirs):
        """A series that Odoo took apart lives on in the event it was made into."""
        for row in rows.filtered(lambda row: row.kind == "series"):
            heir = self.events.browse(heirs.get(row.id) or ()).exists()
            lost = not row.recurrence_id and not row.event_id.active
            if heir and lost:
                row.event_id = heir

    def enroll(self, window, limit):
        limit = self.within(limit)
        if not limit:
            return 0
        events = self.events.search(self._enrollable(window), limit=limit, order="id")
        made = self._new_links(events, {})
        series = self._new_series(window, limit - len(events))
        return made + self._new_series_links(series, False)

    def _enrollable(self, window):
        """Of the agenda, touching the window, not declined, single, not linked."""
        linked = SQL(
            "(SELECT event_id FROM google_sync_event_link"
            " WHERE calendar_id IN %s AND event_id IS NOT NULL)",
            self.places,
        )
        self.account.env.flush_all()
        alone = Domain("recurrence_id", "=", False)
        if not self.with_series:
            alone &= Domain("recurrency", "=", False)
        return self._unfiltered(
            self._agenda()
            & self._in_window(window)
            & alone
            & Domain("id", "not in", linked)
            & Domain("id", "not in", self._declined_ids())
            & Domain("id", "not in", self._asked_about())
            & Domain("id", "not in", self._invited_ids("event_id"))
            & Domain("id", "not in", self._shared_ids("event_id"))
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
        decisions = self.account.env["google.sync.decision"]
        waiting = decisions.search(
            [
                ("calendar_id", "in", self.places),
                ("kind", "=", "adoption"),
                ("state", "=", "open"),
            ]
        )
        return waiting.candidate_ids.ids

    def _new_links(self, events, edited):
        """One link for each, where it goes; how many found a place."""
        placed = self._placed(events)
        self.link_model.create(
            [
                {
                    **placed[event.id],
                    "event_id": event.id,
                    "google_id": self.new_google_id(),
                    "state": LinkState.NEW.value,
                    "dirty": True,
                    "edited_at": edited.get(event.id, False),
                }
                for event in events
                if event.id in placed
            ]
        )
        return len(placed)

    @unless_idle(list)
    def dirty(self, limit, skip):
        rows = self._search(
            self._wanted()
            & Domain("state", "in", PUSHABLE)
            & (Domain("dirty", "=", True) | self._lost())
            & self._may_follow()
            & Domain("id", "not in", list(skip)),
            limit=limit,
            order="edited_at, id",
        )
        return rows._to_links()

    def _lost(self):
        """What Odoo deleted behind our back."""
        gone = Domain("state", "=", "linked") & Domain("event_id", "=", False)
        series = (
            Domain("kind", "=", "series")
            & Domain("recurrence_id", "=", False)
            & Domain("span_first", "!=", False)
        )
        return gone & (Domain("kind", "=", "single") | series)

    def _may_follow(self):
        """An occurrence waits until Google showed it, and for its series."""
        ready = Domain("parent_id.state", "=", "linked") & Domain(
            "parent_id.dirty", "=", False
        )
        read = Domain("state", "!=", "linked") | Domain("etag", "!=", False)
        return (
            Domain("kind", "!=", "occurrence") | Domain("parent_id", "=", False) | ready
        ) & (Domain("kind", "!=", "occurrence") | read)

    def mark_all_dirty(self):
        self._grow_busy(self.calendar)
        noted = Domain("kind", "=", "occurrence") & Domain("event_id", "=", False)
        self._search(Domain("state", "=", "linked") & ~noted).write({"dirty": True})
        self.account.last_sweep_at = fields.Datetime.now()

    @unless_idle(list)
    def in_state(self, state, limit, skip=frozenset()):
        domain = self._ready_in(state) & Domain("id", "not in", list(skip))
        return self._search(domain, limit=limit)._to_links()

    def count(self, state):
        waits = self.busy is None or self.calendar in self.busy
        if state is not LinkState.LINKED and not waits:
            return 0
        mine = Domain("calendar_id", "=", self.calendar.id)
        return self.link_model.search_count(mine & self._ready_in(state))

    def _ready_in(self, state):
        """In a state, and not held back by a problem."""
        ready = (
            self._wanted()
            & Domain("state", "=", state.value)
            & Domain("problem", "=", False)
        )
        if state is not LinkState.GONE:
            return ready
        return ready & self._not_awaited() & self._decided()


def _only_hides(row):
    """Deleted in Odoo, the event stays in Google: it is not this user's to delete."""
    foreign = row.foreign or row.guard in READ_ONLY
    return row.state not in _OVER and (foreign or row.calendar_id.mode == FROM_GOOGLE)
