"""A filter on contacts that keeps an account's list filled by itself."""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...sync.contacts.filter_text import LONGEST, read_filter
from ..rights.sense import quoted
from ..tools.edge import engine_rows

#: Of one account: each is a search for every run.
RULES = 100

#: What reading or searching says of a text that is none; a lost connection is not.
NO_FILTER = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, SyntaxError),
    *(TypeError, ValueError, UserError),
    *(psycopg2.DataError, psycopg2.ProgrammingError),
)

_logger = logging.getLogger(__name__)


class GoogleSyncContactRule(models.Model):
    _name = "google.sync.contact.rule"
    _inherit = "google.sync.guard"
    _description = "Rule that fills the list of contacts"
    _order = "id"
    _longest = {"domain": LONGEST}

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
    editor_id = fields.Many2one(
        "res.users",
        "Written by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="A manager's rule takes in what the manager may see, too, nothing else",
    )

    @api.model
    def _default_account_id(self):
        # One's own account, made if there is none.
        return engine_rows(self.env, "google.sync.account")._of_user(self.env.user).id

    @api.depends("domain", "account_id", "editor_id")
    @api.depends_context("uid")
    def _compute_count(self):
        """Of what the reader may see too: a filter answers any question."""
        for rule in self:
            try:
                rule.account_id._check_may_manage()
                rule.count = len(rule._found(self.env.user))
            except (UserError, ValueError, TypeError, OverflowError):
                rule.count = 0

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            try:
                rule._found()
            except AccessError:
                raise
            except NO_FILTER as error:
                raise ValidationError(
                    self.env._(
                        "This is not a filter on contacts: %s", quoted(rule.domain)
                    )
                ) from error

    @api.constrains("account_id")
    def _check_number(self):
        # sudo: a number, of an account whose rules the caller may write.
        rules = self.sudo().with_context(active_test=False)
        for account in self.account_id:
            if rules.search_count([("account_id", "=", account.id)]) > RULES:
                raise UserError(
                    self.env._(
                        "An account has at most %s rules: change one of them, or "
                        "delete some.",
                        RULES,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create([self._signed(vals) for vals in vals_list])
        rules._check_and_wake()
        return rules

    def write(self, vals):
        if "account_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("A rule stays with its account: delete it, add another.")
            )
        result = super().write(self._signed(vals) if vals.keys() - {"name"} else vals)
        self._check_and_wake()
        return result

    def _signed(self, vals):
        """With who says what fits, whatever was given; the server signs nothing."""
        return vals if self.env.su else {**vals, "editor_id": self.env.uid}

    def _check_named(self, values):
        """Whose list it fills: what fits is looked up for the owner."""
        result = super()._check_named(values)
        account_id = values.get("account_id")
        if account_id:
            self.env["google.sync.account"].browse(account_id)._check_may_manage()
        return result

    def unlink(self):
        accounts = self.account_id._check_may_manage()
        result = super().unlink()
        accounts._fill_from_rules()
        return result

    def _check_and_wake(self):
        """The list follows at once: a person who saves a rule looks at it next."""
        self.account_id._check_may_manage()._fill_from_rules()

    def _partners(self, user=None):
        """As superuser: the contacts as the account's owner sees them, or `user`."""
        user = user or self.account_id.user_id or self.env.user
        return (
            self.env["res.partner"]
            .with_user(user)
            .sudo(False)
            .with_context(allowed_company_ids=user.company_ids.ids)
        )

    def _found(self, *readers):
        """Ids of what fits and is seen by the owner, the editor and these readers."""
        self.ensure_one()
        # sudo: the owner's and the editor's own rights decide, not the caller's.
        rule = self.sudo()
        owner = rule.account_id.user_id or self.env.user
        found = rule._partners(owner).search(rule._condition(), order="id").ids
        for user in {rule.editor_id, *readers} - {owner, self.env["res.users"]}:
            # The filter is read with these eyes too, its fields included.
            seen = rule._condition() & Domain("id", "in", found)
            found = rule._partners(user).search(seen, order="id").ids
        return found

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
                found.update(rule._found())
            except (ValueError, TypeError, AccessError):
                _logger.warning("Rule %s is no filter on contacts", rule.id)
                return None
        return found
