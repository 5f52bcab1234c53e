"""In a browser, in both languages: the first day of a user and of an administrator."""

from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common import GoogleSyncHttpCase


@tagged("post_install", "-at_install")
class TestFirstDayTours(GoogleSyncHttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["web", "google_sync"], ["fr_FR"]
        )
        self.day = datetime.now().replace(minute=0, second=0, microsecond=0)
        self.day += timedelta(days=1)
        self.person = self.world.person("ada@gmail.com")
        for event in self.person.list(showDeleted=False):
            self.person.delete(event["id"])
        begin, end = (
            {"dateTime": f"{(self.day + timedelta(hours=hour)).isoformat()}Z"}
            for hour in (3, 4)
        )
        self.person.insert({"summary": "De Google", "start": begin, "end": end})
        self.env["calendar.event"].with_user(self.ada).create(
            {
                "name": "D'Odoo",
                "start": self.day,
                "stop": self.day + timedelta(hours=1),
                "partner_ids": [Command.set(self.ada.partner_id.ids)],
            }
        )

    def first_day(self, lang):
        self.ada.lang = lang
        self.start_tour(
            "/odoo/calendar", "google_sync_first_day", login="ada", timeout=120
        )
        account = self.account_of(self.ada)
        self.assertEqual((account.light, account.months_after), ("connected", 6))
        there = {x["summary"] for x in self.person.list(showDeleted=False)}
        self.assertEqual(there, {"D'Odoo", "De Google"})

    def test_user(self):
        self.first_day("en_US")

    def test_user_in_french(self):
        self.first_day("fr_FR")

    def administrator(self, lang):
        self.world.add_account("max@gmail.com", "Max")
        new_test_user(
            self.env,
            "max",
            groups="base.group_user,base.group_system",
            lang=lang,
            email="max@gmail.com",
        )
        self.start_tour(
            "/odoo/settings#google_sync", "google_sync_first_day_admin", login="max"
        )
        mine = self.env["google.sync.account"].search([("user_id.login", "=", "max")])
        self.assertEqual((mine.state, mine.light), ("connected", "to_start"))

    def test_administrator(self):
        self.administrator("en_US")

    def test_administrator_in_french(self):
        self.administrator("fr_FR")
