"""A pause: nothing is asked of Google, nothing is lost, and everybody is told."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestPause(SyncCase):
    def setUp(self):
        super().setUp()
        self.sync()

    def clock(self, minutes=30):
        """What the scheduled actions do after so long."""
        with self.at(fields.Datetime.now() + timedelta(minutes=minutes)):
            for name in ("synchronise", "channels", "reset"):
                self.env.ref(f"google_sync.ir_cron_{name}").method_direct_trigger()

    def asked(self):
        return self.world.counters.summary()

    def pause_all(self, on):
        settings = self.env["res.config.settings"].sudo()
        settings.create({"google_sync_paused": on}).set_values()

    def assertRests(self, account=None):
        account = account or self.account
        before = self.asked()
        self.clock()
        self.assertEqual(self.asked(), before)
        self.assertEqual(account.light, "paused")
        with self.assertRaises(UserError):
            account.run_sync()
        with self.assertRaises(UserError):
            account.run_sync(mode="preview")
        with self.assertRaises(UserError):
            account._queue_run()
        with self.assertRaises(UserError):
            account.reset("calendar", delete_in_google=True)
        self.assertTrue(account.sudo()._why_not_now())
        self.assertFalse(account.sudo()._is_working())
        self.assertEqual(self.asked(), before)

    def test_an_account_rests_and_goes_on_where_it_was(self):
        self.account.action_pause()
        event = self.event("Meanwhile")
        event.with_user(self.ada).name = "Meanwhile, edited"
        self.google_event("There")
        self.assertRests()
        self.assertIn("Go on", self.account.suspended_message)
        self.account.action_go_on()
        self.assertEqual(self.account.light, "connected")
        self.clock(0)
        self.assertIn("There", self.agenda().mapped("name"))
        titles = {item["summary"] for item in self.in_google().values()}
        self.assertEqual(titles, {"Meanwhile, edited", "There"})
        self.assert_quiet()

    def test_others_go_on(self):
        bob = self.make_user("bob")
        account = self.connect(bob)
        account.run_sync()
        self.account.action_pause()
        before = self.asked()
        self.clock()
        self.assertNotEqual(self.asked(), before)
        self.assertEqual(account.light, "connected")

    def test_everybody_rests(self):
        bob = self.make_user("bob")
        account = self.connect(bob)
        account.run_sync()
        self.pause_all(True)
        self.assertRests()
        self.assertRests(account)
        self.assertIn("administrator", account.suspended_message)
        with self.assertRaises(UserError):
            account.action_go_on()
        self.google_event("There")
        self.pause_all(False)
        self.account.invalidate_recordset()
        self.assertEqual(self.account.light, "connected")
        self.clock()
        self.assertIn("There", self.agenda().mapped("name"))

    def test_what_is_not_connected_says_so(self):
        self.pause_all(True)
        self.account.disconnect()
        self.assertEqual(self.account.light, "off")

    def test_the_bar_and_the_overview_say_it(self):
        self.account.action_pause()
        shown = self.account.sudo()._systray_state()
        self.assertEqual((shown["light"], shown["label"]), ("paused", "Paused"))
        self.assertEqual(self.account.standing, "paused")

    def test_twice_is_once(self):
        self.account.action_pause()
        since = self.account.paused_at
        with self.at(since + timedelta(minutes=5)):
            self.account.action_pause()
        self.assertEqual(self.account.paused_at, since)
