"""Occurrences changed in Google, and series split there, as Odoo shows them."""

from datetime import datetime, timedelta, timezone

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesPullExceptions(SeriesCase):
    def test_moved_occurrence(self):
        self.google_series()
        self.sync()
        one = self.instances()[1]
        self.person.patch(one["id"], self.moved(8, hour=14))
        run = self.sync()
        self.assertEqual(run.pulled_updated, 1)
        row = self.row_on(8)
        self.assertTrue(row.recurrence_id)
        self.assertFalse(row.follow_recurrence)
        self.assertEqual(len(self.rows()), 4)
        self.assert_same()

    def test_cancelled_occurrence(self):
        self.google_series()
        self.sync()
        self.person.delete(self.instances()[1]["id"])
        run = self.sync()
        self.assertEqual(run.pulled_deleted, 1)
        self.assertEqual(len(self.rows()), 3)
        self.assert_same()

    def test_exceptions_come_with_their_series(self):
        item = self.google_series()
        ids = [one["id"] for one in self.instances(item["id"])]
        self.person.delete(ids[0])
        self.person.patch(ids[1], {"summary": "Spécial"})
        self.person.patch(ids[2], self.moved(15, hour=16))
        run = self.sync()
        self.assertEqual(run.pulled_created, 1)
        self.assertEqual(len(self.agenda()), 3)
        self.assertEqual(len(self.rows().recurrence_id), 1)
        self.assert_same()

    def test_all_changed_after_exceptions(self):
        item = self.google_series()
        self.sync()
        ids = [one["id"] for one in self.instances()]
        self.person.patch(ids[1], {"summary": "Spécial"})
        self.sync()
        self.person.patch(item["id"], {"location": "Paris"})
        self.sync()
        self.assertEqual(set(self.agenda().mapped("location")), {"Paris"})
        self.assertEqual(len(self.rows("Spécial")), 1)
        self.assert_same()

    def test_moved_into_the_period(self):
        """Its series is over; the exception alone touches the period."""
        item = self.google_series(days=-100, rule="RRULE:FREQ=DAILY;COUNT=3")
        one = self.instances(item["id"])[1]
        self.person.patch(one["id"], self.moved(2))
        self.sync()
        self.assertTrue(self.row_on(2))
        self.assert_quiet()

    def split_in_google(self, item, number, **body):
        """As Google's own page does it: the rule ends, another series begins."""
        ones = self.instances(item["id"])
        start = ones[number]["originalStartTime"]["dateTime"]
        first = datetime.fromisoformat(start)
        before = first - timedelta(seconds=1)
        until = before.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        rule = f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday}"
        self.person.patch(item["id"], {"recurrence": [f"{rule};UNTIL={until}"]})
        days = (first.date() - self.day.date()).days
        rule = f"{rule};COUNT={len(ones) - number}"
        return self.google_series(body.pop("summary", "Suite"), rule, days, **body)

    def test_this_and_following(self):
        item = self.google_series()
        self.sync()
        self.split_in_google(item, 2, location="Lyon")
        self.sync()
        self.assertEqual(len(self.rows()), 2)
        self.assertEqual(len(self.rows("Suite")), 2)
        self.assertEqual(len(self.agenda().recurrence_id), 2)
        self.assert_same()

    def test_this_and_following_with_exceptions(self):
        item = self.google_series()
        self.sync()
        ids = [one["id"] for one in self.instances()]
        self.person.patch(ids[3], {"summary": "Spécial"})
        self.person.delete(ids[0])
        self.sync()
        new = self.split_in_google(item, 1)
        self.person.patch(self.instances(new["id"])[1]["id"], {"summary": "Encore"})
        self.sync()
        self.assertEqual(len(self.agenda()), 3)
        self.assert_same()
