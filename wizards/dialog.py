"""What the dialogues about one account share: whose it is, and how they open."""

from odoo import api, fields, models


class GoogleSyncDialog(models.AbstractModel):
    _name = "google.sync.dialog"
    _inherit = "google.sync.guard"
    _description = "Dialogue about a Google account"

    account_id = fields.Many2one("google.sync.account", required=True, readonly=True)
    user_id = fields.Many2one(related="account_id.user_id", related_sudo=False)

    def _check_named(self, values):
        """Nobody names an account that is not theirs to do this with."""
        result = super()._check_named(values)
        if values.get("account_id"):
            self.new({"account_id": values["account_id"]})._check_account()
        return result

    @api.constrains("account_id")
    def _check_stored_account(self):
        """However it came to be named."""
        self._check_account()

    def _check_account(self):
        """The right that the dialogue takes."""
        for dialog in self:
            dialog.account_id._origin._check_may_run()

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
