"""Rows that wait for a run: people and Google only insert, the run only deletes.

So nobody who saves, presses or knocks waits for an account that is being worked on.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Of an account that takes nothing up any more.
KEPT_FOR = timedelta(days=1)


class GoogleSyncWaiting(models.AbstractModel):
    """No foreign keys: they would lock."""

    _name = "google.sync.waiting"
    _description = "Rows that wait for a run"
    _log_access = False
    #: The column with the moment after which a row is forgotten; "" for never.
    _forgotten_by = ""

    account_id = fields.Integer(required=True, index=True)

    @api.model
    def _take_rows(self, account, columns, condition=None):
        """Delete the account's rows; what they held, by `columns`."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE account_id = %s AND %s RETURNING %s",
                SQL.identifier(self._table),
                account.id,
                condition or SQL("TRUE"),
                SQL(", ").join(map(SQL.identifier, columns)),
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _is_waiting(self, account):
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM %s WHERE account_id = %s LIMIT 1",
                SQL.identifier(self._table),
                account.id,
            )
        )
        return bool(self.env.cr.fetchone())

    @api.autovacuum
    def _gc_forgotten(self):
        if not self._forgotten_by:
            return
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s < %s",
                SQL.identifier(self._table),
                SQL.identifier(self._forgotten_by),
                fields.Datetime.now() - KEPT_FOR,
            )
        )
