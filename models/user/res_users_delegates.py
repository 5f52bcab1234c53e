"""The Synchronisation tab's part about colleagues who may see or run an account."""

from odoo import api, fields, models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # Names, for who manages the account; a delegate reads the own row only.
    delegate_names = fields.Char(compute="_compute_delegate_names", compute_sudo=True)

    @api.depends_context("uid")
    def _compute_delegate_names(self):
        for account in self:
            shown = account.user_id == self.env.user or account._is_managed_by_me()
            names = account.delegate_ids.user_id.mapped("name") if shown else ()
            account.delegate_names = ", ".join(names)

    def action_view_delegates(self):
        """The rights on this account: who sees it, who may run its agenda.

        A page that a reload finds again: one's own, or the form of another's account.
        """
        self.ensure_one()
        account = self._check_may_manage()
        actions = self.env["ir.actions.act_window"]
        if account.user_id != self.env.user:
            action = actions._for_xml_id("google_sync.google_sync_account_action")
            return {**action, "res_id": self.id, "views": [(False, "form")]}
        return actions._for_xml_id("google_sync.google_sync_delegate_action")


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_google_sync_delegates(self):
        """The colleagues of one's own account; a page of its own, with its rules.

        Not a table in the tab: what a user writes on oneself is written by Odoo's
        superuser, who would also change rights of other accounts.
        """
        return self._google_sync_account().action_view_delegates()
