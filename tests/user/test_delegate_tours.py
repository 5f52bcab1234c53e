"""In a browser, in both languages: a colleague on somebody else's account."""

from odoo.tests import tagged

from ..common import GoogleSyncHttpCase


@tagged("post_install", "-at_install")
class TestDelegateTours(GoogleSyncHttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["web", "google_sync"], ["fr_FR"]
        )
        self.account = self.connect(self.ada)
        self.bob = self.make_user("bob")

    def delegate(self, lang):
        self.env["google.sync.delegate"].with_user(self.ada).create(
            {"user_id": self.bob.id, "agenda": True}
        )
        self.bob.lang = lang
        path = f"/odoo/google-sync-accounts/{self.account.id}"
        self.start_tour(path, "google_sync_delegate", login="bob", timeout=120)
        run = self.account.run_ids[:1].sudo()
        self.assertEqual(run.requested_by_id | self.bob, self.bob)

    def test_delegate(self):
        self.delegate("en_US")

    def test_delegate_in_french(self):
        self.delegate("fr_FR")

    def test_colleagues_after_a_reload(self):
        path = "/odoo/google-sync-colleagues"
        self.start_tour(path, "google_sync_colleagues", login="ada", timeout=120)
        self.assertEqual(self.account.delegate_ids.user_id, self.bob)
