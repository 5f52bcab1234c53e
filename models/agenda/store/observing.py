"""Odoo's events as the engine sees them, by their links."""

from odoo import fields
from odoo.tools import SQL

from ....sync.events.links import OdooEvent
from .privacy import in_full


class Observing:
    """Part of `OrmStore`: what stands in Odoo now."""

    def observe(self, links, *, anybodys=False):
        """See the port. anybodys: what the user does not take part in too, unmasked."""
        found = self.events.browse({x.event_id for x in links}).exists()
        if anybodys:
            found.invalidate_recordset()
            # sudo: where all of an event is wanted, see above.
            found = in_full(found)
        events = {event.id: event for event in found}
        declined = self._declined(found)
        linked = self._linked_among(found.recurrence_id)
        here = [link for link in links if link.event_id in events]
        strayed = self._strayed(here, events) | self._anothers(here, events)
        whole, single = [], {}
        for link in here:
            event = events[link.event_id]
            if link.id in strayed:
                continue
            if self._is_whole(link, event, linked):
                whole.append(link)
                continue
            single[event.id] = self._odoo_event(
                event,
                self._values_beside(event, link.base),
                declined=event.id in declined,
            )
        series = self._observe_series(whole, events, anybodys=anybodys)
        seen = self._with_leaders({**single, **series}, here)
        seen = self._with_invited(seen, here, events)
        seen = self._with_departures(seen, here)
        if anybodys:
            # The cache does not know who may see what.
            found.invalidate_recordset()
        return seen

    def _declined(self, events):
        """Ids of those of these events that the user declined."""
        attendees = self.account.env["calendar.attendee"]
        domain = [
            ("event_id", "in", events.ids),
            ("partner_id", "=", self.user.partner_id.id),
            ("state", "=", "declined"),
        ]
        return set(attendees.search(domain).event_id.ids)

    def _declined_ids(self):
        """SQL: the events that the user declined."""
        self.account.env["calendar.attendee"].flush_model(["state", "partner_id"])
        return SQL(
            "(SELECT event_id FROM calendar_attendee"
            " WHERE partner_id = %s AND state = 'declined')",
            self.user.partner_id.id,
        )

    def _values_beside(self, event, base):
        """The event's values; what Odoo does not say of it is as both agreed."""
        time_zone = base.time_zone if base else ""
        values = event._google_sync_values(time_zone, colors=self.with_colors)
        return self._as_agreed(event, values, base)

    def _odoo_event(self, event, values, *, declined):
        partner = self.user.partner_id
        takes_part = partner in event.partner_ids
        in_series = event.recurrency or event.recurrence_id
        return OdooEvent(
            event.id,
            values,
            alive=event.active,
            mine=event.active and takes_part and not declined,
            organizer=event.user_id == self.user,
            sole=self._is_sole(event, partner),
            left_alone="series" if in_series and not self.with_series else "",
            created=fields.Datetime.to_string(event.create_date),
            silent=self.silent,
            ways=self.ways,
            invites=self.invites and event.user_id == self.user,
            private_by_default=self._is_private_by_default(event),
            unanswered=self._is_unanswered(event, partner),
            mode=self.calendar.mode if self.calendar.mode != "off" else "both",
        )

    @staticmethod
    def _is_sole(event, partners):
        """No other of Odoo's own people takes part, or all others declined."""
        others = event.attendee_ids.filtered(
            lambda attendee: (
                attendee.partner_id not in partners and attendee.state != "declined"
            )
        )
        # sudo: whether somebody is a user is not for everybody to read.
        return not in_full(others.partner_id).main_user_id.filtered(
            lambda user: not user.share
        )
