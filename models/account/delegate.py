"""What a colleague may do with somebody else's account."""

from collections.abc import Set

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools.edge import engine_rows

_BY_ID = ("=", "!=", "in", "not in")


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
        accounts = engine_rows(self.env, "google.sync.account")
        return accounts._of_user(self.env.user).id

    def write(self, vals):
        """A right does not move: record rules would look at the old account only."""
        if "account_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("A right stays with its account: delete it, add another.")
            )
        return super().write(vals)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Whose a right is, asked for by its number, is told by the rules of rights."""
        if not self.env.su:
            domain = Domain(domain).map_conditions(_by_right)
        return super()._search(domain, *args, **kwargs)

    def _read_format(self, fnames, load="_classic_read"):
        """A colleague's right is for that colleague to read, and for the owner.

        The rule that shows an account asks for its rights, as superuser, and what is in
        the cache is told without asking: they are read anew, as the reader.
        """
        if "delegate_ids" in fnames and not self.env.su:
            saved = self.filtered(lambda account: isinstance(account.id, int))
            saved.invalidate_recordset(["delegate_ids"])
            self._fields["delegate_ids"].read(saved)
        return super()._read_format(fnames, load)


def _by_right(condition):
    """Odoo compares ids without asking who may read what they are of."""
    if condition.field_expr != "delegate_ids" or condition.operator not in _BY_ID:
        return condition
    value = condition.value
    ids = set(value) if isinstance(value, list | tuple | Set) else {value}
    found = Domain("delegate_ids", "any", [("id", "in", list(ids - {False, None}))])
    if not ids.isdisjoint({False, None}):
        found |= Domain("delegate_ids", "not any", [])
    return ~found if condition.operator in ("!=", "not in") else found
