"""An administrator's limit on the events of one agenda; none unless it is set."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.edge import parameter

PARAMETER = "google_sync.max_events"


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def _max_events(self):
        """How many events one agenda may hold within its period; 0 for any number."""
        value = parameter(self.env, PARAMETER) or "0"
        return max(0, int(value)) if value.strip().isdigit() else 0


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_max_events = fields.Integer(
        "Events in one agenda", config_parameter=PARAMETER
    )

    @api.constrains("google_sync_max_events")
    def _check_google_sync_max_events(self):
        if any(settings.google_sync_max_events < 0 for settings in self):
            raise ValidationError(
                self.env._("The limit is a number of events, or empty for none.")
            )
