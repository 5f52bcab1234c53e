"""Decisions, as the person who answers sees them."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .decision_case import DecisionCase


@tagged("post_install", "-at_install")
class TestDecisions(DecisionCase):
    def test_conflict_shows_both_sides_and_is_answered_by_field(self):
        event = self.conflict()
        decision = self.decision()
        title = decision.field_ids.filtered(lambda line: line.field == "title")
        self.assertEqual((title.odoo_value, title.google_value), ("O", "G"))
        with self.assertRaises(UserError):
            decision.action_apply_fields()
        for line in decision.field_ids:
            line.choice = "odoo" if line.field == "title" else "google"
        decision.action_apply_fields()
        self.sync()
        self.assertEqual((event.name, event.location), ("O", "Lyon"))
        self.assertEqual(self.google_of(event)["summary"], "O")
        self.assertEqual(decision.answered_by_id, self.ada)
        self.assert_quiet()

    def test_other_values_make_the_old_question_obsolete(self):
        event = self.conflict()
        first = self.decision()
        self.person.patch(self.link_of(event).google_id, {"summary": "G2"})
        self.sync("partial")
        self.assertEqual(first.state, "obsolete")
        self.assertIn("G2", self.decision().field_ids.mapped("google_value"))
        with self.assertRaises(UserError):
            first.action_all_odoo()

    def held(self):
        self.account.confirm_deletions = True
        event = self.event("Déjeuner", location="Paris")
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync("partial")
        return event

    def test_held_deletion_says_what_and_where(self):
        event = self.held()
        self.assertIn("Paris", self.decision().question)
        self.decision().action_delete()
        self.sync()
        self.assertFalse(event.exists())

    def test_held_deletion_kept_goes_back_to_google(self):
        event = self.held()
        self.decision().action_keep()
        self.sync()
        self.assertTrue(event.exists())
        self.assertEqual(len(self.in_google()), 1)
        self.assert_quiet()

    def test_a_kept_deletion_deleted_again_is_asked_again(self):
        """On either side, whichever side the first deletion was on."""
        self.account.confirm_deletions = True
        for first, second in (("odoo", "google"), ("google", "odoo"), ("odoo", "odoo")):
            name = f"{first} {second}"
            self.event(name)
            self.sync()
            for side, answer in ((first, "keep"), (second, "delete")):
                event = self.agenda()
                self.assertEqual(event.name, name)
                if side == "odoo":
                    event.with_user(self.ada).unlink()
                else:
                    self.person.delete(self.link_of(event).google_id)
                self.sync("partial")
                getattr(self.decision(), f"action_{answer}")()
                self.sync()
                self.assert_quiet()
        self.assertFalse(self.agenda())
        self.assertFalse(self.in_google())

    def test_only_the_owner_or_a_manager_answers(self):
        self.held()
        decision = self.decision()
        bob = self.make_user("bob")
        with self.assertRaises(AccessError):
            decision.with_user(bob).action_delete()
        with self.assertRaises(AccessError):
            decision.write({"state": "answered"})

    def test_ambiguous_adoption_is_paired_with_the_chosen_event(self):
        first = self.event("Même", description="un")
        second = self.event("Même", description="deux")
        item = self.google_event("Même", description="trois")
        self.sync("partial")
        self.assertEqual(len(self.in_google()), 1)
        decision = self.decision()
        self.assertEqual(decision.candidate_ids, first + second)
        decision.event_id = second
        decision.action_pair()
        self.sync()
        self.assertEqual(self.link_of(second).google_id, item["id"])
        self.assertEqual(len(self.in_google()), 2)
        self.assert_quiet()

    def test_emptied_calendar_is_braked(self):
        events = self.env["calendar.event"]
        for number in range(12):
            events += self.event(f"E{number}", number)
        self.sync()
        for google_id in self.in_google():
            self.person.delete(google_id)
        self.sync("partial")
        self.assertEqual(len(events.exists()), 12)
        self.assertIn("12", self.decision().question)
        self.decision().action_keep()
        self.sync()
        self.assertEqual(len(self.in_google()), 12)
