"""In a browser, in English and in French: each question is answered where it stands."""

from odoo.tests import tagged

from ..front_tour_case import LANGUAGES, FrontTourCase

DECISIONS = "/odoo/google-sync-decisions"


class DecisionTourCase(FrontTourCase):
    def deleted_in_google(self, name):
        self.account.confirm_deletions = True
        event = self.event(name, 3, location="Paris")
        self.account.run_sync()
        self.person.delete(event.sudo().google_sync_link_ids.google_id)
        self.account.run_sync()
        return event

    def contested(self, name, there, here):
        """An event that was changed on both sides."""
        self.account.conflict_policy = "ask"
        event = self.event(name, 4, location="Paris")
        self.account.run_sync()
        self.person.patch(event.sudo().google_sync_link_ids.google_id, there)
        event.with_user(self.ada).write(here)
        self.account.run_sync()
        return event

    def twins(self):
        """Two of one title and period, before Google's is seen."""
        self.account.auto_push = False
        twins = self.event("Même", 0, location="Salle 1")
        twins += self.event("Même", 0, location="Salle 2")
        self.google_event("Même")
        self.account.run_sync()
        self.account.auto_push = True
        return twins


@tagged("post_install", "-at_install")
class TestDecisionTours(DecisionTourCase):
    def test_every_kind_is_answered_in_the_list(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                kept = self.deleted_in_google("Gardé")
                place = {"location": "Lyon"}
                lyon = self.contested("Lieu", place, {"location": "Nice"})
                both = self.contested(
                    "Base", {"summary": "G", **place}, {"name": "Odoo", "location": "O"}
                )
                twins = self.twins()
                self.tour("google_sync_decisions", DECISIONS, timeout=120)
                self.account.run_sync()
                self.assertTrue(kept.exists())
                self.assertEqual(lyon.location, "Lyon")
                self.assertEqual((both.name, both.location), ("G", "O"))
                there = ["G", "Gardé", "Lieu", "Même", "Même"]
                self.assertEqual(self.in_google(), there)
                self.account.conflict_policy = "newest"
                self.clear(kept + lyon + both + twins)

    def test_from_the_list_and_from_the_event(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                event = self.deleted_in_google("Gardé")
                self.tour("google_sync_decisions_event", f"/odoo/calendar/{event.id}")
                self.account.run_sync()
                self.assertEqual(self.in_google(), ["Gardé"])
                self.clear(event)
                event = self.deleted_in_google("Gardé")
                self.tour("google_sync_decisions_list", DECISIONS)
                self.account.run_sync()
                self.assertFalse(event.exists())
                self.assertFalse(self.in_google())


@tagged("post_install", "-at_install")
class TestDecisionPhone(DecisionTourCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_cards_on_a_phone(self):
        self.ada.lang = "fr_FR"
        event = self.deleted_in_google("Gardé")
        self.tour("google_sync_decisions_phone", DECISIONS)
        self.account.run_sync()
        self.assertTrue(event.exists())
