"""Plans with series: shown, carried out as shown, and nothing is left to do."""

from datetime import timedelta

from odoo.tests import tagged

from ..running.plan_case import PlanCase
from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesPreview(SeriesCase, PlanCase):
    def carry_out(self):
        plan = self.plan()
        run = self.apply(plan)
        self.assertEqual(len(run.line_ids), len(plan.line_ids))
        self.assertEqual(self.seen_in_odoo(), self.seen_in_google())
        again = self.sync()
        self.assertFalse(again.line_ids)
        return run

    def special(self, number, **body):
        self.person.patch(self.instances()[number]["id"], body)

    def test_a_new_series_of_google_with_exceptions(self):
        self.google_series()
        self.special(1, summary="Spécial")
        self.special(2, **self.moved(15))
        self.person.delete(self.instances()[0]["id"])
        self.carry_out()
        self.assertEqual(len(self.agenda()), 3)

    def test_a_longer_series_of_google_with_an_exception(self):
        self.google_series()
        self.sync()
        longer = f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=7"
        self.person.patch(self.master()["id"], {"recurrence": [longer]})
        self.special(5, summary="Spécial")
        self.carry_out()
        self.assertEqual(len(self.agenda()), 7)

    def test_a_new_series_of_odoo_with_exceptions(self):
        rows = self.series()
        self.as_ada(rows[1]).write(
            {"name": "Spécial", "recurrence_update": "self_only"}
        )
        self.as_ada(rows[2]).unlink()
        self.carry_out()
        self.assertEqual(len(self.instances()), 3)

    def test_a_longer_series_of_odoo_with_an_exception(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[0]).write(
            {"recurrence_update": "all_events", "count": 6, "end_type": "count"}
        )
        last = self.rows()[-1]
        self.as_ada(last).write({"name": "Fin", "recurrence_update": "self_only"})
        self.carry_out()

    def test_the_period_goes_on_over_an_exception(self):
        self.account.months_after = 1
        self.google_series(rule=f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday}")
        late = self.instances()[9]
        self.person.patch(late["id"], {"summary": "Plus tard"})
        self.sync()
        self.account.months_after = 6
        plan = self.plan()
        self.apply(plan)
        self.sync()
        self.assertEqual(len(self.rows("Plus tard")), 1)
        self.assertEqual(self.rows("Plus tard").start, self.day + timedelta(weeks=9))
