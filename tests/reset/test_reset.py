"""A reset: links are cut, nothing is lost, nothing comes twice."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .reset_case import ResetCase


@tagged("post_install", "-at_install")
class TestResetCalendar(ResetCase):
    def test_sixty_events_are_found_again(self):
        self.fill(30)
        before = self.counts(), set(self.in_google())
        self.account.reset("calendar")
        self.assertEqual(set(self.links().mapped("state")), {"detached"})
        self.assertEqual(self.receipt().trigger, "reset")
        self.assertEqual(len(self.done("detach", "odoo")), 60)
        run = self.sync()
        self.assertEqual((self.counts(), set(self.in_google())), before)
        self.assertEqual(
            (run.adopted, run.pulled_created, run.pushed_created), (60, 0, 0)
        )
        self.assert_quiet()

    def test_repeated_it_changes_nothing(self):
        self.fill(2)
        before = self.counts()
        for _time in range(3):
            self.account.reset("calendar")
        self.assertFalse(self.done("detach", "odoo"))
        self.sync()
        self.account.reset("calendar")
        self.sync()
        self.assertEqual(self.counts(), before)

    def test_the_account_stays_connected_and_waits_for_a_person(self):
        self.fill(1)
        self.account.reset("calendar")
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.account.waits_for_person)
        self.event("Neu")
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(self.in_google()), 2)
        self.sync()
        self.assertFalse(self.account.waits_for_person)
        self.assertEqual(len(self.in_google()), 3)

    def test_another_calendar_goes_on_by_itself(self):
        self.fill(1)
        self.account.reset("calendar")
        self.account.calendar_id = self.other_calendar("Sport")
        self.assertFalse(self.account.waits_for_person)

    def test_only_what_odoo_made_is_deleted(self):
        self.fill(3)
        mine = self.event("Mien")
        self.sync()
        edited = self.link_of(mine).google_id
        self.person.patch(edited, {"location": "Lyon"})
        copy = {**self.person.get(edited)}
        copy = {k: copy[k] for k in ("summary", "start", "end", "extendedProperties")}
        self.person.insert(copy)
        events = len(self.agenda())
        self.account.reset("calendar", delete_in_google=True)
        left = sorted(item["summary"] for item in self.in_google().values())
        self.assertEqual(left, ["Google 0", "Google 1", "Google 2", "Mien"])
        self.assertNotIn(edited, self.in_google())
        self.assertEqual(len(self.agenda()), events)
        deleted = self.done("delete")
        self.assertEqual(len(deleted), 4)
        self.assertFalse(any(deleted.mapped("error")))
        self.assertTrue(all(deleted.sudo().mapped("archive")))
        self.assertEqual(self.receipt().pushed_deleted, 4)
        self.assertEqual(self.receipt().state, "done")

    def test_after_deleting_a_sync_deletes_nothing_in_odoo(self):
        self.fill(3)
        gone = {x.google_id for x in self.links() if x.event_id.name[0] == "O"}
        events = self.agenda()
        self.account.reset("calendar", delete_in_google=True)
        self.account.reset("calendar", delete_in_google=True)
        self.sync()
        self.assertEqual(self.agenda(), events)
        self.assertEqual(len(self.in_google()), 6)
        self.assertFalse(gone & set(self.in_google()))
        self.assert_quiet()

    def test_deleted_by_hand_in_google_it_comes_there_again(self):
        self.fill(2)
        self.account.reset("calendar")
        for google_id in self.in_google():
            self.person.delete(google_id)
        events = self.agenda()
        self.sync()
        self.assertEqual(self.agenda(), events)
        self.assertEqual(len(self.in_google()), 4)

    def test_deletion_made_in_odoo_before_is_still_carried_out(self):
        self.fill(1)
        self.agenda().filtered(lambda e: e.name == "Odoo 0").unlink()
        self.account.reset("calendar")
        self.sync()
        self.assertEqual(self.counts(), (1, 1))

    def test_crash_in_the_middle_is_finished_by_the_clock(self):
        for when in ("before", "after"):
            with self.subTest(when):
                self.fill(2)
                self.world.faults.add("batch", "backend_error", when=when)
                self.account.reset("calendar", delete_in_google=True)
                self.assertEqual(self.receipt().state, "running")
                with self.assertRaisesRegex(UserError, "under way"):
                    self.account.run_sync()
                self.account.sudo().reset_next_at = False
                self.env.ref("google_sync.ir_cron_reset").method_direct_trigger()
                self.env.invalidate_all()
                self.assertEqual(self.receipt().state, "done")
                names = {item["summary"][0] for item in self.in_google().values()}
                self.assertEqual(names, {"G"})
                self.assertFalse(any(self.done("delete").mapped("error")))
                self.sync()

    def test_refused_deletion_is_told(self):
        self.fill(1)
        self.world.faults.add("calendar.events.delete", "forbidden")
        self.account.reset("calendar", delete_in_google=True)
        self.assertEqual(self.receipt().state, "partial")
        self.assertIn("forbidden", self.done("error").error)

    def test_edited_in_that_moment_it_stays(self):
        self.fill(1)
        error = {"kind": "error", "status": 412, "reason": "conditionNotMet"}
        self.world.faults.add("calendar.events.delete", **error)
        self.account.reset("calendar", delete_in_google=True)
        self.assertEqual(len(self.in_google()), 2)
        self.assertTrue(self.done("skip"))

    def test_calendar_no_longer_there_ends_in_words(self):
        self.fill(1)
        self.world.faults.add("calendar.events.list", "not_found")
        self.account.reset("calendar", delete_in_google=True)
        self.assertEqual(self.receipt().state, "partial")
        self.assertIn("Not everything was deleted", self.receipt().message)
        self.assertEqual(set(self.links().mapped("state")), {"detached"})

    def test_colleague_may_not_reset(self):
        bob = self.make_user("bob")
        self.account.delegate_ids = [
            (0, 0, {"user_id": bob.id, "visible": True, "agenda": True})
        ]
        for button in ("reset", "action_reset_account", "action_reset_calendar"):
            with self.assertRaises(AccessError):
                getattr(self.account.with_user(bob), button)()

    def test_nobody_names_anothers_account_or_calendar(self):
        bob = self.make_user("bob")
        theirs = self.connect(bob)
        for model in ("reset", "test", "manual.connection"):
            vals = {"account_id": self.account.id}
            vals |= {"what": "account"} if model == "reset" else {}
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[f"google.sync.{model}"].with_user(bob).create(vals)
        self.fill(1)
        theirs._reset("calendar", False, self.account.calendar_id.sudo())
        self.assertEqual(set(self.links().mapped("state")), {"linked"})

    def test_fault_of_ours_rests_and_is_taken_up(self):
        self.fill(1)
        with (
            mute_logger("odoo.addons.google_sync.models.reset.work"),
            patch.object(type(self.account), "_purge", side_effect=ValueError),
        ):
            self.account.reset("calendar", delete_in_google=True)
        self.assertEqual(self.receipt().state, "running")
        self.account.sudo().reset_next_at = False
        self.env.ref("google_sync.ir_cron_reset").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.receipt().state, "done")
        self.assertEqual(len(self.in_google()), 1)

    def test_series_is_found_again(self):
        self.event(
            "Serie",
            recurrency=True,
            rrule_type="daily",
            interval=1,
            end_type="count",
            count=3,
        )
        self.sync()
        before = self.counts()
        self.account.reset("calendar")
        self.sync()
        self.sync()
        self.assertEqual(self.counts(), before)

    def test_pause_that_google_asked_for_outlives_a_connection(self):
        moment = fields.Datetime.now() + timedelta(hours=3)
        self.account.sudo().write({"next_try": moment, "events_trouble": "waiting"})
        self.connect(self.ada)
        self.assertEqual(self.account.next_try, moment.replace(microsecond=0))

    def test_what_a_reset_held_back_goes_on_with_a_new_connection(self):
        self.account.reset("account")
        self.connect(self.ada)
        self.assertFalse(self.account.next_try)
        self.assertFalse(self.account.contacts_next_try)

    def test_the_dialogue_says_beforehand(self):
        self.fill(2)
        action = self.account.action_reset_calendar()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard = wizard.with_user(self.ada)
        self.assertEqual(wizard.event_count, 4)
        self.assertEqual(wizard.calendar_id, self.account.calendar_id)
        self.assertTrue(wizard.may_delete)
        self.assertEqual(wizard.delete_count, 2)
        self.follow(wizard.action_reset())
        self.assertEqual(set(self.links().mapped("state")), {"detached"})

    def test_what_stayed_in_the_old_calendar_is_offered(self):
        self.fill(2)
        self.world.add_calendar(self.world.account("ada@gmail.com"), "Team")
        self.account.action_refresh_calendars()
        old, team = (
            self.calendar,
            self.account.calendar_ids.filtered(lambda c: c.name == "Team"),
        )
        self.account.calendar_id = team
        self.assertEqual(self.account.left_behind, 4)
        action = self.account.action_reset_calendar()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.calendar_id, old)


@tagged("post_install", "-at_install")
class TestResetAccount(ResetCase):
    def setUp(self):
        super().setUp()
        self.google_page = self.person.contacts
        for person in self.google_page.list():
            self.google_page.delete(person["resourceName"])

    def partner(self, name="Zoé", email="zoe@example.com"):
        partner = self.env["res.partner"].create({"name": name, "email": email})
        partner.with_user(self.ada).action_google_sync_choose()
        return partner

    def test_same_account_again_makes_no_double(self):
        self.fill(5)
        self.partner()
        self.sync()
        before = self.counts(), len(self.google_page.list())
        self.account.months_after = 6
        self.account.reset("account")
        self.assertEqual(self.account.state, "off")
        self.assertFalse(self.token_of(self.account))
        self.assertFalse(self.account.sudo().google_sub)
        self.assertEqual(self.account.months_after, 6)
        self.connect(self.ada)
        self.sync()
        self.assertEqual((self.counts(), len(self.google_page.list())), before)
        self.assertFalse(self.sync().line_ids)

    def test_another_google_account_may_be_connected(self):
        self.fill(1)
        self.world.add_account("other@gmail.com", "Other")
        self.account.reset("account")
        self.connect(self.ada, "other@gmail.com")
        self.assertEqual(self.account.google_email, "other@gmail.com")
        self.assertEqual(self.account.calendar_id.google_id, "other@gmail.com")
        self.sync()
        self.assertEqual(len(self.world.person("other@gmail.com").list()), 2)
        self.assertEqual(len(self.in_google()), 2)

    def test_chosen_calendar_is_found_again_by_its_name(self):
        team = self.other_calendar("Team")
        self.account.calendar_id = team
        self.account.reset("account")
        self.connect(self.ada)
        self.assertEqual(self.account.calendar_id, team)

    def test_only_our_contacts_are_deleted(self):
        zoe = self.partner()
        self.google_page.insert(
            {"names": [{"givenName": "Max"}], "emailAddresses": [{"value": "m@x.fr"}]}
        )
        paul = self.partner("Paul", email="m@x.fr")
        self.sync()
        self.account.reset("account", delete_in_google=True)
        self.assertEqual(self.account.state, "off")
        self.assertEqual(len(self.google_page.list()), 1)
        deleted = self.done("delete")
        self.assertEqual(deleted.mapped("res_id"), [zoe.id])
        self.assertIn("BEGIN:VCARD", deleted.sudo().archive)
        self.assertTrue(paul.exists())
        self.connect(self.ada)
        self.sync()
        self.assertEqual(len(self.google_page.list()), 2)

    def test_nothing_is_reset_when_google_cannot_be_asked_to_delete(self):
        self.account.disconnect()
        with self.assertRaisesRegex(UserError, "Nothing was reset"):
            self.account.reset("account", delete_in_google=True)
