"""In a browser, in English and in French: opening, systray, agenda view, why."""

from odoo.tests import tagged

from ..front_tour_case import LANGUAGES, FrontTourCase


@tagged("post_install", "-at_install")
class TestFrontTours(FrontTourCase):
    # -- at opening ------------------------------------------------------------

    def test_deletions_are_answered_one_by_one(self):
        self.account.pull_at_login = True
        for lang in LANGUAGES:
            with self.reading(lang):
                first, second, third = self.held()
                self.tour("google_sync_opening_one_by_one")
                self.account.run_sync()
                self.assertFalse((first | third).exists())
                self.assertTrue(second.exists())
                self.assertEqual(self.in_google(), ["Deux"])
                self.clear(second)

    def test_ctrl_answers_for_all(self):
        self.account.pull_at_login = True
        for lang in LANGUAGES:
            with self.reading(lang):
                events = self.held()
                self.tour("google_sync_opening_ctrl")
                self.account.run_sync()
                self.assertFalse(events.exists())

    def test_a_button_answers_for_all(self):
        self.account.pull_at_login = True
        for lang in LANGUAGES:
            with self.reading(lang):
                events = self.held()
                self.tour("google_sync_opening_all")
                self.account.run_sync()
                self.assertEqual(events.exists(), events)
                self.assertEqual(self.in_google(), ["Deux", "Trois", "Un"])
                self.clear(events)

    # -- systray and agenda ----------------------------------------------------

    def test_systray_synchronises_now(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                self.google_event(f"Google {lang}")
                self.tour("google_sync_systray")
                events = self.env["calendar.event"]
                self.assertTrue(events.search([("name", "=", f"Google {lang}")]))

    def test_agenda_view_refreshes_by_itself(self):
        bob = self.make_user("bob")
        self.connect(bob)
        self.env["calendar.filters"].create(
            {"user_id": self.ada.id, "partner_id": bob.partner_id.id}
        )
        for lang in LANGUAGES:
            with self.reading(lang):
                self.google_event("De Google")
                self.tour("google_sync_agenda")
                events = self.env["calendar.event"]
                self.clear(events.search([("name", "=", "De Google")]))

    # -- why -------------------------------------------------------------------

    def test_why_it_is_in_google_and_why_not(self):
        inside = self.event("Dedans")
        outside = self.event("Dehors", days=800)
        self.account.run_sync()
        path = "/odoo/calendar/%s"
        for lang in LANGUAGES:
            with self.reading(lang):
                self.tour("google_sync_why_linked", path % inside.id)
                self.tour("google_sync_why_out", path % outside.id)


@tagged("post_install", "-at_install")
class TestFrontPhone(FrontTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_agenda_and_why_on_a_phone(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                self.google_event("De Google")
                self.tour("google_sync_agenda_phone")
                events = self.env["calendar.event"]
                self.clear(events.search([("name", "=", "De Google")]))
