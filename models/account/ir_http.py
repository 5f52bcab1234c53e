"""The page brings along what the systray shows: no request of its own at opening."""

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user._is_internal():
            info["google_sync"] = self.env["google.sync.account"]._session_state()
        return info
