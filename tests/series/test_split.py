"""Series that Google splits in its page, and many exceptions of one series."""

from datetime import timedelta

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesSplit(SeriesCase):
    def setUp(self):
        super().setUp()
        self.head = self.google_series()
        self.sync()
        self.ids = [item["id"] for item in self.instances()]

    def split(self, number=2, **body):
        return self.person.patch_following(self.ids[number], body)

    def test_rows_go_over_to_the_rest(self):
        before = self.rows()
        made = self.split(summary="Suite")
        self.assertIn("_R", made["id"])
        run = self.sync()
        self.assertEqual(run.pushed_updated, 0)
        self.assertEqual(self.rows(), before[:2])
        self.assertEqual(self.rows("Suite"), before[2:])
        self.assertEqual(len(before.recurrence_id), 2)
        self.assertEqual(before[2:].recurrence_id.base_event_id, before[2])
        self.assert_same()

    def test_an_edit_made_in_odoo_before_the_split_is_seen(self):
        row = self.rows()[3]
        self.as_ada(row).write({"location": "Salle 2"})
        self.split(summary="Suite")
        self.sync()
        self.assertEqual((row.name, row.location), ("Suite", "Salle 2"))
        self.assertEqual(self.person.get(self.ids[3])["location"], "Salle 2")
        self.assert_same()

    def test_deleted_in_odoo_before_the_split_is_seen(self):
        self.as_ada(self.rows()[3]).unlink()
        self.as_ada(self.rows()[1]).unlink()
        self.split(summary="Suite")
        self.sync()
        self.assertEqual(len(self.agenda()), 2)
        self.assertEqual(self.person.get(self.ids[3])["status"], "cancelled")
        self.assert_same()

    def test_occurrences_after_the_split(self):
        self.split(summary="Suite")
        self.sync()
        first, last = self.rows("Suite")
        self.as_ada(first).write({"location": "Salle 2"})
        self.as_ada(last).unlink()
        self.sync()
        self.assertEqual(self.person.get(self.ids[2])["location"], "Salle 2")
        self.assertEqual(self.person.get(self.ids[3])["status"], "cancelled")
        self.assert_same()
        self.person.patch(self.ids[2], {"summary": "De Google"})
        self.person.delete(self.ids[1])
        self.sync()
        self.assertEqual(first.name, "De Google")
        self.assert_same()

    def test_exceptions_of_before_lose_their_place_with_their_ids(self):
        self.person.patch(self.ids[2], {"summary": "Exception"})
        self.person.delete(self.ids[3])
        self.sync()
        self.split(summary="Suite")
        self.sync()
        self.assertEqual(len(self.rows("Suite")), 2)
        self.assert_same()
        self.as_ada(self.rows("Suite")[0]).write({"location": "Salle 2"})
        self.sync()
        self.assertEqual(self.person.get(self.ids[2])["location"], "Salle 2")
        self.assert_same()

    def test_the_rest_is_deleted_and_the_first_part_lengthened(self):
        made = self.split(summary="Suite")
        self.sync()
        self.person.delete(made["id"])
        self.person.patch(self.head["id"], {"recurrence": self.head["recurrence"]})
        self.sync()
        self.assertEqual(len(self.rows()), 4)
        self.person.patch(self.ids[3], {"summary": "Autre"})
        self.sync()
        self.assertEqual(len(self.rows("Autre")), 1)
        self.assert_same()

    def test_all_events_and_another_split(self):
        self.split(summary="Suite")
        self.split(3, summary="Fin")
        self.sync()
        self.assertEqual(len(self.rows("Fin")), 1)
        self.person.patch_all(self.ids[0], {"summary": "Tous"})
        self.sync()
        self.assertEqual(len(self.rows("Tous")), 4)
        self.assert_same()

    def test_a_series_made_in_odoo(self):
        rows = self.series("Odoo")
        self.sync()
        (made,) = [x for x in self.masters().values() if x["summary"] == "Odoo"]
        ids = [item["id"] for item in self.instances(made["id"])]
        self.as_ada(rows[3]).write({"location": "Salle 2"})
        self.person.patch_following(ids[2], {"description": "note"})
        self.sync()
        self.assertEqual(self.rows("Odoo"), rows)
        self.assertEqual(self.person.get(ids[3])["location"], "Salle 2")
        self.assert_same()

    def test_many_exceptions_take_one_run(self):
        rule = "FREQ=DAILY;COUNT=25"
        rows = self.series("Quotidien", rule)
        self.sync()
        for number, row in enumerate(rows[:20]):
            self.as_ada(row).write({"location": f"Salle {number}"})
        run = self.sync()
        self.assertLessEqual(run.requests, 24)
        self.assert_same()
        self.assertEqual(rows[3].stop - rows[3].start, timedelta(hours=1))
