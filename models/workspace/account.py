"""An account that the company's service account signs in: no consent, no refresh."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...google_api.credentials import Tokens
from ...google_api.oauth import (
    AGENDA_SCOPES,
    CONTACTS_SCOPES,
    IDENTITY_SCOPES,
    Grant,
)
from ...google_api.workspace import sign_in
from ...sync.ports import Stop
from ..connection.calendars import try_calendars
from ..connection.token import decrypt
from ..tools.utc import aware_utc


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    is_delegated = fields.Boolean(
        "Connected by the administrator of Google Workspace",
        compute="_compute_is_delegated",
    )

    def _compute_is_delegated(self):
        for account in self:
            account.is_delegated = account._is_delegated()

    def _is_delegated(self):
        """The company's service account signs in as this user."""
        # sudo: only whether.
        account = self.sudo()
        client = account.company_id.google_sync_workspace_client
        return bool(client) and account.client_id_used == client

    def _google_application(self):
        if not self._is_delegated():
            return super()._google_application()
        # sudo: the key is for the engine alone.
        account = self.sudo()
        company = account.company_id
        scopes = (account.granted_scopes or "").split()
        return company._google_sync_delegation(account.google_email, scopes)

    def _tokens(self):
        """Of a delegation there is nothing to refresh: it signs in anew."""
        tokens = super()._tokens()
        if tokens or not self._is_delegated() or self.state in ("off", "to_reconnect"):
            return tokens
        row = self._token_row()
        return Tokens(decrypt(row.access_token), "", aware_utc(row.expiry))

    def _workspace_subject(self):
        """The address to sign in as: the user's login, in one of the domains; or "".

        Never a mail address that users write themselves: with a colleague's they would
        get that colleague's agenda.
        """
        # sudo: the login that administrators gave the account's user.
        login = email_normalize(self.user_id.sudo().login or "") or ""
        domains = self.company_id._google_sync_workspace_domains()
        return login if login.rpartition("@")[2] in domains else ""

    def _lacks_connection(self):
        """To be connected by the administrator: not what its owner disconnected."""
        if not self.google_sub:
            return self.state == "off"
        application = self._google_application()
        known = application and application.client_id == self.client_id_used
        return self.state == "to_reconnect" or (self.state != "off" and not known)

    def _sign_in_delegated(self):
        """Ask Google as this user: what `_accept_delegated` writes. No write here.

        Raises UserError with what to do where it cannot be.
        """
        self.ensure_one()
        # sudo: whoever calls may manage the account; the key is the engine's.
        account = self.sudo()
        subject = account._workspace_subject()
        scopes = account._scopes_to_delegate()
        delegation = account.company_id._google_sync_delegation(subject, scopes)
        account._check_may_be_delegated(subject, delegation)
        try:
            tokens, identity = sign_in(delegation, account._endpoints())
        except Stop as stop:
            raise UserError(account._explain(stop)) from stop
        grant = Grant(
            tokens.access_token,
            "",
            tokens.expiry,
            frozenset(scopes),
            identity.sub,
            identity.email,
            verified=identity.verified,
        )
        listed = try_calendars(account._endpoints(), delegation, grant)
        return delegation.client_id, grant, *listed

    def _scopes_to_delegate(self):
        scopes = list(IDENTITY_SCOPES)
        scopes += AGENDA_SCOPES if self.sync_events else []
        scopes += CONTACTS_SCOPES if self.sync_contacts else []
        return scopes

    def _check_may_be_delegated(self, subject, delegation):
        if not delegation:
            raise UserError(
                self.env._(
                    "No service account is set up for %s: an administrator enters its "
                    "key in Settings, Google Sync.",
                    self.company_id.name,
                )
            )
        if not subject:
            raise UserError(
                self.env._(
                    "The login of %s is no address of the company's Google Workspace "
                    "domain: this user connects by a consent.",
                    self._label(),
                )
            )
        self._check_user_may_connect()

    def _accept_delegated(self, client_id, grant, calendars, trouble):
        """Write down what `_sign_in_delegated` brought; the owner presses Start."""
        # sudo: see `_sign_in_delegated`.
        account = self.sudo()
        account._check_same_person(grant)
        account._check_own_google(grant)
        account._begin_first_day()
        account._token_row().unlink()
        account._store_tokens(grant)
        account._note_grant(grant, client_id)
        account._accept_list(calendars, trouble)
