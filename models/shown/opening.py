"""At opening: a pull in the background when the owner opens Odoo's web client."""

from datetime import timedelta

from odoo import api, fields, models

from ..tools.edge import engine_rows

#: Another tab, or the same page again: the pull of a moment ago will do.
AGAIN_AFTER = timedelta(minutes=5)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    deletion_count = fields.Integer("Deletions waiting", compute="_compute_deletions")

    @api.depends_context("uid")
    def _compute_deletions(self):
        """For those who may answer: nought for a colleague who sees the account."""
        for account in self:
            # sudo: to see whose account it is; the number is for them only.
            shown = account.sudo()
            mine = shown.user_id == self.env.user or shown._is_managed_by_me()
            waiting = self.env["google.sync.decision"].waiting_deletions
            account.deletion_count = len(waiting(account.id)) if mine else 0

    @api.model
    def open_web_client(self):
        """The current user has opened Odoo; whether a pull was asked for."""
        account = self._mine()
        led = account._is_to_be_started()
        if not account.pull_at_login or led or account._why_not_now():
            return False
        limit = fields.Datetime.now() - AGAIN_AFTER
        requests = engine_rows(self.env, "google.sync.request")
        recent = account.opened_at and account.opened_at > limit
        if recent or requests._is_waiting(account):
            return False
        account._request_sync("login")
        return True

    def action_deletions(self):
        """Open the dialogue with the deletions of this account that wait."""
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.client",
            "tag": "google_sync_deletions",
            "params": {"account_id": self.id},
        }
