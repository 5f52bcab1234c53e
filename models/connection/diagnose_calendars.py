"""Test: the calendars that are synchronised beside the main one."""

from odoo import models

from ...sync.events.calendars import FROM_GOOGLE
from ..account.calendar import WRITER_ROLES
from .diagnose import OK, WARNING


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _check_calendars_beside(self, entries):
        """Each is there, with the right that its mode needs."""
        roles = {entry.id: entry.access_role for entry in entries}
        beside = self._calendars_in_use() - self.calendar_id
        return [
            self._check_beside(place, roles.get(place.google_id)) for place in beside
        ]

    def _check_beside(self, place, role):
        name = self.env._("Calendar “%s”", place.display_name)
        modes = dict(place._fields["mode"]._description_selection(self.env))
        status, message, solution = OK, modes[place.mode], ""
        if role is None:
            status, message = WARNING, self.env._("Google does not list it any more.")
            solution = place._lost_advice()
        elif place.mode != FROM_GOOGLE and role not in WRITER_ROLES:
            status, message = WARNING, self.env._("Google lets you read it only.")
            solution = self.env._(
                "Choose “From Google only” for it in the tab Synchronisation."
            )
        return self._check_row(f"calendar_{place.id}", name, status, message, solution)
