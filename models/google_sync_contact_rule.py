"""A filter on contacts that keeps an account's list filled by itself."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..sync.contacts.filter_text import read_filter

_logger = logging.getLogger(__name__)


class GoogleSyncContactRule(models.Model):
    _name = "google.sync.contact.rule"
    _description = "Rule that fills the list of contacts"
    _order = "id"

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self._default_account_id(),
    )
    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    model = fields.Char(default="res.partner", store=False)
    domain = fields.Char(
        "Contacts",
        required=True,
        default="[]",
        help="Every contact that fits and that you may see is synchronised; one that "
        "does not fit any more is taken off the list",
    )
    count = fields.Integer("Fitting contacts", compute="_compute_count")

    @api.model
    def _default_account_id(self):
        return self.env["google.sync.account"].sudo()._of_user(self.env.user).id

    @api.depends("domain", "account_id")
    def _compute_count(self):
        for rule in self:
            try:
                rule.count = rule._partners().search_count(rule._condition())
            except (UserError, ValueError, TypeError, OverflowError):
                rule.count = 0

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            try:
                rule._partners().search(rule._condition(), limit=1)
            except AccessError:
                raise
            except Exception as error:
                raise ValidationError(
                    self.env._("This is not a filter on contacts: %s", rule.domain)
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_and_wake()
        return rules

    def write(self, vals):
        if "account_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("A rule stays with its account: delete it, add another.")
            )
        result = super().write(vals)
        self._check_and_wake()
        return result

    def unlink(self):
        accounts = self.account_id
        accounts._check_may_manage()
        result = super().unlink()
        accounts.sudo()._fill_from_rules()
        return result

    def _check_and_wake(self):
        """The list follows at once: a person who saves a rule looks at it next."""
        self.account_id._check_may_manage()
        self.account_id.sudo()._fill_from_rules()

    def _partners(self):
        """The contacts as the account's owner sees them."""
        owner = self.account_id.user_id or self.env.user
        return (
            self.env["res.partner"]
            .with_user(owner)
            .sudo(False)
            .with_context(allowed_company_ids=owner.sudo().company_ids.ids)
        )

    def _condition(self):
        self.ensure_one()
        owner = self.account_id.user_id or self.env.user
        now = fields.Datetime.context_timestamp(
            self.with_context(tz=owner.tz), fields.Datetime.now()
        )
        return Domain(read_filter(self.domain or "[]", owner.id, now))

    def _fitting(self):
        """Ids of the contacts that fit one of these rules; None: one is no filter.

        Then nobody can tell who does not fit any more.
        """
        found = set()
        for rule in self.filtered("active"):
            try:
                condition = rule._condition()
            except (ValueError, TypeError):
                _logger.warning("Rule %s is no filter on contacts", rule.id)
                return None
            found.update(rule._partners().search(condition, order="id").ids)
        return found
