"""Google's refusals and accidents: what the engine does, what the user reads."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestFaults(SyncCase):
    def fault(self, *args, **options):
        self.addCleanup(self.world.faults.clear)
        return self.world.faults.add(*args, **options)

    def test_expired_access_token_is_refreshed(self):
        self.account.sudo()._token_row().expiry = fields.Datetime.now() - timedelta(1)
        self.event()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertEqual(self.account.state, "connected")

    def test_dead_grant_turns_orange_and_tells_once(self):
        self.sync()
        account = self.account.sudo()
        account._token_row().write({"refresh_token": "dead", "access_token": "dead"})
        account._token_row().expiry = fields.Datetime.now() - timedelta(days=1)
        run = self.sync("failed")
        self.assertEqual(self.account.state, "to_reconnect")
        self.assertIn("Connect", run.message)
        self.assertTrue(self.account.reconnect_told)

    def test_rate_limit_waits_without_an_error_shown(self):
        self.event()
        self.fault("calendar.events.*", "rate_limit", times=5, retry_after=7)
        run = self.sync("partial")
        self.assertFalse(run.errors_count)
        self.assertEqual(self.account.state, "connected")
        wait = self.account.next_try - fields.Datetime.now()
        self.assertGreaterEqual(wait.total_seconds(), 5)
        self.world.faults.clear()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_day_used_up_rests_every_account_of_the_application(self):
        other = self.connect(self.make_user("bob"))
        self.fault("calendar.events.list", "daily_limit")
        self.sync("partial")
        self.assertGreater(other.next_try, fields.Datetime.now() + timedelta(hours=1))

    def test_insert_done_but_never_answered_makes_no_double(self):
        self.event()
        self.sync()
        self.event("Deux", 1)
        for kind in ("cut", "bad_gateway", "truncated"):
            with self.subTest(kind):
                self.event(f"Encore {kind}", 2)
                self.fault("*", kind, when="after", skip=1, times=3)
                self.sync("partial")
                self.world.faults.clear()
                self.sync()
                titles = [e["summary"] for e in self.in_google().values()]
                self.assertEqual(len(titles), len(set(titles)))
        self.assert_quiet()

    def test_dropped_part_of_a_batch_is_sent_again(self):
        for number in range(5):
            self.event(f"E{number}", number)
        self.fault("calendar.events.insert", "drop_part", skip=2)
        self.sync("partial")
        self.sync()
        self.assertEqual(len(self.in_google()), 5)
        self.assert_quiet()

    def test_412_reads_again_and_merges(self):
        event = self.event()
        self.sync()
        self.account.sudo().next_pull_at = fields.Datetime.now() + timedelta(hours=1)
        self.person.patch(self.link_of(event).google_id, {"location": "Lyon"})
        event.with_user(self.ada).name = "Nouveau"
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.account.last_run_id.trigger, "push")
        item = self.google_of(event)
        self.assertEqual((item["summary"], item["location"]), ("Nouveau", "Lyon"))
        self.assertEqual(event.location, "Lyon")

    def test_expired_sync_token_reconciles_without_wiping(self):
        kept, gone = self.event("Un"), self.event("Deux", 1)
        self.sync()
        self.person.delete(self.link_of(gone).google_id)
        self.fault("calendar.events.list", "gone")
        run = self.sync()
        self.assertTrue(kept.exists())
        self.assertFalse(gone.exists())
        self.assertEqual(run.pulled_deleted, 1)
        self.assert_quiet()

    @mute_logger("odoo.sql_db")
    def test_one_bad_record_never_stops_the_others(self):
        self.google_event("Bon")
        self.google_event("Trop tôt", location="x" * 10)
        values = type(self.env["calendar.event"])._google_sync_vals

        def broken(records, changes, *known):
            if changes.get("title") == "Trop tôt":
                raise ValueError("no such thing")
            return values(records, changes, *known)

        self.patch(type(self.env["calendar.event"]), "_google_sync_vals", broken)
        run = self.sync("partial")
        self.assertEqual(self.agenda().mapped("name"), ["Bon"])
        self.assertEqual(run.errors_count, 1)
        line = run.line_ids.filtered(lambda x: x.action == "error")
        self.assertIn("no such thing", line.error)
        self.assertTrue(line.advice)

    def test_refused_record_is_told_and_the_others_go_on(self):
        first, second = self.event("Un"), self.event("Deux", 1)
        self.fault(
            "calendar.events.insert", "error", status=403, reason="eventTypeRestriction"
        )
        run = self.sync("partial")
        self.assertEqual(len(self.in_google()), 1)
        line = run.line_ids.filtered(lambda x: x.action == "error")
        self.assertIn(line.res_id, (first.id, second.id))
        self.assertIn("eventTypeRestriction", line.error)
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_lost_calendar_deletes_nothing_in_odoo(self):
        event = self.event()
        self.sync()
        self.fault("calendar.events.list", "not_found")
        run = self.sync("failed")
        self.assertTrue(event.exists())
        self.assertEqual(self.account.state, "error")
        self.assertIn("calendar", run.message.lower())

    def test_suspended_copy_of_a_database_never_calls(self):
        self.event()
        self.account.sudo().database_name = "another_database"
        self.world.reset_counters()
        self.sync("failed")
        self.assertFalse(self.world.counters.total)
