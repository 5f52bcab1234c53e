"""A poll that finds nothing is over at a glance; what it finds is not lost."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..sync_case import SyncCase

LISTS = "calendar.events.list"


@tagged("post_install", "-at_install")
class TestGlance(SyncCase):
    def odoo_of(self, item):
        links = self.env["google.sync.event.link"].sudo()
        return links.search([("google_id", "=", item["id"])]).event_id

    def setUp(self):
        super().setUp()
        self.addCleanup(self.world.faults.clear)
        self.mine = self.event("Mine")
        self.item = self.google_event("Theirs")
        # Not near midnight: another day is another period.
        self.moment = fields.Datetime.now().replace(hour=12)
        with self.at(self.moment):
            self.sync()
            self.sync()

    def poll(self):
        """What the scheduled action does with an account that is due: its new lines."""
        self.moment += timedelta(minutes=20)
        self.world.reset_counters()
        before = self.env["google.sync.run.line"].search([])
        runs = self.env["google.sync.run"].search_count([])
        with self.at(self.moment), self.account.sudo()._own_transaction() as account:
            leased = account._lease_next()
            self.assertEqual(leased, account)
            leased._work("cron", "normal", None, time_limit=10.0)
        self.assertFalse(self.account.sudo().lease_owner)
        self.left_runs = self.env["google.sync.run"].search_count([]) - runs
        return self.env["google.sync.run.line"].search([]) - before

    def test_nothing_new_asks_once_and_leaves_nothing_but_the_moment(self):
        before = self.account.last_success_at
        for _poll in range(2):
            self.assertFalse(self.poll())
            self.assertEqual(list(self.world.counters.requests.items()), [(LISTS, 1)])
            self.assertFalse(self.left_runs)
        self.assertGreater(self.account.last_success_at, before)
        self.assertGreater(self.account.next_pull_at, self.account.last_success_at)
        usage = self.env["google.sync.usage"].search(
            [("account_id", "=", self.account.id)]
        )
        self.assertGreaterEqual(sum(usage.mapped("requests")), 2)

    def test_the_last_result_is_of_the_last_poll(self):
        self.google_event("News")
        self.poll()
        self.assertIn("1", self.account.last_message)
        self.poll()
        self.assertEqual(self.account.last_message, "Everything was in step already.")

    def test_what_is_new_in_google_is_read_once_and_taken_in(self):
        self.poll()
        self.person.patch(self.item["id"], {"summary": "Theirs, later"})
        lines = self.poll()
        self.assertEqual(lines.mapped("name"), ["Theirs"])
        self.assertEqual(self.odoo_of(self.item).name, "Theirs, later")
        self.assertEqual(self.world.counters.requests[LISTS], 1)
        with self.at(self.moment):
            self.assert_quiet()

    def test_what_was_edited_in_odoo_is_sent(self):
        self.poll()
        self.mine.name = "Mine, later"
        self.poll()
        self.assertEqual(self.google_of(self.mine)["summary"], "Mine, later")
        with self.at(self.moment):
            self.assert_quiet()

    def test_a_token_that_ended_is_listed_anew(self):
        self.world.faults.add(LISTS, "gone")
        self.poll()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.unfinished)
        with self.at(self.moment):
            self.assert_quiet()

    def test_a_refusal_is_told_as_by_any_run(self):
        self.world.faults.add(LISTS, "too_many_requests", 9)
        self.poll()
        self.assertEqual(self.account.events_trouble, "waiting")
        self.assertTrue(self.account.next_try)

    def test_a_wider_period_is_fetched(self):
        self.account.sudo().months_after = 24
        far = self.google_event("Far", days=600)
        self.poll()
        self.assertEqual(self.odoo_of(far).name, "Far")

    def test_what_somebody_asked_for_is_a_run(self):
        self.account.sudo()._request_sync()
        self.poll()
        self.assertEqual(self.left_runs, 1)

    def test_a_question_is_asked_by_a_run(self):
        self.account.sudo().confirm_deletions = True
        self.person.delete(self.item["id"])
        self.poll()
        self.assertEqual(self.account.last_run_id.state, "partial")
        self.poll()
        self.assertEqual(
            self.env["google.sync.decision"].search_count([("state", "=", "open")]), 1
        )
