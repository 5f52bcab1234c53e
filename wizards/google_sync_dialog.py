"""What the dialogues about one account share: whose it is, and how they open."""

from odoo import api, fields, models


class GoogleSyncDialog(models.AbstractModel):
    _name = "google.sync.dialog"
    _description = "Dialogue about a Google account"

    account_id = fields.Many2one("google.sync.account", required=True, readonly=True)
    user_id = fields.Many2one(related="account_id.user_id")

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        dialogs._check_account()
        return dialogs

    def write(self, vals):
        result = super().write(vals)
        if "account_id" in vals:
            self._check_account()
        return result

    def _check_account(self):
        """Its related fields are read without asking: nobody may name another's."""
        for dialog in self:
            dialog.account_id._check_may_run()

    def _open_as(self, name):
        """The dialogue, as it stands."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
