"""Test: what Google says of an account, each check with what it means and what to do.

Google is asked first, all at once and without a lock; then the checks are written from
what it said. No token, key or secret goes into a check.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime
from odoo.tools.misc import babel_locale_parse

from ...google_api import checks
from ...google_api.application import SERVICE
from ...google_api.calendar_list import CalendarListClient
from ...sync.ports import AdminNeeded, RetryLater, Stop
from ..tools.edge import engine_rows
from .client import BUTTON_TIMEOUT

OK, INFO, WARNING, ERROR = "ok", "info", "warning", "error"
#: A page of Google's that was left is soon old news.
CONSENT_WARNS = timedelta(hours=1)
CONSENT_SHOWN = timedelta(hours=6)


@dataclass
class Findings:
    """What Google answered; a Stop where it refused, None where nobody asked."""

    client: Stop | None = None
    token: Stop | None = None
    asked_token: bool = False
    calendars: list | None = None
    calendars_stop: Stop | None = None
    people_stop: Stop | None = None
    asked_people: bool = False
    skew: timedelta | None = None
    keys: dict = field(default_factory=dict)
    tokens: object = None


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_test(self):
        """Test the account and show the checks."""
        self.ensure_one()
        self._check_may_run()
        return self.env["google.sync.test"].create({"account_id": self.id})._open()

    def diagnose(self):
        """The checks of this account, worst news included.

        A list of dicts: check (its name for programs), name, status (ok, info, warning
        or error), message (what it means), solution (what to do, "" when nothing).
        """
        self.ensure_one()
        account = self._check_may_run()
        # Requests before writes: nothing is locked while Google is asked.
        found = account._ask_google()
        if found.tokens:
            account._store_tokens(found.tokens)
        return account._checks(found)

    # -- asking ----------------------------------------------------------------

    def _ask_google(self):
        found = Findings()
        application, endpoints = self._google_application(), self._endpoints()
        if self._is_suspended() or not application:
            return found
        found.keys = self._ask_about_key(endpoints)
        tokens = self._tokens()
        if not tokens or self.client_id_used != application.client_id:
            found.client = checks.check_client(application, endpoints, BUTTON_TIMEOUT)
            return found

        def keep(fresh):
            found.tokens = fresh

        found.asked_token = True
        try:
            checks.refresh(application, endpoints, tokens, keep, BUTTON_TIMEOUT)
        except AdminNeeded as stop:
            found.client = stop
            return found
        except Stop as stop:
            found.token = stop
            return found
        self._ask_with_token(found, application, endpoints, keep)
        return found

    def _ask_with_token(self, found, application, endpoints, keep):
        if self.sync_events and self.agenda_granted:
            client = CalendarListClient(
                endpoints,
                application,
                found.tokens,
                on_refresh=keep,
                timeout=BUTTON_TIMEOUT,
            )
            try:
                found.calendars = client.list_calendars()
                found.skew = client.date and client.date - datetime.now(timezone.utc)
            except Stop as stop:
                found.calendars_stop = stop
            finally:
                client.close()
        if self.sync_contacts and self.contacts_granted:
            found.asked_people = True
            try:
                date = checks.check_people(
                    application, endpoints, found.tokens, keep, BUTTON_TIMEOUT
                )
                now = datetime.now(timezone.utc)
                found.skew = found.skew or (date and date - now)
            except Stop as stop:
                found.people_stop = stop

    def _ask_about_key(self, endpoints):
        key = self.company_id._google_sync_api_key()
        apis = (checks.CALENDAR, checks.PEOPLE) if key else ()
        return {
            api: checks.check_key(key, endpoints, api, BUTTON_TIMEOUT) for api in apis
        }

    # -- telling ---------------------------------------------------------------

    def _checks(self, found):
        rows = [
            self._check_application(found),
            self._check_redirect(),
            self._check_consent(),
            self._check_token(found),
        ]
        if found.tokens:
            rows += [
                self._check_scopes(),
                self._check_ending(),
                self._check_calendar_api(found),
                self._check_people_api(found),
                *self._check_calendars(found),
                self._check_clock(found),
            ]
        rows += [self._check_last_run(), self._check_quota(), self._check_key(found)]
        rows.append(self._check_crons())
        return [check for check in rows if check]

    @api.model
    def _check_row(self, check, name, status, message, solution=""):
        return {
            "check": check,
            "name": name,
            "status": status,
            "message": message,
            "solution": solution,
        }

    def _not_accessible(self):
        """The sheet's words for a connection that does not work."""
        return self.env._("The information on the user account is not accessible")

    def _check_application(self, found):
        name = self.env._("Google application")
        if self._is_suspended():
            message = self._suspended_message()
            return self._check_row("application", name, ERROR, message)
        if not self._google_application():
            return self._check_row(
                "application",
                name,
                ERROR,
                self._not_accessible(),
                self._no_application_message(),
            )
        if found.client:
            solution = self._explain(found.client)
            return self._check_row(
                "application", name, ERROR, self._not_accessible(), solution
            )
        own = self.company_id._google_sync_source() == "own"
        message = (
            self.env._("The application of %s is used.", self.company_id.name)
            if own
            else self.env._("The application that the host of this server offers.")
        )
        return self._check_row("application", name, OK, message)

    def _check_redirect(self):
        application = self._google_application()
        if not application or application.kind == SERVICE:
            return None
        name, uri = self.env._("Redirect address"), self._redirect_uri()
        if self._may_connect_automatically():
            message = self.env._(
                "%s: Google accepts an address of this kind. Whether the Google "
                "console has it to the letter shows when connecting.",
                uri,
            )
            return self._check_row("redirect", name, OK, message)
        if application.kind == "installed":
            message = self.env._(
                "The client is of type “Desktop application”: users connect with the "
                "button Manual connection."
            )
            return self._check_row("redirect", name, INFO, message)
        return self._check_row(
            "redirect",
            name,
            WARNING,
            self.env._(
                "%s: Google accepts only https with a public name, or localhost.", uri
            ),
            self.env._(
                "An administrator gives Odoo a public https address (system parameter "
                "web.base.url), or users connect with the button Manual connection."
            ),
        )

    def _check_consent(self):
        """Google keeps a refusal of this kind on its own page: Odoo hears nothing.

        So a consent that did not come back is a warning at most, for an hour: mostly a
        person closed the page. Whatever connected since has answered it.
        """
        now = fields.Datetime.now()
        consents = engine_rows(self.env, "google.sync.consent")
        last = consents.search(
            [("account_id", "=", self.id), ("create_date", ">", now - CONSENT_SHOWN)],
            order="id desc",
            limit=1,
        )
        answered = (self.connected_at, self.last_success_at, self.contacts_synced_at)
        if not last or any(at and at >= last.create_date for at in answered):
            return None
        age = max(now - last.create_date, timedelta(seconds=1))
        name = self.env._("Consent on Google's page")
        locale = babel_locale_parse(self.env.lang)
        ago = format_timedelta(-age, add_direction=True, locale=locale)
        return self._check_row(
            "consent",
            name,
            WARNING if age < CONSENT_WARNS else INFO,
            self.env._(
                "A connection was begun %s and did not come back from Google's page.",
                ago,
            ),
            self.env._(
                "Press Connect again, unless it was given up on purpose. If Google "
                "showed “Authorisation error. 403 access_denied”, the user is not in "
                "the list of test users: an administrator adds the mail address in the "
                "Google console (Google Auth Platform, Audience)."
            ),
        )

    def _check_token(self, found):
        name = self.env._("Connection")
        if self._is_suspended() or not self._google_application():
            return None
        if found.asked_token and found.client:
            # The application's own check tells it.
            return None
        if not found.asked_token:
            return self._check_row(
                "token", name, ERROR, self._not_accessible(), self._reconnect_message()
            )
        if isinstance(found.token, RetryLater):
            # Nothing is wrong with the account.
            return self._check_row("token", name, WARNING, self._explain(found.token))
        if found.token:
            solution = self._explain(found.token)
            return self._check_row(
                "token", name, ERROR, self._not_accessible(), solution
            )
        message = self.env._("Connected with %s.", self.google_email)
        return self._check_row("token", name, OK, message)

    def _check_scopes(self):
        missing = self.not_granted
        name = self.env._("What Google allows")
        if not missing:
            message = self.env._("All that the options need.")
            return self._check_row("scopes", name, OK, message)
        return self._check_row(
            "scopes",
            name,
            ERROR,
            self.env._(
                "Not allowed on Google's page: %(what)s. Not ticked there: %(boxes)s.",
                what=missing,
                boxes=self._boxes_not_ticked((self.granted_scopes or "").split()),
            ),
            self.env._(
                "Press Connect again and tick all boxes on Google's page, or switch "
                "off what is not wanted."
            ),
        )

    def _check_ending(self):
        if not self.grant_expires_at:
            return None
        name = self.env._("End of the connection")
        day = format_datetime(self.env, self.grant_expires_at, dt_format="short")
        message = self.env._(
            "Google ends this connection on %s: the application is in testing.",
            day,
        )
        solution = self.env._(
            "Press Connect again before: every link is kept. An administrator who "
            "publishes the application in the Google console spares everybody this."
        )
        status = WARNING if self.light == "ending" else INFO
        return self._check_row("ending", name, status, message, solution)
