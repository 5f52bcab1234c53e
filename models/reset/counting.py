"""How much a reset would do, for its dialogue and its bar: Google is not asked."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sync.events.links import LinkState
from ..tools.edge import engine_rows

#: Links that a reset cuts.
TO_CUT = tuple(
    state.value
    for state in LinkState
    if state
    not in (
        LinkState.NEW,
        LinkState.DELETED,
        LinkState.DETACHED,
        LinkState.TAKEN_BACK,
    )
)
#: Ids that this addon chose (`OrmStore.new_google_id`); Google's own are others.
_OURS = "^[0-9a-f]{32}$"


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _reset_size(self, todo):
        """The lines that a reset would write, for its bar."""
        calendars = self.env["google.sync.calendar"].browse(todo["cut"])
        size = calendars._count_cut()
        if todo["delete"]:
            size += calendars._count_made_in_google()
            size += self._count_contacts_made() if todo["contacts"] else 0
        return size

    def _count_ending(self, calendar_ids, contacts):
        """Open questions that a reset of these calendars ends."""
        decisions = engine_rows(self.env, "google.sync.decision")
        where = [*calendar_ids, False] if contacts else calendar_ids
        return decisions.search_count(
            [
                ("account_id", "=", self.id),
                ("state", "=", "open"),
                ("calendar_id", "in", where),
            ]
        )

    def _count_contacts_made(self):
        """Contacts that this addon made in Google."""
        links = engine_rows(self.env, "google.sync.contact.link")
        mine = [("account_id", "=", self.id), ("state", "=", "linked")]
        return links.search_count([*mine, ("marker", "!=", False)])


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _count_cut(self):
        links = engine_rows(self.env, "google.sync.event.link")
        mine = [("calendar_id", "in", self.ids), ("state", "in", TO_CUT)]
        return links.search_count(mine)

    def _count_made_in_google(self):
        """Events that this addon made in Google, as far as is known here."""
        links = self.env["google.sync.event.link"]
        links.flush_model(["calendar_id", "google_id", "state"])
        self.env.cr.execute(
            SQL(
                "SELECT count(*) FROM google_sync_event_link"
                " WHERE calendar_id IN %s AND google_id ~ %s"
                " AND state NOT IN ('new', 'deleted')",
                tuple(self.ids) or (0,),
                _OURS,
            )
        )
        return self.env.cr.fetchone()[0]

    def _count_to_take_away(self, owner):
        """Events that Google made in Odoo and that are nobody else's; at most."""
        links = engine_rows(self.env, "google.sync.event.link")
        others = Domain("event_id.partner_ids", "any", [("id", "not in", owner.ids)])
        return links.search_count(self._to_take_away() & ~others)
