"""A plan of minutes: its account stays leased, its page hears of it, Stop ends it."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ...models.running import watch
from ...models.running.lease import LEASE, LeaseLost
from ...models.running.watch import StopAsked, Watch
from ..restoring.undo_case import UndoCase
from .assistant_case import AssistantMixin
from .plan_case import PlanCase


@tagged("post_install", "-at_install")
class TestWatch(AssistantMixin, UndoCase, PlanCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(watch, "EVERY", 0))

    def leased(self):
        account = self.account.sudo()
        until = fields.Datetime.now() + LEASE
        account.write({"lease_owner": "this one", "lease_until": until})
        run = self.account._queue_run(mode="preview").sudo()
        return account, run, Watch(account, run, "this one")

    def telling(self):
        """What pages are told of plans: of a plan everything else is rolled back."""
        told, model = [], type(self.env["google.sync.run"])
        tell = model._tell_progress

        def spy(run, found=0):
            told.append(found)
            return tell(run, found)

        self.startPatcher(patch.object(model, "_tell_progress", spy))
        return told

    def test_nobody_else_takes_the_account_while_its_plan_is_made(self):
        account, _run, keep = self.leased()
        self.env.flush_all()
        now = fields.Datetime.now()
        with self.at(now + LEASE - timedelta(seconds=10)):
            keep()
        with self.at(now + LEASE + timedelta(seconds=10)):
            account.invalidate_recordset(["lease_until"])
            self.assertGreater(account.lease_until, fields.Datetime.now())

    def test_who_lost_the_account_writes_nothing(self):
        account, _run, keep = self.leased()
        account.lease_owner = "another"
        account.flush_recordset()
        with self.assertRaises(LeaseLost):
            keep()

    def test_stop_is_heard_while_the_plan_is_made(self):
        _account, run, keep = self.leased()
        run.with_user(self.ada).action_stop()
        self.env.flush_all()
        with self.assertRaises(StopAsked):
            keep()

    def test_a_preview_is_stopped_and_nothing_is_written(self):
        self.changes()
        assistant = self.assistant()
        assistant.action_start()
        (told,) = assistant.run_ids.progress()
        self.assertTrue(told["may_stop"])
        assistant.run_ids.action_stop()
        run = self.follow(assistant)
        self.assertEqual((assistant.step, run.state), ("done", "stopped"))
        self.assertEqual(run.message, "Stopped: nothing was written.")
        self.assertFalse(run.line_ids)

    def test_stopped_while_the_plan_is_compared_nothing_is_written(self):
        self.changes()
        plan = self.plan()
        run = plan._apply_plan()
        run.sudo().stop_requested = True
        self.work(run)
        self.assertEqual(run.state, "stopped")
        self.assertFalse(run.line_ids)

    def test_stop_is_heard_within_a_page_of_google(self):
        for number in range(120):
            self.google_event(f"G{number}", number % 20)
        plan = self.plan()
        run = plan._apply_plan()
        model = type(self.env["google.sync.run.line"])
        create = model.create

        def stopping(lines, vals_list):
            """Stop is pressed while the first of them are written."""
            lines.env["google.sync.run"].browse(run.id).stop_requested = True
            return create(lines, vals_list)

        with patch.object(model, "create", stopping):
            self.work(run)
        self.assertEqual(run.state, "stopped")
        done = run.line_count
        self.assertTrue(0 < done <= 50, done)
        said = f"Stopped: {done} of 120 written, {120 - done} left."
        self.assertIn(said, run.message)
        self.sync()
        self.assertEqual(self.counts(), (120, 120))

    def test_each_plan_tells_its_page_how_far_it_is(self):
        self.changes()
        assistant = self.assistant()
        assistant.action_start()
        told = self.telling()
        self.follow(assistant)
        self.assertTrue(any(told), told)
        self.assertEqual(assistant.step, "plan")

    def test_the_plan_of_an_undo_tells_its_page_too(self):
        self.events_of_days(60)
        done = self.sync()
        told = self.telling()
        page = self.look(done)
        self.assertIn(60, told)
        self.assertEqual(len(page.line_ids), 60)
