"""Rows of an account that say what of an agenda goes where: its owner's word alone."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: Of one account and kind: each is looked at for every event.
ROWS = 100


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

    @api.constrains("account_id")
    def _check_number(self):
        # sudo: a number, of an account whose rows the caller may write.
        rows = self.sudo()
        for account in self.account_id:
            if rows.search_count([("account_id", "=", account.id)]) > ROWS:
                raise UserError(
                    self.env._(
                        "An account has at most %s rules: change one of them, or "
                        "delete some.",
                        ROWS,
                    )
                )

    def _check_owner(self):
        """Where a user's data go is the owner's word, nobody else's."""
        if self.env.su:
            return
        if any(row.account_id.user_id != self.env.user for row in self):
            raise AccessError(
                self.env._("Only the owner of an agenda says what of it Google gets.")
            )
