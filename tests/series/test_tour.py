"""In a browser: an occurrence dragged in the agenda is elsewhere in Google."""

from datetime import timedelta, timezone

from odoo.tests import tagged

from ..front_tour_case import CRON, FrontTourCase
from ..series_case import DAYS, edge_of


@tagged("post_install", "-at_install")
class TestSeriesTour(FrontTourCase):
    def test_dragged_occurrence_arrives_by_itself(self):
        rule = f"FREQ=WEEKLY;BYDAY={DAYS[self.day.weekday()]};COUNT=3"
        event = self.event(
            "Hebdo", 0, recurrency=True, rrule=rule, event_tz="Europe/Paris"
        )
        self.account.run_sync()
        rows = event.recurrence_id.calendar_event_ids.sorted("start")
        before = rows.mapped("start")
        self.assertEqual(self.starts(), before)
        self.env["ir.cron.trigger"].search([]).unlink()
        self.tour("google_sync_series_drag")
        cron = self.env.ref(CRON)
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        cron.method_direct_trigger()
        after = rows.mapped("start")
        self.assertNotEqual(after[0].date(), before[0].date())
        self.assertEqual(after[0].time(), before[0].time())
        self.assertEqual(after[1:], before[1:])
        self.assertEqual(self.starts(), sorted(after))
        self.assertFalse(self.world.mails.count)

    def starts(self):
        """The occurrences that Google shows."""
        window = [
            (self.day.replace(tzinfo=timezone.utc) + timedelta(days=days)).isoformat()
            for days in (-10, 60)
        ]
        items = self.person.list(
            singleEvents=True, showDeleted=False, timeMin=window[0], timeMax=window[1]
        )
        return sorted(edge_of(x["start"]) for x in items if x["status"] != "cancelled")
