"""Contacts as people enter them: several mails in a field, pictures of any kind."""

import base64
import io

from PIL import Image

from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactTyped(ContactCase):
    def mails(self, partner):
        return [x["value"] for x in self.google_of(partner).get("emailAddresses", ())]

    def test_both_mails_of_a_field_pair_with_the_card_in_google(self):
        self.google_contact("Zoé", email="zoe@perso.example.com")
        zoe = self.partner(email="zoe@example.com / zoe@perso.example.com")
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertEqual(
            sorted(self.mails(zoe)), ["zoe@example.com", "zoe@perso.example.com"]
        )
        self.assert_quiet()

    def test_two_contacts_with_one_mail_are_asked_about(self):
        self.google_contact("Accueil", email="accueil@example.com")
        self.partner("Zoé", email="zoe@example.com or accueil@example.com")
        self.partner("Yves", email="accueil@example.com")
        self.sync(state="partial")
        self.assertEqual(self.links().mapped("state"), ["held", "held"])
        self.assertEqual(len(self.in_google()), 1)

    def test_a_mail_that_cannot_be_read_is_said_and_left(self):
        zoe = self.partner(email="zoe@example.com", phone="01 23 45 67 89")
        self.sync()
        zoe.sudo().email = "@client.test"
        run = self.sync()
        self.assertEqual(self.mails(zoe), ["zoe@example.com"])
        line = run.line_ids
        self.assertEqual(line.action, "skip")
        self.assertIn("@client.test", line.with_user(self.ada).after_display)
        self.assertTrue(line.advice)
        self.assertIn("Email", self.link_of(zoe).story)
        (part,) = zoe.google_sync_why()["parts"]
        self.assertEqual(part["sign"], "problem")
        self.assert_quiet()

    def test_a_webp_photo_is_sent(self):
        target = io.BytesIO()
        Image.new("RGB", (900, 900), "green").save(target, "WEBP")
        zoe = self.partner(image_1920=base64.b64encode(target.getvalue()))
        self.sync()
        self.assertFalse(self.google_of(zoe)["photos"][0].get("default"))
        self.assert_quiet()

    def test_a_drawing_and_a_broken_picture_are_said(self):
        svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"
        drawing = self.partner("Zoé", image_1920=base64.b64encode(svg))
        broken = self.partner("Yves", image_1920=self.picture(kind="WEBP")[:80])
        run = self.sync()
        said = run.line_ids.filtered(lambda line: line.action == "skip")
        self.assertEqual(set(said.mapped("res_id")), {drawing.id, broken.id})
        self.assertTrue(all(said.mapped("advice")))
        self.assertIn("photo", self.link_of(drawing).story)
        self.assert_quiet()

    def test_odoos_own_initials_are_no_photo(self):
        person = self.ada.partner_id
        person.image_1920 = person._avatar_generate_svg()
        self.choose(person)
        run = self.sync()
        self.assertNotIn("skip", run.line_ids.mapped("action"))

    def test_a_label_with_the_name_of_googles_own_group(self):
        self.account.contact_label = True
        self.account.company_id.sudo().name = "Friends"
        zoe = self.partner()
        run = self.sync()
        labels = {x["resourceName"]: x["name"] for x in self.google_page.labels()}
        given = [
            labels[x["contactGroupMembership"]["contactGroupResourceName"]]
            for x in self.google_of(zoe)["memberships"]
        ]
        self.assertIn("Friends (Odoo)", given)
        line = run.line_ids.filtered(lambda line: line.action == "skip")
        self.assertEqual(line.with_user(self.ada).name, "Friends (Odoo)")
        self.assertTrue(line.advice)
        self.assert_quiet()
