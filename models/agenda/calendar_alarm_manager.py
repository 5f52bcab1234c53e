"""One reminder, not two: Google reminds of what is in the user's Google calendar."""

from odoo import api, models


class CalendarAlarmManager(models.AbstractModel):
    _inherit = "calendar.alarm_manager"

    @api.model
    def get_next_notif(self):
        """Odoo's popups of this user, without those that Google shows already."""
        notifications = super().get_next_notif()
        event_ids = [notification["event_id"] for notification in notifications]
        in_google = self.env["google.sync.event.link"]._reminded_by_google(event_ids)
        return [n for n in notifications if n["event_id"] not in in_google]
