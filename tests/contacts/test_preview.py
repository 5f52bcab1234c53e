"""Contacts over real HTTP: the preview, and its plan carried out."""

from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactPreview(ContactCase):
    def test_a_preview_shows_everything_and_writes_nothing(self):
        self.google_contact("Paul", "paul@example.com")
        self.partner()
        self.partner("Paul", email="paul@example.com", function="Chef")
        run = self.sync("planned", mode="preview")
        self.assertEqual((run.pushed_created, run.adopted), (1, 1))
        self.assertEqual(len(self.in_google()), 1)
        self.assertFalse(self.links().filtered(lambda x: x.state != "new"))
        self.assertFalse(self.account.sudo().contact_cursor)

    def carry_out(self, plan):
        """As its page does it, to the end."""
        run = plan.with_user(self.ada)._apply_plan()
        for _turn in range(50):
            if all(state["state"] != "running" for state in run.work_on()):
                break
        return run

    def test_a_plan_is_carried_out_or_refused_as_stale(self):
        zoe = self.partner()
        plan = self.sync("planned", mode="preview", scope="all")
        zoe.sudo().function = "Chef"
        run = self.carry_out(plan)
        self.assertEqual((run.state, plan.state), ("failed", "stopped"))
        # Whoever sees the account reads it, and may not see the contact.
        self.assertIn("Changed meanwhile: others", run.message)
        self.assertNotIn(zoe.name, run.message)
        self.assertFalse(self.in_google())
        plan = self.sync("planned", mode="preview", scope="all")
        run = self.carry_out(plan)
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(self.google_of(zoe)["organizations"][0]["title"], "Chef")
