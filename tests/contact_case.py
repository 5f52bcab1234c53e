"""What the tests of contacts share: Ada's list in Odoo, Ada at Google's page."""

import base64
import io

from PIL import Image

from .common import GoogleSyncCase


class ContactCase(GoogleSyncCase):
    """One connected user who may write contacts; a run commits on test cursors."""

    def setUp(self):
        super().setUp()
        creation = self.env.ref("base.group_partner_manager")
        self.ada.sudo().group_ids += creation
        self.google_page = self.world.person("ada@gmail.com").contacts
        for person in self.google_page.list():
            self.google_page.delete(person["resourceName"])
        mode = self.enter_registry_test_mode()
        mode.__enter__()
        self.addCleanup(mode.__exit__, None, None, None)

    # -- running ---------------------------------------------------------------

    def sync(self, state="done", **options):
        options.setdefault("scope", "contacts")
        run = self.account.run_sync(**options)
        errors = run.line_ids.filtered(lambda line: line.action == "error")
        said = f"{run.message} {errors.mapped('error')}"
        self.assertEqual(run.state, state, said)
        return run

    def assert_quiet(self):
        """The next run lists once and writes nothing."""
        run = self.sync()
        self.assertEqual(run.requests, 1)
        self.assertFalse(run.line_ids.mapped("action"))

    # -- Odoo ------------------------------------------------------------------

    def partner(self, name="Zoé Le Goff", listed=True, **values):
        values.setdefault("email", f"{name.replace(' ', '.').lower()}@example.com")
        partner = self.env["res.partner"].create({"name": name, **values})
        if listed:
            self.choose(partner)
        return partner.with_user(self.ada)

    def choose(self, partners, user=None):
        return partners.with_user(user or self.ada).action_google_sync_choose()

    def unchoose(self, partners):
        return partners.with_user(self.ada).action_google_sync_unchoose()

    def links(self):
        return self.env["google.sync.contact.link"].search(
            [("account_id", "=", self.account.id)]
        )

    def link_of(self, partner):
        return self.links().filtered(lambda link: link.partner_id.id == partner.id)

    @staticmethod
    def picture(color="red", size=(64, 64), kind="PNG"):
        """An image field's value."""
        target = io.BytesIO()
        Image.new("RGB", size, color).save(target, kind)
        return base64.b64encode(target.getvalue())

    # -- Google ----------------------------------------------------------------

    def in_google(self):
        return {x["resourceName"]: x for x in self.google_page.list()}

    def google_of(self, partner):
        return self.google_page.get(self.link_of(partner).resource_name)

    def note_of(self, partner):
        notes = self.google_of(partner).get("biographies") or [{}]
        return notes[0].get("value", "")

    def google_contact(self, name="Zoé", email="", **body):
        mails = [{"value": email}] if email else []
        return self.google_page.insert(
            {"names": [{"unstructuredName": name}], "emailAddresses": mails, **body}
        )
