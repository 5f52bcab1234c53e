"""What saving costs and queues, and what the scheduled action does with it."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..sync_case import SyncCase

CRON = "google_sync.ir_cron_synchronise"


@tagged("post_install", "-at_install")
class TestQueue(SyncCase, CronMixinCase):
    def pending(self):
        self.env.cr.execute(
            "SELECT account_id, event_id, link_id FROM google_sync_pending ORDER BY id"
        )
        return self.env.cr.fetchall()

    def cron(self):
        self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def test_saving_queues_a_row_and_one_wake_up(self):
        with self.capture_triggers(CRON) as capture:
            event = self.event()
            self.event("Deux", 1)
            self.assertEqual(len(capture.records), 1)
        self.assertIn((self.account.id, event.id, 0), self.pending())

    def test_edit_of_another_field_queues_nothing(self):
        event = self.event()
        self.sync()
        event.with_user(self.ada).write({"notes": "<p>Pour moi</p>"})
        self.assertFalse(self.pending())

    def test_user_without_account_pays_nothing(self):
        bob = self.make_user("bob")
        self.env["google.sync.account"]._google_sync_by_partner()
        with self.capture_triggers(CRON) as capture:
            self.event(user=bob)
            self.assertFalse(capture.records)
        self.assertFalse(self.pending())

    def test_without_automatic_push_edits_wait_for_the_button(self):
        self.account.auto_push = False
        with self.capture_triggers(CRON) as capture:
            self.event()
            self.assertFalse(capture.records)
        self.assertTrue(self.pending())
        self.sync()
        self.assertFalse(self.pending())
        self.assertEqual(len(self.in_google()), 1)

    def test_scheduled_action_pushes_an_edit_without_listing(self):
        event = self.event()
        self.sync()
        event.with_user(self.ada).name = "Vite"
        self.world.reset_counters()
        self.account.sudo().next_pull_at = fields.Datetime.now() + timedelta(hours=1)
        self.cron()
        self.assertEqual(self.google_of(event)["summary"], "Vite")
        summary = self.world.counters.summary()
        self.assertNotIn("calendar.events.list", str(summary))
        self.assertEqual(self.account.last_run_id.trigger, "push")

    def test_regular_run_without_news_leaves_no_journal(self):
        self.sync()
        runs = self.account.run_ids
        self.account.sudo().next_pull_at = fields.Datetime.now() - timedelta(hours=1)
        self.cron()
        self.assertEqual(self.account.run_ids, runs)
        self.assertGreater(self.account.next_pull_at, fields.Datetime.now())

    def test_leased_account_is_skipped(self):
        self.account.sudo().write(
            {
                "lease_owner": "other",
                "lease_until": fields.Datetime.now() + timedelta(seconds=50),
            }
        )
        self.event()
        self.cron()
        self.assertFalse(self.in_google())
        self.account.sudo().lease_until = fields.Datetime.now() - timedelta(seconds=1)
        self.cron()
        self.assertEqual(len(self.in_google()), 1)

    def test_first_push_goes_on_slice_by_slice_in_one_run(self):
        self.events_of_days(120)
        slices = 0
        with self.account._own_transaction() as account:
            while leased := account._lease_next():
                leased._work("cron", "normal", None, time_limit=-1.0)
                slices += 1
        self.assertGreater(slices, 3)
        self.assertEqual(len(self.in_google()), 120)
        self.assertEqual(self.account.last_run_id.pushed_created, 120)
        self.assertEqual(self.account.last_run_id.state, "done")

    def test_deleting_the_event_queues_its_link(self):
        event = self.event()
        self.sync()
        link = self.link_of(event)
        event.with_user(self.ada).unlink()
        self.assertIn((self.account.id, 0, link.id), self.pending())

    def test_daily_sweep_finds_what_saving_did_not_tell(self):
        alarm = self.popup(15).copy({"name": "Mien", "duration": 17})
        event = self.event(alarm_ids=alarm.ids)
        self.sync()
        alarm.duration = 25
        self.assertFalse(self.pending())
        now = fields.Datetime.now()
        account = self.account.sudo()
        account.write({"next_pull_at": now, "last_sweep_at": now - timedelta(days=2)})
        self.cron()
        overrides = self.google_of(event)["reminders"]["overrides"]
        self.assertEqual(overrides, [{"method": "popup", "minutes": 25}])

    def test_what_was_edited_while_disconnected_goes_out_afterwards(self):
        event = self.event()
        self.sync()
        self.account.disconnect()
        event.with_user(self.ada).name = "Sans connexion"
        self.assertFalse(self.pending())
        self.connect(self.ada)
        self.sync()
        self.assertEqual(self.google_of(event)["summary"], "Sans connexion")

    def test_own_pull_queues_nothing(self):
        self.google_event()
        self.sync()
        self.assertFalse(self.pending())


@tagged("post_install", "-at_install")
class TestQuietReminders(SyncCase):
    def test_google_reminds_so_odoo_does_not(self):
        start = fields.Datetime.now() + timedelta(minutes=40)
        event = self.event(start=start, alarm_ids=self.popup(30).ids)
        manager = self.env["calendar.alarm_manager"].with_user(self.ada)
        shown = [notif["event_id"] for notif in manager.get_next_notif()]
        self.assertEqual(shown, [event.id])
        self.sync()
        self.assertFalse(manager.get_next_notif())

    def test_pull_mails_follows_and_logs_nothing(self):
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count([])
        guests = [{"email": "guest@example.com"}]
        item = self.google_event(attendees=guests)
        self.sync()
        self.person.patch(item["id"], {"summary": "Autre", "location": "Ici"})
        self.sync()
        self.person.delete(item["id"])
        self.sync()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertFalse(self.world.mails.count)

    def test_event_of_two_connected_users_is_two_private_copies(self):
        bob = self.make_user("bob")
        account = self.connect(bob)
        people = fields.Command.set((self.ada + bob).partner_id.ids)
        event = self.event("Ensemble", partner_ids=[people])
        self.sync()
        self.assertEqual(account.run_sync().pushed_created, 1)
        links = event.sudo().google_sync_link_ids
        self.assertEqual(len(links), 2)
        google_id = (links - self.link_of(event)).google_id
        other = self.world.person("bob@gmail.com")
        self.assertNotIn("attendees", other.get(google_id))
        other.patch(google_id, {"location": "Salle 2"})
        account.run_sync()
        self.sync()
        self.assertEqual(self.google_of(event)["location"], "Salle 2")
        other.delete(google_id)
        account.run_sync()
        self.sync()
        self.assertTrue(event.exists())
        self.assertIn(self.link_of(event).google_id, self.in_google())
