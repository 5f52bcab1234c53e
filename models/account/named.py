"""The calendar that is named: typed by its owner, found in Google's list."""

from odoo import models
from odoo.exceptions import UserError

from .calendar import WRITER_ROLES


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _calendar_named(self, name):
        """The one calendar of that name that may be edited, else an error.

        Without a name: the main calendar, or none where Google lists none.
        """
        self.ensure_one()
        wanted = name.strip().casefold()
        if not wanted:
            return self.calendar_ids.filtered("listed").filtered("is_primary")[:1]
        found = self.calendar_ids.filtered(
            lambda calendar: (
                (calendar.name or "").strip().casefold() == wanted
                and calendar.access_role in WRITER_ROLES
                and calendar.listed
            )
        )
        if not found:
            raise UserError(
                self.env._(
                    "The calendar “%s” is unknown in Google: check its name there, or "
                    "choose it from the list.",
                    name,
                )
            )
        if len(found) > 1:
            raise UserError(
                self.env._(
                    "Google has %(count)s calendars named “%(name)s”: choose the right "
                    "one from the list.",
                    count=len(found),
                    name=name,
                )
            )
        return found

    def _forget_other_name(self):
        """A calendar was chosen: a name typed before, of another, is no more."""
        for account in self.filtered("calendar_name"):
            # sudo: a manager does not see the owner's calendars.
            chosen = account.sudo().calendar_id
            name = (chosen.name or "").strip().casefold()
            if account.calendar_name.strip().casefold() != name:
                account.write({"calendar_name": False, "calendar_id": chosen.id})
