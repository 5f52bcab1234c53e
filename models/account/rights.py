"""Who may do what with an account: owner, colleagues with a right, managers.

Each `_check_...` raises AccessError, or returns the accounts as superuser: this is the
edge where rights are raised, and what they are given to need not ask again.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.edge import engine_rows, is_portal
from .account import PLACE_FIELDS


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # It asks who may, so the reader's own rights cannot decide.
    may_manage = fields.Boolean(compute="_compute_may", compute_sudo=True)
    may_run = fields.Boolean(compute="_compute_may", compute_sudo=True)

    @api.depends("user_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may(self):
        """What a form offers its reader: nothing that the server would refuse."""
        for account in self:
            mine = not account.user_id or account.user_id == self.env.user
            account.may_manage = mine or account._is_managed_by_me()
            account.may_run = account.may_manage or account._is_delegated_to_me()

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user.has_group("google_sync.group_manager"))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """An account is made by its owner's first use; only managers prepare one."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self.env.user.has_group("google_sync.group_manager"):
            arch.set("create", "false")
        return arch, view

    def _check_named(self, values):
        """An account is made for oneself, or by who manages that user's."""
        result = super()._check_named(values)
        user_id = values.get("user_id")
        if user_id and not self.env.su:
            self._check_may_manage_for(self.env["res.users"].browse(user_id))
        return result

    def _check_place(self, vals):
        """Which Google account and calendar: a manager would send the agenda away."""
        if not PLACE_FIELDS.isdisjoint(vals):
            self._check_is_mine()

    def _check_is_mine(self):
        """The owner alone: whose Google it is, and what may go there."""
        accounts = self._check_may_manage()
        for account in accounts:
            if not self.env.su and account.user_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "Only %s chooses the Google account and the calendar, and "
                        "allows the access. Send the link that the button “Link to "
                        "connect” shows.",
                        account._label(),
                    )
                )
        return accounts

    def _check_may_run(self):
        """Owner, a colleague with the right on the agenda, or a manager."""
        return self._check_allowed(delegates=True)

    def _check_may_manage(self):
        """Owner or manager: connect, disconnect, change what is synchronised."""
        return self._check_allowed(delegates=False)

    def _check_allowed(self, delegates):
        """These accounts as superuser, once it is sure that the caller may."""
        # sudo: it asks who may, so the reader's own rights cannot decide; what an
        # account works with and how it stands is the engine's, not its owner's.
        accounts = self.sudo()
        for account in accounts if not self.env.su else ():
            if not (delegates and account._is_delegated_to_me()):
                self._check_may_manage_for(account.user_id)
        return accounts

    @api.model
    def _check_may_manage_for(self, user):
        """As `_check_may_manage`, before there is an account; it names nobody."""
        mine = user == self.env.user and not self._am_i_outside()
        # sudo: the company of a user whom the caller may not see.
        if not (mine or self._manages(user.sudo().company_id)):
            raise AccessError(
                self.env._(
                    "This Google account is not yours: ask its owner to give you the "
                    "right, or a manager of the synchronisation."
                )
            )

    def _is_shown_in_tab(self, reader):
        """On the user's page: to the owner and to who manages it, by the rules."""
        if reader.share:
            return False
        # sudo: whose it is and the company, to decide whether anything is shown.
        account = self.sudo()
        if account.user_id == reader or reader._is_superuser():
            return True
        return account._is_managed_by_me() and (self.env.su or self.has_access("read"))

    def _is_managed_by_me(self):
        return self._manages(self.company_id)

    @api.model
    def _manages(self, company):
        manager = self.env.user.has_group("google_sync.group_manager")
        return manager and company in self.env.user.company_ids

    def _is_delegated_to_me(self):
        """Asked for, not read along the account: others' rights are not to be known."""
        if self._am_i_outside():
            return False
        # sudo: the caller's own right, shown or not.
        rights = engine_rows(self.env, "google.sync.delegate")
        mine = [("user_id", "=", self.env.uid), ("agenda", "=", True)]
        here = [("account_id", "=", self._origin.id)]
        return bool(rights.search_count(here + mine, limit=1))

    @api.model
    def _am_i_outside(self):
        """Who was made a portal user keeps an account and rights, and uses neither."""
        return is_portal(self.env.user)

    # -- whose a reader sees ---------------------------------------------------

    @api.model
    def _mine(self):
        """The current user's account as superuser, unless it was never connected."""
        if self._am_i_outside():
            return engine_rows(self.env, self._name)
        mine = [("user_id", "=", self.env.uid), ("state", "!=", "off")]
        return engine_rows(self.env, self._name).search(mine, limit=1)

    @api.model
    def _shown_agendas(self, partner_ids):
        """As superuser: accounts of these people that the user may see."""
        wanted = [
            ("user_id.partner_id", "in", list(partner_ids)),
            ("state", "!=", "off"),
        ]
        accounts = engine_rows(self.env, self._name)
        return accounts.search(Domain.AND([wanted, self._seen_by_me()]))

    @api.model
    def _seen_by_me(self):
        if self._am_i_outside():
            return Domain.FALSE
        uid = self.env.uid
        shown = ["|", ("visible", "=", True), ("agenda", "=", True)]
        seen = Domain("user_id", "=", uid) | Domain(
            "delegate_ids", "any", [("user_id", "=", uid), *shown]
        )
        if self.env.user.has_group("google_sync.group_manager"):
            seen |= Domain("company_id", "in", self.env.user.company_ids.ids)
        return seen

    @api.model
    def _sees_other_agendas(self):
        others = [("user_id", "!=", self.env.uid), ("state", "!=", "off")]
        domain = Domain.AND([others, self._seen_by_me()])
        accounts = engine_rows(self.env, self._name)
        return bool(accounts.search_count(domain, limit=1))

    def _may_be_run_by_me(self):
        """As `_check_may_run`, as an answer."""
        # sudo: it asks who may, so the reader's own rights cannot decide.
        account = self.sudo()
        mine = account.user_id == self.env.user and not self._am_i_outside()
        return mine or account._is_managed_by_me() or account._is_delegated_to_me()
