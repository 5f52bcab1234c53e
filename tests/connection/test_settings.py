"""The company's application: what goes in, what comes out, what is in force."""

import base64
import json
import os
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.tools import options as options
from ..common import CLIENT_ID, GoogleSyncCase

WEB_FILE = {"web": {"client_id": "own.example", "client_secret": "own-secret"}}
HERE = "http://localhost:8069/google_sync/oauth2/callback"


class SettingsCase(GoogleSyncCase):
    """Google knows the client that an administrator enters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.base.url", HERE[:21])
        cls.world.add_client("own.example", "own-secret", "web", [HERE])

    def settings(self, **values):
        values.setdefault("google_sync_may_replace", True)
        return self.env["res.config.settings"].create(values)

    def upload(self, content, **values):
        file = base64.b64encode(content.encode())
        return self.settings(google_sync_client_file=file, **values)


@tagged("post_install", "-at_install")
class TestSettings(SettingsCase):
    def test_secret_goes_in_and_does_not_come_out(self):
        settings = self.settings(
            google_sync_client_id="own.example", google_sync_new_secret=" own-secret "
        )
        self.env.flush_all()
        settings.invalidate_recordset()
        company = self.env.company.sudo()
        self.assertEqual(company.google_sync_client_secret, "own-secret")
        self.assertFalse(settings.google_sync_new_secret)
        self.assertEqual(settings.google_sync_secret_hint, "Set")
        self.assertEqual(settings.google_sync_in_force, "own")

    def test_empty_secret_keeps_the_stored_one(self):
        own = {"google_sync_client_id": "own.example"}
        self.settings(**own, google_sync_new_secret="own-secret")
        self.settings(**own, google_sync_new_secret=False)
        company = self.env.company.sudo()
        self.assertEqual(company.google_sync_client_secret, "own-secret")

    def test_api_key_shows_as_set_or_not(self):
        with patch.dict(os.environ, {"GOOGLE_SYNC_API_KEY": ""}):
            settings = self.settings()
            self.assertEqual(settings.google_sync_api_key_hint, "Not set")
            settings = self.settings(google_sync_new_api_key="AIza-own")
            settings.invalidate_recordset()
            self.assertEqual(settings.google_sync_api_key_hint, "Set")
        self.assertEqual(self.env.company.sudo().google_sync_api_key, "AIza-own")

    def test_file_fills_the_application(self):
        self.upload(json.dumps(WEB_FILE))
        company = self.env.company.sudo()
        self.assertEqual(company.google_sync_client_id, "own.example")
        self.assertEqual(company.google_sync_client_secret, "own-secret")
        self.assertEqual(company.google_sync_client_kind, "web")

    def test_desktop_file_is_read_too(self):
        self.upload(json.dumps({"installed": WEB_FILE["web"]}))
        self.assertEqual(self.env.company.sudo().google_sync_client_kind, "installed")

    def test_wrong_files_are_refused_with_what_to_do(self):
        for content in ("", "not json", "{}", '{"web": {}}', "\x00"):
            with self.assertRaisesRegex(UserError, "Web application"):
                self.upload(content or "[]")
        with self.assertRaisesRegex(UserError, "service account"):
            self.upload('{"type": "service_account"}')
        with self.assertRaisesRegex(UserError, "field API key"):
            self.upload("AIza" + "x" * 35)
        with self.assertRaisesRegex(UserError, "Android"):
            self.upload('{"installed": {"client_id": "own.example"}}')
        with self.assertRaisesRegex(UserError, "Web application"):
            self.settings(google_sync_client_file=base64.b64encode(b"\xff\xfe\x00"))

    def test_wrong_file_changes_nothing(self):
        self.upload(json.dumps(WEB_FILE))
        company = self.env.company.sudo()
        for content in ('{"type": "service_account"}', "[]", '{"web": {}}'):
            with (
                self.assertRaisesRegex(UserError, "Nothing was changed"),
                self.cr.savepoint(),
            ):
                self.upload(content)
            self.assertEqual(company.google_sync_client_id, "own.example")
            self.assertEqual(company.google_sync_client_secret, "own-secret")

    def test_forget_brings_the_hosts_application_back(self):
        settings = self.upload(json.dumps(WEB_FILE))
        settings.action_google_sync_forget()
        self.assertEqual(self.settings().google_sync_in_force, "server")
        self.assertEqual(self.account.sudo()._google_application().client_id, CLIENT_ID)

    def test_redirect_address_is_built_from_the_public_address(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("web.base.url", "https://odoo.example.com")
        self.assertEqual(
            self.settings().google_sync_redirect_uri,
            "https://odoo.example.com/google_sync/oauth2/callback",
        )


@tagged("post_install", "-at_install")
class TestSettingsThatCheck(SettingsCase):
    """Google is asked before anything is kept, and a wrong answer changes nothing."""

    def assert_refused(self, words, **values):
        before = self.env.company.sudo().read(["google_sync_client_id"])
        with self.assertRaisesRegex(UserError, words) as caught, self.cr.savepoint():
            self.settings(**values)
        self.assertIn("Nothing was changed", str(caught.exception))
        self.assertEqual(
            self.env.company.sudo().read(["google_sync_client_id"]), before
        )

    def test_unknown_client(self):
        self.assert_refused(
            "does not know this client id",
            google_sync_client_id="bogus.example",
            google_sync_new_secret="own-secret",
        )

    def test_mistyped_secret(self):
        self.assert_refused(
            "not with this client secret",
            google_sync_client_id="own.example",
            google_sync_new_secret="own-secrte",
        )

    def test_secret_that_is_missing(self):
        self.assert_refused("secret is missing", google_sync_client_id="own.example")

    def test_secret_of_another_client(self):
        self.upload(json.dumps(WEB_FILE))
        self.world.add_client("other.example", "other-secret", "web", [HERE])
        self.assert_refused("client secret", google_sync_client_id="other.example")

    def test_file_of_a_client_that_is_gone(self):
        gone = {"web": {"client_id": "gone.example", "client_secret": "x"}}
        file = base64.b64encode(json.dumps(gone).encode())
        self.assert_refused("does not know", google_sync_client_file=file)

    def test_google_out_of_reach_is_no_refusal(self):
        with patch.dict(os.environ, {"GOOGLE_SYNC_API_ROOT": "http://127.0.0.1:9"}):
            settings = self.upload(json.dumps(WEB_FILE))
        self.assertEqual(settings.google_sync_in_force, "own")
        self.assertIn("could not be asked", settings.google_sync_client_said)

    def test_what_is_kept_was_accepted(self):
        settings = self.upload(json.dumps(WEB_FILE))
        self.assertIn("Google accepted", settings.google_sync_client_said)

    def test_other_settings_ask_nothing(self):
        requests = self.world.counters.total
        self.settings(google_sync_client_id=False, google_sync_new_secret=False)
        self.settings()
        self.assertEqual(self.world.counters.total, requests)

    # -- who has to connect again ----------------------------------------------

    def test_who_has_to_connect_again_is_said_first(self):
        self.assertEqual(self.account.light, "connected")
        self.assert_refused(
            "^1 person is connected",
            google_sync_may_replace=False,
            google_sync_client_id="own.example",
            google_sync_new_secret="own-secret",
        )
        form = self.env["res.config.settings"].new(
            {"google_sync_client_id": "own.example"}
        )
        self.assertIn("1 person", form.google_sync_replaced_message)
        self.upload(json.dumps(WEB_FILE))
        self.assertEqual(self.account.light, "to_reconnect")

    def test_nobody_has_to_when_the_secret_alone_is_new(self):
        self.upload(json.dumps(WEB_FILE))
        self.account.sudo().client_id_used = "own.example"
        self.patch(self.world.clients["own.example"], "secret", "newer-secret")
        self.settings(
            google_sync_client_id="own.example",
            google_sync_new_secret="newer-secret",
            google_sync_may_replace=False,
        )
        self.assertEqual(self.account.light, "connected")

    # -- the file --------------------------------------------------------------

    def drop(self, content):
        form = self.env["res.config.settings"].new(
            {"google_sync_client_file": base64.b64encode(content.encode())}
        )
        return form, form._onchange_google_sync_client_file()

    def test_a_wrong_file_is_refused_as_it_is_dropped(self):
        for content in ("not json", "[]", '{"type": "service_account"}'):
            form, answer = self.drop(content)
            self.assertIn("Nothing was changed", answer["warning"]["message"])
            self.assertFalse(form.google_sync_client_file)

    def test_a_right_file_fills_the_fields(self):
        form, answer = self.drop(json.dumps({"installed": WEB_FILE["web"]}))
        self.assertFalse(answer)
        self.assertEqual(form.google_sync_client_id, "own.example")
        self.assertEqual(form.google_sync_client_kind, "installed")

    def test_other_redirect_addresses_are_told(self):
        web = {**WEB_FILE["web"], "redirect_uris": ["https://old.example.com/back"]}
        form, _answer = self.drop(json.dumps({"web": web}))
        told = form.google_sync_redirect_message
        self.assertIn("https://old.example.com/back", told)
        self.assertIn(HERE, told)
        kept = self.upload(json.dumps({"web": web}))
        self.assertIn("old.example.com", kept.google_sync_redirect_message)
        self.env.company._google_sync_came_back(HERE)
        kept.invalidate_recordset()
        self.assertFalse(kept.google_sync_redirect_message)

    def test_our_own_address_is_nothing_to_tell(self):
        web = {**WEB_FILE["web"], "redirect_uris": [HERE]}
        form, _answer = self.drop(json.dumps({"web": web}))
        self.assertFalse(form.google_sync_redirect_message)


@tagged("post_install", "-at_install")
class TestSetup(SettingsCase):
    """The walk through Google's console, ticked by what Google says."""

    def test_ticks_belong_to_the_client_in_force(self):
        self.assertEqual(self.steps()["consent_screen"], "done")
        with patch.dict(os.environ, {"GOOGLE_SYNC_API_KEY": ""}):
            self.upload(json.dumps(WEB_FILE))
            steps = self.steps()
        done = {step for step, status in steps.items() if status == "done"}
        self.assertEqual(done, {"project", "client"})

    def test_each_step_knows_what_it_was_seen_from(self):
        success = fields.Datetime.add(fields.Datetime.now(), minutes=1)
        self.account.sudo().last_success_at = success
        setup = self.env["google.sync.setup"].create({})
        told = {step["step"]: step["message"] for step in setup._steps()}
        self.assertIn(self.ada.name, told["calendar_api"])
        self.assertIn("1 user", told["consent_screen"])
        self.assertIn("led back here", told["redirect"])
        self.assertTrue(all(told.values()), told)

    def steps(self):
        setup = self.env["google.sync.setup"].create({})
        self.assertIn("data-step", setup.report)
        return {step["step"]: step["status"] for step in setup._steps()}

    def test_everything_that_can_be_checked_is_done(self):
        self.assertEqual(set(self.steps().values()), {"done"})

    def test_nothing_is_set_up(self):
        self.account.sudo().state = "off"
        options = {"GOOGLE_SYNC_CLIENT_ID": "", "GOOGLE_SYNC_API_KEY": ""}
        with patch.dict(os.environ, options):
            steps = self.steps()
        self.assertEqual(steps.pop("client"), "wrong")
        self.assertEqual(set(steps.values()), {"unknown"})

    def test_mistyped_secret_and_key(self):
        options = {"GOOGLE_SYNC_CLIENT_SECRET": "no", "GOOGLE_SYNC_API_KEY": "no"}
        with patch.dict(os.environ, options):
            steps = self.steps()
        self.assertEqual((steps["client"], steps["key"]), ("wrong", "wrong"))

    def test_api_not_enabled(self):
        self.patch(self.google_client(), "disabled_apis", {"people"})
        steps = self.steps()
        self.assertEqual(steps["calendar_api"], "done")
        self.assertEqual(steps["people_api"], "wrong")

    def test_only_administrators_open_it(self):
        with self.assertRaises(AccessError):
            self.env["google.sync.setup"].with_user(self.ada).create({})


