"""Google makes a series shorter: a row that a person edited in Odoo goes on alone."""

from datetime import timedelta

from odoo.tests import tagged

from ..series_case import WEEKLY, SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesCutShort(SeriesCase):
    def setUp(self):
        super().setUp()
        line = "RRULE:" + WEEKLY.format(day=self.weekday, count=10).partition(":")[2]
        self.head = self.google_series(rule=line)
        self.sync()
        self.ids = [item["id"] for item in self.instances()]

    def edited(self, number=5):
        row = self.rows()[number]
        self.as_ada(row).write({"name": "À moi", "description": "<p>Gardé</p>"})
        return row

    def assert_alone(self, row):
        """The very row, outside its series, and in Google under an id of its own."""
        self.assertTrue(row.exists() and row.active)
        self.assertFalse(row.recurrence_id or row.recurrency or row.follow_recurrence)
        self.assertEqual(row.attendee_ids.partner_id, self.ada.partner_id)
        self.assertNotIn(self.head["id"], self.google_of(row)["id"])
        self.assertEqual(self.google_of(row)["summary"], "À moi")
        self.assertEqual(self.rows("À moi"), row)
        self.assert_same()

    def test_this_and_following_are_deleted(self):
        row = self.edited()
        self.person.delete_following(self.ids[3])
        self.sync()
        self.assertEqual(len(self.rows()), 3)
        self.assert_alone(row)

    def test_known_as_an_exception_and_edited_again(self):
        self.person.patch(self.ids[5], {"summary": "Avant"})
        self.sync()
        row = self.rows("Avant")
        self.as_ada(row).write({"name": "À moi"})
        self.person.delete_following(self.ids[3])
        self.sync()
        self.assert_alone(row)

    def test_the_row_that_the_series_is_named_by(self):
        """Google moves the start past it: the other rows stay a series."""
        row = self.edited(0)
        line = self.head["recurrence"][0].replace("COUNT=10", "COUNT=4")
        later = self.moved(35)
        self.person.patch(self.head["id"], {"recurrence": [line], **later})
        self.sync()
        self.assertTrue(row.exists())
        self.assertEqual(len(self.rows("À moi")), 1)
        self.assert_same()

    def test_this_and_following_at_another_hour(self):
        row = self.edited()
        self.person.patch_following(self.ids[3], self.moved(21, hour=15))
        self.sync()
        self.assert_alone(row)

    def test_an_excluded_date(self):
        row = self.edited()
        day = self.day + timedelta(weeks=5)
        lines = [*self.head["recurrence"], f"EXDATE:{day:%Y%m%dT%H%M%SZ}"]
        self.person.patch(self.head["id"], {"recurrence": lines})
        self.sync()
        self.assertEqual(len(self.rows()), 9)
        self.assert_alone(row)

    def test_it_becomes_one_event(self):
        row = self.edited()
        self.person.patch(self.head["id"], {"recurrence": []})
        self.sync()
        self.assertEqual(len(self.rows()), 1)
        self.assert_alone(row)

    def test_what_nobody_edited_goes(self):
        self.person.patch(self.ids[5], {"summary": "Spécial"})
        self.sync()
        self.person.delete_following(self.ids[3])
        self.sync()
        self.assertEqual(len(self.agenda()), 3)
        self.assert_same()
