"""What people ask for again and again takes the place of what came to nothing.

A run that a person asked for stays in the journal, also when there was nothing to do; a
plan waits to be carried out. Whoever presses without end must not fill the database.
"""

from odoo import api, models

#: Of the runs of one account that people asked for and that did nothing.
KEPT_EMPTY = 100
#: Of one person's previews of one account that were not carried out.
KEPT_PLANS = 10


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        for run in runs.filtered("requested_by_id"):
            run._take_place()
        return runs

    def _take_place(self):
        """Of what stood before this run, so much is left."""
        others = [("account_id", "=", self.account_id.id), ("id", "<", self.id)]
        over = [*others, ("id", "!=", self.account_id.last_run_id.id)]
        nothing = [
            *over,
            ("requested_by_id", "!=", False),
            ("state", "in", ("done", "partial", "failed", "stopped")),
            ("line_ids", "=", False),
        ]
        carried_out = self.search([*others, ("plan_id", "!=", False)]).plan_id
        plans = [
            *over,
            ("requested_by_id", "=", self.requested_by_id.id),
            ("mode", "=", "preview"),
            ("state", "in", ("planned", "failed", "stopped")),
            ("id", "not in", carried_out.filtered(lambda x: x.state == "planned").ids),
        ]
        old = self.search(nothing, order="id desc", offset=KEPT_EMPTY)
        old |= self.search(plans, order="id desc", offset=KEPT_PLANS)
        old.unlink()
