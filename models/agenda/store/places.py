"""The Store's calendars beside its own: who leads, and where events are wanted."""

from dataclasses import replace
from functools import cached_property

from odoo.fields import Domain
from odoo.tools import SQL

from ....sync.events.links import LinkState
from ....sync.events.store import Twin
from ...tools.edge import engine_rows
from ...tools.privacy import PRIVATE
from .busy import unless_idle

_OVER = ("gone", "held", "left")
_LEADING = ("linked", "gone", "held")


class Places:
    """Part of `OrmStore`: the account's calendars that hold its events."""

    @cached_property
    def places(self):
        """Ids of the calendars whose links count; what was replaced counts no more."""
        own = self.account.calendar_ids.filtered(lambda place: not place.replaced)
        return tuple((own | self.calendar).ids)

    def _search_all(self, domain, **options):
        """Links of all these calendars that lead."""
        own = Domain("calendar_id", "in", self.places) & Domain(
            "state", "!=", LinkState.FOLLOWING.value
        )
        return self.link_model.search(own & Domain(domain), **options)

    # -- which copy leads ------------------------------------------------------

    def leaders(self, events):
        found = self._twins_of(events)
        left = [event for event in events if event.google_id not in found]
        return {**found, **self._shared_leaders(left)}

    def _twins_of(self, events):
        """{Google id: link id} of the same events in the account's other calendars."""
        uids = [event.ical_uid for event in events if event.ical_uid]
        rows = self._search_all(
            Domain("calendar_id", "!=", self.calendar.id)
            & (
                Domain("google_id", "in", [event.google_id for event in events])
                | Domain("ical_uid", "in", uids)
            )
            & (
                Domain("state", "in", _LEADING)
                | (Domain("state", "=", "left") & Domain("event_id", "!=", False))
            )
        )
        found = {}
        for event in events:
            for row in rows:
                if self._is_twin(event, row):
                    found[event.google_id] = row.id
                    break
        return found

    def _is_twin(self, event, row):
        """The same event: not one that somebody else sent under the same iCalUID."""
        alike = row.google_id == event.google_id or row.ical_uid == event.ical_uid
        same = alike and row.kind == event.kind
        if not same or (row.original_start or "") != event.original_start:
            return False
        mine = self._own_addresses
        ours = event.organizer_self or event.organizer in mine
        theirs = row.organizer or ""
        return (ours and (not row.guest or theirs in mine)) or (
            theirs != "" and event.organizer == theirs
        )

    @cached_property
    def _own_addresses(self):
        """Under which names the account's calendars organise."""
        calendars = self.account.calendar_ids
        return set().union(*(self._addresses(calendar) for calendar in calendars))

    @unless_idle(list)
    def twins(self, limit, skip):
        rows = self._search(
            Domain("state", "=", LinkState.FOLLOWING.value)
            & (Domain("dirty", "=", True) | Domain("leader_id.state", "in", _OVER))
            & Domain("leader_id", "!=", False)
            & Domain("id", "not in", list(skip)),
            limit=limit,
            order="id",
        )
        leaders = dict(zip(rows.leader_id, rows.leader_id._to_links(), strict=True))
        return [
            Twin(
                link,
                leaders[row.leader_id],
                row.leader_id.calendar_id.google_id,
                copy=self._is_private_copy(row, row.leader_id),
            )
            for row, link in zip(rows, rows._to_links(), strict=True)
        ]

    @unless_idle(list)
    def leaving(self, limit):
        rows = self._search(
            [
                ("state", "=", "dropped"),
                ("problem", "=", "moving"),
                ("leader_id.state", "=", "linked"),
            ],
            limit=limit,
            order="id",
        )
        return rows._to_links()

    # -- where events are wanted -----------------------------------------------

    @unless_idle(list)
    def wishes(self, limit, skip):
        movable = Domain("state", "in", ("new", "linked")) & Domain(
            "kind", "in", ("single", "series")
        )
        movable &= Domain("id", "not in", list(skip))
        wanted = {}
        for event, calendar in self._open_choices():
            if calendar != self.calendar:
                event_ids = (event | event.recurrence_id.calendar_event_ids).ids
                about = Domain("event_id", "in", event_ids)
                if event.recurrence_id:
                    about |= Domain("recurrence_id", "=", event.recurrence_id.id)
                for row in self._search(movable & about):
                    wanted[row] = calendar
        ruled = Domain("placed_for", "!=", False) & Domain("dirty", "=", True)
        for row in self._search(movable & ruled):
            if row not in wanted and self._is_out_of_place(row):
                wanted[row] = self._place_of(row.event_id)[0]
        rows = self.link_model.union(*wanted)[:limit]
        return [
            (link, wanted[row].google_id)
            for row, link in zip(rows, rows._to_links(), strict=True)
        ]

    def _open_choices(self):
        """(event, calendar) of what people chose and was not done yet."""
        # sudo: choices of this account, read by its own run.
        rows = engine_rows(self.account.env, "google.sync.event.choice")
        open_ones = rows.search(
            [("account_id", "=", self.account.id), ("applied", "=", False)]
        )
        return [
            (self.events.browse(row.event_id.id), row.calendar_id)
            for row in open_ones
            if row.calendar_id._takes_events()
        ]

    def _is_out_of_place(self, row):
        """A rule had put it here, and it is no longer what the rule looked at."""
        event = self.events.browse(row.event_id.id).exists()
        if not event or row.placed_for == self._looked_at(event):
            return False
        place, looked_at = self._place_of(event)
        if place != self.calendar:
            return True
        row.placed_for = looked_at or self._looked_at(event)
        return False

    def placed(self, links):
        rows = self.link_model.browse([x.id for x in links if x.id]).exists()
        events = rows.event_id | rows.recurrence_id.calendar_event_ids
        # sudo: choices of this account, noted by its own run.
        choices = engine_rows(self.account.env, "google.sync.event.choice")
        choices.search(
            [("account_id", "=", self.account.id), ("event_id", "in", events.ids)]
        ).applied = True
        for row in rows.filtered("placed_for"):
            row.placed_for = self._looked_at(self.events.browse(row.event_id.id))

    def _placed(self, events):
        """{event id: values of a new link} of where each of these goes."""
        chosen = {event.id: place for event, place in self._open_choices()}
        found = {}
        for event in events:
            own = [event.id, *event.recurrence_id.calendar_event_ids.ids]
            place = next((chosen[x] for x in own if x in chosen), None)
            looked_at = False
            if place is None:
                place, looked_at = self._place_of(event)
            if place:
                found[event.id] = {"calendar_id": place.id, "placed_for": looked_at}
        places = {vals["calendar_id"] for vals in found.values()}
        self._grow_busy(self.calendar.browse(places))
        return found

    def _place_of(self, event):
        """(calendar, what a rule looked at) of a new event; no calendar where the
        account has none that takes it.
        """
        for rule in self._rules:
            if rule._fits(event):
                return rule.calendar_id, self._looked_at(event)
        main = self.account.calendar_id
        if main._takes_events() or main == self.calendar:
            return main, False
        return main.browse(), False

    @cached_property
    def _rules(self):
        return self.account.calendar_rule_ids

    @staticmethod
    def _looked_at(event):
        """What rules look at, as text."""
        private = event.effective_privacy in PRIVATE
        return f"{sorted(event.categ_ids.ids)} {private}"

    def _named(self, line):
        """A move's line, with the names of the calendars in it."""
        if line.action != "move" and "calendar" not in line.before:
            return line
        names = {x.google_id: x.display_name for x in self.account.calendar_ids}
        before, after = (
            {k: names.get(v, v) for k, v in side.items()}
            for side in (line.before, line.after)
        )
        return replace(line, before=before, after=after)

    # -- from one calendar to another --------------------------------------------

    @cached_property
    def _is_one_of_several(self):
        on = self.account.calendar_ids.filtered(lambda place: place.mode != "off")
        return len(on | self.calendar) > 1 or bool(self.colleagues)

    def _come_here(self, links):
        """Rows of links of other calendars move here, with their occurrences."""
        stored = {link.id: link for link in links if link.id}
        if not (stored and self._is_one_of_several):
            return
        for row in self.link_model.browse(stored).exists():
            if row.calendar_id != self.calendar:
                self._bring(row, stored[row.id])
            elif row.google_id != stored[row.id].google_id:
                self._make_room(row, stored[row.id].google_id)

    def _make_room(self, row, google_id):
        """The row of a copy that followed goes: what leads takes its place."""
        alike = [("google_id", "=", google_id), ("id", "!=", row.id)]
        self._search(alike).unlink()
        self.account.env.flush_all()

    def _bring(self, row, link):
        children = self.link_model.search([("parent_id", "=", row.id)])
        ids = {child: self._child_id(link, child) for child in children}
        self._search([("google_id", "in", [link.google_id, *ids.values()])]).unlink()
        row.write({"calendar_id": self.calendar.id, "google_id": link.google_id})
        for child, google_id in ids.items():
            child.write(
                {
                    "calendar_id": self.calendar.id,
                    "google_id": google_id,
                    "etag": False,
                }
            )
        self.account.env.flush_all()

    @staticmethod
    def _child_id(link, child):
        _family, separator, slot = child.google_id.rpartition("_")
        family = link.google_id.partition("_R")[0]
        return f"{family}{separator}{slot}"

    def _is_shared(self, event, row):
        """The colleague's link is of this very calendar: Google vouches for both."""
        same = row.calendar_id.google_id == self.calendar.google_id
        return same and row.google_id == event.google_id

    def _shared_ids(self, column):
        """SQL: events (or recurrences) that stand in a calendar of this account which
        a colleague has, too: they come with its list.
        """
        self.link_model.flush_model(["state", "event_id", "recurrence_id"])
        return SQL(
            "(SELECT %(column)s FROM google_sync_event_link link"
            " JOIN google_sync_calendar place ON place.id = link.calendar_id"
            " WHERE link.account_id <> %(account)s AND %(column)s IS NOT NULL"
            " AND link.state IN ('new', 'sending', 'linked')"
            " AND place.google_id IN (SELECT own.google_id FROM google_sync_calendar"
            " own WHERE own.account_id = %(account)s AND own.mode <> 'off'"
            " AND own.listed))",
            column=SQL.identifier(column),
            account=self.account.id,
        )
