"""The consent of an account: asked for, given, taken back.

All requests to Google come before all writes here: nothing is locked meanwhile.
"""

import logging
import time

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...google_api import oauth
from ...sync.ports import Stop
from ..journal.explanations import unsafe_root
from ..rights.sense import check_flags
from ..tools.utc import naive_utc
from .calendars import try_calendars
from .client import BUTTON_TIMEOUT
from .consent import hash_state
from .res_company import MANUAL_URI

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- consent ---------------------------------------------------------------

    def action_connect(self):
        """To Google's page; a manager gets the link to send to the owner."""
        self.ensure_one()
        self._check_may_manage()._begin_first_day()
        if not self.is_mine:
            wizard = self.env["google.sync.owner.link"]
            return wizard.create({"account_id": self.id})._open()
        return {
            "type": "ir.actions.act_url",
            "url": self._connect_path(),
            "target": "self",
        }

    def _connect_path(self):
        """Where the owner, and nobody else, connects this account."""
        # sudo: only the id of the owner.
        return f"/google_sync/connect?user_id={self.sudo().user_id.id}"

    def _start_consent(self):
        """Remember a consent and return the address at Google where it is given."""
        return self._begin_consent(self._redirect_uri()).url

    def _begin_consent(self, redirect_uri):
        """Remember a consent that will come back to `redirect_uri`."""
        self.ensure_one()
        account = self._check_is_mine()
        application = account._check_may_connect()
        manual = redirect_uri == MANUAL_URI
        if not (manual or account._may_connect_automatically()):
            raise UserError(account._connect_manually_message(application))
        consent = oauth.start_consent(
            application,
            account._endpoints(),
            redirect_uri=redirect_uri,
            scopes=account._wanted_scopes(),
            login_hint=account._expected_mail(),
        )
        account.env["google.sync.consent"]._keep(
            {
                "state_hash": hash_state(consent.state),
                "code_verifier": consent.code_verifier,
                "account_id": account.id,
                "started_by_id": self.env.uid,
                "redirect_uri": redirect_uri,
                "client_id": application.client_id,
            }
        )
        return consent

    def _expected_mail(self):
        """For Google's page to propose: typed, linked, else the user's own mail."""
        mail = email_normalize(self.user_id.email or "")
        return self.google_login or self.google_email or mail or ""

    def _wanted_scopes(self):
        scopes = list(oauth.IDENTITY_SCOPES)
        if self.sync_events:
            scopes += oauth.AGENDA_SCOPES
        if self.sync_contacts:
            scopes += oauth.CONTACTS_SCOPES
        return scopes

    def _check_may_connect(self):
        """The application to connect with, or the reason why not."""
        self._check_user_may_connect()
        application = self._consent_application()
        if not application:
            raise UserError(self._no_application_message())
        return application

    def _consent_application(self):
        """The client that consents are given to, or None."""
        return self.company_id._google_sync_application()

    def _check_user_may_connect(self):
        """Whatever the way: UserError where this user's account may not be opened."""
        if self._is_suspended():
            raise UserError(self._suspended_message())
        if not self._endpoints().is_safe:
            raise UserError(unsafe_root(self.env))
        if not self.user_id.active or self.user_id.share:
            raise UserError(
                self.env._("%s is not an active internal user.", self._label())
            )
        if self._has_odoo_google_calendar():
            raise UserError(
                self.env._(
                    "Odoo's own Google Calendar synchronisation is active for %s: two "
                    "synchronisations of one agenda would duplicate every event. Press "
                    "“Take over from Odoo's Google Calendar” in My Preferences, tab "
                    "Synchronisation, first.",
                    self._label(),
                )
            )

    def _has_odoo_google_calendar(self):
        """As superuser; soft: the addon google_calendar may not be installed."""
        settings = self.user_id.res_users_settings_id
        if "google_calendar_rtoken" not in settings._fields:
            return False
        stopped = settings.google_synchronization_stopped
        return bool(settings.google_calendar_rtoken) and not stopped

    def _fetch_grant(self, consent, code):
        """Code against tokens, then the calendars: the requests, and no write.

        `consent` is what `google.sync.consent` kept; whoever calls has committed that
        it is consumed, and gives the answer to `_accept_consent`.
        """
        self.ensure_one()
        self._check_is_mine()
        endpoints, application = self._endpoints(), self._consent_application()
        if not application or application.client_id != consent["client_id"]:
            raise UserError(
                self.env._(
                    "The Google application was changed meanwhile. Press Connect again."
                )
            )
        try:
            grant = oauth.exchange_code(
                application,
                endpoints,
                redirect_uri=consent["redirect_uri"],
                code=code,
                code_verifier=consent["code_verifier"],
                timeout=BUTTON_TIMEOUT,
            )
        except (oauth.ConsentFailed, Stop) as trouble:
            _logger.info("Account %s: no grant (%s)", self.id, trouble)
            raise UserError(self._explain_exchange(trouble)) from trouble
        return grant, *try_calendars(endpoints, application, grant)

    def _accept_consent(self, consent, grant, calendars, trouble):
        """Write down what `_fetch_grant` brought; the account as superuser."""
        account = self._check_is_mine()
        account._accept_grant(grant, consent["client_id"])
        account.company_id._google_sync_came_back(consent["redirect_uri"])
        account._accept_list(calendars, trouble)
        return account

    def _accept_grant(self, grant, client_id):
        """As superuser: take over what Google granted, unless it is for another."""
        self.ensure_one()
        self._check_same_person(grant)
        self._check_own_google(grant)
        kept = self._tokens() if self.client_id_used == client_id else None
        if not grant.refresh_token and not kept:
            raise UserError(
                self.env._(
                    "Google gave no lasting access for %s. Remove this application "
                    "under “Third-party access” of the Google account "
                    "(myaccount.google.com/connections), then connect again.",
                    grant.email,
                )
            )
        self._check_something_granted(grant)
        self._store_tokens(grant)
        self._note_grant(grant, client_id)

    def _note_grant(self, grant, client_id):
        """What the account says of itself with a new grant, by whatever way it came.

        As superuser.
        """
        self.env["google.sync.consent"]._end(self)
        self.write(self._granted_vals(grant, client_id))

    def _granted_vals(self, grant, client_id):
        """A connected account; what was wrong before is over."""
        led = self.first_day == "connecting"
        return {
            "state": "connected",
            "first_day": "choosing" if led else self.first_day,
            "connected_at": fields.Datetime.now(),
            "ending_told": False,
            # Nobody queued what was edited in Odoo meanwhile.
            "last_sweep_at": False,
            "reconnect_told": False,
            "access_refusals": 0,
            "contacts_refusals": 0,
            "google_email": grant.email,
            "google_sub": grant.sub,
            "google_login": self.google_login or grant.email,
            "granted_scopes": " ".join(sorted(grant.scopes)),
            "agenda_granted": self._grants(grant, oauth.AGENDA_SCOPES),
            "contacts_granted": self._grants(grant, oauth.CONTACTS_SCOPES),
            "grant_expires_at": naive_utc(grant.grant_expiry),
            "client_id_used": client_id,
            "last_message": self._say(lambda me: me._granted_message(grant)),
            **self._rests_ended(),
            **dict.fromkeys(("events_trouble", "contacts_trouble"), False),
            **self._current_database(),
        }

    def _explain_exchange(self, trouble):
        """Why the code that Google sent back brought no tokens, and what to do."""
        if isinstance(trouble, oauth.ConsentFailed):
            return self.env._(
                "Google did not accept the answer (%s): it was used already or is too "
                "old. Press Connect again.",
                trouble,
            )
        return self._explain(trouble)

    def _page_url(self):
        """Where the reader goes on: to what is to be chosen, else to the light."""
        # sudo: only whether it is the reader's own, and how far it is.
        account = self.sudo()
        if account.user_id == self.env.user:
            if account._is_to_be_started():
                return "/odoo/google-sync-start"
            return "/odoo/my-google-sync"
        return f"/odoo/google-sync-accounts/{self.id}"

    # -- disconnect ------------------------------------------------------------

    def action_disconnect(self):
        self.disconnect()
        return self._notice("info", self.env._("Disconnected."), reload=True)

    def disconnect(self, revoke=False):
        """Forget the tokens; links stay, so connecting again goes on as before.

        `revoke` also ends the grant at Google: for every database that uses the same
        application and Google account.
        """
        accounts = self._check_may_manage()
        check_flags(self.env, revoke=revoke)
        for account in accounts:
            tokens = account._tokens()
            if revoke and tokens and not account._is_copied():
                account._revoke_after_commit(tokens)
            account._token_row().unlink()
            account.env["google.sync.consent"]._end(account)
            account.write(
                {
                    "state": "off",
                    "reconnect_told": False,
                    "grant_expires_at": False,
                    "agenda_granted": False,
                    "contacts_granted": False,
                    "granted_scopes": False,
                    "last_message": account._say(lambda me: me.env._("Disconnected.")),
                }
            )
        return True

    def _revoke_after_commit(self, tokens, until=None):
        """No request to Google before our own rows are written and unlocked.

        until: by the monotonic clock, when it is too late for it.
        """
        if not tokens.refresh_token:
            # A delegation is the Workspace administrator's to end.
            return
        endpoints, account_id = self._endpoints(), self.id

        @self.env.cr.postcommit.add
        def revoke():
            if until is not None and time.monotonic() > until:
                return
            try:
                oauth.revoke(endpoints, tokens.refresh_token, timeout=BUTTON_TIMEOUT)
            except Stop as stop:
                _logger.warning("Account %s: not revoked (%s)", account_id, stop.reason)
