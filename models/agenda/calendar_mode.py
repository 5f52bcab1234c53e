"""A calendar is switched on, off or to one way: what its links know follows."""

from functools import partial

from odoo import models
from odoo.tools import SQL

from ...sync.events.calendars import FROM_GOOGLE, OFF, TO_GOOGLE

#: Copies of events that another calendar of the account leads by now.
_FOLLOW = """
    UPDATE google_sync_event_link link
       SET state = 'following', leader_id = other.id, dirty = TRUE,
           event_id = NULL, recurrence_id = NULL
      FROM google_sync_event_link other
      JOIN google_sync_calendar place ON place.id = other.calendar_id
     WHERE link.calendar_id = %s AND link.state = 'linked'
       AND link.kind <> 'occurrence' AND other.kind = link.kind
       AND other.account_id = link.account_id AND other.calendar_id <> link.calendar_id
       AND place.mode <> 'off' AND other.state = 'linked'
       AND (other.event_id = link.event_id OR other.recurrence_id = link.recurrence_id)
"""
#: Copies whose leading one is in a calendar that nobody reads any more.
_LOOK = """
    UPDATE google_sync_event_link link SET dirty = TRUE
      FROM google_sync_event_link leader
     WHERE link.state = 'following' AND link.leader_id = leader.id
       AND leader.calendar_id = %s
"""


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _effects(self, vals):
        effects = super()._effects(vals)
        for calendar in self:
            if "mode" in vals and vals["mode"] != calendar.mode:
                effects.append(partial(calendar._follow_mode, calendar.mode))
            if "busy" in vals and vals["busy"] != calendar.busy:
                effects.append(calendar._read_anew)
        return effects

    def _follow_mode(self, before):
        self.env.flush_all()
        if self.mode == OFF:
            self.env.cr.execute(SQL(_LOOK, self.id))
        else:
            self.replaced = False
        if before == OFF:
            self.env.cr.execute(SQL(_FOLLOW, self.id))
        if FROM_GOOGLE in (before, self.mode):
            # What Google would refuse is another matter now.
            self._read_anew()
        elif TO_GOOGLE in (before, self.mode) or before == OFF:
            # What came there meanwhile may have been passed over.
            self._list_anew()
        self.env.invalidate_all()
        self.account_id._wake_pull()

    def _read_anew(self):
        """Have each event compared again, whether Google changed it or not."""
        links = self.env["google.sync.event.link"].search(
            [
                ("calendar_id", "=", self.id),
                ("state", "=", "linked"),
                ("kind", "!=", "occurrence"),
            ]
        )
        links.etag = False
        self._list_anew()
