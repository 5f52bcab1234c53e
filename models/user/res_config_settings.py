"""The way from the settings to one's own tab."""

from odoo import models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    def action_google_sync_connect_me(self):
        """My own tab, where it says what this is and has the button."""
        return self.env.user.action_google_sync_open()