@tagged("post_install", "-at_install")
class TestServerOptions(GoogleSyncCase):
    def test_environment_goes_before_the_file(self):
        with (
            patch.object(
                options, "_file_options", lambda: {"client_id": "of-the-file"}
            ),
            patch.dict(os.environ),
        ):
            self.assertEqual(options.server_option("client_id"), CLIENT_ID)
            del os.environ["GOOGLE_SYNC_CLIENT_ID"]
            self.assertEqual(options.server_option("client_id"), "of-the-file")

    def test_section_of_the_file_is_read_again_when_it_changed(self):
        path = os.path.join(self.env["ir.attachment"]._filestore(), "odoo.conf")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.addCleanup(os.unlink, path)
        with patch.dict(options.config.options, {"config": path}):
            for moment, quota in ((1, "60"), (2, "600")):
                with open(path, "w") as file:
                    file.write(f"[options]\n[google_sync]\nuser_quota = {quota}\n")
                os.utime(path, (moment, moment))
                self.assertEqual(options.server_number("user_quota"), int(quota))

    def test_missing_file_means_defaults(self):
        with patch.dict(options.config.options, {"config": "/nowhere"}):
            self.assertEqual(options.server_option("api_root"), self.google.url)
            self.assertEqual(options.server_number("project_quota"), 10000)

    def test_nonsense_number_counts_as_the_default(self):
        with patch.dict(os.environ, {"GOOGLE_SYNC_USER_QUOTA": "plenty"}):
            self.assertEqual(options.server_number("user_quota"), 600)
