"""The first run of who is led: asked for, it counts as Start; stopped, as not begun."""

from odoo import models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _go(self, run, owner, time_limit, at_hand=()):
        """After the plan was compared once more: one that is stale starts nothing."""
        if self.first_day == "choosing":
            self.first_day = "started"
        return super()._go(run, owner, time_limit, at_hand)

    def _put_off_first_day(self):
        """Who stops the first run does not want it to go on by the clock."""
        if self.first_day == "started" and not self.last_success_at:
            self.first_day = "choosing"
