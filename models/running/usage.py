"""Requests to Google, by account and day: runs that found nothing leave no journal."""

from odoo import api, fields, models
from odoo.tools import SQL


class GoogleSyncUsage(models.Model):
    _name = "google.sync.usage"
    _description = "Requests to Google"
    _order = "day desc, account_id"
    _rec_name = "day"
    _log_access = False

    account_id = fields.Many2one(
        "google.sync.account", required=True, ondelete="cascade", readonly=True
    )
    user_id = fields.Many2one(related="account_id.user_id", string="User", store=True)
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    day = fields.Date(required=True, index=True, readonly=True)
    requests = fields.Integer(readonly=True)
    slices = fields.Integer("Times worked on", readonly=True)

    _account_day_uniq = models.UniqueIndex("(account_id, day)")

    @api.model
    def _count(self, account, requests):
        """Add what a slice asked of Google, in the transaction that notes the slice."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO google_sync_usage"
                " (account_id, user_id, company_id, day, requests, slices)"
                " VALUES (%s, %s, %s, %s, %s, 1)"
                " ON CONFLICT (account_id, day) DO UPDATE SET"
                " requests = google_sync_usage.requests + excluded.requests,"
                " slices = google_sync_usage.slices + 1",
                account.id,
                account.user_id.id,
                account.company_id.id or None,
                fields.Date.today(),
                requests,
            )
        )
