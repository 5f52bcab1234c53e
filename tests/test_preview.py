"""Preview and plan in Odoo: nothing written, the same done later, stale refused."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestPreview(SyncCase):
    def changes(self):
        first, second = self.event("Un"), self.event("Deux", 1)
        self.sync()
        first.with_user(self.ada).name = "Un bis"
        self.person.patch(self.link_of(second).google_id, {"location": "Lyon"})
        self.google_event("Trois", 2)
        return first, second

    def test_preview_writes_nothing_and_lists_everything(self):
        first, second = self.changes()
        before = self.in_google()
        run = self.sync("planned", mode="preview")
        self.assertEqual(self.in_google(), before)
        self.assertFalse(second.location)
        self.assertEqual(self.agenda(), first + second)
        planned = {(line.side, line.action) for line in run.line_ids}
        self.assertEqual(
            planned, {("odoo", "create"), ("odoo", "update"), ("google", "update")}
        )

    def test_plan_is_carried_out_as_shown(self):
        first, second = self.changes()
        plan = self.sync("planned", mode="preview")
        action = plan.action_apply_plan()
        run = self.env["google.sync.run"].browse(action["res_id"])
        self.assertEqual(len(run.line_ids), len(plan.line_ids))
        self.assertEqual(second.location, "Lyon")
        self.assertEqual(self.google_of(first)["summary"], "Un bis")
        self.assertEqual(plan.state, "done")
        self.assert_quiet()

    def test_stale_plan_is_refused_and_nothing_done(self):
        first, second = self.changes()
        plan = self.sync("planned", mode="preview")
        self.person.patch(self.link_of(second).google_id, {"location": "Nice"})
        with self.assertRaisesRegex(UserError, "Deux"):
            plan.action_apply_plan()
        self.assertFalse(second.location)
        self.assertEqual(self.google_of(first)["summary"], "Un")
