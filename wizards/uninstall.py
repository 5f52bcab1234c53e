"""Odoo's dialogue before a module is removed: what becomes of the access to Google."""

from odoo import api, fields, models

from ..models.channels.ending import REVOKE_PARAMETER
from ..models.rights.sense import check_one
from ..models.tools.edge import engine_rows

MODULE = "google_sync"


class BaseModuleUninstall(models.TransientModel):
    _inherit = "base.module.uninstall"

    google_sync_connected = fields.Integer(
        "Google accounts connected", compute="_compute_google_sync_connected"
    )
    google_sync_revoke = fields.Boolean(
        "Take the access back at Google too",
        help="Ends it in every database that uses the same Google application. Without "
        "it, Odoo forgets its access, and Google keeps the consent.",
    )

    @api.depends("module_ids")
    def _compute_google_sync_connected(self):
        # A number, for who may remove modules.
        accounts = engine_rows(self.env, "google.sync.account")
        connected = accounts.search_count([("state", "not in", ("off", "suspended"))])
        for wizard in self:
            ours = MODULE in wizard._get_modules().mapped("name")
            wizard.google_sync_connected = ours and connected

    def action_uninstall(self):
        check_one(self)
        if self.google_sync_connected:
            parameters = self.env["ir.config_parameter"]
            parameters.set_param(REVOKE_PARAMETER, str(self.google_sync_revoke))
        return super().action_uninstall()
