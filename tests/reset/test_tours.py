"""In a browser, in English and French: a reset says what it does, and what it did."""

from odoo.tests import tagged

from ..front_tour_case import LANGUAGES, FrontTourCase


@tagged("post_install", "-at_install")
class TestResetTour(FrontTourCase):
    def test_it_counts_first_and_shows_its_page(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                mine = self.event("Odoo")
                self.google_event("Google")
                self.account.run_sync()
                agenda = [("partner_ids", "in", self.ada.partner_id.ids)]
                self.tour("google_sync_reset", "/odoo/my-google-sync", timeout=120)
                self.assertEqual(self.env["calendar.event"].search(agenda), mine)
                self.assertEqual(self.in_google(), ["Google"])
                mine.unlink()
                self.person.delete(self.person.list(showDeleted=False)[0]["id"])
                self.account.run_sync()
