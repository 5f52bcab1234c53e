"""The catalogue of Google's errors, row by row: what is done and what is read.

Each row is provoked at the simulated Google. Rows that test_sync_faults.py has already
(412, 410, broken batches, a lost answer) are not repeated here.
"""

import re
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import requests

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...google_api import errors
from ...models.connection.google import REFUSALS
from ...models.journal.words import advice
from ...sync import ports
from ..common import CLIENT_ID, CLIENT_SECRET, GoogleSyncHttpCase
from ..sync_case import SyncCase

SYNC_LOG = "odoo.addons.google_sync.models.connection.google"
LIST, INSERT = "calendar.events.list", "calendar.events.insert"
#: What no message may hold: tokens, secrets, JSON, mark-up, Python.
UNFIT = re.compile(
    r"ya29|1//|GOCSPX|AIza|Bearer|[{}<>]|%\(|Traceback|Error:|None", re.IGNORECASE
)
WAITS, ASKS = "goes on by itself", "next try is made by itself"
CONNECT = "Press Connect in My Preferences, tab Synchronisation"


class CatalogueCase(SyncCase):
    """Ada's agenda with one event in step on both sides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def setUp(self):
        super().setUp()
        self.addCleanup(self.world.faults.clear)
        # The class's tokens come back with the database; so must Google's.
        grants = self.world.oauth
        for name in ("consents", "refresh", "access"):
            self.patch(grants, name, dict(getattr(grants, name)))
        self.kept = self.event("Gardé")
        self.sync()

    def fault(self, match, kind="error", times=99, **options):
        return self.world.faults.add(match, kind, times, **options)

    def expire_access(self):
        """The next request needs a new access token."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.account.sudo()._token_row().expiry = yesterday

    def assert_told(self, run, *words, state="connected", retried=True):
        """What the owner reads, the state, and that nothing was deleted or doubled."""
        account = self.account.sudo()
        for word in words:
            self.assertIn(word, run.message)
        self.assertIn(run.message, account.last_message)
        self.assert_fit(run.message)
        self.assertEqual(account.state, state)
        self.assertEqual(bool(account.next_try), retried)
        self.assertTrue(self.kept.exists())
        self.assert_not_doubled()

    def assert_fit(self, text):
        self.assertTrue(text)
        self.assertIsNone(UNFIT.search(text), text)

    def assert_not_doubled(self):
        titles = [event["summary"] for event in self.in_google().values()]
        self.assertEqual(len(titles), len(set(titles)), titles)

    def assert_recovers(self):
        """The trouble is over: one run, in step, and nothing left of the message."""
        self.world.faults.clear()
        self.sync()
        self.assertEqual(self.account.state, "connected")
        self.assertNotIn("[", self.account.last_message)
        self.assertFalse(self.account.next_try)
        self.assertIn("Gardé", [e["summary"] for e in self.in_google().values()])
        self.assert_not_doubled()
        self.assert_quiet()


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
        self.fault(LIST, "daily_limit")
        run = self.sync("partial")
        self.assert_told(
            run, "requests of the day", "midnight in California", WAITS, "[daily"
        )
        self.assert_pause(hours=5)
        self.assert_recovers()

    def assert_pause(self, hours):
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


