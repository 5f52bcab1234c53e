"""The catalogue of Google's errors, row by row: what is done and what is read.

Each row is provoked at the simulated Google. Rows that test_faults.py has already
(412, 410, broken batches, a lost answer) are not repeated here.
"""

import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.running.outcome import REFUSALS
from ..common import CLIENT_ID, CLIENT_SECRET
from .error_case import ASKS, CONNECT, INSERT, LIST, SYNC_LOG, WAITS, CatalogueCase


def midnight_in_california():
    """The next one, in UTC as Odoo writes it: Google counts the project's day there."""
    now = datetime.now(ZoneInfo("America/Los_Angeles"))
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(1)
    return tomorrow.astimezone(UTC).replace(tzinfo=None)


@tagged("post_install", "-at_install")
class TestErrorCatalogue(CatalogueCase):
    # -- Google or the way to it is in trouble: it waits by itself -------------

    def check_waits(self, words, *fault, **options):
        self.event("Attend", 1)
        self.fault(*fault, **options)
        run = self.sync("partial")
        self.assertFalse(run.errors_count)
        self.assert_told(run, words, WAITS, "there is nothing to do")
        self.assert_recovers()
        self.assertEqual(len(self.in_google()), 2)

    def test_too_fast(self):
        for kind, reason in (
            ("rate_limit", "[rateLimitExceeded]"),
            ("user_rate_limit", "[userRateLimitExceeded]"),
            ("too_many_requests", "[rateLimitExceeded]"),
        ):
            with self.subTest(kind):
                self.event(f"Encore {kind}", 2)
                self.fault("*", kind)
                run = self.sync("partial")
                self.assert_told(run, "asks for a slower pace", WAITS, reason)
                self.assert_recovers()

    def test_any_429_is_the_pace_only(self):
        self.check_waits(
            "asks for a slower pace", LIST, status=429, reason="quotaExceeded"
        )

    def test_trouble_of_googles_own(self):
        for kind, reason in (
            ("internal_error", "[internalError]"),
            ("backend_error", "[backendError]"),
            ("bad_gateway", "[http502]"),
            ("gateway_timeout", "[backendError]"),
            ("truncated", "[malformed]"),
            ("malformed", "[malformed]"),
        ):
            with self.subTest(kind):
                self.fault(LIST, kind)
                run = self.sync("partial")
                self.assert_told(run, "trouble of its own", WAITS, reason)
                self.assert_recovers()

    def test_empty_error_page(self):
        for status, reason in ((500, "[http500]"), (503, "[http503]")):
            with self.subTest(status):
                self.fault(LIST, "empty", status=status)
                run = self.sync("partial")
                self.assert_told(run, "trouble of its own", WAITS, reason)
                self.assert_recovers()

    def test_network_down(self):
        self.check_waits("cannot be reached from this server", "*", "cut")

    def test_create_whose_answer_was_lost_is_not_doubled(self):
        self.event("Un", 1)
        self.fault(INSERT, "backend_error", times=1, when="after")
        run = self.sync("partial")
        self.assert_told(run, "trouble of its own", WAITS)
        self.assertEqual(len(self.in_google()), 2)
        self.assert_recovers()
        self.assertEqual(len(self.in_google()), 2)

    def test_concurrent_write(self):
        self.event("Un", 1)
        self.fault(INSERT, "conflict", times=1)
        self.assert_told(self.sync("partial"), WAITS, "[conflict]")
        self.assert_recovers()

    def test_abuse_limit_pauses_for_hours(self):
        self.event("Un", 1)
        self.fault(INSERT, "quota_exceeded")
        run = self.sync("partial")
        self.assert_told(
            run,
            "paused changes in the agenda of ada@gmail.com for some hours",
            "Do not start the synchronisation by hand",
            WAITS,
            "[quotaExceeded]",
        )
        self.assert_pause(hours=2)
        self.assert_recovers()

    def test_day_of_the_project_is_used_up(self):
        before = midnight_in_california()
        self.fault(LIST, "daily_limit")
        run = self.sync("partial")
        self.assert_told(
            run, "requests of the day", "midnight in California", WAITS, "[daily"
        )
        self.assertGreaterEqual(self.account.next_try, before)
        self.assertLess(self.account.next_try, before + timedelta(hours=3))
        self.assert_pause()
        self.assert_recovers()

    def assert_pause(self, hours=0):
        """Not before, said in the owner's time, and the clock keeps to it."""
        moment = self.account.next_try
        self.assertGreater(moment, fields.Datetime.now() + timedelta(hours=hours))
        self.world.reset_counters()
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.assertFalse(self.world.counters.total)

    def test_token_endpoint_in_trouble_disconnects_nobody(self):
        for kind, words in (
            ("backend_error", "trouble of its own"),
            ("bad_gateway", "trouble of its own"),
            ("malformed", "trouble of its own"),
            ("cut", "cannot be reached"),
        ):
            with self.subTest(kind):
                self.expire_access()
                self.fault("oauth.token", kind)
                self.assert_told(self.sync("partial"), words, WAITS)
                self.assert_recovers()

    # -- access -----------------------------------------------------------------

    def test_access_refused_once_is_renewed_unseen(self):
        self.world.oauth.expire_access_tokens()
        self.assert_quiet_after_one_refusal()

    def assert_quiet_after_one_refusal(self):
        run = self.sync()
        self.assertFalse(run.message)
        self.assertEqual(self.account.state, "connected")

    def test_access_refused_again_and_again_asks_to_reconnect(self):
        self.fault(LIST, "auth", times=999)
        for _run in range(REFUSALS - 1):
            run = self.sync("partial")
            self.assert_told(run, "mostly this passes", WAITS, "[authError]")
            self.account.sudo().next_try = fields.Datetime.now() - timedelta(seconds=1)
        run = self.sync("failed")
        self.assertIn("keeps refusing the access", run.message)
        self.assertIn(CONNECT, run.message)
        self.assertEqual(self.account.state, "to_reconnect")
        self.assert_recovers()

    def test_pressing_the_button_thrice_is_one_refusal(self):
        self.fault(LIST, "auth", times=999)
        for _press in range(REFUSALS + 1):
            self.assert_told(self.sync("partial"), "mostly this passes")
        self.assert_recovers()
        self.assertFalse(self.account.sudo().access_refusals)

    def test_refused_access_that_passes_is_forgotten(self):
        for _time in range(REFUSALS + 1):
            self.fault(LIST, "auth", times=2)
            self.sync("partial")
            self.assert_recovers()

    def test_dead_grant_asks_to_reconnect_and_goes_on(self):
        self.event("Attend", 1)
        google = self.world.account("ada@gmail.com")
        self.world.oauth.revoke_grant(google.sub, CLIENT_ID)
        run = self.sync("failed")
        self.assert_told(
            run,
            "Google has ended the connection of ada@gmail.com",
            "Nothing was deleted in Odoo or in Google",
            CONNECT,
            "[invalid_grant]",
            state="to_reconnect",
            retried=False,
        )
        self.connect(self.ada)
        self.assert_recovers()
        self.assertEqual(len(self.in_google()), 2)

    def test_box_not_ticked(self):
        for held in (*self.world.oauth.access.values(), *self.refresh_tokens()):
            self.patch(held, "scopes", ["openid"])
        run = self.sync("failed")
        self.assert_told(
            run,
            "not allowed to open the agenda of ada@gmail.com",
            "tick both boxes",
            "[insufficientPermissions]",
        )
        self.assertFalse(self.account.agenda_granted)
        self.connect(self.ada)
        self.assert_recovers()

    def refresh_tokens(self):
        return self.world.oauth.refresh.values()

    # -- the administrator -------------------------------------------------------

    def check_admin(self, *words):
        run = self.sync("failed")
        self.assert_told(run, *words, ASKS, state="error")
        return run

    def test_api_not_enabled(self):
        self.patch(self.google_client(), "disabled_apis", {"calendar"})
        self.check_admin(
            "Google Calendar API is not enabled",
            "An administrator enables it in the Google console",
            "some minutes",
            "Nobody has to connect again",
            "To enable it: https://console.developers.google.com/apis/api/",
            "[accessNotConfigured]",
        )
        self.google_client().disabled_apis = set()
        self.assert_recovers()

    def test_secret_changed(self):
        self.patch(self.google_client(), "secret", "changed")
        self.expire_access()
        self.check_admin(
            "its secret was changed",
            "An administrator enters client id and secret again",
            "nobody has to connect again",
            "[invalid_client]",
        )
        self.google_client().secret = CLIENT_SECRET
        self.assert_recovers()

    def test_client_deleted(self):
        client = self.world.clients.pop(CLIENT_ID)
        self.addCleanup(self.world.clients.setdefault, CLIENT_ID, client)
        self.check_admin("its client was deleted", "[invalid_client]")
        self.world.clients[CLIENT_ID] = client
        self.assert_recovers()

    def test_grant_of_another_client(self):
        held = self.world.oauth.refresh[self.account.sudo()._tokens().refresh_token]
        self.patch(held, "client_id", "another")
        self.expire_access()
        self.check_admin("made with another client", "[unauthorized_client]")
        held.client_id = CLIENT_ID
        self.assert_recovers()

    def test_no_calendar_service(self):
        google = self.world.account("ada@gmail.com")
        self.patch(google, "calendar_user", False)
        run = self.sync("failed")
        google.calendar_user = True
        self.assert_told(
            run,
            "The Google account ada@gmail.com has no Google Calendar",
            "connect another Google account",
            "[notACalendarUser]",
            state="error",
        )
        self.assert_recovers()

    def test_refusals_of_the_organisation_and_the_application(self):
        for match, status, reason, words in (
            (LIST, 403, "domainPolicy", "organisation of ada@gmail.com does not allow"),
            (LIST, 403, "forbiddenForServiceAccounts", "service account"),
            (LIST, 403, "someNewReason", "Google says: “Not this way”"),
            ("oauth.token", 400, "admin_policy_enforced", "organisation of ada@gmail"),
            ("oauth.token", 401, "deleted_client", "client was deleted"),
        ):
            with self.subTest(reason):
                self.expire_access()
                self.fault(match, status=status, reason=reason, message="Not this way")
                self.check_admin(words, f"[{reason}]")
                self.assert_recovers()

    def test_scope_that_the_application_may_not_ask_for(self):
        self.expire_access()
        self.fault("oauth.token", status=400, reason="invalid_scope")
        run = self.sync("failed")
        self.assert_told(run, "does not give this application", "[invalid_scope]")
        self.world.faults.clear()
        self.connect(self.ada)
        self.assert_recovers()

    # -- what the account itself lacks -------------------------------------------

    def test_switched_off_is_told_and_switching_on_is_enough(self):
        self.account.sync_events = False
        run = self.sync("failed")
        self.assert_told(run, "The agenda of ada", "is switched off")
        self.account.sync_events = True
        self.assert_recovers()

    def test_no_calendar_chosen(self):
        self.account.calendar_id = False
        run = self.sync("failed")
        self.assert_told(run, "No calendar is chosen for ada", state="error")
        self.account.calendar_id = self.calendar
        self.assert_recovers()

    def test_disconnected_is_told_and_stays_off(self):
        self.account.disconnect()
        run = self.sync("failed")
        self.assertIn("is not connected with Google: press Connect", run.message)
        self.assertEqual(self.account.state, "off")

    def test_suspended_stays_suspended(self):
        self.account.sudo().state = "suspended"
        run = self.sync("failed")
        self.assertIn("copy of the one", run.message)
        self.assertEqual(self.account.state, "suspended")

    # -- ourselves ---------------------------------------------------------------

    def test_faults_of_our_own_are_kept_in_the_log(self):
        for status, reason in (
            (400, "timeRangeEmpty"),
            (400, "badRequest"),
            (403, "dailyLimitExceededUnreg"),
        ):
            with self.subTest(reason), self.assertLogs(SYNC_LOG, "ERROR") as log:
                self.fault(LIST, status=status, reason=reason, message="What?")
                run = self.check_admin("A fault of this addon", f"[{reason}]")
                reference = re.search(r"reference (\w{8})", run.message)[1]
                self.assertIn(reference, log.output[0])
                self.assertIn("What?", log.output[0])
                self.assert_recovers()

    @mute_logger("odoo.addons.google_sync.models.running.sync")
    def test_crash_is_told_with_its_reference(self):
        def crash(_self, _run):
            raise ValueError("secret detail")

        accounts = type(self.env["google.sync.account"])
        with patch.object(accounts, "_settings", crash):
            run = self.sync("failed")
        self.assertRegex(run.message, r"A fault of this addon.*reference \w{8}:")
        self.assertNotIn("secret detail", run.message)
        self.assertEqual(self.account.state, "error")
        self.assert_recovers()
