"""The light tells the truth, in every place and in each reader's language."""

import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...google_api.oauth import AGENDA_SCOPES
from ..common import CLIENT_ID
from ..sync_case import SyncCase


class LightCase(SyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def setUp(self):
        super().setUp()
        self.addCleanup(self.world.faults.clear)
        self.event("Gardé")

    def choose_a_contact(self):
        partner = self.env["res.partner"].create(
            {"name": "Zoé", "email": "zoe@example.com"}
        )
        partner.with_user(self.ada).action_google_sync_choose()

    def switch_off(self, *apis):
        self.patch(self.google_client(), "disabled_apis", set(apis))

    def assert_light(self, light, standing, state="connected"):
        """The same in the bar, the calendar, the tab and the overview."""
        self.env.invalidate_all()
        account = self.account.sudo()
        self.assertEqual((account.light, account.state), (light, state))
        self.assertEqual(account.standing, standing)
        self.assertIn(account, account.search([("standing", "=", standing)]))
        mine = self.env["google.sync.account"].with_user(self.ada)
        self.assertEqual(mine.my_state()["light"], light)
        (shown,) = mine.agenda_states(self.ada.partner_id.ids)
        self.assertEqual((shown["light"], shown["running"]), (light, False))
        self.assertEqual(self.ada.with_user(self.ada).google_sync_light, light)

    def by_the_clock(self):
        account = self.account.sudo()
        account.write(
            {
                "next_try": False,
                "next_pull_at": False,
                "contacts_next_try": False,
                "contacts_next_at": False,
            }
        )
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()


@tagged("post_install", "-at_install")
class TestLight(LightCase):
    def test_agenda_off_and_contacts_at_work(self):
        self.choose_a_contact()
        self.switch_off("calendar")
        for run in (self.sync, self.by_the_clock, self.by_the_clock):
            run(*["partial"] if run == self.sync else [])
            self.assert_light("partly", "trouble")
        self.switch_off()
        self.by_the_clock()
        self.assert_light("connected", "well")

    def test_contacts_off_and_agenda_at_work(self):
        self.choose_a_contact()
        self.switch_off("people")
        self.sync("partial")
        self.assert_light("partly", "trouble")
        self.by_the_clock()
        self.assert_light("partly", "trouble")
        told = self.account.last_message
        self.assertIn("the contacts are not synchronised", told)
        self.switch_off()
        self.sync()
        self.assert_light("connected", "well")

    def test_both_off(self):
        self.choose_a_contact()
        self.switch_off("calendar", "people")
        run = self.sync("failed")
        self.assert_light("error", "trouble", "error")
        for half in ("the agenda is not", "the contacts are not"):
            self.assertIn(half, run.message)
        self.switch_off()
        self.sync()
        self.assert_light("connected", "well")

    def test_agenda_off_and_no_list_of_contacts(self):
        self.switch_off("calendar")
        self.sync("failed")
        self.assert_light("error", "trouble", "error")

    def test_google_does_not_answer(self):
        self.sync()
        self.world.faults.add("calendar.events.list", "backend_error", 99)
        self.sync("partial")
        self.assert_light("waiting", "waits")
        self.world.faults.clear()
        self.sync()
        self.assert_light("connected", "well")

    def test_asked_to_slow_down_in_both_halves_by_a_press(self):
        self.choose_a_contact()
        self.sync()
        self.world.faults.add("*", "too_many_requests", 99)
        self.env["google.sync.account"].with_user(self.ada).sync_mine()
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.assert_light("waiting", "waits")
        told = self.account.last_message
        self.assertEqual(told.count("slow"), 1, told)

    def test_an_open_page_hears_that_the_wait_is_over(self):
        """By the clock, nothing for the journal: light and words are of one time."""
        self.sync()
        self.world.faults.add("calendar.events.list", "too_many_requests", 99)
        self.sync("partial")
        self.world.faults.clear()
        self.env.cr.precommit.run()
        self.env["bus.bus"].sudo().search([]).unlink()
        self.account.sudo().write({"next_try": False, "next_pull_at": False})
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].sudo().search([("message", "like", "sync/state")])
        shown = json.loads(told[-1:].message)["payload"]["account"]
        self.assertEqual(shown["light"], "connected")
        self.assertNotIn("slow", shown["message"])

    def test_calendar_gone_and_another_one_chosen(self):
        self.world.add_calendar(self.world.account("ada@gmail.com"), "Équipe")
        self.account.action_refresh_calendars()
        other = self.account.calendar_ids.filtered(lambda c: c.name == "Équipe")
        self.sync()
        self.world.faults.add(
            "calendar.events.list", "error", 99, status=404, reason="notFound"
        )
        self.sync("failed")
        self.assert_light("error", "trouble", "error")
        self.world.faults.clear()
        self.account.calendar_id = other
        self.assertFalse(self.account.next_try)
        self.assert_light("connected", "well")

    def test_no_calendar_chosen(self):
        self.sync()
        self.account.calendar_id = False
        self.assert_light("error", "trouble")

    def test_an_entry_in_trouble_is_not_in_order(self):
        self.sync()
        self.link_of(self.agenda()[:1]).problem = "refused"
        self.assert_light("connected", "trouble")

    def test_each_reads_the_result_in_the_own_language(self):
        self.ada.lang = "fr_FR"
        self.switch_off("calendar")
        run = self.account.with_context(lang="fr_FR").run_sync()
        console = "https://console.developers.google.com/apis/api/calendar"
        for read in (
            lambda lang: self.account.with_context(lang=lang).last_message,
            lambda lang: run.with_context(lang=lang).message,
        ):
            english, french = read("en_US"), read("fr_FR")
            self.assertIn("is not enabled", english)
            self.assertIn("n'est pas activée", french)
            for told in (english, french):
                self.assertIn(console, told)
            self.assertNotIn("enable", french.replace(console, ""))
        self.switch_off()
        self.account.run_sync()
        french = self.account.with_context(lang="fr_FR").last_message
        self.assertIn("1 créé", french)
        self.assertIn("1 created", self.account.last_message)

    def test_a_plain_text_leaves_no_older_one_in_another_language(self):
        account = self.account.sudo()
        account.with_context(lang="fr_FR").last_message = "Ancien"
        account.with_context(lang="en_US").last_message = "New"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(account.with_context(lang="fr_FR").last_message, "New")


