"""Google's refusals in words: what happened, what follows by itself, what to do.

Read by the person whose agenda it is, so without jargon; Google's reason code stands in
brackets at the end, for support. It must never repeat a token, JSON or HTML.
"""

import re
from datetime import timedelta

from odoo import fields
from odoo.tools import format_datetime

from ...google_api.errors import (
    CONTACTS_OF_THE_DAY,
    DAILY_REASONS,
    QUOTA_REASONS,
    TOO_FAST_REASONS,
)
from ...google_api.transport import UNSAFE_ROOT
from ...sync.ports import (
    AdminNeeded,
    CalendarLost,
    OurBug,
    ReconnectNeeded,
    RetryLater,
    ScopeMissing,
)
from .explanations_admin import AdministratorWords

#: Reasons of our own, and the account's sentence for each.
OWN_WORDS = {
    "suspended": "_suspended_message",
    "noApplication": "_no_application_message",
    "noTokens": "_reconnect_message",
}
#: Reasons of our own that mean nothing to Google's support.
_OWN_REASONS = {*OWN_WORDS, "off", "noCalendar", UNSAFE_ROOT}
_ALSO_TOO_FAST = frozenset({"RESOURCE_EXHAUSTED", "http429"})
_CODE = re.compile(r"[A-Za-z][\w.-]{1,60}")
#: Shorter waits are not worth a time on the clock to the person at a button.
_LONG = 600.0


def explain(account, stop, again_at=None, reference=""):
    """One paragraph about `stop` in the language of the account's environment.

    again_at: when the synchronisation is taken up again by itself (naive UTC), None
    when a person waits in front of the screen. reference: finds a fault in the log.
    """
    if stop.reason in OWN_WORDS:
        return getattr(account, OWN_WORDS[stop.reason])()
    teller = _Teller(account, stop, reference)
    parts = [teller.story(), _what_follows(account.env, stop, teller, again_at)]
    if _CODE.fullmatch(stop.reason) and stop.reason not in _OWN_REASONS:
        parts.append(f"[{stop.reason}]")
    return " ".join(part for part in parts if part)


def _what_follows(env, stop, teller, again_at):
    """What happens by itself, or when a person may try again."""
    if stop.reason in _OWN_REASONS or isinstance(stop, ReconnectNeeded | ScopeMissing):
        return ""
    if isinstance(stop, RetryLater):
        if again_at:
            return env._(
                "The synchronisation goes on by itself at %s: there is nothing to do.",
                teller.moment(again_at),
            )
        if stop.delay < _LONG:
            return env._("Try again in a few minutes.")
        later = fields.Datetime.now() + timedelta(seconds=stop.delay)
        return env._("Try again after %s.", teller.moment(later))
    if not again_at:
        return ""
    return env._("The next try is made by itself at %s.", teller.moment(again_at))


def unsafe_root(env):
    return env._(
        "The server option api_root is a plain http address of another computer: "
        "tokens would be sent in clear, so nothing is. Whoever runs this server "
        "uses https, or takes the option out."
    )


