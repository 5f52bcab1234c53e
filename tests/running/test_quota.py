"""Google's quota: slices pace themselves, no error is shown, others are not delayed."""

import os
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestQuota(SyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.make_user("bob")
        cls.connect(cls.bob)

    def setUp(self):
        super().setUp()
        self.clock = 1_800_000_000.0
        model = type(self.env["google.sync.account"])
        self.startPatcher(patch.object(model, "_seconds", lambda _self: self.clock))
        self.world.clock.advance(61)
        self.world.quota.enabled = True
        self.addCleanup(setattr, self.world.quota, "enabled", False)

    def slices(self):
        """Work on what is due, as the scheduled action does; the runs' states."""
        with self.account._own_transaction() as account:
            while leased := account._lease_next():
                leased._work("cron", "normal", None, time_limit=10.0)

    def less_a_minute(self):
        """Pace by a fifth of what Google grants: a fifth of the events shows it."""
        self.startPatcher(patch.dict(os.environ, {"GOOGLE_SYNC_USER_QUOTA": "120"}))

    def a_minute_later(self):
        self.clock += 61
        self.world.clock.advance(61)
        self.account.sudo().next_try = fields.Datetime.now() - timedelta(seconds=1)

    def test_first_push_takes_the_minutes_that_google_wants(self):
        self.events_of_days(1300)
        for minutes, done in enumerate((550, 1150, 1300)):
            self.slices()
            self.assertEqual(len(self.in_google()), done, f"after {minutes} minutes")
            self.a_minute_later()
        self.slices()
        run = self.account.last_run_id
        self.assertEqual((run.state, run.pushed_created), ("done", 1300))
        self.assertFalse(run.errors_count)
        self.assertFalse(self.account.failures)

    def test_pausing_is_no_error_and_shows_as_running(self):
        self.less_a_minute()
        self.events_of_days(150)
        self.slices()
        run = self.account.last_run_id
        self.assertEqual(run.state, "running")
        self.assertEqual(self.account.state, "connected")
        wait = self.account.next_try - fields.Datetime.now()
        self.assertLessEqual(wait, timedelta(seconds=62))

    def test_another_account_is_served_meanwhile(self):
        self.less_a_minute()
        self.events_of_days(150)
        small = self.event("Petit", user=self.bob)
        self.slices()
        self.assertEqual(small.sudo().google_sync_link_ids.state, "linked")
        self.assertEqual(self.account.last_run_id.state, "running")

    def test_what_the_others_spent_within_the_minute_counts(self):
        now, bob = self.account._seconds(), self.account_of(self.bob).sudo()
        bob.write(
            {
                "usage": [[now - 70, 99], [now - 5, 30], [now - 1, 1]],
                "last_slice_at": fields.Datetime.now(),
            }
        )
        self.assertEqual(self.account.sudo()._units_of_others(), 31)
        bob.usage = False
        self.assertEqual(self.account.sudo()._units_of_others(), 0)
