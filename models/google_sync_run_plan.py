"""A planned run: what a preview found, to be carried out or thrown away."""

from odoo import models


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    def action_apply_plan(self):
        """Do what the preview shows, if it still is what would be done."""
        self.ensure_one()
        self.check_access("read")
        run = self.sudo().account_id.with_env(self.env)._apply_plan(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": run.id,
            "views": [(False, "form")],
        }

    def _fingerprint(self):
        """{what is planned: title}, comparable with a later plan's.

        The Google ids of new events are drawn anew each time, so they do not count.
        """
        return {
            (
                line.action,
                line.side,
                line.res_id,
                line.google_id if line.side == "odoo" else False,
                line.after,
            ): line.title
            for line in self.sudo().line_ids
        }