class _Teller(AdministratorWords):
    """What happened and what to do about it, for one account and one Stop."""

    def __init__(self, account, stop, reference):
        self.env = account.env
        self.stop = stop
        self.reference = reference
        self.owner = account.user_id
        calendar = account.calendar_id
        self.names = {
            "user": account._label(),
            "account": account.google_email or account._label(),
            "calendar": calendar.display_name or "",
        }

    def moment(self, when):
        zone = self.owner.tz or "UTC"
        return format_datetime(self.env, when, tz=zone, dt_format="short")

    def story(self):
        """By the reason where it is known, else by the kind of decision."""
        reasons, kinds = self._by_reason(), self._by_kind()
        tell = reasons.get(self.stop.reason) or next(
            (tell for kind, tell in kinds.items() if isinstance(self.stop, kind)),
            self._fault,
        )
        return tell()

    def _by_reason(self):
        return {
            **self._retry_reasons(),
            **self._admin_reasons(),
            "insufficientPermissions": self._scope_missing,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT": self._scope_missing,
            "insufficient_scope": self._scope_missing,
            "invalid_scope": self._invalid_scope,
            "off": self._off,
            "noCalendar": self._no_calendar,
            "forbidden": self._unreadable,
            "requiredAccessLevel": self._unreadable,
        }

    def _retry_reasons(self):
        return {
            **dict.fromkeys(TOO_FAST_REASONS | _ALSO_TOO_FAST, self._too_fast),
            **dict.fromkeys(QUOTA_REASONS, self._quota),
            **dict.fromkeys(DAILY_REASONS, self._daily),
            CONTACTS_OF_THE_DAY: self._contacts_of_the_day,
            "authError": self._access_refused,
            "network": self._network,
        }

    def _admin_reasons(self):
        return {
            "accessNotConfigured": self._api_off,
            "SERVICE_DISABLED": self._api_off,
            "domainPolicy": self._policy,
            "admin_policy_enforced": self._policy,
            "org_internal": self._policy,
            "access_denied": self._policy,
            "forbiddenForServiceAccounts": self._service_account,
            "notACalendarUser": self._no_google_calendar,
            "invalid_client": self._unknown_client,
            "deleted_client": self._unknown_client,
            "disabled_client": self._unknown_client,
            "unauthorized_client": self._wrong_client,
            "restricted_client": self._restricted_client,
            "redirect_uri_mismatch": self._wrong_address,
            "notDelegated": self._not_delegated,
            "unknownSubject": self._unknown_subject,
            "keyGone": self._key_gone,
            "clockSkew": self._clock_skew,
            UNSAFE_ROOT: self._unsafe_root,
        }

    def _unsafe_root(self):
        return unsafe_root(self.env)

    def _by_kind(self):
        return {
            RetryLater: self._trouble,
            ReconnectNeeded: self._connection_ended,
            ScopeMissing: self._scope_missing,
            AdminNeeded: self._setup,
            CalendarLost: self._lost,
            OurBug: self._fault,
        }

    # -- waits by itself -------------------------------------------------------

    def _trouble(self):
        return self.env._("Google has trouble of its own and cannot answer now.")

    def _too_fast(self):
        return self.env._("Google asks for a slower pace.")

    def _quota(self):
        if self.stop.delay < _LONG:
            # 429 with the same reason: the pace only.
            return self._too_fast()
        return self.env._(
            "Google has paused changes in the agenda of %(account)s for some hours, "
            "because very many were made in a short time. Do not start the "
            "synchronisation by hand meanwhile: that makes the pause longer.",
            **self.names,
        )

    def _daily(self):
        if self.stop.delay < _LONG:
            return self._too_fast()
        return self.env._(
            "The Google application has used up its requests of the day; Google counts "
            "anew at midnight in California. If this happens often, an administrator "
            "asks for a higher quota in the Google console."
        )

    def _contacts_of_the_day(self):
        return self.env._(
            "Google takes no more changes in the contacts of %(account)s today: it "
            "allows a number of them each day. What is left follows as soon as Google "
            "takes it.",
            **self.names,
        )

    def _access_refused(self):
        if isinstance(self.stop, ReconnectNeeded):
            return self.env._(
                "Google keeps refusing the access to the account %(account)s, although "
                "it was renewed. Nothing was deleted in Odoo or in Google. "
                "Press Connect in My Preferences, tab Synchronisation.",
                **self.names,
            )
        return self.env._(
            "Google refuses the access to the account %(account)s, although it was "
            "just renewed; mostly this passes.",
            **self.names,
        )

    def _network(self):
        return self.env._(
            "Google cannot be reached from this server. If this lasts, an "
            "administrator checks the server's access to the Internet."
        )

    # -- the owner connects again ----------------------------------------------

    def _connection_ended(self):
        return self.env._(
            "Google has ended the connection of %(account)s: the access was taken "
            "back in the Google account, its password was changed, or the time was "
            "up. Nothing was deleted in Odoo or in Google. Press Connect in My "
            "Preferences, tab Synchronisation: the synchronisation then goes on where "
            "it stopped.",
            **self.names,
        )

    def _scope_missing(self):
        return self.env._(
            "Google was not allowed to open the agenda of %(account)s to Odoo. Press "
            "Connect in My Preferences, tab Synchronisation, and tick both boxes of "
            "the agenda on Google's page: the events, and the list of calendars.",
            **self.names,
        )

    def _invalid_scope(self):
        return self.env._(
            "Google does not give this application the access that it asks for. An "
            "administrator adds the access to the agenda in the Google console (Google "
            "Auth Platform, Data access); then press Connect again."
        )

    # -- the calendar ----------------------------------------------------------

    def _off(self):
        return self.env._(
            "The agenda of %(user)s is switched off: switch it on in My Preferences, "
            "tab Synchronisation, to synchronise it.",
            **self.names,
        )

    def _no_calendar(self):
        return self.env._(
            "No calendar is chosen for %(user)s: choose one in My Preferences, tab "
            "Synchronisation.",
            **self.names,
        )

    def _lost(self):
        if not self.names["calendar"]:
            return self.env._(
                "No calendar was found in the Google account %(account)s: check that "
                "the Google Calendar API is enabled in the Google application.",
                **self.names,
            )
        return self.env._(
            "The calendar “%(calendar)s” is not to be found any more in the Google "
            "account %(account)s: it was deleted, or is no longer shared with it. "
            "Nothing was deleted in Odoo. Choose another calendar in My Preferences, "
            "tab Synchronisation, or have this one shared again.",
            **self.names,
        )

    def _unreadable(self):
        return self.env._(
            "Google does not let %(account)s read the calendar “%(calendar)s” any "
            "more. Nothing was deleted in Odoo. Ask its owner to share it again, or "
            "choose another calendar in My Preferences, tab Synchronisation.",
            **self.names,
        )

    # -- ourselves -------------------------------------------------------------

    def _fault(self):
        return self.env._(
            "A fault of this addon: Google could not do what it was asked. Nothing was "
            "deleted. Give an administrator the reference %s: the server's log has the "
            "details under it.",
            self.reference or "-",
        )
