"""Manual connection: the answer is pasted, and nothing wrong is believed."""

from urllib.parse import parse_qs, quote, urlsplit

import requests

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...google_api.oauth import read_pasted
from ...models.connection.res_company import MANUAL_URI
from ..common import GoogleSyncCase

DESKTOP = "desktop.apps.googleusercontent.com"


@tagged("post_install", "-at_install")
class TestManualConnection(GoogleSyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.make_user("bob")
        cls.theirs = cls.account_of(cls.bob)
        cls.theirs.google_login = "bob@gmail.com"

    def setUp(self):
        super().setUp()
        self.world.add_client(DESKTOP, "GOCSPX-desktop", "installed")
        company = self.env.company.sudo()
        company.write({"google_sync_client_id": DESKTOP})
        company._google_sync_keep("google_sync_client_secret", "GOCSPX-desktop")
        company.google_sync_client_kind = "installed"
        self.public("https://odoo.example.com")
        mode = self.enter_registry_test_mode()
        mode.__enter__()
        self.addCleanup(mode.__exit__, None, None, None)

    def public(self, url):
        self.env["ir.config_parameter"].sudo().set_param("web.base.url", url)

    def open(self, account=None):
        account = account or self.theirs
        action = account.action_connect_manually()
        wizard = self.env["google.sync.manual.connection"].with_user(account.env.user)
        return wizard.browse(action["res_id"])

    @staticmethod
    def land(url):
        """The address that the browser ends on."""
        response = requests.get(url, allow_redirects=False, timeout=10)
        return response.headers["Location"]

    def paste(self, wizard, text):
        wizard.answer = text
        action = wizard.action_connect()
        self.assertFalse(wizard.answer)
        return action

    def assertProblem(self, wizard, text, word):
        self.paste(wizard, text)
        self.assertIn(word, wizard.problem)
        self.assertEqual(self.theirs.state, "off")

    def assertConnected(self, action):
        self.assertEqual(action["tag"], "google_sync_notice")
        self.assertEqual(self.theirs.state, "connected")
        self.assertEqual(self.theirs.google_email, "bob@gmail.com")
        self.assertEqual(self.theirs.calendar_id.google_id, "bob@gmail.com")

    # -- it works --------------------------------------------------------------

    def test_address_is_pasted(self):
        wizard = self.open()
        address = self.land(wizard.url)
        self.assertTrue(address.startswith(MANUAL_URI))
        self.assertConnected(self.paste(wizard, f"  {address}\n"))

    def test_bare_code_is_pasted(self):
        for change in (str, lambda code: quote(code, safe="")):
            self.theirs.reset("account")
            wizard = self.open()
            query = parse_qs(urlsplit(self.land(wizard.url)).query)
            self.assertConnected(self.paste(wizard, change(query["code"][0])))

    def test_pkce_and_state_are_asked_for(self):
        query = parse_qs(urlsplit(self.open().url).query)
        self.assertEqual(query["code_challenge_method"], ["S256"])
        self.assertEqual(query["redirect_uri"], [MANUAL_URI])
        self.assertTrue(query["state"])

    def test_which_way_is_offered(self):
        self.assertEqual(self.theirs.connect_way, "manual")
        with self.assertRaisesRegex(UserError, "Manual connection"):
            self.theirs._start_consent()
        self.public("http://localhost:8069")
        self.theirs.invalidate_recordset(["connect_way"])
        self.assertEqual(self.theirs.connect_way, "both")
        self.env.company.sudo().google_sync_client_kind = "web"
        self.theirs.invalidate_recordset(["connect_way"])
        self.assertEqual(self.theirs.connect_way, "automatic")
        self.public("http://192.168.1.20:8069")
        self.theirs.invalidate_recordset(["connect_way"])
        self.assertEqual(self.theirs.connect_way, "manual")

    def test_web_client_needs_the_address_in_the_console(self):
        self.env.company.sudo().google_sync_client_kind = "web"
        self.public("http://192.168.1.20:8069")
        self.assertEqual(self.open().redirect_uri, MANUAL_URI)

    # -- what is wrong ---------------------------------------------------------

    def test_nonsense_keeps_the_address_good(self):
        wizard = self.open()
        url = wizard.url
        for text in ("", "hello", url, "https://example.com/?x=1", "4/", "<b>"):
            self.assertProblem(wizard, text, "neither the address")
        self.assertEqual(wizard.url, url)
        self.assertConnected(self.paste(wizard, self.land(url)))

    def test_refused_on_googles_page(self):
        self.patch(self.world.account("bob@gmail.com"), "refuses", True)
        wizard = self.open()
        url = wizard.url
        self.assertProblem(wizard, self.land(url), "Access was not allowed")
        self.assertNotEqual(wizard.url, url)

    def test_used_already(self):
        wizard = self.open()
        address = self.land(wizard.url)
        self.paste(wizard, address)
        self.theirs.reset("account")
        self.assertProblem(self.open(), address, "used already")

    def test_code_used_already(self):
        wizard = self.open()
        code = parse_qs(urlsplit(self.land(wizard.url)).query)["code"][0]
        self.paste(wizard, code)
        self.theirs.reset("account")
        self.assertProblem(self.open(), code, "used already or is too old")

    def test_stale_code(self):
        wizard = self.open()
        address = self.land(wizard.url)
        self.addCleanup(self.world.clock.advance, -700)
        self.world.clock.advance(700)
        self.assertProblem(wizard, address, "too old")
        self.assertConnected(self.paste(wizard, self.land(wizard.url)))

    def test_dialogue_left_open_too_long(self):
        wizard = self.open()
        address = self.land(wizard.url)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE google_sync_consent SET create_date = create_date - interval '1h'"
        )
        self.assertProblem(wizard, address, "half an hour")

    def test_two_windows_of_one_account(self):
        first, second = self.open(), self.open()
        self.assertProblem(first, self.land(second.url), "another window")
        self.assertConnected(self.paste(first, self.land(first.url)))

    def test_two_windows_of_two_accounts_are_never_mixed(self):
        eve = self.account_of(self.make_user("eve"))
        eve.google_login = "eve@gmail.com"
        hers, his = self.open(eve), self.open(self.theirs)
        self.assertProblem(his, self.land(hers.url), "somebody else")
        code = parse_qs(urlsplit(self.land(hers.url)).query)["code"][0]
        self.assertProblem(his, code, "did not accept")
        self.assertConnected(self.paste(his, self.land(his.url)))
        self.assertEqual(eve.state, "off")

    def test_somebody_elses_address(self):
        self.make_user("eve")
        eve = self.account_of(self.env["res.users"].search([("login", "=", "eve")]))
        address = self.land(self.open(eve).url)
        self.assertProblem(self.open(), address, "somebody else")

    def test_another_google_account_than_typed(self):
        self.world.add_account("other@gmail.com", "Other")
        wizard = self.open()
        url = wizard.url.replace("bob%40gmail.com", "other%40gmail.com")
        self.assertProblem(wizard, self.land(url), "other@gmail.com")

    def test_nobody_connects_for_a_colleague(self):
        manager = new_test_user(self.env, "max", groups="base.group_system")
        dialogues = self.env["google.sync.manual.connection"].with_user(manager)
        with self.assertRaisesRegex(AccessError, "Only bob"):
            self.theirs.with_user(manager).action_connect_manually()
        with self.assertRaisesRegex(AccessError, "Only bob"):
            dialogues.create({"account_id": self.theirs.id})

    def test_colleague_may_not(self):
        with self.assertRaises(AccessError):
            self.theirs.with_user(self.ada).action_connect_manually()

    def test_reading_what_was_pasted(self):
        found = read_pasted("localhost:47813/google_sync?state=s&code=4%2F0Abcdefgh")
        self.assertEqual((found.code, found.state), ("4/0Abcdefgh", "s"))
        self.assertEqual(read_pasted("?error=access_denied").error, "access_denied")
        self.assertNotIn("0Abcdefgh", repr(found))
