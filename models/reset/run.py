"""The journal's entry of a reset."""

from odoo import fields, models


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    trigger = fields.Selection(
        selection_add=[("reset", "Reset")], ondelete={"reset": "cascade"}
    )
