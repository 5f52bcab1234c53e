"""Counting what each slice asks of Google, also where it leaves no journal."""

from odoo import models

from ..tools.edge import engine_rows


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _preview(self, run, owner):
        run = super()._preview(run, owner)
        engine_rows(self.env, "google.sync.usage")._count(self, run.requests)
        self._checkpoint()
        return run

    def _note(self, run, came, before):
        result = super()._note(run, came, before)
        engine_rows(self.env, "google.sync.usage")._count(self, came.requests)
        return result
