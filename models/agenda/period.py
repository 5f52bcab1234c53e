"""What of the owner's agenda a run looks at: the period, the kinds, what is hidden."""

from odoo import fields, models
from odoo.fields import Domain

from ...sync.events.period import window
from ..tools.privacy import PRIVATE


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _google_sync_window(self):
        """The period of this account around today, as a run would take it."""
        zone = self.user_id.tz or self.calendar_id.time_zone or "UTC"
        today = fields.Date.context_today(self.with_context(tz=zone))
        return window(today, self.months_before, self.months_after, zone)

    def _count_outside_period(self):
        """Single events of the owner's agenda that the period leaves out."""
        period = self._google_sync_window()
        first, last = (x.replace(tzinfo=None) for x in (period.start, period.end))
        outside = Domain("stop", "<=", first) | Domain("start", ">=", last)
        # sudo: how many, of the account's own user.
        account = self.sudo()
        mine = Domain("partner_ids", "in", account.user_id.partner_id.ids)
        single = Domain("recurrence_id", "=", False)
        linked = Domain("google_sync_link_ids.account_id", "=", account.id)
        events = account.env["calendar.event"]
        return events.search_count(mine & outside & single & ~linked)

    def _google_sync_kinds(self):
        """The kinds of links that a run of this account looks at."""
        return ("single", "series", "occurrence") if self.sync_series else ("single",)

    def _hides_by_default(self):
        """As superuser: the owner's agenda is private by default, and all that tells of
        it with it."""
        return self.user_id.calendar_default_privacy in PRIVATE
