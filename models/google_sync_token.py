"""Where the tokens of an account live: a table that nobody reads but the server.

No access right is given for this model to any group, and its fields refuse everyone
who is not superuser, so that neither RPC nor an export can show a token.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo import fields, models

from .google_sync_options import server_option

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
