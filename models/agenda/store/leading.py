"""The Store's colleagues who organise: what guests' links leave to theirs."""

from dataclasses import replace

from odoo.fields import Domain
from odoo.tools import SQL

_LIVE = ("new", "sending", "linked")


class Leading:
    """Part of `OrmStore`: links that take an event to Google for its guests, too."""

    def _with_leaders(self, seen, links):
        """The observed events, with what a colleague's link makes of them in Google."""
        guarded = [x for x in links if x.guard and x.event_id in seen]
        if not guarded:
            return seen
        events = self.events.browse([x.event_id for x in guarded])
        uids = {x.id: x.ical_uid for x in self._parents_of(guarded)}
        done = dict(seen)
        leaders = self._leaders_of(events)
        for link in guarded:
            event = events.browse(link.event_id)
            theirs = leaders.filtered(
                lambda row, event=event: (
                    row.event_id == event
                    or (
                        event.recurrence_id and row.recurrence_id == event.recurrence_id
                    )
                )
            )
            uid = link.ical_uid or uids.get(link.parent_id, "")
            done[link.event_id] = replace(
                done[link.event_id],
                led="linked" in theirs.mapped("state"),
                afresh=self._afresh(link, event, theirs, uid),
            )
        return done

    def _parents_of(self, links):
        """The series' rows of these, whose occurrences have no iCalUID of their own."""
        ids = {x.parent_id for x in links if x.parent_id and not x.ical_uid}
        return self.link_model.browse(ids).exists()

    def _leaders_of(self, events):
        """Rows of colleagues' links that may write these events, or their series."""
        return self.link_model.search(
            [
                ("calendar_id", "not in", self.places),
                ("state", "in", _LIVE),
                ("guard", "=", False),
                ("account_id.state", "=", "connected"),
                "|",
                ("event_id", "in", events.ids),
                ("recurrence_id", "in", events.recurrence_id.ids),
            ]
        )

    def _afresh(self, link, event, leaders, uid):
        """See `OdooEvent.afresh`."""
        theirs = leaders.filtered(lambda row: row.account_id.user_id == event.user_id)
        if link.guard != "not_organizer" or not theirs or not event.user_id:
            return ""
        if uid in theirs.mapped("ical_uid"):
            return ""
        me = (self.account.google_email or "").lower()
        guests = {g for row in theirs for g in (row.base or {}).get("guests") or ()}
        return "invited" if me in guests else "copy"

    def _decided(self):
        """Not the GONE links of what its organiser has edited in Odoo since.

        Whether it goes on is said by the organiser's run.
        """
        self.link_model.flush_model()
        return Domain(
            "id",
            "not in",
            SQL(
                "(SELECT own.id FROM google_sync_event_link own"
                " JOIN calendar_event event ON event.id = own.event_id"
                " JOIN google_sync_account theirs ON theirs.user_id = event.user_id"
                " AND theirs.state = 'connected' AND theirs.auto_push"
                " JOIN google_sync_event_link lead ON lead.account_id = theirs.id"
                " AND lead.state IN %s AND COALESCE(lead.guard, '') = ''"
                " AND (lead.event_id = event.id"
                " OR lead.recurrence_id = event.recurrence_id)"
                " WHERE own.calendar_id = %s AND own.state = 'gone'"
                " AND own.guard = 'not_organizer' AND event.user_id <> %s"
                " AND (lead.dirty OR EXISTS (SELECT 1 FROM google_sync_pending edit"
                " WHERE edit.account_id = theirs.id AND (edit.link_id = lead.id"
                " OR edit.event_id IN (SELECT id FROM calendar_event row"
                " WHERE row.id = event.id"
                " OR row.recurrence_id = event.recurrence_id)))))",
                _LIVE,
                self.calendar.id,
                self.user.id,
            ),
        )
