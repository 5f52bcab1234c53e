"""A reset takes away in Odoo what only came from that account, and nothing else."""

from odoo import Command
from odoo.tests import tagged

from .reset_case import ResetCase


@tagged("post_install", "-at_install")
class TestTakeAway(ResetCase):
    def from_google(self, summary, days=0, **body):
        """An event that Google made in Odoo."""
        self.google_event(summary, days, **body)
        self.sync()
        return self.agenda().filtered(lambda event: event.name == summary)

    def left(self):
        return sorted(self.agenda().mapped("name"))

    def test_off_by_default_nothing_goes(self):
        self.from_google("Google")
        self.account.reset("calendar")
        self.assertEqual(self.left(), ["Google"])

    def test_what_only_came_from_google_goes_the_rest_stays(self):
        zoe = self.env["res.partner"].create({"name": "Zoé"})
        bob = self.make_user("bob")
        self.event("Odoo")
        gone = self.from_google("Google", 1, location="Paris")
        edited = self.from_google("Edité", 2)
        edited.with_user(self.ada).location = "Lyon"
        self.sync()
        shared = self.from_google("Partagé", 3)
        shared.with_user(self.ada).partner_ids = [Command.link(zoe.id)]
        self.sync()
        handed = self.from_google("Donné", 4)
        handed.sudo().user_id = bob
        waits = self.from_google("Attend", 5)
        self.account.auto_push = False
        waits.with_user(self.ada).location = "Nice"
        noted = self.from_google("Noté", 6)
        said = "x"
        noted.message_post(body=said, message_type="comment")
        told = self.from_google("Rapporté", 7)
        # As a program does that posts in a colleague's name.
        told.with_user(bob).message_post(body=said)
        before = set(self.in_google())
        self.account.reset("calendar", take_away=True)
        self.assertFalse(gone.exists())
        self.assertEqual(
            self.left(),
            ["Attend", "Donné", "Edité", "Noté", "Odoo", "Partagé", "Rapporté"],
        )
        self.assertEqual(set(self.in_google()), before)
        receipt = self.receipt()
        self.assertEqual((receipt.state, receipt.pulled_deleted), ("done", 1))
        self.assertIn("taken away", receipt.message)

    def test_what_was_paired_was_there_before(self):
        self.account.auto_push = False
        self.event("Même")
        self.google_event("Même")
        self.sync()
        self.account.reset("calendar", take_away=True)
        self.assertEqual(self.left(), ["Même"])

    def test_what_was_taken_away_can_be_put_back(self):
        self.from_google("Google", location="Paris")
        self.account.reset("account", take_away=True)
        self.assertFalse(self.agenda())
        line = self.done("delete", "odoo").with_user(self.ada)
        self.assertTrue(line.restorable)
        notice = line.action_restore()
        self.assertIn("Google", notice["params"]["message"])
        back = self.agenda()
        self.assertEqual((back.name, back.location), ("Google", "Paris"))
        self.connect(self.ada)
        self.sync()
        self.assertEqual(self.agenda(), back)
        self.assertEqual(len(self.in_google()), 1)

    def test_the_same_calendar_again_brings_it_again(self):
        self.from_google("Google")
        before = set(self.in_google())
        self.account.reset("calendar", take_away=True)
        self.sync()
        self.assertEqual(self.left(), ["Google"])
        self.assertEqual(set(self.in_google()), before)
        self.assert_quiet()

    def test_a_series_goes_whole_or_not_at_all(self):
        rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
        rows = self.from_google("Série", **rule)
        self.assertEqual(len(rows), 3)
        other = self.from_google("Autre", 1, **rule)
        other[1].with_user(self.ada).location = "Lyon"
        self.sync()
        self.account.reset("calendar", take_away=True)
        self.assertFalse(rows.exists())
        self.assertEqual(self.left(), ["Autre"] * 3)

    def test_a_colleague_s_copy_is_somebody_s(self):
        event = self.from_google("Google")
        bob = self.make_user("bob")
        event.sudo().partner_ids = [Command.link(bob.partner_id.id)]
        self.account.reset("calendar", take_away=True)
        self.assertTrue(event.exists())

    def test_the_dialogue_counts_and_shows_its_page(self):
        self.fill(2)
        action = self.account.action_reset_calendar()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard = wizard.with_user(self.ada)
        self.assertEqual((wizard.delete_count, wizard.take_count), (2, 2))
        wizard.write({"take_away": True, "delete_in_google": True})
        run = self.follow(wizard.action_reset())
        self.assertEqual((run.state, run.expected), ("done", 6))
        self.assertEqual(self.left(), ["Odoo 0", "Odoo 1"])
        self.assertEqual(len(self.in_google()), 2)
        self.assertFalse(run.progress()[0]["may_stop"])
