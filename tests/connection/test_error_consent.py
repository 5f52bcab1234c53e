"""The catalogue of Google's errors: consent."""

from urllib.parse import parse_qs, urlsplit

import requests

from odoo.tests import tagged

from ..common import CLIENT_ID, CLIENT_SECRET, GoogleSyncHttpCase


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
                response = self.come_back(code="", error=error)
                self.assert_problem(response, words, "/google_sync/connect")

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
