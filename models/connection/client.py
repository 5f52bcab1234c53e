"""What an account reaches Google with: application, tokens, the right database.

A token goes from Google to `google.sync.token` and from there to the client, no
further: never to a log, a page or a message.
"""

import logging
import uuid
from datetime import timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...google_api.calendar import CalendarClient
from ...google_api.credentials import Tokens
from ...google_api.endpoints import Endpoints
from ...sync.ports import (AdminNeeded, OurBug, ReconnectNeeded, RetryLater)
from ..journal.explanations import explain
from ..tools.edge import engine_rows, parameter
from ..tools.options import server_option
from .token import decrypt, encrypt

#: A person waits for the answer of a button no longer than this (seconds).
BUTTON_TIMEOUT = 10.0
#: Runs in a row that Google refuses a renewed access before the grant counts as dead.
REFUSALS = 3

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    access_refusals = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    suspended_message = fields.Char(
        "Why it is suspended", compute="_compute_suspended_message"
    )

    # -- what the account works with -------------------------------------------

    def _google_application(self):
        """The application in force (company's own, else the server's), or None."""
        self.ensure_one()
        # sudo: the company's client is for the engine, not for a page.
        return self.sudo().company_id._google_sync_application()

    def _endpoints(self):
        return Endpoints(server_option("api_root"))

    def _redirect_uri(self):
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

    def _calendar_client(self, calendar, timeout=BUTTON_TIMEOUT, ready=None):
        """A client for `calendar`, or a Stop that says why there can be none.

        ready: what `_check_ready` gave just now.
        """
        application, tokens = ready or self._check_ready()
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
        # sudo: tokens are the engine's.
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

    # -- the right database ----------------------------------------------------

    def _current_database(self):
        uuid = parameter(self.env, "database.uuid")
        return {"database_uuid": uuid, "database_name": self.env.cr.dbname}

    def _is_suspended(self):
        """Nothing may be asked of Google, whatever was granted."""
        return self._is_of_outsider() or self._is_copied()

    def _is_copied(self):
        """A copy of the database must not touch the Google of the live one."""
        self.ensure_one()
        # sudo: to which database the account is bound; only whether is told.
        account = self.sudo()
        if account.state == "suspended" or parameter(
            self.env, "database.is_neutralized"
        ):
            return True
        bound = {name: account[name] for name in ("database_uuid", "database_name")}
        return bool(account.database_uuid) and bound != self._current_database()

    def action_resume(self):
        """An administrator says that this database is the live one, not the copy."""
        self.ensure_one()
        self._check_may_manage()
        administrator = self.env.su or self.env.user.has_group("base.group_system")
        # sudo: the account's company; the owner, too, may be an administrator.
        if not administrator or not (self.env.su or self.sudo()._is_managed_by_me()):
            raise AccessError(
                self.env._(
                    "Only an administrator can say that this database is the live one."
                )
            )
        if parameter(self.env, "database.is_neutralized"):
            raise UserError(
                self.env._("This database is neutralised: it never talks to Google.")
            )
        account = self.sudo()
        if account._is_of_outsider():
            raise UserError(self._outsider_message())
        state = "connected" if account._tokens() else "off"
        account.write({**self._current_database(), "state": state})

    # -- state -----------------------------------------------------------------

    def _mark_connected(self):
        """Google answers again: green, and the next trouble is worth telling.

        An account that was disconnected or suspended during the run stays so.
        """
        # sudo: the state of a connection is written by the engine alone.
        for account in self.sudo():
            if account.state in ("error", "to_reconnect"):
                account.write({"state": "connected", "reconnect_told": False})

    def _mark_reconnect(self, message):
        """The grant is dead: orange, and the owner is told, once."""
        # sudo: the state of a connection is written by the engine alone.
        for account in self.sudo()._not_switched_off():
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
        # sudo: the state of a connection is written by the engine alone.
        accounts = self.sudo()._not_switched_off()
        accounts.write({"state": "error", "last_message": message})

    def _not_switched_off(self):
        """Those that were not disconnected or suspended, perhaps during the run."""
        return self.filtered(lambda account: account.state not in ("off", "suspended"))

    def _lasting(self, half, stop):
        """The Stop itself; a refused access that comes back run by run: reconnect.

        Google refuses a good access now and then. A person who presses the button
        before the pause is over does not count as another run.
        """
        if stop.reason != "authError":
            if not isinstance(stop, RetryLater):
                self[half.refusals] = 0
            return stop
        pause = self[half.next_try]
        pausing = pause and pause > fields.Datetime.now()
        if not (pausing and self[half.refusals]):
            self[half.refusals] += 1
        if self[half.refusals] < REFUSALS and self.state != "to_reconnect":
            return stop
        return ReconnectNeeded(str(stop), reason=stop.reason)

    def _tell_owner_to_reconnect(self):
        """A notice on the owner's screen; no mail, no activity. The tab says it too."""
        account = self.with_context(lang=self.user_id.lang)
        self._offer_to_reconnect(account._reconnect_message())

    def _offer_to_reconnect(self, message):
        """Show the owner `message`, with a button that leads to Google and back."""
        owner = self.user_id
        account = self.with_context(lang=owner.lang)
        owner._bus_send(
            "google_sync_reconnect",
            {
                "title": account.env._("Synchronisation"),
                "message": message,
                "button": account.env._("Connect again"),
                "url": f"/google_sync/connect?user_id={owner.id}",
            },
        )

    # -- messages --------------------------------------------------------------

    def _explain(self, stop, again_at=None):
        """Google's refusal in the reader's language, with what to do about it.

        again_at: when the synchronisation goes on by itself, None when a person waits.
        """
        reference = self._keep_fault(stop) if isinstance(stop, OurBug) else ""
        # sudo: the words are in the owner's language, and name the calendar.
        return self.sudo()._say(lambda me: explain(me, stop, again_at, reference))

    def _keep_fault(self, fault):
        """Log a fault of our own and return the reference to find it by."""
        reference = new_reference()
        _logger.error(
            "Account %s: fault %s: %s (%s)", self.id, reference, fault, fault.reason
        )
        return reference

    def _reconnect_message(self):
        # sudo: only whether it is switched off.
        if self.sudo().state == "off":
            return self.env._(
                "%s is not connected with Google: press Connect in My Preferences, tab "
                "Synchronisation.",
                self._label(),
            )
        return self.env._(
            "The connection of %s with Google has ended: press Connect in My "
            "Preferences, tab Synchronisation.",
            self._label(),
        )

    @api.depends("light")
    @api.depends_context("lang")
    def _compute_suspended_message(self):
        for account in self:
            rests = account.light == "suspended"
            account.suspended_message = rests and account._suspended_message()

    def _suspended_message(self):
        if self._is_of_outsider():
            return self._outsider_message()
        if parameter(self.env, "database.is_neutralized"):
            return self.env._(
                "This database is neutralised: nothing goes to Google and nothing is "
                "fetched."
            )
        return self.env._(
            "This database is a copy of the one that %s connected with: nothing goes "
            "to Google until an administrator says that it is the live one.",
            self._label(),
        )

    def _unsafe_root_message(self):
        return self.env._(
            "The server option api_root is a plain http address of another computer: "
            "tokens would be sent in clear, so nothing is. Whoever runs this server "
            "uses https, or takes the option out."
        )

    def _no_application_message(self):
        return self.env._(
            "No Google application is set up for %s: an administrator enters it in "
            "Settings, Google Sync.",
            self.company_id.name,
        )


def new_reference():
    """A word to find an entry of the server's log by."""
    return uuid.uuid4().hex[:8]


def naive_utc(moment):
    """An aware datetime as Odoo stores it."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment else False


def aware_utc(moment):
    return moment.replace(tzinfo=timezone.utc) if moment else None
