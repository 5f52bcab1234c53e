"""The way from the settings to one's own connection."""

from odoo import models

from ..rights.sense import check_one


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    def action_google_sync_connect_me(self):
        """To Google's page at once, or to the dialogue where its answer is pasted."""
        check_one(self)
        check_one(self.exists())
        me = self.env.user
        if me._google_sync_account().connect_way == "manual":
            return me.action_google_sync_connect_manually()
        return me.action_google_sync_connect()
