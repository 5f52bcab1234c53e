"""An account that the company's service account signs in: no consent, no refresh."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, format_datetime

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
    delegated_at = fields.Datetime(
        "Connected by Google Workspace on", readonly=True, copy=False
    )
    delegated_by_id = fields.Many2one(
        "res.users",
        "Connected by Google Workspace by",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    delegated_message = fields.Char(
        "Who connected it", compute="_compute_delegated_message"
    )

    @api.depends("state", "client_id_used", "company_id")
    def _compute_is_delegated(self):
        for account in self:
            ended = account.state == "off"
            account.is_delegated = not ended and account._is_delegated()

    @api.depends("is_delegated", "delegated_at", "delegated_by_id")
    @api.depends_context("lang", "tz")
    def _compute_delegated_message(self):
        for account in self:
            said = account.is_delegated and account._delegated_message()
            account.delegated_message = said

    def _delegated_message(self):
        """By whom and when, as far as it is known, and that its owner may end it."""
        # sudo: the name of who pressed the button, for who sees the account.
        who = self.sudo().delegated_by_id.name
        if not who or not self.delegated_at:
            return self.env._(
                "Connected by the company's Google Workspace, without a consent. Its "
                "owner may disconnect at any time."
            )
        return self.env._(
            "Connected by the company's Google Workspace, without a consent: by "
            "%(who)s on %(moment)s. Its owner may disconnect at any time.",
            who=who,
            moment=format_datetime(self.env, self.delegated_at, dt_format="short"),
        )

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
        """To be connected by the administrator: never connected, or by this way before.

        What its owner has consented to or disconnected is the owner's to connect again,
        whatever ended it.
        """
        if not self.google_sub:
            return self.state == "off"
        return self._was_delegated() and (
            self.state == "to_reconnect" or not self._is_delegated()
        )

    def _is_its_owner_s(self):
        """Connected once, and not now: nobody but the owner connects it again."""
        application = self._google_application()
        known = not application or application.client_id == self.client_id_used
        ended = self.state in ("off", "to_reconnect") or not known
        return bool(self.google_sub) and ended and not self._lacks_connection()

    def _was_delegated(self):
        """The last word about the access was the administrator's, and stands."""
        delegated = self.delegated_at or self._is_delegated()
        return bool(delegated) and self.state not in ("off", "suspended")

    def _check_lacks_connection(self):
        """UserError for whom the administrator does not connect, with the reason."""
        self._check_user_may_connect()
        if self._lacks_connection():
            return
        if self._is_its_owner_s():
            raise UserError(
                self.env._(
                    "%s consented or disconnected before, and connects again alone: in "
                    "My Preferences, tab Synchronisation.",
                    self._label(),
                )
            )
        raise UserError(self.env._("%s is connected already.", self._label()))

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
        """Write down what `_sign_in_delegated` brought; the owner presses Start.

        UserError where the account has changed since then. Whoever went on with another
        service account until now need not start again.
        """
        # sudo: see `_sign_in_delegated`.
        account = self.sudo()
        account._check_lacks_connection()
        account._check_same_person(grant)
        account._check_own_google(grant)
        account._begin_first_day()
        if account.state == "to_reconnect" and account._is_delegated():
            # Ended, and not because the service account was replaced.
            account.first_day = "connecting"
        account._token_row().unlink()
        account._store_tokens(grant)
        account._note_grant(grant, client_id)
        account.delegated_at = account.connected_at
        account.delegated_by_id = self.env.uid
        account._accept_list(calendars, trouble)

    def _accept_grant(self, grant, client_id):
        """A consent: from here on the access is the owner's own."""
        result = super()._accept_grant(grant, client_id)
        # sudo: who connected is the engine's own note.
        self.sudo().write({"delegated_at": False, "delegated_by_id": False})
        return result
