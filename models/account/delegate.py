"""What a colleague may do with somebody else's account."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class GoogleSyncDelegate(models.Model):
    _name = "google.sync.delegate"
    _inherit = "google.sync.guard"
    _description = "Google Sync Delegate"
    _rec_name = "user_id"

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        default=lambda self: self._my_account(),
    )
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("share", "=", False)],
    )
    visible = fields.Boolean(
        default=True, help="May see the account, its state and its journal"
    )
    agenda = fields.Boolean(help="May see the account and synchronise its agenda")

    _account_user_uniq = models.UniqueIndex(
        "(account_id, user_id)", "This colleague is already in the list."
    )

    @api.constrains("account_id", "user_id")
    def _check_not_owner(self):
        for delegate in self:
            if delegate.user_id == delegate.account_id.user_id:
                raise ValidationError(
                    self.env._(
                        "%s owns this account and needs no right on it.",
                        delegate.user_id.name,
                    )
                )

    @api.model
    def _my_account(self):
        """One's own, when no other is named: it comes into being with its use."""
        # sudo: the account's first row; the rules decide on this one's.
        accounts = self.env["google.sync.account"].sudo()
        return accounts._of_user(self.env.user).id

    def write(self, vals):
        """A right does not move: record rules would look at the old account only."""
        if "account_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("A right stays with its account: delete it, add another.")
            )
        return super().write(vals)
