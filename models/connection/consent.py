"""A consent under way: from the click on Connect to the return from Google.

The row is the only memory of it (no session, so several hosts do). It is good for one
return, by the user who started it, within half an hour.
"""

import hashlib
from datetime import timedelta

from odoo import api, fields, models

from .token import decrypt, encrypt

LIFETIME = timedelta(minutes=30)
#: Consents of one user that may be open at once: a few windows, no more.
OPEN_AT_ONCE = 5


def hash_state(state):
    """Only the hash is stored: reading the table does not help to forge a return."""
    return hashlib.sha256(state.encode()).hexdigest()


class GoogleSyncConsent(models.Model):
    _name = "google.sync.consent"
    _description = "Google Consent under Way"

    state_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    code_verifier = fields.Char(required=True, groups=fields.NO_ACCESS)
    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        groups=fields.NO_ACCESS,
    )
    started_by_id = fields.Many2one(
        "res.users", required=True, ondelete="cascade", groups=fields.NO_ACCESS
    )
    redirect_uri = fields.Char(required=True, groups=fields.NO_ACCESS)
    client_id = fields.Char(required=True, groups=fields.NO_ACCESS)

    _state_hash_uniq = models.UniqueIndex("(state_hash)")

    @api.model
    def _keep(self, vals):
        """Remember a consent; what is over, or one too many of this user, is not."""
        self._gc_expired()
        mine = [("started_by_id", "=", vals["started_by_id"])]
        self.search(mine, order="id desc", offset=OPEN_AT_ONCE - 1).unlink()
        return self.create(vals)

    @api.model
    def _end(self, accounts):
        """Whatever is open for these accounts leads nowhere from now on."""
        self.search([("account_id", "in", accounts.ids)]).unlink()

    @api.model
    def _take(self, state):
        """Consume the consent of `state`: its values, or None."""
        return self._take_hash(hash_state(state or ""))

    @api.model
    def _take_hash(self, state_hash):
        """Consume the consent whose state has this hash: its values, or None.

        One statement deletes and reads, so that of two returns with the same state
        only one gets it. The caller commits before it talks to Google.
        """
        self.flush_model()
        self.env.cr.execute(
            """
            DELETE FROM google_sync_consent WHERE state_hash = %s
            RETURNING account_id, started_by_id, code_verifier, redirect_uri,
                      client_id, create_date
            """,
            [state_hash],
        )
        self.invalidate_model()
        row = self.env.cr.dictfetchone()
        if not row or row["create_date"] < fields.Datetime.now() - LIFETIME:
            return None
        return {**row, "code_verifier": decrypt(row["code_verifier"])}

    @api.model_create_multi
    def create(self, vals_list):
        """The verifier is stored as tokens are: with it a code can be exchanged."""
        self.check_access("create")
        return super().create(
            [
                {**vals, "code_verifier": encrypt(vals.get("code_verifier"))}
                for vals in vals_list
            ]
        )

    @api.autovacuum
    def _gc_expired(self):
        limit = fields.Datetime.now() - LIFETIME
        self.search([("create_date", "<", limit)]).unlink()
