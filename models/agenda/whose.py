"""Whose edits are queued, and whose go to Google by themselves."""

from odoo import api, models
from odoo.tools import ormcache

from ..account.account import QUEUE_STATES
from ..tools.edge import engine_rows


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    @ormcache()
    def _google_sync_by_partner(self):
        """{partner id: account id} of the users whose agenda is synchronised."""
        accounts = engine_rows(self.env, self._name).search(
            [("state", "in", QUEUE_STATES), ("sync_events", "=", True)]
        )
        return {account.user_id.partner_id.id: account.id for account in accounts}

    @api.model
    @ormcache()
    def _google_sync_pushing(self):
        """Ids of the accounts whose edits go to Google by themselves."""
        accounts = engine_rows(self.env, self._name)
        return frozenset(accounts.search([("auto_push", "=", True)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not {"state", "sync_events", "user_id", "auto_push"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
