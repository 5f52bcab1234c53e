"""The routes: the way to Google and back, with a real HTTP session."""

import logging
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from odoo.tests import new_test_user, tagged

from ...models.connection.access_log import WithoutAnswer
from ...models.connection.consent import hash_state
from ...models.connection.res_company import CALLBACK_PATH
from ..common import GoogleSyncHttpCase


@tagged("post_install", "-at_install")
class TestRoutes(GoogleSyncHttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate("ada", "ada")

    def account(self, user=None):
        user = user or self.ada
        accounts = self.env["google.sync.account"].sudo()
        return accounts.search([("user_id", "=", user.id)])

    def test_the_access_log_tells_no_answer_of_google_s(self):
        request = f'"GET {CALLBACK_PATH}?state=zzstate&code=4/0zzcode HTTP/1.1"'
        line = {"msg": "%s - - %s 303 -", "args": ("::1", request)}
        record = logging.makeLogRecord(line)
        filters = logging.getLogger("werkzeug").filters
        (ours,) = [x for x in filters if isinstance(x, WithoutAnswer)]
        self.assertTrue(ours.filter(record))
        told = record.getMessage()
        self.assertIn(f"{CALLBACK_PATH}?...", told)
        self.assertNotIn("zz", told)

    def start(self):
        """Location of Google's consent page."""
        response = self.url_open("/google_sync/connect", allow_redirects=False)
        return response.headers["Location"]

    def assertProblem(self, response, word):
        self.assertIn(response.status_code, (403, 422))
        self.assertIn(word, response.text)
        self.assertNotIn("Traceback", response.text)

    def test_consent_connects_and_leads_to_the_tab(self):
        response = self.walk_consent()
        self.assertIn(response.status_code, (302, 303))
        self.assertEqual(
            urlsplit(response.headers["Location"]).path,
            "/odoo/my-google-sync",
        )
        self.assertEqual(self.account().state, "connected")
        self.assertEqual(self.account().calendar_id.google_id, "ada@gmail.com")

    def test_consent_page_is_asked_for_lasting_access_with_pkce(self):
        location = urlsplit(self.start())
        query = parse_qs(location.query)
        self.assertEqual(location.netloc, f"127.0.0.1:{self.google.port}")
        self.assertEqual(query["access_type"], ["offline"])
        self.assertEqual(query["prompt"], ["consent"])
        self.assertEqual(query["code_challenge_method"], ["S256"])

    def test_new_database_on_another_port_leads_back_to_it(self):
        params = self.env["ir.config_parameter"].sudo()
        for configured, expected in (
            ("http://localhost:1", self.base_url()),
            ("https://odoo.example.com", "https://odoo.example.com"),
        ):
            params.set_param("web.base.url", configured)
            query = parse_qs(urlsplit(self.start()).query)
            redirect_uri = query["redirect_uri"][0]
            self.assertEqual(redirect_uri, f"{expected}/google_sync/oauth2/callback")

    def test_state_is_stored_as_a_hash(self):
        state = parse_qs(urlsplit(self.start()).query)["state"][0]
        row = self.env["google.sync.consent"].sudo().search([], limit=1)
        self.assertEqual(row.state_hash, hash_state(state))

    def test_state_is_good_for_one_return(self):
        google = requests.get(self.start(), allow_redirects=False, timeout=10)
        back = urlsplit(google.headers["Location"])
        path = f"{back.path}?{back.query}"
        self.assertIn(
            self.url_open(path, allow_redirects=False).status_code, (302, 303)
        )
        self.assertProblem(self.url_open(path, allow_redirects=False), "already used")

    def test_invented_state_is_refused(self):
        response = self.url_open("/google_sync/oauth2/callback?state=x&code=y")
        self.assertProblem(response, "already used")

    def test_missing_state_is_refused(self):
        response = self.url_open("/google_sync/oauth2/callback")
        self.assertProblem(response, "already used")

    def test_state_older_than_half_an_hour_is_refused(self):
        google = requests.get(self.start(), allow_redirects=False, timeout=10)
        self.env.cr.execute(
            "UPDATE google_sync_consent SET create_date = create_date - interval '1h'"
        )
        back = urlsplit(google.headers["Location"])
        response = self.url_open(f"{back.path}?{back.query}")
        self.assertProblem(response, "half an hour")
        self.assertFalse(self.account().google_sub)

    def test_somebody_elses_state_is_refused(self):
        google = requests.get(self.start(), allow_redirects=False, timeout=10)
        back = urlsplit(google.headers["Location"])
        self.make_user("bob")
        self.authenticate("bob", "bob")
        response = self.url_open(f"{back.path}?{back.query}")
        self.assertProblem(response, "somebody else")
        self.assertEqual(self.account().state, "off")

    def test_refusal_on_googles_page_is_told(self):
        google = self.world.account("ada@gmail.com")
        self.patch(google, "refuses", True)
        self.assertProblem(self.walk_consent(), "Access was not allowed")
        self.assertEqual(self.account().state, "off")

    def test_error_in_the_address_is_not_repeated(self):
        state = parse_qs(urlsplit(self.start()).query)["state"][0]
        response = self.url_open(
            f"/google_sync/oauth2/callback?state={state}&error=<b>boo</b>"
        )
        self.assertProblem(response, "did not connect")
        self.assertNotIn("boo", response.text)

    def test_wrong_secret_is_the_administrators_business(self):
        location = self.start()
        self.patch(self.google_client(), "secret", "changed")
        google = requests.get(location, allow_redirects=False, timeout=10)
        back = urlsplit(google.headers["Location"])
        response = self.url_open(f"{back.path}?{back.query}")
        self.assertProblem(response, "administrator")

    def test_another_google_account_than_the_linked_one_is_refused(self):
        self.walk_consent()
        self.world.add_account("other@gmail.com", "Other")
        self.account().google_login = "other@gmail.com"
        self.assertProblem(self.walk_consent(), "ada@gmail.com")
        self.assertEqual(self.account().google_email, "ada@gmail.com")

    def test_the_link_of_a_manager_is_for_its_owner(self):
        path = f"/google_sync/connect?user_id={self.ada.id}"
        self.walk_consent(path)
        self.assertEqual(self.account().state, "connected")

    def test_a_link_for_somebody_else_tells_neither_who_nor_whether(self):
        """Not to a colleague, an administrator, or a portal user."""
        bob = self.make_user("bob")
        new_test_user(self.env, "max", groups="base.group_user,base.group_system")
        new_test_user(self.env, "pia", groups="base.group_portal")
        self.account_of(bob)
        for login in ("ada", "max", "pia"):
            self.authenticate(login, login)
            told = set()
            for number in (bob.id, "0", "x", "999999", f"{bob.id} ", "-1"):
                path = f"/google_sync/connect?user_id={number}"
                response = self.url_open(path)
                self.assertProblem(response, "another user")
                self.assertEqual(response.status_code, 403)
                self.assertNotIn(bob.name, response.text)
                told.add(response.text.partition("<main")[2])
            self.assertEqual(len(told), 1)
        self.assertEqual(self.account(bob).state, "off")

    def test_an_answer_of_another_issuer_is_refused(self):
        """RFC 9207: a code that another server gave out is not sent to Google."""
        google = requests.get(self.start(), allow_redirects=False, timeout=10)
        back = urlsplit(google.headers["Location"])
        query = dict(parse_qs(back.query), iss="https://evil.example.com")
        path = f"{back.path}?{urlencode(query, doseq=True)}"
        self.assertProblem(self.url_open(path), "does not come from Google")
        self.assertEqual(self.account().state, "off")

    def test_a_user_has_few_consents_open_at_once(self):
        for _again in range(8):
            last = self.start()
        rows = self.env["google.sync.consent"].sudo().search([])
        self.assertEqual(len(rows), 5)
        state = parse_qs(urlsplit(last).query)["state"][0]
        self.assertIn(hash_state(state), rows.mapped("state_hash"))

    def test_consents_end_with_what_they_were_for(self):
        consents = self.env["google.sync.consent"].sudo()
        self.start()
        self.env.cr.execute(
            "UPDATE google_sync_consent SET create_date = create_date - interval '1h'"
        )
        self.start()
        self.assertEqual(consents.search_count([]), 1)
        self.walk_consent()
        self.assertFalse(consents.search_count([]))
        self.start()
        self.account().disconnect()
        self.assertFalse(consents.search_count([]))

    def test_problem_page_speaks_the_users_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["google_sync"], ["fr_FR"])
        self.ada.lang = "fr_FR"
        self.authenticate("ada", "ada")
        response = self.url_open("/google_sync/oauth2/callback?state=x&code=y")
        self.assertProblem(response, "Connexion")

    def test_portal_user_has_no_account(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        self.authenticate("portal", "portal")
        response = self.url_open("/google_sync/connect")
        self.assertProblem(response, "not an internal user")
        self.assertFalse(self.account(portal))

    def test_visitor_is_sent_to_the_login_page(self):
        self.authenticate(None, None)
        response = self.url_open("/google_sync/connect", allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    def test_knock_is_answered_with_nothing(self):
        self.authenticate(None, None)
        response = self.opener.post(self.base_url() + "/google_sync/notify", timeout=10)
        self.assertEqual(response.status_code, 204)
        self.assertFalse(response.content)