@tagged("post_install", "-at_install")
class TestErrorCatalogueRecords(CatalogueCase):
    """Google refuses one record: told once, with advice, and the others go on."""

    REFUSALS = (
        (400, "required", "Missing end time.", "Google misses one of the values"),
        (400, "invalid", "Invalid value.", "does not accept one of the values"),
        (400, "badRequest", "Bad Request", "does not accept one of the values"),
        (400, "parseError", "Parse Error", "does not accept one of the values"),
        (400, "timeRangeEmpty", "The range is empty.", "end must come after the start"),
        (400, "eventDurationExceedsLimit", "Too long.", "too long for Google"),
        (400, "eventTypeRestriction", "No.", "Google keeps events of this kind"),
        (400, "malformedFocusTimeEvent", "No.", "Google keeps events of this kind"),
        (400, "malformedOutOfOfficeEvent", "No.", "Google keeps events of this kind"),
        (400, "malformedWorkingLocationEvent", "No.", "Google keeps events of this"),
        (400, "cannotChangeOrganizer", "No.", "change its organiser"),
        (400, "cannotChangeOrganizerOfInstance", "No.", "change its organiser"),
        (400, "participantIsNeitherOrganizerNorAttendee", "No.", "takes no part"),
        (403, "forbiddenForNonOrganizer", "No.", "Only the organiser may change"),
        (403, "requiredAccessLevel", "No.", "read this calendar but not write in it"),
        (403, "forbidden", "Forbidden", "does not let your account change this event"),
        (403, "someNewReason", "No.", "Correct the event"),
        (413, "uploadTooLarge", "Too large.", "shorten its description"),
    )

    def errors_of(self, run):
        return run.line_ids.filtered(lambda line: line.action == "error")

    def test_refused_records(self):
        for day, (status, reason, said, words) in enumerate(self.REFUSALS, 1):
            with self.subTest(reason, said=said):
                self.check_refused(day, status, reason, said, words)

    def check_refused(self, day, status, reason, said, words):
        pair = self.event(f"Un {day}", day) + self.event(f"Deux {day}", day)
        self.fault(INSERT, times=1, status=status, reason=reason, message=said)
        run = self.sync("partial")
        line = self.errors_of(run)
        refused = pair.browse(line.res_id)
        other = pair - refused
        self.assertEqual(len(other), 1)
        self.assertEqual(line.error, f"{said} ({reason})")
        self.assertIn(words, line.advice)
        self.assert_fit(line.advice + line.error)
        self.assertEqual(run.message, "1 event could not be synchronised.")
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.google_of(other))
        self.sync()
        refused.with_user(self.ada).location = "Corrigé"
        self.sync()
        self.assertEqual(self.google_of(refused)["location"], "Corrigé")
        self.assert_not_doubled()
        self.assert_quiet()

    def test_time_zone_that_google_does_not_know(self):
        """Once under another name, once in UTC; refused again, it is told."""
        for day, reason in ((1, "invalid"), (2, "required")):
            with self.subTest(reason):
                said = "Invalid time zone definition for start time."
                event = self.event(f"Fuseau {day}", day)
                refusal = {"status": 400, "reason": reason, "message": said}
                self.fault(INSERT, times=3, **refusal)
                line = self.errors_of(self.sync("partial"))
                self.assertIn("does not know the time zone", line.advice)
                event.with_user(self.ada).location = "Ici"
                self.fault(INSERT, times=2, **refusal)
                self.sync()
                start = self.google_of(event)["start"]
                self.assertEqual(start["timeZone"], "UTC")
                self.assert_quiet()

    def test_refused_edit_keeps_both_sides(self):
        self.kept.with_user(self.ada).location = "Lyon"
        self.fault("calendar.events.patch", times=1, status=403, reason="forbidden")
        line = self.errors_of(self.sync("partial"))
        self.assertIn("does not let your account", line.advice)
        self.assertEqual(self.kept.location, "Lyon")
        self.assertFalse(self.google_of(self.kept).get("location"))
        self.sync()
        self.kept.with_user(self.ada).location = "Nice"
        self.sync()
        self.assertEqual(self.google_of(self.kept)["location"], "Nice")
        self.assert_quiet()

    def test_event_of_googles_own_kind_is_read_only_from_then_on(self):
        reasons = ("WorkingLocation", "OutOfOffice", "FocusTime")
        for day, kind in enumerate(reasons, 1):
            with self.subTest(kind):
                event = self.event(kind, day)
                self.sync()
                event.with_user(self.ada).location = "Ici"
                reason = f"malformed{kind}Event"
                self.fault("calendar.events.patch", times=1, status=400, reason=reason)
                line = self.errors_of(self.sync("partial"))
                self.assertIn("Google keeps events of this kind", line.advice)
                event.with_user(self.ada).location = "Là"
                run = self.sync()
                self.assertEqual(run.line_ids.mapped("action"), ["put_back"])
                self.assertFalse(event.location)
                self.assert_quiet()

    def test_refused_deletion_is_told_once(self):
        self.kept.with_user(self.ada).unlink()
        self.fault("calendar.events.delete", times=9, status=403, reason="forbidden")
        line = self.errors_of(self.sync("partial"))
        self.assertIn("does not let your account", line.advice)
        self.assertEqual(len(self.in_google()), 1)
        self.assert_quiet()

    def test_what_google_says_is_shown_without_tokens_and_mark_up(self):
        said = 'Bad <a href="x">quota</a> for ya29.a0Af_b-C and 1//03xYz-Ab_c'
        self.event("Non", 1)
        self.fault(INSERT, times=1, status=400, reason="invalid", message=said)
        line = self.errors_of(self.sync("partial"))
        self.assertEqual(line.error, "Bad quota for *** and *** (invalid)")

    def test_json_and_pages_are_not_shown(self):
        self.event("Non", 1)
        said = '{"error": {"code": 400}}'
        self.fault(INSERT, times=1, status=400, reason="invalid", message=said)
        line = self.errors_of(self.sync("partial"))
        self.assertEqual(line.error, "HTTP 400 (invalid)")

    def test_event_deleted_in_google_without_a_trace_is_asked_about(self):
        """404 in a calendar that can be read: neither side is written."""
        google_id = self.link_of(self.kept).google_id
        calendar = self.world.calendars["ada@gmail.com"]
        with self.world.lock:
            del calendar.events[google_id]
        self.kept.with_user(self.ada).name = "Modifié"
        self.sync()
        decision = self.env["google.sync.decision"].with_user(self.ada).search([])
        self.assertIn("no longer knows this event", decision.question)
        self.assertEqual(self.kept.name, "Modifié")
        decision.action_keep()
        self.sync()
        titles = [event["summary"] for event in self.in_google().values()]
        self.assertEqual(titles, ["Modifié"])
        self.assert_quiet()

    def test_deletion_of_what_google_does_not_know_is_done(self):
        google_id = self.link_of(self.kept).google_id
        with self.world.lock:
            del self.world.calendars["ada@gmail.com"].events[google_id]
        self.kept.with_user(self.ada).unlink()
        run = self.sync()
        self.assertFalse(run.errors_count)
        self.assertFalse(self.env["google.sync.decision"].sudo().search([]))
        self.assert_quiet()

    def test_deletion_of_what_is_deleted_is_done(self):
        google_id = self.link_of(self.kept).google_id
        self.kept.with_user(self.ada).unlink()
        self.fault("calendar.events.delete", times=1, status=410, reason="deleted")
        run = self.sync()
        self.assertFalse(run.errors_count)
        self.person.delete(google_id)
        self.assert_quiet()

    def test_guest_of_somebody_elses_event_gets_googles_values_back(self):
        """forbiddenForNonOrganizer, known beforehand: not even sent."""
        body = self.person.get(self.link_of(self.kept).google_id)
        when = {key: body[key] for key in ("start", "end")}
        guests = [{"email": "ada@gmail.com", "responseStatus": "accepted"}]
        self.person.receive(
            {
                **when,
                "summary": "Invitée",
                "iCalUID": "outside@example.com",
                "organizer": {"email": "boss@example.com"},
                "attendees": guests,
            }
        )
        self.sync()
        event = self.agenda().filtered(lambda event: event.name == "Invitée")
        event.with_user(self.ada).name = "Autre"
        run = self.sync()
        self.assertEqual(event.name, "Invitée")
        line = run.line_ids.filtered(lambda line: line.action == "put_back")
        self.assertIn("Only the organiser", line.advice)
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestErrorCatalogueWords(CatalogueCase):
    """Every reason of the catalogue, in both languages."""

    def stops(self):
        later, admin = ports.RetryLater, ports.AdminNeeded
        kinds = {
            later: ["authError", "network", "malformed", "http502", "conflict"],
            ports.ReconnectNeeded: ["invalid_grant", "authError", "no_refresh_token"],
            ports.ScopeMissing: [*errors._SCOPE, "invalid_scope", "off"],
            admin: [*errors._ADMIN, *errors._ADMIN_TOKEN, "someNewReason"],
            ports.CalendarLost: ["notFound", "noCalendar", *errors._UNREADABLE],
            ports.OurBug: [*errors._BUG_TOKEN, *errors._UNSIGNED, "badRequest"],
        }
        stops = [kind("Said.", reason=r) for kind, rs in kinds.items() for r in rs]
        for reasons, delay in (
            (errors.TOO_FAST_REASONS, 0),
            (errors.QUOTA_REASONS, errors.QUOTA_PAUSE),
            (errors.DAILY_REASONS, 12 * 3600),
        ):
            stops += [later("Said.", reason=r, delay=delay) for r in reasons]
        return stops

    @mute_logger(SYNC_LOG)
    def test_every_reason_is_explained_in_both_languages(self):
        french = self.account.with_context(lang="fr_FR")
        soon = fields.Datetime.now()
        for stop in self.stops():
            for moment in (None, soon):
                with self.subTest(stop.reason, kind=type(stop).__name__):
                    english = self.account._explain(stop, moment)
                    self.assert_fit(english)
                    self.assert_fit(french._explain(stop, moment))
                    self.assert_translated(english, french._explain(stop, moment))
                    own = stop.reason in ("off", "noCalendar")
                    self.assertEqual(english.endswith(f"[{stop.reason}]"), not own)

    def assert_translated(self, english, french):
        """No sentence of the one is in the other."""
        sentences = set(re.split(r"(?<=[.:]) ", english)) - {"Google says:"}
        told = {text for text in sentences if " " in text and text[0] not in "[“"}
        self.assertFalse([text for text in told if text in french])

    def test_each_reason_has_words_of_its_own(self):
        """Not the fallback of its kind: which box, which API, whose business."""
        general = self.account._explain(ports.AdminNeeded("Said.", reason="x"))
        start = general[:40]
        for reason in errors._ADMIN | errors._ADMIN_TOKEN:
            with self.subTest(reason):
                told = self.account._explain(ports.AdminNeeded("Said.", reason=reason))
                self.assertNotEqual(told[:40], start)

    def test_every_advice_in_both_languages(self):
        french = self.env(context={"lang": "fr_FR"})
        default = advice(self.env, "someNewReason")
        for _status, reason, said, words in TestErrorCatalogueRecords.REFUSALS:
            with self.subTest(reason):
                told = advice(self.env, reason, said)
                self.assertIn(words, told)
                self.assertNotEqual(advice(french, reason, said), told)
                self.assertEqual(told == default, reason == "someNewReason")

    def test_what_the_clock_met_is_read_in_the_readers_language(self):
        self.ada.lang = "fr_FR"
        self.patch(self.google_client(), "disabled_apis", {"calendar"})
        self.account.sudo().next_pull_at = False
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        french = self.account.with_context(lang="fr_FR").last_message
        self.assertIn("n'est pas activée", french)
        self.assertIn("is not enabled", self.account.last_message)
        for told in (french, self.account.last_message):
            self.assertIn("[accessNotConfigured]", told)

    def test_person_at_a_button_is_not_told_to_wait(self):
        stop = ports.RetryLater("Said.", reason="backendError")
        told = self.account._explain(stop)
        self.assertIn("Try again in a few minutes", told)
        self.assertNotIn(WAITS, told)
        stop = ports.RetryLater("Said.", reason="quotaExceeded", delay=7200)
        self.assertIn("Try again after", self.account._explain(stop))

    def test_no_calendar_in_the_list_names_the_api(self):
        self.account.calendar_id = False
        told = self.account._explain(ports.CalendarLost("Said.", reason="notFound"))
        self.assertIn("No calendar was found in the Google account", told)

    def test_only_googles_console_is_repeated(self):
        said = "Enable it by visiting https://evil.example.com/x then retry."
        stop = ports.AdminNeeded(said, reason="accessNotConfigured")
        self.assertNotIn("evil", self.account._explain(stop))


