"""Links of series whose rule Odoo has no words for: told where people look."""

from odoo import models

from ...sync.events.recurrence import rule_of
from ..journal.words import shown


class GoogleSyncEventLink(models.Model):
    _inherit = "google.sync.event.link"

    def _google_sync_rule_note(self):
        """Why an event is single here although it is part of a series in Google."""
        self.ensure_one()
        series = self if self.kind == "series" else self.parent_id
        base = series._base_values() if series else None
        if base is None or not base.recurrence or rule_of(base.recurrence):
            return ""
        return self.env._(
            "One of a series that is kept in Google: Odoo has no words for its rule, "
            "so each of its events in the period is single here. Change the rule in "
            "Google. %s",
            shown(self.env, "recurrence", base.recurrence),
        )
