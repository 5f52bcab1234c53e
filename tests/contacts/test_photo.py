"""Contacts over real HTTP: photos."""

import base64
import io

import vobject
from PIL import Image

from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactPhoto(ContactCase):
    def is_own(self, partner):
        photos = self.google_of(partner).get("photos") or [{"default": True}]
        return not photos[0].get("default", False)

    def test_added_changed_removed(self):
        zoe = self.partner()
        self.sync()
        self.assertFalse(self.is_own(zoe))
        zoe.sudo().image_1920 = self.picture("red", (1600, 1200))
        run = self.sync()
        self.assertIn("photo", run.line_ids.mapped("action"))
        self.assertTrue(self.is_own(zoe))
        first = self.google_of(zoe)["photos"][0]["url"]
        self.assert_quiet()
        zoe.sudo().image_1920 = self.picture("blue")
        self.sync()
        self.assertNotEqual(self.google_of(zoe)["photos"][0]["url"], first)
        zoe.sudo().image_1920 = False
        self.sync()
        self.assertFalse(self.is_own(zoe))
        self.assert_quiet()

    def test_google_s_own_photo_stays_while_odoo_has_none(self):
        zoe = self.partner()
        self.sync()
        data = base64.b64decode(self.picture("green"))
        self.google_page.photo(self.link_of(zoe).resource_name, data)
        self.sync()
        zoe.sudo().function = "Chef"
        self.sync()
        self.assertTrue(self.is_own(zoe))

    def test_generated_avatars_are_no_photos(self):
        user = self.make_user("bob")
        self.choose(user.partner_id)
        self.sync()
        self.assertFalse(self.is_own(user.partner_id))

    def test_a_photo_chosen_in_google_is_kept_when_it_gives_way(self):
        zoe = self.partner()
        self.sync()
        own = base64.b64decode(self.picture("green"))
        self.google_page.photo(self.link_of(zoe).resource_name, own)
        zoe.sudo().image_1920 = self.picture("red")
        run = self.sync()
        line = run.line_ids.sudo().filtered(lambda line: line.action == "photo")
        self.assertTrue(line.has_vcard)
        kept = vobject.readOne(line.archive).photo.value
        with Image.open(io.BytesIO(kept)) as image:
            red, green, blue = image.convert("RGB").getpixel((5, 5))
        self.assertTrue(green > 100 > max(red, blue))
        self.assert_quiet()
        zoe.sudo().image_1920 = self.picture("blue")
        run = self.sync()
        line = run.line_ids.sudo().filtered(lambda line: line.action == "photo")
        self.assertFalse(line.archive)
