"""Series in the journal, in previews, in questions; and put back from the journal."""

from datetime import timedelta

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesJournal(SeriesCase):
    def lines(self, run):
        return run.sudo().line_ids

    def test_one_line_for_a_series_and_each_exception(self):
        rows = self.series(rule="FREQ=DAILY;COUNT=30")
        self.as_ada(rows[1]).write({"name": "Autre"})
        self.as_ada(rows[2]).unlink()
        lines = self.lines(self.sync())
        self.assertEqual(
            sorted(lines.mapped(lambda x: (x.kind, x.action))),
            [("occurrence", "delete"), ("occurrence", "update"), ("series", "create")],
        )

    def test_rule_in_words(self):
        item = self.google_series(rule="RRULE:FREQ=DAILY;INTERVAL=2;COUNT=5")
        self.sync()
        self.person.patch(
            item["id"], {"recurrence": ["RRULE:FREQ=DAILY;INTERVAL=3;COUNT=5"]}
        )
        (line,) = self.lines(self.sync())
        self.assertIn("Recurrence: Every 2 Days for 5 events", line.before_display)
        self.assertIn("Recurrence: Every 3 Days for 5 events", line.after_display)

    def test_rule_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.ada.lang = "fr_FR"
        item = self.google_series(rule="RRULE:FREQ=DAILY;INTERVAL=2;COUNT=5")
        self.sync()
        self.person.patch(
            item["id"], {"recurrence": ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"]}
        )
        lines = self.lines(self.sync()).with_context(lang="fr_FR")
        line = lines.filtered(lambda x: x.kind == "series" and x.action == "delete")
        self.assertIn("Récurrence", line.before_display)
        self.assertNotIn("RRULE", line.before_display)

    def test_odd_rule_says_why(self):
        item = self.google_series()
        self.sync()
        self.person.patch(
            item["id"],
            {"recurrence": ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=3"]},
        )
        lines = self.lines(self.sync())
        line = lines.filtered(lambda x: x.kind == "series" and x.action == "delete")
        self.assertIn("kept in Google", line.advice)

    # -- preview ---------------------------------------------------------------

    def test_preview_of_a_new_series_with_exceptions(self):
        rows = self.series()
        self.as_ada(rows[1]).write({"name": "Autre"})
        self.as_ada(rows[2]).unlink()
        plan = self.account.run_sync(mode="preview")
        self.assertEqual(plan.state, "planned", plan.message)
        found = sorted(self.lines(plan).mapped(lambda x: (x.kind, x.action, x.name)))
        self.assertEqual(
            found,
            [
                ("occurrence", "delete", "Hebdo"),
                ("occurrence", "update", "Autre"),
                ("series", "create", "Hebdo"),
            ],
        )
        self.assertFalse(self.in_google())
        self.assertFalse(self.series_link() + self.series_link("new"))
        run = self.sync()
        self.assertEqual(
            sorted(self.lines(run).mapped(lambda x: (x.kind, x.action, x.name))), found
        )
        self.assert_same()

    def test_preview_of_what_google_has(self):
        item = self.google_series()
        odd = ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=3"]
        self.google_series("Impair", recurrence=odd)
        self.person.delete(self.instances(item["id"])[1]["id"])
        plan = self.account.run_sync(mode="preview")
        self.assertEqual(plan.state, "planned", plan.message)
        self.assertFalse(self.agenda())
        self.assertIn("Hebdo", self.lines(plan).mapped("name"))
        self.assertIn("Impair", self.lines(plan).mapped("name"))
        self.sync()
        self.assertEqual(len(self.rows()), 3)

    # -- put back --------------------------------------------------------------

    def restore(self, run, **wanted):
        lines = self.lines(run).filtered(
            lambda x: all(x[name] == value for name, value in wanted.items())
        )
        (line,) = lines.with_user(self.ada).sudo(False)
        line.action_restore()

    def test_deleted_series_comes_back_as_a_series(self):
        item = self.google_series(rule="RRULE:FREQ=DAILY;COUNT=5", location="Lyon")
        self.sync()
        self.person.delete(item["id"])
        run = self.sync()
        self.assertFalse(self.agenda())
        self.restore(run, action="delete", side="odoo")
        rows = self.rows()
        self.assertEqual(len(rows), 5)
        self.assertEqual(len(rows.recurrence_id), 1)
        self.assertEqual(set(rows.mapped("location")), {"Lyon"})
        self.sync()
        self.assertEqual(self.master()["recurrence"], ["RRULE:FREQ=DAILY;COUNT=5"])
        self.assert_same()

    def test_series_deleted_in_odoo_comes_back(self):
        rows = self.series(rule="FREQ=DAILY;COUNT=5")
        self.sync()
        self.as_ada(rows[0]).action_mass_deletion("all_events")
        run = self.sync()
        self.restore(run, action="delete", side="google")
        self.assertEqual(len(self.rows()), 5)
        self.sync()
        self.assertEqual(len(self.instances()), 5)
        self.assert_same()

    def test_changed_series_takes_its_old_values(self):
        item = self.google_series(rule="RRULE:FREQ=DAILY;COUNT=5", location="Lyon")
        self.sync()
        rows = self.rows()
        self.person.patch(item["id"], {"location": "Paris", **self.moved(0, hour=14)})
        run = self.sync()
        self.restore(run, action="update", side="odoo")
        self.assertEqual(self.rows(), rows)
        self.assertEqual(set(rows.mapped("location")), {"Lyon"})
        self.assertEqual({row.start.hour for row in rows}, {9})
        self.sync()
        self.assertEqual(self.master()["location"], "Lyon")
        self.assert_same()

    def test_shortened_series_is_whole_again(self):
        item = self.google_series(rule="RRULE:FREQ=DAILY;COUNT=5")
        self.sync()
        self.person.patch(item["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
        run = self.sync()
        self.assertEqual(len(self.rows()), 2)
        self.restore(run, action="update", side="odoo")
        self.assertEqual(len(self.rows()), 5)
        self.sync()
        self.assertEqual(len(self.instances()), 5)
        self.assert_same()

    def test_deleted_occurrence_comes_back_into_its_series(self):
        self.google_series(rule="RRULE:FREQ=DAILY;COUNT=5")
        self.sync()
        recurrence = self.rows().recurrence_id
        self.person.delete(self.instances()[1]["id"])
        run = self.sync()
        self.assertEqual(len(self.rows()), 4)
        self.restore(run, action="delete", side="odoo")
        self.assertEqual(len(self.rows()), 5)
        self.assertEqual(self.rows().recurrence_id, recurrence)
        self.sync()
        self.assertEqual(len(self.instances()), 5)
        self.assert_same()

    def test_changed_occurrence_takes_its_old_values(self):
        self.google_series(rule="RRULE:FREQ=DAILY;COUNT=5")
        self.sync()
        one = self.instances()[1]
        self.person.patch(one["id"], {"summary": "Autre", **self.moved(1, hour=15)})
        run = self.sync()
        self.restore(run, action="update", side="odoo")
        self.assertEqual(len(self.rows()), 5)
        self.sync()
        self.assertEqual(self.instances()[1]["summary"], "Hebdo")
        self.assert_same()

    def test_occurrence_lost_with_its_series_is_kept_in_the_journal(self):
        item = self.google_series(rule="RRULE:FREQ=DAILY;COUNT=5")
        self.sync()
        start = self.rows()[4].start + timedelta(hours=3)
        self.as_ada(self.rows()[4]).write(
            {"name": "Spécial", "start": start, "stop": start + timedelta(hours=1)}
        )
        self.sync()
        self.person.patch(item["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
        run = self.sync()
        self.assertFalse(self.rows("Spécial"))
        lost = self.lines(run).filtered(lambda x: x.name == "Spécial")
        self.assertTrue(lost)
        self.assertIn("no place", " ".join(lost.mapped(lambda x: x.advice or "")))
        self.restore(run, name="Spécial", side="odoo")
        self.assertEqual(self.rows("Spécial").start, start)
        self.sync()
        self.assert_same()
