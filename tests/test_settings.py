"""The company's application: what goes in, what comes out, what is in force."""

import base64
import json
import os
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import google_sync_options as options
from .common import CLIENT_ID, GoogleSyncCase

WEB_FILE = {"web": {"client_id": "own.example", "client_secret": "own-secret"}}


@tagged("post_install", "-at_install")
class TestSettings(GoogleSyncCase):
    def settings(self, **values):
        return self.env["res.config.settings"].create(values)

    def upload(self, content):
        return self.settings(google_sync_client_file=base64.b64encode(content.encode()))

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
        self.settings(google_sync_client_id="a", google_sync_new_secret="s")
        self.settings(google_sync_client_id="a", google_sync_new_secret=False)
        self.assertEqual(self.env.company.sudo().google_sync_client_secret, "s")

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
        self.assertEqual(self.account._google_application().client_id, CLIENT_ID)

    def test_redirect_address_is_built_from_the_public_address(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("web.base.url", "https://odoo.example.com")
        self.assertEqual(
            self.settings().google_sync_redirect_uri,
            "https://odoo.example.com/google_sync/oauth2/callback",
        )


@tagged("post_install", "-at_install")
class TestSetup(GoogleSyncCase):
    """The walk through Google's console, ticked by what Google says."""

    def steps(self):
        setup = self.env["google.sync.setup"].create({})
        self.assertIn("data-step", setup.report)
        return {step["step"]: step["status"] for step in setup._steps()}

    def test_everything_that_can_be_checked_is_done(self):
        steps = self.steps()
        self.assertEqual(steps.pop("redirect"), "unknown")
        self.assertEqual(set(steps.values()), {"done"})

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
