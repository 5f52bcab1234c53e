"""Where the tokens of an account live: a table that nobody reads but the server.

The key of the server opens it, and every other secret that is stored.

No access right is given for this model to any group, and its fields refuse everyone
who is not superuser, so that neither RPC nor an export can show a token.
"""

import logging

import psycopg2
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo import api, fields, models
from odoo.tools import SQL

from ...google_api.credentials import Tokens
from ..tools.edge import engine_rows
from ..tools.options import server_option
from ..tools.utc import aware_utc, naive_utc

_logger = logging.getLogger(__name__)

#: Where secrets are stored: tables and their columns.
SECRETS = (
    ("google_sync_token", ("refresh_token", "access_token")),
    ("google_sync_consent", ("code_verifier",)),
    ("google_sync_manual_connection", ("address", "pasted")),
    ("res_company", ("google_sync_client_secret", "google_sync_api_key")),
    ("res_company", ("google_sync_workspace_key",)),
)
#: Stands before an encrypted value; Google's own tokens never look like this.
PREFIX = "fernet:"


def _cipher():
    keys = [key.strip() for key in server_option("token_key").split(",") if key.strip()]
    return MultiFernet([Fernet(key) for key in keys]) if keys else None


def encrypt(value):
    """`value` as it is stored: encrypted with the newest key when there is one."""
    cipher = _cipher()
    if not value or not cipher:
        return value or ""
    return PREFIX + cipher.encrypt(value.encode()).decode()


def decrypt(value):
    """The clear token, "" when no key of this server opens it."""
    if not value or not value.startswith(PREFIX):
        return value or ""
    cipher = _cipher()
    try:
        return cipher.decrypt(value[len(PREFIX) :].encode()).decode() if cipher else ""
    except InvalidToken:
        return ""


class GoogleSyncToken(models.Model):
    _name = "google.sync.token"
    _description = "Google Tokens"
    _log_access = False

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        groups=fields.NO_ACCESS,
    )
    refresh_token = fields.Char(groups=fields.NO_ACCESS)
    access_token = fields.Char(groups=fields.NO_ACCESS)
    expiry = fields.Datetime(groups=fields.NO_ACCESS)

    _account_uniq = models.UniqueIndex("(account_id)")

    def _register_hook(self):
        super()._register_hook()
        self._encrypt_what_is_clear()

    @api.model
    def _encrypt_what_is_clear(self):
        """Secrets from before there was a key are not left in clear until their end.

        At each start. What another process has in its hands is left to that one.
        """
        try:
            cipher = _cipher()
        except ValueError:
            # Odoo must start all the same: whoever connects is told.
            _logger.error("The server option token_key holds what is no Fernet key")
            return
        if not cipher:
            return
        for table, columns in SECRETS:
            for column in columns:
                try:
                    with self.env.cr.savepoint():
                        self._encrypt_column(SQL.identifier(table), column)
                except psycopg2.Error as error:
                    # The values are in the statement: only its kind is told.
                    _logger.warning("%s is not encrypted yet: %s", table, error.pgcode)

    def _encrypt_column(self, table, column):
        name = SQL.identifier(column)
        self.env.cr.execute(
            SQL(
                "SELECT id, %(name)s FROM %(table)s WHERE %(name)s <> ''"
                " AND %(name)s NOT LIKE %(known)s FOR UPDATE SKIP LOCKED",
                name=name,
                table=table,
                known=PREFIX + "%",
            ),
            log_exceptions=False,
        )
        for row_id, clear in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    table,
                    name,
                    encrypt(clear),
                    row_id,
                ),
                log_exceptions=False,
            )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _tokens(self):
        """The stored tokens, or None when there are none (or no key opens them)."""
        self.ensure_one()
        row = self._token_row()
        refresh = decrypt(row.refresh_token)
        if not refresh:
            return None
        return Tokens(
            access_token=decrypt(row.access_token),
            refresh_token=refresh,
            expiry=aware_utc(row.expiry),
        )

    def _store_tokens(self, tokens):
        """Keep what Google gave; a refresh that brings no new refresh token keeps it.

        In SQL, because the ORM would log the values when the statement fails, as it
        may when two processes refresh at once. Nothing is kept for an archived user,
        whose run may still be at work.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env["google.sync.token"].flush_model()
        self.env.cr.execute(
            """
            INSERT INTO google_sync_token AS kept
                   (account_id, access_token, expiry, refresh_token)
            SELECT %s, %s, %s::timestamp, %s WHERE NOT EXISTS (
                   SELECT 1 FROM google_sync_account WHERE id = %s AND ended_by_archive)
            ON CONFLICT (account_id) DO UPDATE
               SET access_token = EXCLUDED.access_token,
                   expiry = EXCLUDED.expiry,
                   refresh_token = COALESCE(
                       NULLIF(EXCLUDED.refresh_token, ''), kept.refresh_token
                   )
            """,
            [
                self.id,
                encrypt(tokens.access_token),
                naive_utc(tokens.expiry) or None,
                encrypt(tokens.refresh_token),
                self.id,
            ],
            log_exceptions=False,
        )
        self.env["google.sync.token"].invalidate_model()

    def _token_row(self):
        tokens = engine_rows(self.env, "google.sync.token")
        mine = [("account_id", "=", self.id)]
        return tokens.search_fetch(mine, ["access_token", "refresh_token", "expiry"])
