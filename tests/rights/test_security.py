"""Who sees and does what; no token and no secret anywhere."""

import json

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import API_KEY, CLIENT_SECRET, GoogleSyncCase, GoogleSyncHttpCase

SECRET_MODELS = ("google.sync.token", "google.sync.consent")


@tagged("post_install", "-at_install")
class TestRights(GoogleSyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.make_user("bob")
        cls.manager = cls.make_user(
            "max", groups="base.group_user,google_sync.group_manager"
        )
        cls.admin = cls.make_user("root", groups="base.group_system")
        cls.journal_run = cls.env["google.sync.run"].create(
            {"account_id": cls.account.id, "state": "done"}
        )
        lines = cls.env["google.sync.run.line"]
        cls.secret_line, cls.open_line = lines.create(
            [
                {
                    "run_id": cls.journal_run.id,
                    "action": "create",
                    "side": "google",
                    "name": title,
                    "after": json.dumps({"title": title}),
                    "private": private,
                }
                for title, private in (("Doctor", True), ("Meeting", False))
            ]
        )

    def accounts(self, user):
        return self.env["google.sync.account"].with_user(user).search([])

    def test_tokens_and_consents_are_for_nobody(self):
        for model in SECRET_MODELS:
            for user in (self.ada, self.bob, self.manager, self.admin):
                with self.subTest(model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_token_fields_refuse_even_a_given_access_right(self):
        self.env["ir.model.access"].create(
            {
                "name": "mistake",
                "model_id": self.env["ir.model"]._get("google.sync.token").id,
                "group_id": self.env.ref("base.group_system").id,
                "perm_read": True,
            }
        )
        row = self.token_of(self.account).with_user(self.admin).sudo(False)
        with self.assertRaises(AccessError):
            row.read(["refresh_token"])
        self.assertNotIn("refresh_token", row.read()[0])

    def test_user_sees_own_account_only(self):
        self.assertEqual(self.accounts(self.ada), self.account)
        self.assertFalse(self.accounts(self.bob))
        with self.assertRaises(AccessError):
            self.account.with_user(self.bob).read(["google_email"])
        with self.assertRaises(AccessError):
            self.account.with_user(self.bob).write({"auto_push": False})
        with self.assertRaises(AccessError):
            self.account.calendar_id.with_user(self.bob).read(["name"])

    def test_manager_sees_all_of_the_company(self):
        self.assertIn(self.account, self.accounts(self.manager))
        self.account.with_user(self.manager).write({"months_after": 3})
        self.assertEqual(self.account.months_after, 3)

    def test_manager_of_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="base.group_user,google_sync.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self.accounts(stranger))
        with self.assertRaises(AccessError):
            self.account.with_user(stranger).disconnect()

    def test_owner_sets_options_but_not_state_or_identity(self):
        self.account.write({"months_before": 2})
        for field, value in (
            ("state", "connected"),
            ("google_email", "x@y.z"),
            ("user_id", self.bob.id),
            ("reconnect_told", True),
            ("last_message", "x"),
        ):
            with self.subTest(field=field), self.assertRaises(AccessError):
                self.account.write({field: value})
            with self.subTest(field=field), self.assertRaises(AccessError):
                self.account.with_user(self.manager).write({field: value})

    def test_user_makes_own_account_only(self):
        accounts = self.env["google.sync.account"].with_user(self.bob)
        self.assertEqual(accounts.create({}).user_id, self.bob)
        with self.assertRaises(AccessError):
            accounts.create({"user_id": self.manager.id})

    def test_identity_fields_are_for_the_server(self):
        for field in ("google_sub", "client_id_used", "database_uuid"):
            for user in (self.ada, self.manager, self.admin):
                with self.assertRaises(AccessError):
                    self.account.with_user(user).read([field])

    def test_tab_shows_others_nothing(self):
        fields = ["google_sync_login", "google_sync_light", "google_sync_account_id"]
        seen = self.ada.with_user(self.bob).read(fields)[0]
        seen.pop("id")
        self.assertFalse(any(seen.values()), seen)
        own = self.ada.with_user(self.ada).read(fields)[0]
        self.assertEqual(own["google_sync_light"], "connected")
        managed = self.ada.with_user(self.manager).read(fields)[0]
        self.assertEqual(managed["google_sync_login"], "ada@gmail.com")

    def test_other_user_writes_nothing_through_the_tab(self):
        with self.assertRaises(AccessError):
            self.ada.with_user(self.bob).write({"google_sync_login": "x@gmail.com"})

    def test_public_methods_check_who_calls(self):
        account = self.account.with_user(self.bob)
        for name in (
            "disconnect",
            "action_connect",
            "action_disconnect",
            "action_refresh_calendars",
            "action_resume",
            "action_sync_now",
        ):
            with self.subTest(method=name), self.assertRaises(AccessError):
                getattr(account, name)()
        user = self.ada.with_user(self.bob)
        for name in (
            "action_google_sync_connect",
            "action_google_sync_disconnect",
            "action_google_sync_refresh_calendars",
            "action_google_sync_now",
            "action_google_sync_journal",
        ):
            with self.subTest(method=name), self.assertRaises(AccessError):
                getattr(user, name)()

    def test_delegate_sees_and_runs_by_right(self):
        delegate = self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": self.bob.id, "visible": True}
        )
        account = self.account.with_user(self.bob)
        self.assertEqual(self.accounts(self.bob), self.account)
        self.assertEqual(account.read(["google_email"])[0]["id"], account.id)
        self.assertIn(self.journal_run, self.journal_run.with_user(self.bob).search([]))
        with self.assertRaises(AccessError):
            account.write({"auto_push": False})
        with self.assertRaises(AccessError):
            account._check_may_run()
        delegate.agenda = True
        account._check_may_run()
        with self.assertRaises(AccessError):
            account._check_may_manage()

    def test_nobody_gives_himself_a_right(self):
        delegates = self.env["google.sync.delegate"].with_user(self.bob)
        with self.assertRaises(AccessError):
            delegates.create({"account_id": self.account.id, "user_id": self.bob.id})

    def test_delegate_may_not_raise_his_own_right(self):
        delegate = self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": self.bob.id}
        )
        with self.assertRaises(AccessError):
            delegate.with_user(self.bob).write({"agenda": True})

    def test_right_on_own_account_does_not_move_to_another(self):
        own = self.account_of(self.bob)
        delegate = self.env["google.sync.delegate"].with_user(self.bob)
        delegate = delegate.create({"account_id": own.id, "user_id": self.manager.id})
        with self.assertRaises(AccessError):
            delegate.write({"account_id": self.account.id, "user_id": self.bob.id})

    def test_agenda_right_lets_see_too(self):
        self.env["google.sync.delegate"].create(
            {
                "account_id": self.account.id,
                "user_id": self.bob.id,
                "visible": False,
                "agenda": True,
            }
        )
        self.assertEqual(self.accounts(self.bob), self.account)

    def test_defaults_of_the_context_do_not_forge_an_account(self):
        accounts = self.env["google.sync.account"].with_user(self.bob)
        forged = accounts.with_context(default_state="connected").create({})
        self.assertEqual(forged.state, "off")

    def test_journal_is_read_only(self):
        for record in (self.journal_run, self.open_line):
            for user in (self.ada, self.manager, self.admin):
                with self.assertRaises(AccessError):
                    record.with_user(user).write({"write_date": False})
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()

    def test_private_values_are_for_the_owner(self):
        fields = ["name", "before_display", "after_display", "display_name"]
        own = self.secret_line.with_user(self.ada).read(fields)[0]
        self.assertEqual(own["name"], "Doctor")
        self.assertIn("Doctor", own["after_display"])
        for user in (self.manager, self.admin):
            seen = self.secret_line.with_user(user).read(fields)[0]
            self.assertNotIn("Doctor", json.dumps(seen))
            opened = self.open_line.with_user(user).read(fields)[0]
            self.assertEqual(opened["name"], "Meeting")

    def test_search_does_not_reveal_private_titles(self):
        lines = self.env["google.sync.run.line"]
        domain = [("name", "ilike", "doc")]
        self.assertEqual(lines.with_user(self.ada).search(domain), self.secret_line)
        self.assertFalse(lines.with_user(self.manager).search(domain))

    def test_stored_values_are_for_the_server(self):
        for field in ("title", "before", "after"):
            for user in (self.ada, self.manager, self.admin):
                line = self.open_line.with_user(user)
                with self.assertRaises(AccessError):
                    line.read([field])
                with self.assertRaises(AccessError):
                    line.search([(field, "ilike", "m")])

    def test_journal_of_others_is_closed(self):
        with self.assertRaises(AccessError):
            self.journal_run.with_user(self.bob).read(["state"])
        with self.assertRaises(AccessError):
            self.open_line.with_user(self.bob).read(["name"])

    def test_company_secret_is_for_the_server(self):
        company = self.env.company.sudo()
        company.google_sync_client_secret = "own-secret"
        for user in (self.ada, self.manager, self.admin):
            for field in ("google_sync_client_secret", "google_sync_api_key"):
                with self.assertRaises(AccessError):
                    self.env.company.with_user(user).read([field])
        with self.assertRaises(AccessError):
            self.env.company.with_user(self.ada).read(["google_sync_client_id"])


