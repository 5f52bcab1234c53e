"""Questions about what becomes private are for the owner from then on."""

from odoo import api, models
from odoo.fields import Domain

from ..tools.edge import engine_rows


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _google_sync_hide_told(self, google_ids):
        result = super()._google_sync_hide_told(google_ids)
        about = Domain("google_id", "in", google_ids)
        # Of several events to choose from the private ones are shown masked.
        asked = Domain("candidate_ids", "in", self.ids)
        about |= asked & Domain("kind", "!=", "adoption")
        _hide(self.env, about)
        return result


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _google_sync_hide_told(self, about):
        result = super()._google_sync_hide_told(about)
        _hide(self.env, about)
        return result


def _hide(env, about):
    open_to_all = Domain("private", "=", False)
    rows = engine_rows(env, "google.sync.decision")
    rows.search(about & open_to_all).private = True