@tagged("post_install", "-at_install")
class TestErrorCatalogueConsent(GoogleSyncHttpCase):
    """The rows of the consent that test_oauth.py has not."""

    def setUp(self):
        super().setUp()
        self.authenticate("ada", "ada")
        self.addCleanup(self.world.faults.clear)
        # Google remembers what an earlier test was granted.
        google = self.world.account("ada@gmail.com")
        self.world.oauth.revoke_grant(google.sub, CLIENT_ID)

    def account_now(self):
        accounts = self.env["google.sync.account"].sudo()
        return accounts.search([("user_id", "=", self.ada.id)])

    def way_back(self):
        """The address that Google's page sends the browser back to."""
        out = self.url_open("/google_sync/connect", allow_redirects=False)
        google = requests.get(
            out.headers["Location"], allow_redirects=False, timeout=10
        )
        return urlsplit(google.headers["Location"])

    def come_back(self, back=None, **changed):
        back = back or self.way_back()
        query = {name: v[0] for name, v in parse_qs(back.query).items()}
        request = requests.Request("GET", "http://x/", params={**query, **changed})
        return self.url_open(f"{back.path}?{urlsplit(request.prepare().url).query}")

    def assert_problem(self, response, *words, state="off"):
        self.assertIn(response.status_code, (403, 422))
        for word in words:
            self.assertIn(word, response.text)
        for secret in ("ya29", "1//", CLIENT_SECRET, "Traceback", "4/code"):
            self.assertNotIn(secret, response.text)
        self.assertEqual(self.account_now().state, state)

    def assert_next_consent_connects(self):
        self.world.faults.clear()
        response = self.walk_consent()
        self.assertIn(response.status_code, (302, 303), response.text)
        self.assertEqual(self.account_now().state, "connected")

    def test_code_used_twice(self):
        back = self.way_back()
        code = parse_qs(back.query)["code"][0]
        self.world.oauth.codes[code].used = True
        response = self.come_back(back)
        self.assert_problem(response, "used already or is too old", "Press Connect")
        self.assert_next_consent_connects()

    def test_code_too_old(self):
        back = self.way_back()
        code = parse_qs(back.query)["code"][0]
        self.world.oauth.codes[code].expires = 0
        self.assert_problem(self.come_back(back), "too old")
        self.assert_next_consent_connects()

    def test_code_of_somebody_else(self):
        self.assert_problem(self.come_back(code="4/0invented"), "Press Connect")
        self.assert_next_consent_connects()

    def test_token_endpoint_refuses_or_fails(self):
        for kind, options, words in (
            ("backend_error", {}, "Google has trouble of its own"),
            ("bad_gateway", {}, "Try again in a few minutes"),
            ("cut", {}, "cannot be reached from this server"),
            ("malformed", {}, "Google has trouble of its own"),
            ("error", {"status": 401, "reason": "invalid_client"}, "administrator"),
            ("error", {"status": 400, "reason": "unauthorized_client"}, "client id"),
            ("error", {"status": 400, "reason": "invalid_scope"}, "Data access"),
            ("error", {"status": 400, "reason": "org_internal"}, "organisation"),
        ):
            with self.subTest(kind, **options):
                back = self.way_back()
                self.world.faults.add("oauth.token", kind, 99, **options)
                self.assert_problem(self.come_back(back), words)
                self.world.faults.clear()
                self.assertFalse(self.account_now()._tokens())
        self.assert_next_consent_connects()

    def test_refusals_in_the_address(self):
        for error, words in (
            ("access_denied", "nothing was connected"),
            ("admin_policy_enforced", "Your organisation does not allow"),
            ("org_internal", "Your organisation does not allow"),
            ("server_error", "again in a few minutes"),
            ("temporarily_unavailable", "again in a few minutes"),
            ("invalid_scope", "Settings, Google Sync"),
            ("unauthorized_client", "Settings, Google Sync"),
        ):
            with self.subTest(error):
                self.assert_problem(self.come_back(code="", error=error), words)

    def test_boxes_not_ticked(self):
        google = self.world.account("ada@gmail.com")
        self.patch(google, "grants_only", {"openid", "email"})
        self.assert_problem(
            self.walk_consent(), "Nothing was allowed", "tick the boxes"
        )
        self.assertFalse(self.account_now()._tokens())
        google.grants_only = None
        self.assert_next_consent_connects()

    def test_only_the_contacts_ticked(self):
        google = self.world.account("ada@gmail.com")
        scopes = {"openid", "email", "https://www.googleapis.com/auth/contacts"}
        self.patch(google, "grants_only", scopes)
        self.walk_consent()
        account = self.account_now()
        self.assertEqual(account.state, "connected")
        self.assertFalse(account.agenda_granted)
        self.assertIn("the agenda was not allowed", account.last_message)
        google.grants_only = None
        self.assert_next_consent_connects()
        self.assertEqual(account.last_message, "Connected.")

    def test_api_off_is_told_at_once_and_the_connection_kept(self):
        self.patch(self.google_client(), "disabled_apis", {"calendar"})
        self.walk_consent()
        account = self.account_now()
        self.assertEqual(account.state, "error")
        self.assertTrue(account._tokens())
        self.assertIn("Google Calendar API is not enabled", account.last_message)
        self.google_client().disabled_apis = set()
        account.action_refresh_calendars()
        self.assertEqual(account.calendar_id.google_id, "ada@gmail.com")

    def test_user_not_on_the_list_of_testers_never_comes_back(self):
        """Google's own page says so; ours tells it when the person presses Cancel."""
        client = self.google_client()
        self.patch(client, "testing", True)
        out = self.url_open("/google_sync/connect", allow_redirects=False)
        google = requests.get(
            out.headers["Location"], allow_redirects=False, timeout=10
        )
        self.assertEqual(google.status_code, 403)
        self.assertIn("access_denied", google.text)

    def test_unregistered_address_is_googles_page_and_settings_show_ours(self):
        self.patch(self.google_client(), "redirect_uris", ["https://other.example.com"])
        out = self.url_open("/google_sync/connect", allow_redirects=False)
        google = requests.get(
            out.headers["Location"], allow_redirects=False, timeout=10
        )
        self.assertEqual(google.status_code, 400)
        self.assertIn("redirect_uri_mismatch", google.text)
        asked = parse_qs(urlsplit(out.headers["Location"]).query)["redirect_uri"][0]
        settings = self.env["res.config.settings"].new({})
        self.assertEqual(settings.google_sync_redirect_uri, asked)
