"""How many days the journal is kept: one number for the whole database."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .vacuum import DEFAULT_DAYS, PARAMETER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_journal_days = fields.Integer(
        "Journal kept for (days)",
        config_parameter=PARAMETER,
        default=DEFAULT_DAYS,
    )

    @api.constrains("google_sync_journal_days")
    def _check_google_sync_journal_days(self):
        if any(settings.google_sync_journal_days < 1 for settings in self):
            raise ValidationError(
                self.env._("The journal is kept for one day at least.")
            )
