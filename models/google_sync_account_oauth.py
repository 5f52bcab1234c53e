"""How an account reaches Google: application in force, tokens, consent, binding.

A token goes from Google to `google.sync.token` and from there to the client, no
further: never to a log, a page or a message.
"""

import logging
from datetime import timezone

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..google_api import oauth
from ..google_api.calendar import CalendarClient
from ..google_api.calendar_list import CalendarListClient
from ..google_api.credentials import Tokens
from ..google_api.endpoints import Endpoints
from ..sync.ports import AdminNeeded, ReconnectNeeded, Stop
from .google_sync_consent import hash_state
from .google_sync_options import server_option
from .google_sync_token import decrypt, encrypt

_logger = logging.getLogger(__name__)

#: A person waits for the answer of a button no longer than this (seconds).
BUTTON_TIMEOUT = 10.0


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- what the account works with -------------------------------------------------

    def _google_application(self):
        """The application in force (company's own, else the server's), or None."""
        self.ensure_one()
        return self.sudo().company_id._google_sync_application()

    def _endpoints(self):
        return Endpoints(server_option("api_root"))

    def _redirect_uri(self):
        """From the public address that is configured: a proxy hides the real one."""
        return self.env["res.company"]._google_sync_redirect_uri()

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
            expiry=_aware(row.expiry),
        )

    def _store_tokens(self, tokens):
        """Keep what Google gave; a refresh that brings no new refresh token keeps it.

        In SQL, because the ORM would log the values when the statement fails, as it
        may when two processes refresh at once.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env["google.sync.token"].flush_model()
        self.env.cr.execute(
            """
            INSERT INTO google_sync_token AS kept
                   (account_id, access_token, expiry, refresh_token)
            VALUES (%s, %s, %s, %s)
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
                _naive(tokens.expiry) or None,
                encrypt(tokens.refresh_token),
            ],
            log_exceptions=False,
        )
        self.env["google.sync.token"].invalidate_model()

    def _token_row(self):
        tokens = self.env["google.sync.token"].sudo()
        return tokens.search([("account_id", "=", self.id)])

    def _calendar_client(self, calendar, timeout=BUTTON_TIMEOUT):
        """A client for `calendar`, or a Stop that says why there can be none."""
        application, tokens = self._check_ready()
        return CalendarClient(
            self._endpoints(),
            application,
            tokens,
            calendar_id=calendar.google_id,
            on_refresh=self._store_tokens,
            timeout=timeout,
        )

    def _check_ready(self):
        """(application, tokens) that may be used now, else the Stop that fits."""
        self.ensure_one()
        account = self.sudo()
        if account._is_suspended():
            raise AdminNeeded(account._suspended_message(), reason="suspended")
        application = account._google_application()
        if not application:
            raise AdminNeeded(account._no_application_message(), reason="noApplication")
        tokens = account._tokens()
        if not tokens or account.client_id_used != application.client_id:
            # Google gives a refresh token to one application; another one's is void.
            raise ReconnectNeeded(account._reconnect_message(), reason="noTokens")
        return application, tokens

    # -- the right database ----------------------------------------------------------

    def _current_database(self):
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return {"database_uuid": uuid, "database_name": self.env.cr.dbname}

    def _is_suspended(self):
        """A copy of the database must not touch the Google of the live one."""
        self.ensure_one()
        account = self.sudo()
        params = self.env["ir.config_parameter"].sudo()
        if account.state == "suspended" or params.get_param("database.is_neutralized"):
            return True
        bound = {name: account[name] for name in ("database_uuid", "database_name")}
        return bool(account.database_uuid) and bound != self._current_database()

    def action_resume(self):
        """A manager says that this database is the live one, not the copy."""
        self.ensure_one()
        self._check_may_manage()
        if not self.env.su and not self._is_managed_by_me():
            raise UserError(
                self.env._("Only a manager can say that this database is the live one.")
            )
        if self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"):
            raise UserError(
                self.env._("This database is neutralised: it never talks to Google.")
            )
        account = self.sudo()
        state = "connected" if account._tokens() else "off"
        account.write({**self._current_database(), "state": state})

    # -- state -----------------------------------------------------------------------

    def _mark_connected(self):
        """Google answers again: green, and the next trouble is worth telling.

        An account that was disconnected or suspended during the run stays so.
        """
        for account in self.sudo():
            if account.state in ("error", "to_reconnect"):
                account.write({"state": "connected", "reconnect_told": False})

    def _mark_reconnect(self, message):
        """The grant is dead: orange, and the owner is told, once."""
        for account in self.sudo():
            told = account.reconnect_told
            account.write(
                {
                    "state": "to_reconnect",
                    "last_message": message,
                    "reconnect_told": True,
                }
            )
            if not told:
                account._tell_owner_to_reconnect()

    def _mark_error(self, message):
        self.sudo().write({"state": "error", "last_message": message})

    def _tell_owner_to_reconnect(self):
        """A notice on the owner's screen; no mail, no activity. The tab says it too."""
        owner = self.user_id
        account = self.with_context(lang=owner.lang)
        owner._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": account.env._("Synchronisation"),
                "message": account._reconnect_message(),
                "sticky": True,
            },
        )

    # -- consent ---------------------------------------------------------------------

    def action_connect(self):
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.act_url",
            "url": f"/google_sync/connect?user_id={self.sudo().user_id.id}",
            "target": "self",
        }

    def _start_consent(self):
        """Remember a consent and return the address at Google where it is given."""
        self.ensure_one()
        self._check_may_manage()
        account = self.sudo()
        application = account._check_may_connect()
        consent = oauth.start_consent(
            application,
            account._endpoints(),
            redirect_uri=account._redirect_uri(),
            scopes=account._wanted_scopes(),
            login_hint=account.google_login or account.google_email or "",
        )
        self.env["google.sync.consent"].sudo().create(
            {
                "state_hash": hash_state(consent.state),
                "code_verifier": consent.code_verifier,
                "account_id": account.id,
                "started_by_id": self.env.uid,
                "redirect_uri": account._redirect_uri(),
                "client_id": application.client_id,
            }
        )
        return consent.url

    def _wanted_scopes(self):
        scopes = list(oauth.IDENTITY_SCOPES)
        if self.sync_events:
            scopes += oauth.AGENDA_SCOPES
        if self.sync_contacts:
            scopes += oauth.CONTACTS_SCOPES
        return scopes

    def _check_may_connect(self):
        """The application to connect with, or the reason why not."""
        if self._is_suspended():
            raise UserError(self._suspended_message())
        application = self._google_application()
        if not application:
            raise UserError(self._no_application_message())
        if not self.user_id.active or self.user_id.share:
            raise UserError(
                self.env._("%s is not an active internal user.", self._label())
            )
        if self._has_odoo_google_calendar():
            raise UserError(
                self.env._(
                    "Odoo's own Google Calendar synchronisation is active for %s: two "
                    "synchronisations of one agenda would duplicate every event. Stop "
                    "that one first (button “Google” of the calendar).",
                    self._label(),
                )
            )
        return application

    def _has_odoo_google_calendar(self):
        """Soft: the addon google_calendar may not be installed."""
        settings = self.user_id.sudo().res_users_settings_id
        if "google_calendar_rtoken" not in settings._fields:
            return False
        stopped = settings.google_synchronization_stopped
        return bool(settings.google_calendar_rtoken) and not stopped

    def _finish_consent(self, consent, code):
        """Code against tokens, then the calendars: all requests before all writes.

        `consent` is what `google.sync.consent` kept; whoever calls has committed that
        it is consumed.
        """
        self.ensure_one()
        self._check_may_manage()
        endpoints, application = self._endpoints(), self._google_application()
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
        calendars, trouble = try_calendars(endpoints, application, grant)
        self._accept_grant(grant, application.client_id)
        self._accept_list(calendars, trouble)

    def _accept_grant(self, grant, client_id):
        """Take over what Google granted, unless it is for somebody else."""
        self.ensure_one()
        account = self.sudo()
        account._check_same_person(grant)
        kept = account._tokens() if account.client_id_used == client_id else None
        if not grant.refresh_token and not kept:
            raise UserError(
                self.env._(
                    "Google gave no lasting access for %s. Remove this application "
                    "under “Third-party access” of the Google account "
                    "(myaccount.google.com/connections), then connect again.",
                    grant.email,
                )
            )
        account._check_something_granted(grant)
        account._store_tokens(grant)
        account.write(
            {
                "state": "connected",
                "reconnect_told": False,
                "google_email": grant.email,
                "google_sub": grant.sub,
                "google_login": account.google_login or grant.email,
                "granted_scopes": " ".join(sorted(grant.scopes)),
                "agenda_granted": account._grants(grant, oauth.AGENDA_SCOPES),
                "contacts_granted": account._grants(grant, oauth.CONTACTS_SCOPES),
                "grant_expires_at": _naive(grant.grant_expiry),
                "client_id_used": client_id,
                "last_message": account._granted_message(grant),
                **account._current_database(),
            }
        )

    def _check_same_person(self, grant):
        """One account, one Google account, until a reset."""
        if self.google_sub and self.google_sub != grant.sub:
            raise UserError(
                self.env._(
                    "%(user)s is linked to the Google account %(linked)s; you chose "
                    "%(chosen)s. Connect again and choose %(linked)s.",
                    user=self._label(),
                    linked=self.google_email,
                    chosen=grant.email,
                )
            )
        typed = self.google_login
        if typed and not self.google_sub and not same_mailbox(typed, grant.email):
            raise UserError(
                self.env._(
                    "You typed %(typed)s and chose the Google account %(chosen)s. "
                    "Connect again with the right one, or change the mail address.",
                    typed=typed,
                    chosen=grant.email,
                )
            )

    def _check_something_granted(self, grant):
        wanted = [oauth.AGENDA_SCOPES] if self.sync_events else []
        wanted += [oauth.CONTACTS_SCOPES] if self.sync_contacts else []
        if wanted and not any(self._grants(grant, scopes) for scopes in wanted):
            raise UserError(
                self.env._(
                    "Nothing was allowed: on Google's page, tick the boxes of what is "
                    "to be synchronised. Connect again."
                )
            )

    @staticmethod
    def _grants(grant, scopes):
        return set(scopes) <= set(grant.scopes)

    def _granted_message(self, grant):
        """What is missing of what the options want, in one sentence."""
        if self.sync_events and not self._grants(grant, oauth.AGENDA_SCOPES):
            return self.env._(
                "Connected, but the agenda was not allowed: connect again and tick "
                "the agenda's boxes, or switch the agenda off."
            )
        if self.sync_contacts and not self._grants(grant, oauth.CONTACTS_SCOPES):
            return self.env._(
                "Connected, but the contacts were not allowed: connect again and tick "
                "their box, or switch the contacts off."
            )
        return self.env._("Connected.")

    # -- the list of calendars -------------------------------------------------------

    def action_refresh_calendars(self):
        """Fetch the list of calendars again."""
        self.ensure_one()
        self._check_may_manage()
        fetched = []
        try:
            application, tokens = self._check_ready()
            entries = fetch_calendars(
                self._endpoints(), application, tokens, fetched.append
            )
        except Stop as stop:
            raise UserError(self._explain(stop)) from stop
        for tokens in fetched:
            self._store_tokens(tokens)
        self._accept_calendars(entries)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _accept_list(self, entries, trouble):
        """The calendars that came with a new grant, or why they did not come."""
        self.ensure_one()
        account = self.sudo()
        if isinstance(trouble, AdminNeeded):
            account._mark_error(self._explain(trouble))
        elif trouble:
            account.last_message = self._explain(trouble)
        elif entries:
            account._accept_calendars(entries)

    def _accept_calendars(self, entries):
        """Make `calendar_ids` what Google lists; a vanished one stays, unlisted."""
        self.ensure_one()
        account = self.sudo()
        known = {calendar.google_id: calendar for calendar in account.calendar_ids}
        for entry in entries:
            values = {
                "google_id": entry.id,
                "name": entry.summary or entry.id,
                "time_zone": entry.time_zone,
                "access_role": account.calendar_ids._known_role(entry.access_role),
                "is_primary": entry.primary,
                "default_color": entry.background_color,
                "listed": True,
            }
            calendar = known.pop(values["google_id"], None)
            if calendar:
                calendar.write(values)
            else:
                values["account_id"] = account.id
                account.env["google.sync.calendar"].create(values)
        for calendar in known.values():
            calendar.listed = False
        if not account.calendar_id:
            account._preset_calendar()

    def _preset_calendar(self):
        """The calendar whose name was typed, else the main one by its real id."""
        if self.calendar_name:
            try:
                self.calendar_id = self._calendar_named(self.calendar_name)
            except UserError as error:
                self.last_message = str(error)
            return
        self.calendar_id = self.calendar_ids.filtered("is_primary")[:1]

    # -- disconnect ------------------------------------------------------------------

    def action_disconnect(self):
        self.disconnect()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def disconnect(self, revoke=False):
        """Forget the tokens; links stay, so connecting again goes on as before.

        `revoke` also ends the grant at Google: for every database that uses the same
        application and Google account.
        """
        self._check_may_manage()
        for account in self.sudo():
            tokens = account._tokens()
            if revoke and tokens and not account._is_suspended():
                account._revoke_after_commit(tokens)
            account._token_row().unlink()
            account.write(
                {
                    "state": "off",
                    "reconnect_told": False,
                    "grant_expires_at": False,
                    "agenda_granted": False,
                    "contacts_granted": False,
                    "granted_scopes": False,
                    "last_message": account.env._("Disconnected."),
                }
            )
        return True

    def _revoke_after_commit(self, tokens):
        """No request to Google before our own rows are written and unlocked."""
        endpoints, account_id = self._endpoints(), self.id

        @self.env.cr.postcommit.add
        def revoke():
            try:
                oauth.revoke(endpoints, tokens.refresh_token, timeout=BUTTON_TIMEOUT)
            except Stop as stop:
                _logger.warning("Account %s: not revoked (%s)", account_id, stop.reason)

    # -- messages --------------------------------------------------------------------

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
        """Where the reader sees this account's light."""
        if self.sudo().user_id == self.env.user:
            return f"/odoo/my-google-sync/{self.env.uid}"
        return f"/odoo/google-sync-accounts/{self.id}"

    def _explain(self, stop):
        """Google's refusal in the reader's language, with what to do about it."""
        if stop.reason in ("suspended", "noApplication", "noTokens"):
            return str(stop)
        name = type(stop).__name__
        advice = {
            "RetryLater": self.env._("Google cannot answer now: try again later."),
            "ReconnectNeeded": self._reconnect_message(),
            "ScopeMissing": self.env._(
                "Google was not allowed to give this: connect again and tick the box."
            ),
            "AdminNeeded": self.env._(
                "The Google application is not set up rightly: ask an administrator "
                "to check it and the Google Calendar API in the Google console."
            ),
            "CalendarLost": self.env._(
                "The calendar is not to be found in Google (any more): choose one from "
                "the list."
            ),
        }.get(name, self.env._("Unexpected answer of Google: tell an administrator."))
        return self.env._("%(advice)s (Google: %(reason)s)", advice=advice, reason=stop)

    def _reconnect_message(self):
        return self.env._(
            "The connection of %s with Google has ended: press Connect in My "
            "Preferences, tab Synchronisation.",
            self._label(),
        )

    def _suspended_message(self):
        return self.env._(
            "This database is a copy of the one that %s connected with: nothing goes to "
            "Google until a manager says that it is the live one.",
            self._label(),
        )

    def _no_application_message(self):
        return self.env._(
            "No Google application is set up for %s: an administrator enters it in "
            "Settings, Google Sync.",
            self.company_id.name,
        )


