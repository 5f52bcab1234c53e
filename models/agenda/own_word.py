"""Rows of an account that say what of an agenda goes where: its owner's word alone."""

from odoo import api, models
from odoo.exceptions import AccessError


class GoogleSyncOwnWord(models.AbstractModel):
    _name = "google.sync.own.word"
    _inherit = "google.sync.guard"
    _description = "What only the owner of an account says"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_owner()
        return rows

    def write(self, vals):
        self._check_owner()
        result = super().write(vals)
        self._check_owner()
        return result

    def unlink(self):
        self._check_owner()
        return super().unlink()

    def _check_owner(self):
        """Where a user's data go is the owner's word, nobody else's."""
        if self.env.su:
            return
        if any(row.account_id.user_id != self.env.user for row in self):
            raise AccessError(
                self.env._("Only the owner of an agenda says what of it Google gets.")
            )
