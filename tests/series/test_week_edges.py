"""Series on several days of the week, cut in the middle of one; weeks that begin on
another day for Google than for the user's language."""

from datetime import timedelta

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestWeekEdges(SeriesCase):
    def setUp(self):
        super().setUp()
        # A Monday, so that the week's edges are known.
        self.day += timedelta(days=-self.day.weekday() % 7)

    def following(self, row, **values):
        row.with_user(self.ada).write({**values, "recurrence_update": "future_events"})

    def endless(self):
        return [x for x in self.masters().values() if self.is_endless(x)]

    def is_endless(self, item):
        (line, *more) = item["recurrence"]
        self.assertFalse(more)
        return "UNTIL" not in line and "COUNT" not in line

    def assert_cut(self):
        """Two series, the second endless; no exception; nothing more to write."""
        self.assertEqual(len(self.masters()), 2)
        self.assertEqual(len(self.endless()), 1)
        exceptions = [
            item
            for item in self.person.list(showDeleted=True)
            if item.get("recurringEventId")
        ]
        self.assertFalse(exceptions)
        self.assertFalse(self.occurrence_links())
        self.assert_equal_sides()

    def assert_equal_sides(self):
        end = self.day + timedelta(days=1000)
        google = [x for x in self.seen_in_google() if x[1] < end]
        odoo = [x for x in self.seen_in_odoo() if x[1] < end]
        self.assertEqual(odoo, google)
        etags = {x["id"]: x["etag"] for x in self.person.list(showDeleted=True)}
        for mode in ("normal", "full"):
            run = self.sync(mode=mode)
            self.assertFalse(run.line_ids, mode)
        after = {x["id"]: x["etag"] for x in self.person.list(showDeleted=True)}
        self.assertEqual(after, etags)

    def test_endless_cut_from_the_second_day_on(self):
        self.play_cut(1)

    def test_endless_cut_from_a_later_weeks_third_day_on(self):
        self.play_cut(5)

    def test_endless_cut_before_it_was_ever_synchronised(self):
        self.play_cut(1, synced=False)

    def play_cut(self, number, synced=True):
        rows = self.series("Hebdo", "FREQ=WEEKLY;BYDAY=MO,WE,FR", end_type="forever")
        if synced:
            self.sync()
        self.following(rows[number], location="Salle 2")
        self.sync()
        self.assert_cut()

    def test_the_hour_of_all_moves_and_the_days_stay(self):
        self.play_languages(0, "all_events")

    def test_the_hour_of_the_following_moves_and_the_days_stay(self):
        self.play_languages(3, "future_events")

    def play_languages(self, number, update):
        """The rule's weeks begin on Sunday, the user's on Monday, or the other way."""
        for mine, other in (("1", "SU"), ("7", "MO")):
            lang = self.env["res.lang"].search([("code", "=", self.ada.lang)])
            lang.week_start = mine
            rule = f"RRULE:FREQ=WEEKLY;WKST={other};INTERVAL=2;COUNT=9;BYDAY=SU,MO"
            self.google_series("Bords", rule)
            self.sync()
            self.assert_same()
            before = [row.start for row in self.rows("Bords")]
            row = self.rows("Bords")[number]
            row.with_user(self.ada).write(
                {
                    "start": row.start + timedelta(hours=1),
                    "stop": row.stop + timedelta(hours=1),
                    "recurrence_update": update,
                }
            )
            after = [row.start.date() for row in self.rows("Bords")]
            self.assertEqual(after, [start.date() for start in before])
            self.sync()
            self.assertEqual(len(self.masters()), 2 if number else 1)
            self.assertFalse(self.occurrence_links())
            self.assert_same()
            for google_id in self.masters():
                self.person.delete(google_id)
            self.sync()

    def test_a_number_or_a_last_day_cut_within_the_week(self):
        for end in ("COUNT=12", f"UNTIL={self.day + timedelta(days=40):%Y%m%d}"):
            with self.subTest(end=end):
                rows = self.series(end, f"FREQ=WEEKLY;BYDAY=MO,WE,FR;{end}")
                self.sync()
                self.following(rows[4], location="Salle 2")
                self.sync()
                self.assert_equal_sides()
