"""In a browser: the tab Synchronisation, in both languages, and its dialogues."""

from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import GoogleSyncHttpCase


@tagged("post_install", "-at_install")
class TestTabTours(GoogleSyncHttpCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ada)
        start = datetime.now().replace(minute=0, second=0, microsecond=0)
        self.env["calendar.event"].with_user(self.ada).create(
            {
                "name": "Réunion",
                "start": start + timedelta(days=1),
                "stop": start + timedelta(days=1, hours=1),
                "partner_ids": [Command.set(self.ada.partner_id.ids)],
            }
        )
        self.person = self.world.person("ada@gmail.com")

    def tour(self, name):
        self.start_tour("/odoo/my-google-sync", name, login="ada", timeout=120)

    def summaries(self):
        items = self.person.list(showDeleted=False)
        return [item["summary"] for item in items if item["status"] != "cancelled"]

    def test_tab(self):
        self.tour("google_sync_tab_en")
        self.assertFalse(self.summaries())
        self.assertTrue(self.account.waits_for_person)

    def test_tab_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["web", "google_sync"], ["fr_FR"]
        )
        self.ada.lang = "fr_FR"
        self.tour("google_sync_tab_fr")
        self.assertFalse(self.summaries())
        french = self.account.with_context(lang="fr_FR")
        self.assertIn("Réinitialisation", french.last_message)

    def test_my_preferences_stay_open(self):
        self.start_tour("/odoo", "google_sync_preferences_stay", login="ada")
        self.assertEqual(self.account.state, "off")
        self.assertEqual(self.summaries(), ["Réunion"])

    def test_manual_connection(self):
        company = self.env.company.sudo()
        company.write(
            {
                "google_sync_client_id": "desktop.example",
                "google_sync_client_kind": "installed",
            }
        )
        company._google_sync_keep("google_sync_client_secret", "desktop-secret")
        self.env["ir.config_parameter"].sudo().set_param(
            "web.base.url", "https://odoo.example.com"
        )
        self.account.disconnect()
        self.tour("google_sync_by_hand")
        self.assertEqual(self.account.state, "off")