@tagged("post_install", "-at_install")
class TestNoSecretOverHttp(GoogleSyncHttpCase):
    """Everything that the web client may ask for, searched for the secrets."""

    def rpc(self, model, method, *args, **kwargs):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {
                "model": model,
                "method": method,
                "args": args,
                "kwargs": kwargs,
            },
        }
        url = f"/web/dataset/call_kw/{model}/{method}"
        return self.url_open(url, json=body).text

    def secrets(self, account):
        tokens = account._tokens()
        return (
            tokens.access_token,
            tokens.refresh_token,
            CLIENT_SECRET,
            API_KEY,
            "own-secret",
        )

    def assertClean(self, text, secrets):
        for secret in secrets:
            self.assertNotIn(secret, text)

    def test_nothing_leaks(self):
        account = self.connect_over_http()
        company = self.env.company.sudo()
        company.google_sync_client_secret = "own-secret"
        new_test_user(self.env, "max", groups="base.group_system", password="max")
        secrets = self.secrets(account)
        company.google_sync_client_secret = False
        for login in ("ada", "max"):
            self.authenticate(login, login)
            with mute_logger("odoo.http"):
                for text in self.everything(account):
                    self.assertClean(text, secrets)

    def connect_over_http(self):
        """Whoever lets Odoo log every query with its values sees all of them."""
        self.authenticate("ada", "ada")
        with self.assertLogs(level="DEBUG") as logs, mute_logger("odoo.sql_db"):
            self.walk_consent()
        account = self.account_of(self.ada)
        self.assertEqual(account.state, "connected")
        self.assertClean("\n".join(logs.output), self.secrets(account))
        return account

    def everything(self, account):
        """What each model of the addon, the user and the company give over RPC."""
        models = self.env["ir.model"].sudo().search([("model", "like", "google.sync.")])
        for model in models.mapped("model"):
            yield self.rpc(model, "search_read", [], None)
            yield self.rpc(
                model, "export_data", account.ids, list(self.env[model]._fields)
            )
        for record in (account, account.user_id, account.company_id):
            yield self.rpc(record._name, "read", record.ids)
            fields = list(record._fields)
            for field in fields:
                if "google" in field or "token" in field or "secret" in field:
                    yield self.rpc(record._name, "read", record.ids, [field])
        settings = "res.config.settings"
        yield self.rpc(settings, "default_get", list(self.env[settings]._fields))
        yield self.url_open("/odoo").text
        yield self.url_open("/odoo/my-preferences").text
