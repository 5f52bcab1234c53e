"""The account: its connection, its options, its state, its end."""

import os
from unittest.mock import patch

from cryptography.fernet import Fernet
from psycopg2.errors import CheckViolation, StringDataRightTruncation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...google_api.oauth import AGENDA_SCOPES, CONTACTS_SCOPES
from ...models.connection.grant import same_mailbox
from ...sync.ports import AdminNeeded, ReconnectNeeded
from ..common import CLIENT_ID, GoogleSyncCase


@tagged("post_install", "-at_install")
class TestConnectedAccount(GoogleSyncCase):
    def test_connected_account_knows_who_it_is(self):
        account = self.account
        self.assertEqual(account.state, "connected")
        self.assertEqual(account.light, "connected")
        self.assertEqual(account.google_email, "ada@gmail.com")
        self.assertEqual(
            account.sudo().google_sub, self.world.account("ada@gmail.com").sub
        )
        self.assertTrue(account.agenda_granted)
        self.assertTrue(account.contacts_granted)

    def test_calendar_is_preset_to_the_main_one_by_its_real_id(self):
        self.assertEqual(self.account.calendar_id.google_id, "ada@gmail.com")
        self.assertTrue(self.account.calendar_id.is_primary)
        self.assertEqual(self.account.calendar_id.time_zone, "Europe/Paris")

    def test_defaults_of_the_options(self):
        expected = {
            "sync_events": True,
            "sync_contacts": True,
            "months_before": 1,
            "months_after": 12,
            "auto_push": True,
            "auto_pull": True,
            "pull_at_login": False,
            "confirm_deletions": False,
            "sync_series": True,
            "transfer_colors": False,
            "conflict_policy": "newest",
            "distribution": "copies",
        }
        values = self.account.read(list(expected))[0]
        values.pop("id")
        self.assertEqual(values, expected)

    def test_confirm_deletions_follows_pull_at_login(self):
        self.account.pull_at_login = True
        self.assertTrue(self.account.confirm_deletions)
        self.account.confirm_deletions = False
        self.assertFalse(self.account.confirm_deletions)

    def test_one_account_per_user(self):
        accounts = self.env["google.sync.account"]
        self.assertEqual(accounts._of_user(self.ada), self.account)

    def test_reconnecting_as_the_same_person_keeps_the_calendar(self):
        self.world.add_calendar(self.world.account("ada@gmail.com"), "Team")
        self.account.action_refresh_calendars()
        team = self.account.calendar_ids.filtered(lambda c: c.name == "Team")
        self.account.calendar_id = team
        self.connect(self.ada)
        self.assertEqual(self.account.calendar_id, team)

    def test_reconnecting_as_somebody_else_is_refused(self):
        self.world.add_account("other@gmail.com", "Other")
        before = self.token_of(self.account).refresh_token
        with self.assertRaisesRegex(UserError, "ada@gmail.com"):
            self.connect(self.ada, "other@gmail.com")
        self.assertEqual(self.token_of(self.account).refresh_token, before)

    def test_months_out_of_range_are_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.account.months_before = -1
            self.account.flush_recordset()

    def test_tab_edits_the_account_of_a_plain_user(self):
        ada = self.ada.with_user(self.ada)
        with Form(ada, view="base.view_users_form_simple_modif") as form:
            form.google_sync_months_after = 6
            form.google_sync_auto_push = False
        self.assertEqual(self.account.months_after, 6)
        self.assertFalse(self.account.auto_push)


