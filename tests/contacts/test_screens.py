"""Contacts in the browser: the list as vCard, choosing contacts by the menu."""

import vobject

from odoo.tests import tagged

from ..common import GoogleSyncHttpCase
from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactScreens(GoogleSyncHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.account_of(cls.ada)
        cls.zoe = cls.env["res.partner"].create(
            {
                "name": "Zoé Le Goff",
                "email": "zoe@example.com",
                "mobile": "+33 6 12 34 56 78",
                "comment": "<p>Un<br>deux</p>",
                "image_1920": ContactCase.picture(),
            }
        )
        cls.paul = cls.env["res.partner"].create(
            {"name": "Paul", "email": "paul@example.com"}
        )

    def choose(self, partners):
        return partners.with_user(self.ada).action_google_sync_choose()

    def cards(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, response.text)
        self.assertIn("text/vcard", response.headers["Content-Type"])
        return {card.fn.value: card for card in vobject.readComponents(response.text)}

    def test_the_list_as_one_file(self):
        self.choose(self.zoe | self.paul)
        self.authenticate("ada", "ada")
        action = self.account.action_export_contacts()
        cards = self.cards(action["url"])
        self.assertEqual(sorted(cards), ["Paul", "Zoé Le Goff"])
        card = cards["Zoé Le Goff"]
        self.assertEqual(card.email.value, "zoe@example.com")
        self.assertEqual(card.tel.value, "+33 6 12 34 56 78")
        self.assertEqual(card.note.value, "Un\ndeux")
        self.assertTrue(card.photo.value.startswith((b"\xff\xd8", b"\x89PNG")))

    def test_some_of_it_and_nobody_elses(self):
        self.choose(self.zoe | self.paul)
        links = self.account.contact_link_ids
        one = links.filtered(lambda link: link.partner_id == self.paul)
        self.authenticate("ada", "ada")
        self.assertEqual(list(self.cards(one.action_export()["url"])), ["Paul"])
        self.make_user("bob")
        self.authenticate("bob", "bob")
        for url in (
            one.action_export()["url"],
            self.account.action_export_contacts()["url"],
        ):
            self.assertEqual(self.url_open(url).status_code, 403)

    def test_contacts_are_chosen_in_their_list_and_shown_in_the_tab(self):
        self.account.google_login = "ada@gmail.com"
        # Straight to the list: a view being switched may forget the mark.
        self.start_tour(
            "/odoo/contacts?view_type=list", "google_sync_contacts", login="ada"
        )
        links = self.account.contact_link_ids
        self.assertEqual(links.partner_id, self.zoe)

    def test_contacts_are_added_by_a_dialogue_over_unsaved_edits(self):
        self.account.google_login = "ada@gmail.com"
        tours = {
            "google_sync_contacts_add": "/odoo",
            "google_sync_contacts_add_page": f"/odoo/my-preferences/{self.ada.id}",
        }
        for tour, url in tours.items():
            self.account.sudo().contact_link_ids.unlink()
            self.account.months_before = 1
            self.start_tour(url, tour, login="ada")
            self.assertEqual(self.account.contact_link_ids.partner_id, self.zoe)
            self.assertEqual(self.account.months_before, 7)

    def test_contacts_are_added_in_the_whole_list(self):
        self.choose(self.zoe)
        self.start_tour(
            "/odoo/google-sync-contacts", "google_sync_contacts_add_list", login="ada"
        )
        both = self.account.contact_link_ids.partner_id
        self.assertEqual(both, self.zoe | self.paul)
