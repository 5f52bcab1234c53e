"""A Workspace administrator connects everybody; nobody gets another one's agenda."""

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...google_api.workspace import parse_key_file
from ...models.workspace.res_company import DELEGATED_SCOPES
from .workspace_case import NUMBER, WorkspaceCase


@tagged("post_install", "-at_install")
class TestWorkspace(WorkspaceCase):
    def test_everybody_of_the_domain_is_connected(self):
        dialog = self.press()
        self.assertIn("Connected: Dora", dialog.result)
        account = self.account_of(self.dora).sudo()
        self.assertEqual(account.state, "connected")
        self.assertEqual(account.google_email, "dora@firm.example")
        self.assertEqual(account.first_day, "choosing")
        self.assertTrue(account.calendar_id.is_primary)
        self.assertTrue(account.is_delegated)
        self.assertFalse(self.token_of(account).refresh_token)
        self.assertNotIn(self.dora, dialog.candidate_ids)

    def test_it_synchronises_and_signs_in_anew_each_hour(self):
        self.press()
        account = self.account_of(self.dora)
        event = self.event("Ours", user=self.dora)
        for _hour in range(2):
            self.world.oauth.expire_access_tokens()
            run = account.run_sync()
            self.assertEqual(run.state, "done", run.message)
        person = self.world.person("dora@firm.example")
        self.assertEqual([x["summary"] for x in person.list()], [event.name])

    def test_an_address_that_a_user_writes_is_never_signed_in_as(self):
        self.world.add_account("boss@firm.example", "Boss", workspace=True)
        eve = self.make_user("eve")
        eve.with_user(eve).sudo(False).email = "boss@firm.example"
        self.account_of(eve).google_login = "boss@firm.example"
        dialog = self.press()
        self.assertIn(eve.name, dialog.others)
        self.assertNotIn(eve, dialog.candidate_ids)
        dialog.user_ids = eve
        dialog.action_connect()
        self.assertEqual(self.account_of(eve).state, "off")

    def test_whose_own_word_is_another_address(self):
        self.account_of(self.dora).google_login = "dora@gmail.com"
        self.assertIn("You typed dora@gmail.com", self.press().result)
        self.assertEqual(self.account_of(self.dora).state, "off")

    def test_one_google_account_is_one_user_s(self):
        self.press()
        ada = self.account.sudo()
        sub = self.account_of(self.dora).sudo().google_sub
        self.assertTrue(sub)
        self.assertNotEqual(ada.google_sub, sub)

    def test_each_refusal_in_words(self):
        client = self.world.clients[NUMBER]
        client.delegated = set()
        self.assertIn("has not delegated the domain", self.press().result)
        client.delegated = set(DELEGATED_SCOPES)
        client.keys = {}
        self.assertIn("does not accept the key", self.press().result)
        self.workspace_user("gus", workspace=False)
        self.company._google_sync_take_service_account(
            parse_key_file(json.dumps(self.new_key()))
        )
        result = self.press().result
        self.assertIn("has no user", result)
        self.assertIn("Connected: Dora", result)

    def test_a_deleted_key_stops_in_words_and_a_new_one_goes_on(self):
        self.press()
        account = self.account_of(self.dora)
        account.run_sync()
        self.world.clients[NUMBER].keys = {}
        self.world.oauth.expire_access_tokens()
        run = account.run_sync()
        self.assertNotEqual(run.state, "done")
        self.assertIn("does not accept the key", run.message)
        self.company._google_sync_take_service_account(
            parse_key_file(json.dumps(self.new_key()))
        )
        self.assertEqual(account.run_sync().state, "done")

    def test_who_disconnected_is_not_connected_again(self):
        self.press()
        self.account_of(self.dora).disconnect(revoke=True)
        self.assertNotIn(self.dora, self.press().candidate_ids)
        self.assertEqual(self.account_of(self.dora).state, "off")

    def test_another_service_account_connects_them_again(self):
        self.press()
        self.replace_service_account()
        self.assertEqual(self.account_of(self.dora).light, "to_reconnect")
        self.assertIn("Connected: Dora", self.press().result)
        self.assertNotEqual(self.account_of(self.dora).light, "to_reconnect")

    def test_the_key_is_shown_to_nobody(self):
        stored = self.company.sudo().read(["google_sync_workspace_account"])
        self.assertNotIn("PRIVATE KEY", str(stored))
        admin = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            self.company.with_user(admin).read(["google_sync_workspace_key"])

    def test_a_file_that_is_no_key(self):
        settings = self.env["res.config.settings"]
        client = base64.b64encode(b'{"web": {"client_id": "x"}}')
        with self.assertRaisesRegex(UserError, "drop it above"):
            settings.create({"google_sync_workspace_file": client}).execute()
        with self.assertRaisesRegex(UserError, "no usable “private_key”"):
            text = b'{"type": "service_account", "private_key": "x"}'
            vals = {"google_sync_workspace_file": base64.b64encode(text)}
            settings.create(vals).execute()

    def test_a_key_is_dropped_and_forgotten(self):
        self.company._google_sync_take_service_account(None)
        file = base64.b64encode(self.key.encode())
        settings = self.env["res.config.settings"].create(
            {"google_sync_workspace_file": file}
        )
        settings.execute()
        self.assertEqual(self.company.google_sync_workspace_client, NUMBER)
        settings = self.env["res.config.settings"].create({})
        self.assertFalse(settings.google_sync_workspace_file)
        self.assertIn("auth/calendar.events", settings.google_sync_workspace_scopes)
        settings.action_google_sync_workspace_forget()
        self.assertFalse(self.company.google_sync_workspace_client)
        self.assertIn("No service account", self.press().result or "No service account")

    def test_only_managers_connect_others(self):
        with self.assertRaises(AccessError):
            self.press(self.ada)

    def test_a_manager_of_another_company_learns_nothing(self):
        """Who of a company is connected, and whose login is of its domain."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        chief = self.make_user(
            "chief",
            groups="base.group_user,google_sync.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        dialogs = self.env["google.sync.workspace"].with_user(chief)
        said = {"company_id": self.company.id}
        spec = {"others": {}, "candidate_ids": {"fields": {"display_name": {}}}}
        for call, *args in (
            (dialogs.create, said),
            (dialogs.create({}).write, said),
            (dialogs.onchange, said, ["company_id"], spec),
            (dialogs.with_context(default_company_id=self.company.id).create, {}),
            (dialogs.web_save, said, spec),
        ):
            with self.subTest(call), self.assertRaisesRegex(AccessError, "company"):
                call(*args)
        self.assertNotIn("Dora", str(dialogs.onchange({}, [], spec)))

    def test_a_connection_waits_for_its_owner_alone(self):
        self.press()
        account = self.account_of(self.dora)
        self.assertEqual(account.light, "to_start")
        groups = "base.group_user,google_sync.group_manager"
        manager = self.make_user("mona", groups=groups)
        with self.assertRaisesRegex(UserError, "has yet to start"):
            account.with_user(manager).run_sync()
        self.assertEqual(account.run_sync().state, "done")

    def test_the_button_test_finds_all_in_order(self):
        self.press()
        checks = self.account_of(self.dora).diagnose()
        wrong = {x["check"] for x in checks if x["status"] == "error"}
        # No scheduled action runs in tests.
        self.assertLessEqual(wrong, {"cron"})