@tagged("post_install", "-at_install")
class TestFirstConnection(GoogleSyncCase):
    def test_typed_address_must_be_the_chosen_account(self):
        bob = self.make_user("bob")
        account = self.account_of(bob)
        account.google_login = "robert@gmail.com"
        query = self.consent(
            account._start_consent().replace("robert%40gmail.com", "bob%40gmail.com")
        )
        taken = self.env["google.sync.consent"].sudo()._take(query["state"])
        with self.assertRaisesRegex(UserError, "robert@gmail.com"):
            account._accept_consent(taken, *account._fetch_grant(taken, query["code"]))
        self.assertEqual(account.state, "off")
        self.assertFalse(self.token_of(account))

    def test_gmail_ignores_dots_and_case(self):
        self.assertTrue(same_mailbox("A.Da@Gmail.com", "ada@gmail.com"))
        self.assertTrue(same_mailbox("ada@googlemail.com", "ada@gmail.com"))
        self.assertFalse(same_mailbox("a.da@example.com", "ada@example.com"))

    def test_agenda_alone_granted_says_what_is_missing(self):
        bob = self.make_user("bob")
        self.world.account("bob@gmail.com").grants_only = set(AGENDA_SCOPES)
        account = self.connect(bob)
        self.assertEqual(account.state, "connected")
        self.assertTrue(account.agenda_granted)
        self.assertFalse(account.contacts_granted)
        self.assertIn("contacts", account.last_message)

    def test_contacts_alone_granted_leaves_no_calendar(self):
        bob = self.make_user("bob")
        self.world.account("bob@gmail.com").grants_only = set(CONTACTS_SCOPES)
        account = self.connect(bob)
        self.assertFalse(account.agenda_granted)
        self.assertFalse(account.calendar_ids)
        self.assertIn("agenda", account.last_message)

    def test_nothing_granted_connects_nothing(self):
        bob = self.make_user("bob")
        self.world.account("bob@gmail.com").grants_only = set()
        with self.assertRaisesRegex(UserError, "tick"):
            self.connect(bob)
        self.assertFalse(self.token_of(self.account_of(bob)))

    def test_only_what_the_options_want_is_asked_for(self):
        bob = self.make_user("bob")
        account = self.account_of(bob)
        account.sync_contacts = False
        self.assertNotIn("auth%2Fcontacts", account._start_consent())

    def test_typed_calendar_name_is_resolved_at_connection(self):
        bob = self.make_user("bob")
        self.world.add_calendar(self.world.account("bob@gmail.com"), "Équipe")
        self.account_of(bob).calendar_name = "équipe"
        account = self.connect(bob)
        self.assertEqual(account.calendar_id.name, "Équipe")

    def test_unknown_calendar_name_is_said(self):
        bob = self.make_user("bob")
        self.account_of(bob).calendar_name = "Nowhere"
        account = self.connect(bob)
        self.assertFalse(account.calendar_id)
        self.assertIn("Nowhere", account.last_message)

    def test_calendar_api_switched_off_is_an_error_for_the_administrator(self):
        bob = self.make_user("bob")
        self.google_client().disabled_apis.add("calendar")
        self.addCleanup(self.google_client().disabled_apis.clear)
        account = self.connect(bob)
        self.assertEqual(account.state, "error")
        self.assertIn("administrator", account.last_message)

    def test_without_application_the_reason_is_given(self):
        bob = self.make_user("bob")
        with (
            patch.dict(os.environ, {"GOOGLE_SYNC_CLIENT_ID": ""}),
            self.assertRaisesRegex(UserError, "No Google application"),
        ):
            self.account_of(bob)._start_consent()

    def test_desktop_application_needs_the_same_computer(self):
        company = self.ada.company_id.sudo()
        company.google_sync_client_id = "desktop"
        company.google_sync_client_secret = "secret"
        company.google_sync_client_kind = "installed"
        account = self.account_of(self.make_user("bob"))
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("web.base.url", "http://localhost:8069")
        self.assertIn("localhost", account._start_consent())
        params.set_param("web.base.url", "https://odoo.example.com")
        with self.assertRaisesRegex(UserError, "Web application"):
            account._start_consent()

    def test_odoo_google_calendar_active_refuses_the_connection(self):
        account = self.account_of(self.make_user("bob"))
        kind = type(account)
        with (
            patch.object(kind, "_has_odoo_google_calendar", lambda self: True),
            self.assertRaisesRegex(UserError, "Google Calendar"),
        ):
            account._start_consent()

    def test_odoo_google_calendar_not_installed_is_no_obstacle(self):
        self.assertFalse(self.account.sudo()._has_odoo_google_calendar())


