"""The Store's calendar where colleagues synchronise it, too: what they know of it."""

from functools import cached_property

from odoo.fields import Domain
from odoo.tools import SQL

from ....sync.events.links import Kind, LinkState
from ....sync.running.twins import COLLEAGUE
from .privacy import in_full

_TIED = ("linked", "gone", "held")
_STANDS = ("new", "sending", "linked")


class Shared:
    """Part of `OrmStore`: links of colleagues in this calendar of Google's."""

    @cached_property
    def colleagues(self):
        """Ids of the colleagues' calendars that are this one, and are synchronised."""
        return self.calendar._of_colleagues().get(self.calendar.google_id, ())

    def _theirs(self, google_ids, states):
        """The colleagues' links of these ids here."""
        if not (self.colleagues and google_ids):
            return self.link_model
        return self.link_model.search(
            [
                ("calendar_id", "in", self.colleagues),
                ("google_id", "in", list(google_ids)),
                ("state", "in", states),
            ],
            order="id",
        )

    def _shared_leaders(self, events):
        """{Google id: link id} of links that have what colleagues tie to these."""
        theirs = self._theirs([event.google_id for event in events], _TIED)
        theirs = theirs.filtered(lambda row: row.event_id or row.recurrence_id)
        if not theirs:
            return {}
        own = self._search_all(
            Domain("state", "in", (*_STANDS, "gone", "held"))
            & (
                Domain("event_id", "in", theirs.event_id.ids)
                | Domain("recurrence_id", "in", theirs.recurrence_id.ids)
            )
        )
        known = {_what(row): row.id for row in own}
        asked = {event.google_id: event for event in events}
        return {
            row.google_id: known[_what(row)]
            for row in theirs
            if _what(row) in known and asked[row.google_id].kind == row.kind
        }

    def _is_private_copy(self, follower, leader):
        """Ours of an event that a colleague organises, and has put where this is."""
        if leader.state not in _STANDS or leader.guest or leader.only_google:
            return False
        # sudo: who organises a colleague's event is not for everybody to read.
        organizer = in_full(leader.event_id).user_id
        if not organizer or organizer == self.user:
            return False
        theirs = self._theirs([follower.google_id], _TIED)
        return any(_what(row) == _what(leader) for row in theirs)

    # -- what a colleague's run is to say first ---------------------------------

    def awaited(self, events):
        rows = self._elsewhere_of_colleagues([event.google_id for event in events])
        seen = self._theirs(rows.mapped("google_id"), [s.value for s in LinkState])
        known = {(row.account_id, row.google_id) for row in seen}
        new = (x for x in rows if (x.account_id, x.google_id) not in known)
        return frozenset(row.google_id for row in new)

    def _elsewhere_of_colleagues(self, google_ids):
        """Links of these ids in other calendars of who shares this one."""
        if not (self.colleagues and google_ids):
            return self.link_model
        calendars = self.calendar.browse(self.colleagues).account_id.calendar_ids
        others = calendars.filtered(lambda x: x.google_id != self.calendar.google_id)
        return self.link_model.search(
            [
                ("calendar_id", "in", others.ids),
                ("google_id", "in", list(google_ids)),
                ("state", "in", (*_STANDS, "gone")),
            ]
        )

    def _no_more_awaited(self):
        """Links that waited for a colleague's run, which has been here since."""
        rows = self._search([("state", "=", "void"), ("problem", "=", COLLEAGUE)])
        if not rows:
            return rows
        waiting = self.awaited(rows)
        return rows.filtered(lambda row: row.google_id not in waiting)

    def _not_awaited(self):
        """GONE links whose event is the user's own, or edited: colleagues may have
        moved it."""
        if not self.colleagues:
            return Domain.TRUE
        self.link_model.flush_model()
        return Domain(
            "id",
            "not in",
            SQL(
                "(SELECT own.id FROM google_sync_event_link own"
                " JOIN calendar_event event ON event.id = own.event_id"
                " JOIN google_sync_event_link other"
                " ON other.google_id = own.google_id AND other.calendar_id IN %s"
                " WHERE own.calendar_id = %s AND own.state = 'gone'"
                " AND other.state = 'linked' AND (own.dirty OR event.user_id = %s))",
                tuple(self.colleagues),
                self.calendar.id,
                self.user.id,
            ),
        )

    def _with_departures(self, seen, links):
        """The observed events of what left this calendar, as its colleagues see that.

        Who has seen it leave counts as gone; where one of them holds it elsewhere it
        was moved, and where one has put it here again it stands.
        """
        gone = [x for x in links if x.state is LinkState.GONE and x.event_id in seen]
        if not (gone and self.colleagues):
            return seen
        return {**seen, **self._departed(seen, gone)}

    def _departed(self, seen, gone):
        ids = [link.google_id for link in gone]
        leaving = self._theirs(ids, ("gone", "deleted", "left"))
        moved = self._elsewhere_of_colleagues(ids)
        events = self.events.browse([link.event_id for link in gone])
        again = self.link_model.search(
            [
                ("calendar_id", "in", self.colleagues),
                ("event_id", "in", events.ids),
                ("google_id", "not in", ids),
                ("state", "in", _STANDS),
            ]
        )
        found = {}
        for link in gone:
            odoo, event = seen[link.event_id], events.browse(link.event_id)
            who = leaving.filtered(lambda row, x=link: row.google_id == x.google_id)
            partners = who.account_id.user_id.partner_id
            # sudo: who organises a colleague's event is not for everybody to read.
            ours = odoo.organizer or in_full(event).user_id in who.account_id.user_id
            at = link.google_id in moved.mapped("google_id")
            stays = event in again.event_id and link.kind is Kind.SINGLE
            found[link.event_id] = odoo.departing(
                mine=odoo.mine and not stays,
                organizer=ours and not at,
                sole=self._is_sole(event, self.user.partner_id | partners),
                moved=at,
            )
        return found


def _what(row):
    """What a link ties to Google: an event, a series or an occurrence's row."""
    if row.kind == "series":
        return row.kind, row.recurrence_id.id
    return row.kind, row.event_id.id
