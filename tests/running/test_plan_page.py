"""A plan is shown on one page, wherever it is opened, and reads as a plan."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .assistant_case import AssistantMixin
from .plan_case import PlanCase


@tagged("post_install", "-at_install")
class TestPlanPage(AssistantMixin, PlanCase):
    def page(self, action):
        self.assertEqual(action["res_model"], "google.sync.assistant")
        page = self.env[action["res_model"]].with_user(self.ada)
        return page.browse(action["res_id"])

    def test_the_button_and_the_journal_open_the_same_page(self):
        self.changes()
        account = self.account.with_user(self.ada)
        page = self.page(account.action_preview())
        self.assertEqual(page.step, "plan")
        plan = page.plan_ids
        self.assertEqual(plan.mode, "preview")
        again = self.page(plan.with_user(self.ada).action_follow())
        self.assertEqual(again.plan_ids, plan)
        self.assertEqual(again.line_ids.line_id, plan.line_ids)

    def test_it_says_what_will_be_done_to_what_and_when(self):
        first, second = self.changes()
        third = self.event("Parti", 3)
        self.sync()
        self.person.delete(self.link_of(third).google_id)
        first.with_user(self.ada).location = "Nice"
        page = self.page(self.account.with_user(self.ada).action_preview())
        told = {(x.name, x.deed): x.when for x in page.line_ids}
        self.assertEqual(
            set(told),
            {
                ("Parti", "Will be deleted in Odoo"),
                ("Un bis", "Will be changed in Google"),
            },
        )
        self.assertTrue(all(told.values()))
        self.assertEqual(page.line_ids[0].name, "Parti")
        page.action_apply()
        run = self.follow(page)
        self.assertIn("Deleted in Odoo", run.line_ids.mapped("deed"))
        self.assertFalse(third.exists())
        self.assertTrue(second.exists())

    def test_after_a_stale_plan_one_click_makes_a_new_one(self):
        first, _second = self.changes()
        page = self.page(self.account.with_user(self.ada).action_preview())
        first.with_user(self.ada).name = "Un ter"
        page.action_apply()
        run = self.follow(page)
        self.assertEqual((run.state, page.step), ("failed", "done"))
        page.action_new_preview()
        self.follow(page)
        self.assertEqual(page.step, "plan")
        self.assertIn("Un ter", page.line_ids.mapped("name"))
        page.action_apply()
        self.assertEqual(self.follow(page).state, "done")
        self.assertEqual(self.google_of(first)["summary"], "Un ter")

    def test_a_preview_is_called_one(self):
        self.changes()
        plan = self.plan()
        self.assertRegex(plan.with_user(self.ada).display_name, "^Preview of ")
        admin = self.env.ref("base.user_admin")
        self.assertIn(self.ada.name, plan.with_user(admin).sudo().display_name)

    def test_who_may_not_run_it_sees_the_run_alone(self):
        self.changes()
        plan = self.plan()
        vera = self.make_user("vera")
        self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": vera.id, "visible": True}
        )
        action = plan.with_user(vera).action_follow()
        self.assertEqual(action["res_model"], "google.sync.run")
        with self.assertRaises(AccessError):
            plan.with_user(vera).action_apply_plan()

    def test_many_lines_of_one_event_are_read_together(self):
        event = self.event("Souvent")
        self.sync()
        for place in ("Lyon", "Nice"):
            event.with_user(self.ada).location = place
            self.sync()
        lines = self.env["google.sync.run.line"].with_user(self.ada).search([])
        told = lines.read(["when", "deed", "openable", "started_at"])
        self.assertEqual(len(told), 3)
        self.assertTrue(all(line["when"] and line["openable"] for line in told))
        self.assertEqual(len({line["when"] for line in told}), 1)

    def test_the_date_of_a_private_event_is_for_its_owner(self):
        self.event("Médecin", privacy="private")
        run = self.sync()
        boss = "base.group_user,google_sync.group_manager"
        chief = self.make_user("chief", groups=boss)
        line = run.line_ids
        self.assertTrue(line.with_user(self.ada).sudo(False).when)
        self.assertFalse(line.with_user(chief).sudo(False).when)
