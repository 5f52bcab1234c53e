"""In a browser, in English and French: a person moves an event to another calendar."""

from odoo.tests import tagged

from ..front_tour_case import CRON, LANGUAGES, FrontTourCase


@tagged("post_install", "-at_install")
class TestMoveTour(FrontTourCase):
    def test_an_event_goes_to_another_calendar_and_back(self):
        work = self.world.add_calendar(self.world.account("ada@gmail.com"), "Work")
        self.account.action_refresh_calendars()
        places = self.account.calendar_ids
        places.filtered(lambda place: place.google_id == work.id).mode = "both"
        event = self.event("Rendez-vous")
        self.account.run_sync()
        for lang in LANGUAGES:
            with self.reading(lang):
                self.tour("google_sync_move", f"/odoo/calendar/{event.id}")
                self.env.ref(CRON).method_direct_trigger()
                self.assertEqual(self.in_google(), [])
                moved = self.person.list(work.id, showDeleted=False)
                self.assertEqual([x["summary"] for x in moved], ["Rendez-vous"])
                run = self.account.run_ids[:1]
                self.assertEqual(run.line_ids.mapped("action"), ["move"])
                event.with_user(
                    self.ada
                ).google_sync_calendar_id = self.account.calendar_id
                self.account.run_sync()
                self.assertEqual(self.in_google(), ["Rendez-vous"])
