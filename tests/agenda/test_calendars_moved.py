"""Events that are moved to a calendar that is not synchronised, and what comes then."""

from functools import partial

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

    def test_deleted_in_odoo_before_anybody_was_asked(self):
        event = self.event("Autre", days=1)
        self.sync()
        self.person.move(self.link_of(event).google_id, self.work_id)
        event.with_user(self.ada).unlink()
        asked = self.open_questions()
        self.account.run_sync()
        self.assertEqual(self.open_questions(), asked)
        self.assertIn("Autre", self.listed(self.work_id))

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

    def test_what_was_kept_says_so_and_may_go_to_google_again(self):
        self.open_questions().action_keep()
        self.sync()
        mine = self.mine.with_user(self.ada)
        self.assertEqual(mine.google_sync_sign, "out")
        self.assertFalse(mine.google_sync_calendar_id)
        (part,) = mine.google_sync_why()["parts"]
        self.assertIn("you kept it", part["text"])
        self.assertFalse(part["url"] or part["retry"] or part["facts"])
        mine.google_sync_calendar_id = self.calendar
        self.sync()
        self.assertEqual(self.listed(), ["Réunion"])
        self.assertEqual(self.listed(self.work_id), ["Réunion"])
        self.assertEqual(mine.google_sync_calendar_id, self.calendar)
        self.assertEqual(mine.google_sync_sign, "linked")
        mine.name = "Encore"
        self.sync()
        self.assertEqual(self.listed(), ["Encore"])
        self.assertEqual(self.agenda(), self.mine)
        self.assert_still()

    def test_the_deletion_goes_through_where_it_is_wanted(self):
        self.open_questions().action_delete()
        self.sync()
        self.assertFalse(self.agenda())
        self.assertEqual(self.listed(self.work_id), ["Réunion"])
        self.assert_still()


@tagged("post_install", "-at_install")
class TestMovedAndDeleted(CalendarsCase):
    """A move is no edit: the deletion goes through, whatever was first."""

    def setUp(self):
        super().setUp()
        self.work.mode = "both"

    def test_either_order(self):
        for first in ("moved", "deleted"):
            for rule in ({}, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}):
                name = f"{first} {len(rule)}"
                body = {"reminders": {"useDefault": True}, **rule}
                made = self.at_google("primary", name, **body)
                self.sync()
                self.assertTrue(self.agenda().alarm_ids, name)
                deeds = {
                    "moved": partial(self.person.move, made["id"], self.work_id),
                    "deleted": self.delete_all,
                }
                for deed in sorted(deeds, key=lambda x, first=first: x != first):
                    deeds[deed]()
                self.sync()
                self.assertFalse(self.agenda(), name)
                self.assertEqual((self.listed(), self.listed(self.work_id)), ([], []))
                self.assert_still()

    def delete_all(self):
        event = self.agenda()[:1].with_user(self.ada)
        if event.recurrence_id:
            event.action_mass_deletion("all_events")
        else:
            event.unlink()