def same_mailbox(one, other):
    """True if both addresses are one Google mailbox (Gmail ignores dots and case)."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(address):
    address = email_normalize(address or "") or (address or "").strip().lower()
    name, _at, domain = address.partition("@")
    if domain in ("gmail.com", "googlemail.com"):
        return name.replace(".", "").partition("+")[0], "gmail.com"
    return name, domain


def _naive(moment):
    """An aware datetime as Odoo stores it."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment else False


def _aware(moment):
    return moment.replace(tzinfo=timezone.utc) if moment else None


def fetch_calendars(endpoints, application, tokens, on_refresh):
    """Google's list of calendars; a Stop when it cannot be had. No database here."""
    client = CalendarListClient(
        endpoints, application, tokens, on_refresh=on_refresh, timeout=BUTTON_TIMEOUT
    )
    try:
        return client.list_calendars()
    finally:
        client.close()


def try_calendars(endpoints, application, grant):
    """(calendars, None) with a fresh grant, or ([], why not): it is kept anyway."""
    if not set(oauth.AGENDA_SCOPES) <= grant.scopes:
        return [], None
    tokens = Tokens(grant.access_token, grant.refresh_token, grant.expiry)
    try:
        # The access token is seconds old: nothing to refresh.
        return fetch_calendars(endpoints, application, tokens, lambda _new: None), None
    except Stop as stop:
        return [], stop
