"""A dump of the database with `token_key` set: no secret stands in it in clear."""

import os
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from cryptography.fernet import Fernet

from odoo.tests import tagged

from ...models.connection.token import PREFIX
from ..common import API_KEY, CLIENT_ID, CLIENT_SECRET, GoogleSyncCase


@tagged("post_install", "-at_install")
class TestSecretsInADump(GoogleSyncCase):
    def setUp(self):
        super().setUp()
        self.company = self.env.company.sudo()

    def with_key(self):
        key = Fernet.generate_key().decode()
        patcher = patch.dict(os.environ, {"GOOGLE_SYNC_TOKEN_KEY": key})
        self.startPatcher(patcher)

    def dump(self):
        """Every text of every table that the addon writes."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema ="
            " current_schema() AND (table_name LIKE 'google_sync%'"
            " OR table_name IN ('res_company', 'res_users', 'ir_config_parameter',"
            " 'ir_attachment', 'res_users_settings', 'bus_bus'))"
        )
        tables = [row[0] for row in self.env.cr.fetchall()]
        texts = []
        for table in tables:
            self.env.cr.execute(f'SELECT row_to_json(t)::text FROM "{table}" AS t')
            texts += [row[0] for row in self.env.cr.fetchall()]
        return "\n".join(texts)

    def assert_absent(self, *secrets):
        text = self.dump()
        for secret in secrets:
            self.assertTrue(secret)
            self.assertNotIn(secret, text)

    def test_an_application_and_its_consent(self):
        self.with_key()
        self.company.write(
            {
                "google_sync_client_id": CLIENT_ID,
                "google_sync_client_secret": CLIENT_SECRET,
                "google_sync_api_key": API_KEY,
            }
        )
        application = self.company._google_sync_application()
        self.assertEqual(application.client_secret, CLIENT_SECRET)
        self.assertEqual(self.company._google_sync_api_key(), API_KEY)
        settings = self.env["res.config.settings"].create(
            {"google_sync_new_secret": CLIENT_SECRET, "google_sync_new_api_key": "k9"}
        )
        settings.execute()
        application = self.company._google_sync_application()
        self.assertEqual(application.client_secret, CLIENT_SECRET)
        self.assertEqual(self.company._google_sync_api_key(), "k9")
        consent = self.account._begin_consent(self.account._redirect_uri())
        self.assert_absent(
            CLIENT_SECRET, API_KEY, '"k9"', consent.state, consent.code_verifier
        )
        answer = self.consent(consent.url)
        taken = self.env["google.sync.consent"].sudo()._take(answer["state"])
        self.assertEqual(taken["code_verifier"], consent.code_verifier)
        fetched = self.account._fetch_grant(taken, answer["code"])
        self.account._accept_consent(taken, *fetched)
        tokens = self.account.sudo()._tokens()
        self.assert_absent(tokens.access_token, tokens.refresh_token, CLIENT_SECRET)

    def test_a_manual_connection(self):
        self.with_key()
        action = self.account.action_connect_manually()
        wizards = self.env["google.sync.manual.connection"].with_user(self.ada)
        wizard = wizards.browse(action["res_id"])
        self.env.flush_all()
        wizard.invalidate_recordset()
        state = parse_qs(urlsplit(wizard.url).query)["state"][0]
        wizard.answer = f"http://localhost:47813/?state={state}&code=4/0secretcode"
        self.env.flush_all()
        wizard.invalidate_recordset()
        self.assertIn("4/0secretcode", wizard.answer)
        self.assert_absent(state, "4/0secretcode")
        bob = self.make_user("bob")
        foreign = wizard.with_user(bob).sudo()
        self.assertFalse(foreign.url or foreign.answer)

    def test_what_stood_in_clear_before_the_key_is_encrypted_at_start(self):
        self.company.google_sync_client_id = CLIENT_ID
        self.company.google_sync_client_secret = CLIENT_SECRET
        self.company.google_sync_api_key = API_KEY
        tokens = self.account.sudo()._tokens()
        consent = self.account._begin_consent(self.account._redirect_uri())
        text = self.dump()
        clear = (
            tokens.refresh_token,
            tokens.access_token,
            CLIENT_SECRET,
            API_KEY,
            consent.code_verifier,
        )
        for secret in clear:
            self.assertIn(secret, text)
        self.with_key()
        self.env["google.sync.token"]._register_hook()
        self.env.invalidate_all()
        self.assert_absent(*clear)
        self.assertEqual(self.account.sudo()._tokens(), tokens)
        self.assertEqual(self.company._google_sync_api_key(), API_KEY)
        taken = self.env["google.sync.consent"].sudo()._take(consent.state)
        self.assertEqual(taken["code_verifier"], consent.code_verifier)
        before = self.dump()
        self.env["google.sync.token"]._register_hook()
        self.assertEqual(self.dump(), before)

    def test_a_secret_that_no_key_opens_is_to_be_entered_again(self):
        self.with_key()
        self.company.google_sync_client_id = CLIENT_ID
        self.company.google_sync_client_secret = CLIENT_SECRET
        self.assertTrue(self.company.google_sync_client_secret.startswith(PREFIX))
        self.with_key()
        self.assertIsNone(self.company._google_sync_application())

    # -- tables that grow from outside -----------------------------------------

    def test_pressing_often_adds_no_rows(self):
        for _time in range(5):
            self.account.sudo()._request_sync()
            self.env["google.sync.account"].with_user(self.ada).sync_agendas(
                self.ada.partner_id.ids
            )
        requests = self.env["google.sync.request"].sudo()
        mine = [("account_id", "=", self.account.id)]
        self.assertEqual(requests.search_count(mine), 1)

    def test_the_queue_of_an_account_that_nobody_empties_is_compacted(self):
        pending = self.env["google.sync.pending"].sudo()
        contacts = self.env["google.sync.contact.pending"].sudo()
        for _time in range(20):
            pending._queue([(self.account.id, 7, 0), (self.account.id, 0, 8)])
            contacts._queue([(self.account.id, 7)], comment=bool(_time % 2))
        newest = max(pending.search([]).mapped("edited_at"))
        pending._gc_doubles()
        contacts._gc_doubles()
        mine = [("account_id", "=", self.account.id)]
        self.assertEqual(pending.search_count(mine), 2)
        self.assertEqual(set(pending.search(mine).mapped("edited_at")), {newest})
        self.assertEqual(contacts.search_count(mine), 2)
