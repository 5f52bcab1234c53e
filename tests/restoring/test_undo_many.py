"""A first synchronisation of very many events is taken back whole."""

from odoo.tests import tagged

from .undo_case import UndoCase

MANY = 300


@tagged("post_install", "-at_install")
class TestUndoMany(UndoCase):
    def test_two_thousand_are_taken_back_within_counted_requests(self):
        for number in range(MANY // 2):
            self.google_event(f"G{number}", number % 20)
        self.events_of_days(MANY // 2)
        run = self.sync()
        self.assertEqual(self.counts(), (MANY, MANY))
        page = self.look(run)
        self.assertEqual(len(page.line_ids), MANY)
        self.assertEqual(page.plan_ids.requests, 1)
        undo = self.carry_out(page)
        self.assertEqual((undo.state, undo.message or ""), ("done", ""))
        # What Google shows anew in each slice, and fifty deletions in one request.
        self.assertLessEqual(undo.requests, MANY // 2 // 50 + 60)
        self.assertEqual(self.counts(), (MANY // 2, MANY // 2))
        self.assertEqual({x["summary"][0] for x in self.in_google().values()}, {"G"})
        self.assertEqual({x.name[0] for x in self.agenda()}, {"E"})
        self.assert_stays()
        after = self.sync(mode="full")
        self.assertFalse(after.line_ids)
        self.assertEqual(self.counts(), (MANY // 2, MANY // 2))