@tagged("post_install", "-at_install")
class TestCalendarChoice(GoogleSyncCase):
    def test_read_only_calendar_is_refused(self):
        boss = self.world.add_account("boss@gmail.com", "Boss")
        shared = self.world.add_calendar(boss, "Boss's plans")
        self.world.share(shared, self.world.account("ada@gmail.com"), "reader")
        self.account.action_refresh_calendars()
        plans = self.account.calendar_ids.filtered(lambda c: c.name == "Boss's plans")
        self.assertEqual(plans.access_role, "reader")
        with self.assertRaisesRegex(ValidationError, "read"):
            self.account.calendar_id = plans

    def test_calendar_of_another_account_is_refused(self):
        other = self.connect(self.make_user("bob"))
        with self.assertRaises(ValidationError):
            self.account.sudo().calendar_id = other.sudo().calendar_id

    def test_two_calendars_of_one_name_must_be_chosen_from_the_list(self):
        google = self.world.account("ada@gmail.com")
        self.world.add_calendar(google, "Twin")
        self.world.add_calendar(google, "Twin")
        self.account.action_refresh_calendars()
        with self.assertRaisesRegex(UserError, "2 calendars"):
            self.account.calendar_name = "Twin"

    def test_vanished_calendar_stays_but_is_not_offered(self):
        google = self.world.account("ada@gmail.com")
        gone = self.world.add_calendar(google, "Gone")
        self.account.action_refresh_calendars()
        del google.calendar_list[gone.id]
        self.account.action_refresh_calendars()
        row = self.account.calendar_ids.filtered(lambda c: c.name == "Gone")
        self.assertFalse(row.listed)

    def test_role_that_google_invents_counts_as_none(self):
        calendars = self.env["google.sync.calendar"]
        self.assertEqual(calendars._known_role("gardener"), "none")
        self.assertEqual(calendars._known_role("owner"), "owner")


@tagged("post_install", "-at_install")
class TestTokens(GoogleSyncCase):
    def test_tokens_come_back_as_they_went(self):
        tokens = self.account._tokens()
        row = self.token_of(self.account)
        self.assertEqual(tokens.refresh_token, row.refresh_token)
        self.assertTrue(tokens.expiry.tzinfo)

    def test_tokens_are_encrypted_when_the_server_has_a_key(self):
        key = Fernet.generate_key().decode()
        with patch.dict(os.environ, {"GOOGLE_SYNC_TOKEN_KEY": key}):
            self.connect(self.ada)
            row = self.token_of(self.account)
            self.assertTrue(row.refresh_token.startswith("fernet:"))
            self.assertTrue(row.access_token.startswith("fernet:"))
            self.assertNotIn("fernet:", self.account._tokens().refresh_token)

    def test_old_key_still_opens_and_the_new_one_closes(self):
        old, new = (Fernet.generate_key().decode() for _ in range(2))
        with patch.dict(os.environ, {"GOOGLE_SYNC_TOKEN_KEY": old}):
            self.connect(self.ada)
            tokens = self.account._tokens()
        with patch.dict(os.environ, {"GOOGLE_SYNC_TOKEN_KEY": f"{new},{old}"}):
            self.assertEqual(self.account._tokens(), tokens)
            self.account._store_tokens(tokens)
        with patch.dict(os.environ, {"GOOGLE_SYNC_TOKEN_KEY": new}):
            self.assertEqual(self.account._tokens(), tokens)

    def test_lost_key_means_reconnect(self):
        key = Fernet.generate_key().decode()
        with patch.dict(os.environ, {"GOOGLE_SYNC_TOKEN_KEY": key}):
            self.connect(self.ada)
        with self.assertRaises(ReconnectNeeded):
            self.account.sudo()._calendar_client(self.account.calendar_id)

    def test_refresh_without_refresh_token_keeps_the_old_one(self):
        before = self.account._tokens()
        self.account._store_tokens(type(before)("new-access", "", before.expiry))
        after = self.account._tokens()
        self.assertEqual(after.access_token, "new-access")
        self.assertEqual(after.refresh_token, before.refresh_token)

    def test_failing_statement_does_not_log_the_tokens(self):
        tokens = self.account._tokens()
        with (
            self.assertNoLogs("odoo.sql_db", "ERROR"),
            self.assertRaises(StringDataRightTruncation),
            self.cr.savepoint(flush=False),
        ):
            self.env.cr.execute(
                "ALTER TABLE google_sync_token ALTER access_token TYPE varchar(5) "
                "USING ''"
            )
            self.account._store_tokens(tokens)

    def test_expired_access_token_is_refreshed_and_stored(self):
        self.token_of(self.account).expiry = "2020-01-01 00:00:00"
        before = self.account._tokens()
        client = self.account.sudo()._calendar_client(self.account.calendar_id)
        client.list_events()
        self.assertNotEqual(self.account._tokens().access_token, before.access_token)

    def test_another_application_means_reconnect(self):
        self.world.add_client("own.apps.googleusercontent.com", "own", "web", [])
        company = self.ada.company_id.sudo()
        company.google_sync_client_id = "own.apps.googleusercontent.com"
        company.google_sync_client_secret = "own"
        self.assertEqual(
            self.account.sudo()._google_application().client_id,
            "own.apps.googleusercontent.com",
        )
        with self.assertRaises(ReconnectNeeded):
            self.account.sudo()._calendar_client(self.account.calendar_id)

    def test_server_application_is_the_default(self):
        self.assertEqual(self.account.sudo()._google_application().client_id, CLIENT_ID)