@tagged("post_install", "-at_install")
class TestNothingSticks(LightCase):
    """What is shown as running comes to its end, whatever happened to it."""

    def bar(self):
        return self.env["google.sync.account"].with_user(self.ada).my_state()

    def press(self):
        told = self.env["google.sync.account"].with_user(self.ada).sync_mine()
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        return told

    def test_the_bars_button_goes_on_after_a_reset(self):
        self.sync()
        self.account.reset("calendar")
        self.assert_light("held", "well")
        self.assertFalse(self.bar()["running"])
        self.assertEqual(self.press(), "")
        self.assert_light("connected", "well")
        self.assertEqual(self.account.sudo().last_run_id.state, "done")

    def test_the_calendars_button_goes_on_after_a_reset(self):
        self.sync()
        self.account.reset("calendar")
        mine = self.env["google.sync.account"].with_user(self.ada)
        answer = mine.sync_agendas(self.ada.partner_id.ids)
        self.assertEqual(answer, {"asked": self.account.ids, "told": []})
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.assert_light("connected", "well")

    def test_what_was_asked_for_before_a_reset_is_forgotten(self):
        self.sync()
        self.account.sudo()._request_sync()
        self.assertTrue(self.bar()["running"])
        self.account.reset("calendar")
        self.assertFalse(self.bar()["running"])

    def test_opening_odoo_leaves_what_is_on_hold(self):
        self.sync()
        self.account.pull_at_login = True
        self.account.reset("calendar")
        mine = self.env["google.sync.account"].with_user(self.ada)
        self.assertFalse(mine.open_web_client())
        self.assertFalse(self.bar()["running"])

    def test_a_reset_under_way(self):
        self.sync()
        account = self.account.sudo()
        account.reset_todo = {"what": "calendar", "run": 0, "cut": [], "contacts": 0}
        self.assert_light("resetting", "well")
        self.assertIn("reset", self.press())
        self.assertFalse(self.bar()["running"])
        checks = {check["check"]: check for check in self.account.diagnose()}
        self.assertIn("reset", checks["last_run"]["message"])

    def test_a_killed_run(self):
        """Its process is gone: the row says running, the lease has ended."""
        run = self.sync()
        run.sudo().state = "running"
        account = self.account.sudo()
        ended = fields.Datetime.now() - timedelta(seconds=1)
        account.write({"lease_owner": "killed", "lease_until": ended})
        self.assertFalse(self.bar()["running"])
        self.env.ref("google_sync.ir_cron_reset").method_direct_trigger()
        self.assertEqual(run.state, "stopped")
        self.assertIn("stopped in the middle", account.last_message)

    def test_a_run_at_work_is_left_alone(self):
        run = self.sync()
        run.sudo().state = "running"
        account = self.account.sudo()
        until = fields.Datetime.now() + timedelta(seconds=30)
        account.write({"lease_owner": "alive", "lease_until": until})
        self.assertTrue(self.bar()["running"])
        account._close_killed_runs()
        self.assertEqual(run.state, "running")

    def test_a_pause_of_google_is_no_run(self):
        self.sync()
        self.world.faults.add("calendar.events.list", "backend_error", 99)
        self.sync("partial")
        account = self.account.sudo()
        account.next_try = fields.Datetime.now() + timedelta(hours=1)
        self.assertIn("pause", self.press())
        self.assertFalse(self.bar()["running"])
        self.assertEqual(self.bar()["light"], "waiting")

    def test_what_failed_is_tried_at_once_when_a_person_says_so(self):
        self.switch_off("calendar")
        self.sync("failed")
        self.switch_off()
        self.assertEqual(self.press(), "")
        self.assert_light("connected", "well")


@tagged("post_install", "-at_install")
class TestBoxes(LightCase):
    def test_one_of_the_agendas_boxes_only(self):
        """Google shows two for the agenda: the message names the other one."""
        bob = self.make_user("bob")
        google = self.world.account("bob@gmail.com")
        self.account_of(bob).sync_contacts = False
        for ticked, words in zip(
            AGENDA_SCOPES, ("subscribed to", "events on all"), strict=True
        ):
            # Google adds what was granted before.
            self.world.oauth.revoke_grant(google.sub, CLIENT_ID)
            google.grants_only = {"openid", "email", ticked}
            with self.assertRaises(UserError) as caught:
                self.connect(bob)
            self.assertIn(words, str(caught.exception))
            self.assertNotIn("Nothing was allowed", str(caught.exception))
