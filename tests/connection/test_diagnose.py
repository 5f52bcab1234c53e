"""Test: each check provoked in Google, in two languages where the sheet gives words."""

import os
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...google_api.oauth import AGENDA_SCOPES
from ..common import API_KEY, CLIENT_ID, CLIENT_SECRET, GoogleSyncCase


@tagged("post_install", "-at_install")
class TestDiagnose(GoogleSyncCase):
    def setUp(self):
        super().setUp()
        for name in ("ir_cron_synchronise", "ir_cron_synchronise_second"):
            self.cron(name).lastcall = fields.Datetime.now()

    def cron(self, name="ir_cron_synchronise"):
        return self.env.ref(f"google_sync.{name}")

    def checks(self, account=None):
        found = (account or self.account).diagnose()
        return {check["check"]: check for check in found}

    def french(self, account=None):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["google_sync"], ["fr_FR"])
        account = account or self.account
        return self.checks(account.with_context(lang="fr_FR"))

    def assertCheck(self, name, status, words="", account=None):
        check = self.checks(account)[name]
        text = f"{check['message']} {check['solution']}"
        self.assertEqual(check["status"], status, text)
        self.assertIn(words, text)
        return check

    # -- all is well -----------------------------------------------------------

    def test_all_is_well(self):
        checks = self.checks()
        wrong = [c for c in checks.values() if c["status"] not in ("ok", "info")]
        self.assertFalse(wrong)
        self.assertEqual(
            list(checks),
            [
                *("application", "redirect", "token", "scopes", "calendar_api"),
                *("people_api", "calendar", "writable", "clock", "quota", "api_key"),
                *("cron", "push"),
            ],
        )

    def test_no_secret_is_shown(self):
        row = self.token_of(self.account)
        text = str(self.account.diagnose())
        for secret in (CLIENT_SECRET, API_KEY, row.refresh_token, row.access_token):
            self.assertNotIn(secret, text)

    def test_fresh_access_is_kept(self):
        before = self.token_of(self.account).access_token
        self.account.diagnose()
        self.assertNotEqual(self.token_of(self.account).access_token, before)

    def test_who_may(self):
        bob = self.make_user("bob")
        with self.assertRaises(AccessError):
            self.account.with_user(bob).diagnose()
        self.account.delegate_ids = [
            (0, 0, {"user_id": bob.id, "visible": True, "agenda": True})
        ]
        self.assertTrue(self.account.with_user(bob).diagnose())

    def test_the_dialogue_shows_them(self):
        action = self.account.action_test()
        test = self.env[action["res_model"]].with_user(self.ada)
        report = test.browse(action["res_id"]).report
        self.assertIn('data-check="cron"', report)
        self.assertIn("All checks are right", report)

    # -- the application and the connection ------------------------------------

    def test_mistyped_secret(self):
        company = self.env.company.sudo()
        company.google_sync_client_id = CLIENT_ID
        company._google_sync_keep("google_sync_client_secret", "GOCSPX-mistyped")
        self.assertCheck("application", "error", "client id and secret")
        self.assertNotIn("GOCSPX", str(self.account.diagnose()))
        self.assertEqual(self.account.state, "connected")
        message = self.french()["application"]["message"]
        self.assertEqual(
            message,
            "Les informations sur le compte utilisateur ne sont pas accessibles",
        )

    def test_mistyped_secret_before_anybody_connected(self):
        account = self.account_of(self.make_user("bob"))
        with patch.dict(os.environ, {"GOOGLE_SYNC_CLIENT_SECRET": "GOCSPX-mistyped"}):
            self.assertCheck("application", "error", account=account)
        self.assertCheck("application", "ok", account=account)
        self.assertCheck("token", "error", "press Connect", account=account)

    def test_no_application(self):
        with patch.dict(os.environ, {"GOOGLE_SYNC_CLIENT_ID": ""}):
            check = self.assertCheck("application", "error", "Settings, Google Sync")
        self.assertIn("not accessible", check["message"])

    def test_access_taken_back_in_google(self):
        account = self.connect(self.make_user("bob"))
        sub = self.world.account("bob@gmail.com").sub
        self.world.oauth.revoke_grant(sub, CLIENT_ID)
        check = self.assertCheck("token", "error", "Press Connect", account)
        self.assertIn("not accessible", check["message"])
        self.assertNotIn("calendar", self.checks(account))

    def test_redirect_address_that_google_refuses(self):
        params = self.env["ir.config_parameter"].sudo()
        for url in ("http://odoo.example.com", "https://192.168.1.20", "https://odoo"):
            params.set_param("web.base.url", url)
            self.assertCheck("redirect", "warning", "Manual connection")
        params.set_param("web.base.url", "https://odoo.example.com")
        self.assertCheck("redirect", "ok")

    def test_consent_that_did_not_return(self):
        bob = self.make_user("bob")
        account = self.account_of(bob)
        account.google_login = "bob@gmail.com"
        account._start_consent()
        self.assertCheck("consent", "warning", "test users", account)
        self.assertIn("ago", self.checks(account)["consent"]["message"])
        self.assertIn(
            "«\N{NBSP}Erreur d'autorisation. 403 access_denied\N{NBSP}»",
            self.french(account)["consent"]["solution"],
        )
        self.age_consents("2 hours")
        self.assertCheck("consent", "info", "test users", account)
        self.age_consents("5 hours")
        self.assertNotIn("consent", self.checks(account))

    def age_consents(self, interval):
        self.env.cr.execute(
            "UPDATE google_sync_consent SET create_date = create_date - %s::interval",
            [interval],
        )
        self.env.invalidate_all()

    def test_consent_that_did_not_return_is_answered_by_a_success(self):
        bob = self.make_user("bob")
        account = self.account_of(bob)
        account.google_login = "bob@gmail.com"
        account._start_consent()
        self.connect(bob)
        self.assertNotIn("consent", self.checks(account))

    def test_box_not_ticked(self):
        bob = self.make_user("bob")
        self.world.account("bob@gmail.com").grants_only = set(AGENDA_SCOPES)
        account = self.connect(bob)
        self.assertCheck("scopes", "error", "contacts", account)
        self.assertEqual(account.light, "partly")
        account.sync_contacts = False
        self.assertEqual(account.light, "connected")
        self.assertCheck("scopes", "ok", account=account)

    def test_connection_that_ends(self):
        self.account.sudo().grant_expires_at = fields.Datetime.now() + timedelta(5)
        self.assertCheck("ending", "info", "in testing")
        self.account.sudo().grant_expires_at = fields.Datetime.now() + timedelta(1)
        self.assertCheck("ending", "warning")

    # -- Google's side ---------------------------------------------------------

    def test_calendar_api_off(self):
        self.patch(self.google_client(), "disabled_apis", {"calendar"})
        self.assertCheck("calendar_api", "error", "enabled")
        self.assertEqual(
            self.french()["calendar_api"]["message"],
            "Aucun calendrier n'a été trouvé sur le serveur",
        )
        self.assertCheck("people_api", "ok")

    def test_people_api_off(self):
        self.patch(self.google_client(), "disabled_apis", {"people"})
        self.assertCheck("people_api", "error", "Google People API")
        self.assertCheck("calendar_api", "ok")

    def test_no_calendar_in_the_account(self):
        google = self.world.account("ada@gmail.com")
        self.patch(google, "calendar_list", {})
        self.assertCheck("calendar", "error")
        self.assertEqual(
            self.french()["calendar"]["message"],
            "Aucun calendrier n'a été trouvé sur le compte Google",
        )

    def test_calendar_gone_from_the_account(self):
        google = self.world.account("ada@gmail.com")
        self.world.add_calendar(google, "Mon Calendrier", "gone@group")
        self.account.action_refresh_calendars()
        calendar = self.account.calendar_ids.filtered(
            lambda c: c.name == "Mon Calendrier"
        )
        self.account.calendar_id = calendar
        del google.calendar_list["gone@group"]
        self.assertCheck("calendar", "error", "Mon Calendrier")
        self.assertEqual(
            self.french()["calendar"]["message"],
            "Le calendrier recherché «\N{NBSP}Mon Calendrier\N{NBSP}» est inconnu",
        )

    def test_name_of_the_calendar_not_filled_in(self):
        self.account.sudo().write({"calendar_id": False, "calendar_name": False})
        self.assertCheck("calendar", "error")
        self.assertEqual(
            self.french()["calendar"]["message"], "Nom du calendrier non renseigné"
        )

    def test_typed_name_that_two_calendars_have(self):
        google = self.world.account("ada@gmail.com")
        for _time in range(2):
            self.world.add_calendar(google, "Doppelt")
        self.account.sudo().write({"calendar_id": False, "calendar_name": "doppelt"})
        self.assertCheck("calendar", "error", "several")

    def test_calendar_that_may_only_be_read(self):
        google = self.world.account("ada@gmail.com")
        calendar = self.world.calendars["ada@gmail.com"]
        self.patch(calendar, "roles", {google.email: "reader"})
        self.assertCheck("writable", "error", "right to edit")

    def test_colour_of_the_calendar(self):
        self.assertNotIn("colour", self.checks())
        self.account.transfer_colors = True
        entry = self.world.account("ada@gmail.com").calendar_list["ada@gmail.com"]
        self.patch(entry, "color_id", "1")
        self.assertCheck("colour", "ok")
        self.patch(entry, "color_id", "16")
        self.assertCheck("colour", "warning", "another colour")

    def test_clock(self):
        self.addCleanup(self.world.clock.advance, -600)
        self.world.clock.advance(600)
        self.assertCheck("clock", "warning", "NTP")

    def test_key(self):
        for key, status in ((API_KEY, "ok"), ("AIza-wrong", "error"), ("", "info")):
            with patch.dict(os.environ, {"GOOGLE_SYNC_API_KEY": key}):
                self.assertCheck("api_key", status)
        self.patch(self.google_client(), "disabled_apis", {"people"})
        self.assertCheck("api_key", "warning", "enables")

    def test_pause_and_quota(self):
        account = self.account.sudo()
        account.next_try = fields.Datetime.now() + timedelta(hours=1)
        self.assertCheck("quota", "warning", "pause until")
        account.next_try = False
        account.usage = [[account._seconds(), 590]]
        self.assertCheck("quota", "warning", "590 of 600")

    def test_google_out_of_reach(self):
        self.world.faults.add("oauth.token", "bad_gateway")
        # Nothing is wrong with the account.
        self.assertCheck("token", "warning", "trouble of its own")
        self.addCleanup(self.world.faults.clear)
        self.world.faults.add("calendar.calendarList.list", "cut", times=9)
        self.assertCheck("calendar_api", "error", "cannot be reached")

    # -- this server -----------------------------------------------------------

    def test_scheduled_action(self):
        first, second = self.cron(), self.cron("ir_cron_synchronise_second")
        first.active = False
        self.assertCheck("cron", "warning", "switched off")
        second.lastcall = fields.Datetime.now() - timedelta(hours=1)
        self.assertCheck("cron", "error", "max_cron_threads")
        second.lastcall = False
        self.assertCheck("cron", "error", "never")
        second.active = False
        self.assertCheck("cron", "error", "Switched off")

    def test_copy_of_the_database(self):
        self.account.sudo().database_name = "another"
        self.assertCheck("application", "error", "copy")
        self.assertNotIn("token", self.checks())