@tagged("post_install", "-at_install")
class TestState(GoogleSyncCase):
    def notices(self):
        domain = [("message", "like", "google_sync_reconnect")]
        return self.env["bus.bus"].search(domain)

    def test_owner_is_told_once_to_reconnect(self):
        before = self.notices()
        self.account.sudo()._mark_reconnect("The grant is dead.")
        self.account.sudo()._mark_reconnect("The grant is dead.")
        self.env.cr.precommit.run()
        told = self.notices() - before
        self.assertEqual(self.account.state, "to_reconnect")
        self.assertEqual(self.account.last_message, "The grant is dead.")
        self.assertEqual(len(told), 1)
        self.assertIn("Connect", told.message)

    def test_connecting_again_makes_the_next_notice_possible(self):
        self.account.sudo()._mark_reconnect("The grant is dead.")
        self.connect(self.ada)
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.reconnect_told)

    def test_success_turns_the_light_green_again(self):
        self.account.sudo()._mark_error("Google is down.")
        self.assertEqual(self.account.light, "error")
        self.account.sudo()._mark_connected()
        self.assertEqual(self.account.light, "connected")

    def test_copy_of_the_database_is_suspended_until_an_administrator_speaks(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("database.uuid", "a-copy")
        self.account.invalidate_recordset(["light"])
        self.assertEqual(self.account.light, "suspended")
        with self.assertRaises(AdminNeeded):
            self.account.sudo()._calendar_client(self.account.calendar_id)
        manager = self.make_user("max", groups="google_sync.group_manager")
        for user in (self.ada, manager):
            with self.assertRaisesRegex(AccessError, "Only an administrator"):
                self.account.with_user(user).action_resume()
        root = self.make_user("root", groups="base.group_system")
        self.account.with_user(root).action_resume()
        self.account.invalidate_recordset(["light"])
        self.assertEqual(self.account.light, "connected")

    def test_neutralised_database_never_calls(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("database.is_neutralized", "True")
        with self.assertRaises(AdminNeeded):
            self.account.sudo()._calendar_client(self.account.calendar_id)
        root = self.make_user("root", groups="base.group_system")
        with self.assertRaisesRegex(UserError, "neutralised"):
            self.account.with_user(root).action_resume()


@tagged("post_install", "-at_install")
class TestDisconnect(GoogleSyncCase):
    def test_disconnect_forgets_the_tokens_and_keeps_the_person(self):
        sub = self.account.sudo().google_sub
        self.account.disconnect()
        self.assertEqual(self.account.state, "off")
        self.assertFalse(self.token_of(self.account))
        self.assertEqual(self.account.sudo().google_sub, sub)
        self.assertTrue(self.account.calendar_id)

    def test_disconnect_leaves_the_grant_at_google(self):
        token = self.account._tokens().refresh_token
        self.account.disconnect()
        self.env.cr.postcommit.run()
        self.assertTrue(self.is_granted(token))

    def test_disconnect_revokes_when_asked(self):
        account = self.connect(self.make_user("bob"))
        token = account._tokens().refresh_token
        account.disconnect(revoke=True)
        self.assertTrue(self.is_granted(token), "before the commit")
        self.env.cr.postcommit.run()
        self.assertFalse(self.is_granted(token))

    def test_copy_of_the_database_never_revokes(self):
        token = self.account._tokens().refresh_token
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("database.uuid", "a-copy")
        self.account.disconnect(revoke=True)
        self.env.cr.postcommit.run()
        self.assertTrue(self.is_granted(token))

    def test_google_out_of_reach_does_not_stop_the_disconnection(self):
        with patch.dict(os.environ, {"GOOGLE_SYNC_API_ROOT": "http://127.0.0.1:9"}):
            self.account.disconnect(revoke=True)
            with self.assertLogs("odoo.addons.google_sync", "WARNING") as logs:
                self.env.cr.postcommit.run()
        self.assertNotIn("1//", "".join(logs.output))
        self.assertEqual(self.account.state, "off")
