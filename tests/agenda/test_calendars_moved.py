"""Events that are moved to a calendar that is not synchronised, and what comes then."""

from odoo.tests import tagged

from .calendars_case import CalendarsCase


@tagged("post_install", "-at_install")
class TestMovedAway(CalendarsCase):
    def setUp(self):
        super().setUp()
        self.mine = self.event()
        self.sync()
        self.google_id = self.link_of(self.mine).google_id
        self.person.move(self.google_id, self.work_id)
        self.sync("partial")

    def open_questions(self):
        asked = self.env["google.sync.decision"].search([("state", "=", "open")])
        return asked.with_user(self.ada)

    def test_moved_back_while_it_was_asked(self):
        self.person.move(self.google_id, "primary", self.work_id)
        self.person.patch(self.google_id, {"summary": "Back"})
        self.sync()
        self.assertFalse(self.open_questions())
        self.assertEqual(self.mine.name, "Back")
        self.mine.name = "Both ways"
        self.sync()
        self.assertEqual(self.listed(), ["Both ways"])
        self.assert_still()

    def test_moved_on_to_one_that_is_synchronised(self):
        ada = self.world.account("ada@gmail.com")
        home_id = self.world.add_calendar(ada, "Home").id
        self.account.action_refresh_calendars()
        self.place(home_id).mode = "both"
        self.person.move(self.google_id, home_id, self.work_id)
        self.sync()
        self.assertFalse(self.open_questions())
        self.assertEqual(self.agenda(), self.mine)
        self.assertEqual(
            self.mine.with_user(self.ada).google_sync_calendar_id, self.place(home_id)
        )
        self.assert_still()

    def test_its_calendar_is_switched_on_while_it_was_asked(self):
        self.work.mode = "both"
        self.sync()
        self.sync()
        self.assertFalse(self.open_questions())
        self.assertEqual(self.agenda(), self.mine)
        self.assertEqual((self.listed(), self.listed(self.work_id)), ([], ["Réunion"]))
        self.assert_still()

    def test_deleted_there_while_it_was_asked(self):
        self.person.delete(self.google_id, self.work_id)
        self.sync()
        self.assertTrue(self.mine.exists().active)
        self.open_questions().action_delete()
        self.sync()
        self.assertFalse(self.agenda())
        self.assert_still()

    def test_deleted_in_odoo_while_it_was_asked(self):
        self.mine.with_user(self.ada).unlink()
        self.account.run_sync()
        self.assertFalse(self.agenda())
        self.assertEqual(self.listed(self.work_id), ["Réunion"])

    def test_kept_and_moved_back_later(self):
        self.open_questions().action_keep()
        self.sync()
        self.mine.name = "Alone"
        self.sync()
        self.assertEqual(self.listed(self.work_id), ["Réunion"])
        self.person.move(self.google_id, "primary", self.work_id)
        self.sync()
        self.sync()
        self.assertEqual(self.agenda(), self.mine)
        self.assertEqual(self.listed(), [self.mine.name])
        self.assert_still()
        self.person.move(self.google_id, self.work_id)
        self.sync("partial")
        self.assertTrue(self.open_questions())

    def test_the_deletion_goes_through_where_it_is_wanted(self):
        self.open_questions().action_delete()
        self.sync()
        self.assertFalse(self.agenda())
        self.assertEqual(self.listed(self.work_id), ["Réunion"])
        self.assert_still()
