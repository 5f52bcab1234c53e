"""What people asked to be synchronised, until a scheduled action takes it up.

Rows are only inserted by people and only deleted by the run that takes them: nobody
waits for an account that is being worked on. No foreign keys: they would lock.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.edge import wake


class GoogleSyncRequest(models.Model):
    _name = "google.sync.request"
    _inherit = "google.sync.waiting"
    _description = "Synchronisation that was asked for"
    _log_access = False
    _forgotten_by = "asked_at"

    trigger = fields.Char(required=True)
    asked_by = fields.Integer(required=True)
    asked_at = fields.Datetime(required=True)

    @api.model
    def _ask(self, accounts, trigger):
        """Have the scheduled action synchronise `accounts` now, for this user.

        One that this user asked for already is enough: pressing often adds no rows.
        """
        now, uid = fields.Datetime.now(), self.env.uid
        rows = [(account.id, trigger, uid, now) for account in accounts]
        if not rows:
            return
        values = SQL(", ").join(
            SQL("(%s, %s, %s, %s::timestamp)", *row) for row in rows
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO google_sync_request"
                " (account_id, trigger, asked_by, asked_at)"
                " SELECT account_id, trigger, asked_by, asked_at"
                " FROM (VALUES %s) AS wish (account_id, trigger, asked_by, asked_at)"
                " WHERE NOT EXISTS (SELECT 1 FROM google_sync_request AS known"
                " WHERE known.account_id = wish.account_id"
                " AND known.asked_by = wish.asked_by"
                " AND known.trigger = wish.trigger)",
                values,
            )
        )
        wake(self.env)

    @api.model
    def _take(self, account):
        """Delete the account's requests; (trigger, user id) of the first, or None.

        A person's button says more than having opened Odoo.
        """
        rows = self._take_rows(account, ("trigger", "asked_by", "id"))
        rows.sort(key=lambda row: (row[0] == "login", row[2]))
        return rows[0][:2] if rows else None
