"""One word for what all calendars of an account are synchronised for."""

from odoo import api, fields, models

from ...sync.events.calendars import OFF
from .calendar import MODES


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    mode = fields.Selection(
        [mode for mode in MODES if mode[0] != OFF],
        "All calendars",
        compute="_compute_mode",
        inverse="_inverse_mode",
        help="A short-cut for all calendars that are not off; those that you may only "
        "read stay “from Google only”",
    )

    def _calendars_in_use(self):
        """Those that are synchronised, also one that Google does not list just now."""
        return self.calendar_ids.filtered(lambda place: place.mode != OFF)

    @api.depends("calendar_ids.mode")
    def _compute_mode(self):
        for account in self:
            modes = {
                calendar.mode
                for calendar in account.calendar_ids
                if calendar.mode != OFF and len(calendar._possible_modes()) > 2
            }
            account.mode = modes.pop() if len(modes) == 1 else False

    def _inverse_mode(self):
        for account in self.filtered("mode"):
            for calendar in account.calendar_ids:
                if calendar.mode != OFF and account.mode in calendar._possible_modes():
                    calendar.mode = account.mode
