"""What becomes private is private in what was told of it before.

A line says of itself whether it is private, as the event was when it was written. Who
makes the event private later, or the whole agenda, means its history as well.
"""

from odoo import api, models
from odoo.fields import Domain

from ..tools.edge import engine_rows
from ..tools.privacy import PRIVATE
from .run_line import kept_apart

#: What `effective_privacy` is made of.
_SAYS_WHO_SEES = frozenset({"privacy", "user_id"})


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def write(self, vals):
        result = super().write(vals)
        if not _SAYS_WHO_SEES.isdisjoint(vals):
            self._google_sync_hide_private()
        return result

    def _google_sync_hide_private(self):
        """Hide what was told of those of these events that are private now."""
        # sudo: what the event is for others is not for its writer's eyes alone.
        events = self.exists().sudo()
        private = events.filtered(lambda event: event.effective_privacy in PRIVATE)
        if not private:
            return
        # Also by its id in Google: a series' rows are made anew.
        links = engine_rows(self.env, "google.sync.event.link")
        google_ids = links.search([("event_id", "in", private.ids)]).mapped("google_id")
        private._google_sync_hide_told(list(filter(None, google_ids)))

    def _google_sync_hide_told(self, google_ids):
        """Extended by who else tells of events."""
        about = Domain("google_id", "in", google_ids)
        about |= Domain("res_id", "in", self.ids)
        engine_rows(self.env, "google.sync.run.line")._hide(about)


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("calendar_default_privacy") in PRIVATE:
            for settings in self:
                settings.user_id._google_sync_hide_agenda()
        return result


class ResUsers(models.Model):
    _inherit = "res.users"

    def _google_sync_hide_agenda(self):
        """The journal of an agenda that is private by default is its owner's."""
        about = Domain("account_id.user_id", "=", self.id)
        self._google_sync_hide_told(about)
        # sudo: others' journals tell of these events, too.
        events = self.env["calendar.event"].sudo().with_context(active_test=False)
        silent = [("user_id", "=", self.id), ("privacy", "=", False)]
        events.search(silent)._google_sync_hide_private()

    @api.model
    def _google_sync_hide_told(self, about):
        """Extended by who else tells of an agenda."""
        engine_rows(self.env, "google.sync.run.line")._hide(about)


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    @api.model
    def _hide(self, about):
        """Lines about events, told in the open until now; the engine's call."""
        of_events = Domain("res_model", "=", "calendar.event")
        lines = self.search(about & of_events & Domain("private", "=", False))
        for line in lines.filtered("error"):
            line.write(kept_apart(line.error))
        lines.write({"private": True})
