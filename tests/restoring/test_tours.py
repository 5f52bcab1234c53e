"""In a browser, in English and French: a run is undone, and the undo too."""

from odoo.tests import tagged

from ..front_tour_case import LANGUAGES, FrontTourCase


@tagged("post_install", "-at_install")
class TestUndoTour(FrontTourCase):
    def test_a_run_is_undone_from_the_journal(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                mine, edited = self.event("Rendez-vous"), self.event("Modifié", 2)
                self.google_event("Google")
                self.account.run_sync()
                edited.with_user(self.ada).location = "Lyon"
                self.tour("google_sync_undo", "/odoo/google-sync-journal", timeout=180)
                agenda = [("partner_ids", "in", self.ada.partner_id.ids)]
                events = self.env["calendar.event"].search(agenda)
                self.assertEqual(len(events), 3)
                titles = sorted(self.in_google())
                self.assertEqual(titles, ["Google", "Modifié", "Rendez-vous"])
                (mine | edited | events).unlink()
                for event in self.person.list(showDeleted=False):
                    self.person.delete(event["id"])
                self.account.run_sync()
