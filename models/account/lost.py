"""A calendar that Google does not list any more: nothing is deleted, and it is said."""

from odoo import api, fields, models

from ...sync.events.calendars import OFF


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    lost_note = fields.Char("Note", compute="_compute_lost_note")

    @api.depends("listed", "mode")
    @api.depends_context("lang")
    def _compute_lost_note(self):
        for calendar in self:
            note = self.env._("Google does not list it any more.")
            calendar.lost_note = calendar._is_lost() and note

    def _is_lost(self):
        """It is to be synchronised, and Google does not show it any more."""
        return bool(self) and self.mode != OFF and not self.listed

    def _lost_words(self):
        """What a run, and an event of it, says of these calendars."""
        names = ", ".join(f"“{calendar.display_name}”" for calendar in self)
        return self.env._(
            "Google does not list %s any more: what it brought stays in Odoo, and is "
            "not synchronised.",
            names,
        )

    def _lost_advice(self):
        return self.env._(
            "What it brought stays in Odoo. Ask for it to be shared again, or "
            "switch it off in the tab Synchronisation."
        )
