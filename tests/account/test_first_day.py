"""A first day that is led: nothing is synchronised before the person pressed Start."""

from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import GoogleSyncHttpCase
from ..sync_case import SyncCase

CRON = "google_sync.ir_cron_synchronise"


@tagged("post_install", "-at_install")
class TestFirstDay(SyncCase):
    """Bob, who connects by the button, with an entry on either side."""

    def setUp(self):
        super().setUp()
        self.bob = self.make_user("bob")
        self.meeting = self.event("D'Odoo", user=self.bob)
        self.old = self.event("Ancien", days=-90, user=self.bob)
        self.google_bob = self.world.person("bob@gmail.com")
        for event in self.google_bob.list(showDeleted=False):
            self.google_bob.delete(event["id"])
        start = (datetime.now() + timedelta(days=2)).replace(microsecond=0)
        begin, end = (
            {"dateTime": f"{moment.isoformat()}Z"}
            for moment in (start, start + timedelta(hours=1))
        )
        self.google_bob.insert({"summary": "De Google", "start": begin, "end": end})

    def led(self):
        """Connected by the button of the tab."""
        self.bob.with_user(self.bob).action_google_sync_connect()
        return self.connect(self.bob)

    def clock(self):
        self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def page(self):
        pages = self.env["google.sync.first.day"].with_user(self.bob)
        return pages.browse(pages.action_open_mine()["res_id"])

    def follow(self, page):
        runs = page.run_ids
        for _turn in range(60):
            if all(x["state"] != "running" for x in runs.work_on()):
                break
        page.runs_ended()
        self.env.invalidate_all()
        return runs

    def titles(self):
        items = self.google_bob.list(showDeleted=False)
        return sorted(x["summary"] for x in items if x["status"] != "cancelled")

    def of_bob(self):
        partner = self.bob.partner_id
        events = self.env["calendar.event"].search([("partner_ids", "in", partner.ids)])
        return sorted(events.mapped("name"))

    def assert_untouched(self):
        self.assertEqual(self.titles(), ["De Google"])
        self.assertEqual(self.of_bob(), ["Ancien", "D'Odoo"])

    def assert_in_step(self):
        self.assertEqual(self.titles(), ["D'Odoo", "De Google"])
        self.assertEqual(self.of_bob(), ["Ancien", "D'Odoo", "De Google"])

    # -- what waits, and what does not -----------------------------------------

    def test_nothing_goes_by_itself_before_start(self):
        account = self.led()
        self.assertEqual((account.state, account.light), ("connected", "to_start"))
        self.assertEqual(account._page_url(), "/odoo/google-sync-start")
        self.clock()
        self.meeting.with_user(self.bob).location = "Paris"
        account.pull_at_login = True
        mine = self.env["google.sync.account"].with_user(self.bob)
        self.assertFalse(mine.open_web_client())
        self.clock()
        self.assert_untouched()
        self.assertFalse(account.run_ids)

    def test_choose_look_start(self):
        account = self.led()
        page = self.page()
        self.assertEqual(page.step, "choose")
        page.action_preview()
        run = self.follow(page)
        self.assertEqual((page.step, run.state), ("plan", "planned"), run.message)
        self.assertEqual(page.to_google, "1 will be created")
        self.assertEqual(page.to_odoo, "1 will be created")
        self.assertFalse(page.mail_count)
        self.assertEqual((len(page.line_ids), page.outside), (2, 1))
        self.clock()
        self.assert_untouched()
        page.action_start()
        self.assertEqual(page.run_ids.expected, 2)
        run = self.follow(page)
        self.assertEqual((page.step, run.state), ("done", "done"), run.message)
        self.assert_in_step()
        self.assertIn("1 created", page.result)
        self.assertEqual(account.light, "connected")

    def test_the_page_is_found_again_where_it_was_left(self):
        self.led()
        page = self.page()
        page.action_preview()
        self.assertEqual(self.page(), page)
        self.follow(page)
        page.action_start()
        self.follow(page)
        self.assertNotEqual(self.page(), page)

    def test_the_choice_counts(self):
        account = self.led()
        page = self.page()
        page.write({"months_before": 6, "sync_contacts": False})
        page.action_preview()
        self.follow(page)
        self.assertEqual(page.to_google, "2 will be created")
        self.assertEqual((account.months_before, account.sync_contacts), (6, False))
        page.action_back()
        page.write({"sync_events": False})
        with self.assertRaisesRegex(UserError, "Choose"):
            page.action_preview()

    def test_a_plan_that_is_out_of_date_starts_nothing(self):
        self.led()
        page = self.page()
        page.action_preview()
        self.follow(page)
        self.meeting.with_user(self.bob).name = "Autre"
        page.action_start()
        self.follow(page)
        self.assertEqual(page.step, "choose")
        self.assertIn("out of date", page.problem)
        self.clock()
        self.assertEqual(self.titles(), ["De Google"])

    def test_who_stops_starts_again(self):
        account = self.led()
        page = self.page()
        page.action_preview()
        self.follow(page)
        page.action_start()
        page.run_ids.action_stop()
        run = self.follow(page)
        self.assertEqual((page.step, run.state), ("done", "stopped"))
        self.assertEqual(account.light, "to_start")
        self.clock()
        self.assert_untouched()
        self.assertEqual(self.page(), page, "the page is where it was left")
        page.action_go_on()
        self.follow(page)
        self.assertEqual((page.step, page.result_state), ("done", "done"))
        self.assert_in_step()

    def test_nothing_to_do_is_started_too(self):
        account = self.led()
        self.meeting.unlink()
        for event in self.google_bob.list(showDeleted=False):
            self.google_bob.delete(event["id"])
        page = self.page()
        page.action_preview()
        self.follow(page)
        self.assertFalse(page.line_count)
        page.action_start()
        self.follow(page)
        self.assertEqual((page.step, account.light), ("done", "connected"))

    def test_whatever_a_person_asks_for_counts_as_start(self):
        account = self.led()
        account.run_sync()
        self.assert_in_step()
        self.assertEqual(account.light, "connected")

    def test_no_button_that_synchronises_at_once_is_the_start(self):
        account = self.led()
        mine = self.env["google.sync.account"].with_user(self.bob)
        self.assertIn("First synchronisation", mine.sync_mine())
        said = mine.sync_agendas(self.bob.partner_id.ids)
        self.assertEqual((said["asked"], len(said["told"])), ([], 1))
        action = self.bob.with_user(self.bob).action_google_sync_now()
        self.assertEqual(action["res_model"], "google.sync.first.day")
        self.clock()
        self.assert_untouched()
        self.assertEqual(account.light, "to_start")

    def test_what_was_asked_before_the_choice_waits_for_it(self):
        account = self.led()
        self.env["google.sync.request"].with_user(self.bob).sudo()._ask(account, "x")
        self.clock()
        self.assert_untouched()

    def test_a_plan_that_is_out_of_date_may_be_made_again(self):
        """Started elsewhere meanwhile, too: the page leads on."""
        account = self.led()
        page = self.page()
        page.action_preview()
        self.follow(page)
        account.run_sync()
        page.action_start()
        self.follow(page)
        self.assertEqual((page.step, bool(page.problem)), ("choose", True))

    # -- boxes left out --------------------------------------------------------

    def allow(self, *halves):
        """As if these boxes alone had been ticked on Google's page."""
        account = self.led()
        account.sudo().write(
            {
                "agenda_granted": "agenda" in halves,
                "contacts_granted": "contacts" in halves,
            }
        )
        return account

    def test_a_box_left_out_is_no_start(self):
        account = self.allow("contacts")
        self.assertEqual(
            (account.light, account.not_granted), ("to_start", "the agenda")
        )
        self.assertTrue(account.with_user(self.bob).sync_mine())
        page = self.page()
        page.action_preview()
        run = self.follow(page)
        self.assertEqual(
            (run.scope, run.state, page.problem), ("contacts", "planned", False)
        )
        self.assertIn("/google_sync/connect", page.action_connect()["url"])

    def test_without_any_box_there_is_nothing_to_look_at(self):
        self.allow()
        with self.assertRaisesRegex(UserError, "Connect again"):
            self.page().action_preview()

    def test_a_new_consent_ends_the_rest_of_what_was_refused(self):
        account = self.allow("contacts")
        later = fields.Datetime.now() + timedelta(minutes=9)
        account.sudo().write({"next_try": later, "contacts_next_try": later})
        account.sudo().contacts_trouble = "waiting"
        self.connect(self.bob)
        self.assertEqual((account.next_try, account.contacts_next_try), (False, later))

    def test_an_empty_list_of_contacts_is_never_due(self):
        account = self.led()
        account.run_sync()
        self.clock()
        account.sudo().contacts_next_at = fields.Datetime.now() - timedelta(hours=1)
        self.assertFalse(self.env["google.sync.account"]._count_due())

    def test_nobody_else_presses_start(self):
        account = self.led()
        boss = "base.group_user,google_sync.group_manager"
        manager = self.make_user("mona", groups=boss)
        delegate = self.make_user("dora")
        account.write(
            {"delegate_ids": [Command.create({"user_id": delegate.id, "agenda": True})]}
        )
        for user in (manager, delegate):
            theirs = account.with_user(user)
            assistant = self.env["google.sync.assistant"].with_user(user)
            page = assistant.create({"account_ids": account.ids, "mode": "normal"})
            for start in (theirs.run_sync, theirs._queue_run, page.action_start):
                with (
                    self.subTest(user=user.login, start=start.__name__),
                    self.assertRaisesRegex(UserError, "has yet to start"),
                ):
                    start()
            notice = theirs.action_sync_now()["params"]
            self.assertIn("has yet to start", notice["message"])
            plan = theirs.run_sync("events", mode="preview")
            self.assertEqual(plan.state, "planned")
            with self.assertRaisesRegex(UserError, "has yet to start"):
                plan.with_user(user).action_apply_plan()
        self.clock()
        self.assert_untouched()
        self.assertEqual(account.light, "to_start")

    def test_what_somebody_else_asked_for_before_starts_nothing(self):
        account = self.account_of(self.bob)
        boss = "base.group_user,google_sync.group_manager"
        manager = self.make_user("mona", groups=boss)
        run = account.with_user(manager)._queue_run()
        account = self.led()
        self.clock()
        self.assert_untouched()
        self.assertEqual((run.state, account.light), ("failed", "to_start"))

    def test_a_preview_is_no_start(self):
        account = self.led()
        account.run_sync(mode="preview")
        self.clock()
        self.assert_untouched()

    def test_a_consent_without_the_button_is_as_before(self):
        account = self.connect(self.bob)
        self.assertEqual(account.light, "connected")
        self.clock()
        self.assert_in_step()

    def test_who_was_connected_before_is_not_led_again(self):
        account = self.connect(self.bob)
        account.run_sync()
        account.disconnect()
        self.led()
        self.assertEqual(account.light, "connected")

    def test_after_a_reset_the_next_account_is_chosen_for(self):
        account = self.connect(self.bob)
        account.run_sync()
        self.led()
        page = self.page()
        self.assertEqual(self.page(), page)
        account.reset()
        with self.at(fields.Datetime.add(fields.Datetime.now(), seconds=5)):
            self.led()
            self.assertEqual(account.light, "to_start")
            self.assertNotEqual(self.page(), page)

    def test_the_page_is_for_the_owner_alone(self):
        account = self.led()
        pages = self.env["google.sync.first.day"]
        with self.assertRaises(AccessError):
            pages.with_user(self.ada).create({"account_id": account.id})
        with self.assertRaises(AccessError):
            self.page().with_user(self.ada).read(["google_email"])

    # -- the way in ------------------------------------------------------------

    def test_the_login_is_filled_and_not_typed(self):
        self.bob.email = "bob@company.example"
        bob = self.bob.with_user(self.bob)
        self.assertEqual(bob.google_sync_login, "bob@company.example")
        account = self.account_of(self.bob)
        self.assertFalse(account.google_login)
        self.assertIn("bob%40company.example", account._start_consent())
        # Another one is chosen at Google: nobody had typed the first.
        query = self.consent(account._start_consent() + "&authuser=")
        self.assertTrue(query["code"])
        bob.google_sync_login = "bob@gmail.com"
        self.assertEqual(account.google_login, "bob@gmail.com")

    def test_the_way_in(self):
        accounts = self.env["google.sync.account"]
        way = accounts.with_user(self.bob)._way_in()
        self.assertEqual(way, self.env.company._google_sync_connect_way())
        self.assertEqual(accounts.with_user(self.ada)._way_in(), "")
        portal = self.env["res.users"].create(
            {
                "login": "pia",
                "name": "Pia",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.assertEqual(accounts.with_user(portal)._way_in(), "")

    # -- the calendar's name ---------------------------------------------------

    def test_an_empty_name_is_the_main_calendar(self):
        account = self.led()
        main = account.calendar_id
        other = account.calendar_ids.sudo().create(
            {
                "account_id": account.id,
                "google_id": "team@group.calendar.google.com",
                "name": "Équipe",
                "access_role": "owner",
            }
        )
        page = self.page()
        page.calendar_name = "équipe"
        self.assertEqual(account.calendar_id, other)
        page.calendar_name = False
        self.assertEqual(account.calendar_id, main)
        page.calendar_name = "équipe"
        page.calendar_id = main
        self.assertEqual((account.calendar_id, account.calendar_name), (main, False))
        for chosen in (other, main):
            page.write({"calendar_id": chosen.id, "calendar_name": False})
            self.assertEqual(account.calendar_id, chosen)
        with self.assertRaisesRegex(UserError, "unknown"):
            page.calendar_name = "Nulle part"


@tagged("post_install", "-at_install")
class TestBareLink(GoogleSyncHttpCase):
    """Scripts open the address of the consent: without a button nobody is led."""

    def setUp(self):
        super().setUp()
        self.authenticate("ada", "ada")
        self.walk_consent()
        account = self.env["google.sync.account"].with_user(self.ada)
        self.account = account.search([("user_id", "=", self.ada.id)])

    def test_it_goes_by_itself(self):
        self.assertEqual(self.account.light, "connected")
        day = fields.Date.today() + timedelta(days=3)
        end = day + timedelta(days=1)
        when = {"start": {"date": f"{day}"}, "end": {"date": f"{end}"}}
        self.world.person("ada@gmail.com").insert({"summary": "Theirs", **when})
        self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.env["calendar.event"].search([("name", "=", "Theirs")]))

    def test_who_connects_again_goes_on(self):
        self.account.run_sync()
        self.account.disconnect()
        self.walk_consent()
        self.assertEqual(self.account.light, "connected")
