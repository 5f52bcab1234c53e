"""The page brings along what the systray shows: no request of its own at opening."""

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user._is_internal():
            accounts = self.env["google.sync.account"]
            info["google_sync"] = accounts._session_state()
            info["google_sync_way_in"] = accounts._way_in()
        return info