@tagged("post_install", "-at_install")
class TestEnding(GoogleSyncCase):
    """A connection about to end is announced once, to somebody who reads it."""

    def told(self):
        domain = [("message", "like", "google_sync_reconnect")]
        return self.env["bus.bus"].search_count(domain)

    def at_screen(self):
        self.env["mail.presence"].create({"user_id": self.ada.id, "status": "online"})

    def announce(self):
        self.env["google.sync.account"]._cron_announce_endings()
        self.env.cr.precommit.run()
        return self.told()

    def ends_in(self, **delay):
        end = fields.Datetime.now() + timedelta(**delay)
        self.account.sudo().grant_expires_at = end

    def test_told_once(self):
        before = self.told()
        self.ends_in(days=1)
        self.at_screen()
        self.assertEqual(self.account.light, "ending")
        self.assertEqual(self.announce(), before + 1)
        self.assertEqual(self.announce(), before + 1)

    def test_not_before_its_time(self):
        before = self.told()
        self.ends_in(days=5)
        self.at_screen()
        self.assertEqual(self.account.light, "connected")
        self.assertEqual(self.announce(), before)

    def test_waits_for_the_owner(self):
        before = self.told()
        self.ends_in(days=1)
        self.assertEqual(self.announce(), before)
        self.at_screen()
        self.assertEqual(self.announce(), before + 1)

    def test_connecting_again_keeps_every_link_and_ends_the_warning(self):
        self.ends_in(days=1)
        self.at_screen()
        self.announce()
        calendar = self.account.calendar_id
        self.connect(self.ada)
        self.assertEqual(self.account.light, "connected")
        self.assertEqual(self.account.calendar_id, calendar)
        self.assertFalse(self.account.ending_told)

    def test_application_in_testing_ends_after_seven_days(self):
        self.patch(self.google_client(), "testing", True)
        self.patch(self.google_client(), "test_users", {"ada@gmail.com"})
        self.connect(self.ada)
        left = self.account.grant_expires_at - fields.Datetime.now()
        self.assertAlmostEqual(left / timedelta(days=1), 7, delta=0.01)
