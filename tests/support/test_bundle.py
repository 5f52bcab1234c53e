"""The support bundle is searched for anything that is somebody's."""

import io
import json
import zipfile
from unittest.mock import patch

from odoo.tests import tagged

from ..common import API_KEY, CLIENT_SECRET
from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSupportBundle(SyncCase):
    def files(self, accounts=None):
        data = (accounts or self.account)._support_bundle()
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            return {name: bundle.read(name).decode() for name in bundle.namelist()}

    def test_it_tells_what_helps(self):
        self.event("Réunion")
        self.sync()
        files = {name: json.loads(text) for name, text in self.files().items()}
        [account] = files["accounts.json"]
        self.assertEqual(account["state"]["light"], "connected")
        self.assertEqual(account["options"]["months_after"], 12)
        self.assertIn(["single", "linked", False, 1], account["events"])
        [runs] = files["runs.json"]
        self.assertEqual(runs["runs"][0]["pushed_created"], 1)
        [test] = files["test.json"]
        self.assertEqual(test["checks"]["token"], "ok")
        server = files["server.json"]
        self.assertTrue(server["odoo"].startswith("19.0"))
        self.assertIn("google-auth", server["libraries"])
        self.assertTrue(server["options"]["api_root"])

    def test_nothing_of_anybody_is_in_it(self):
        secrets = ["Geheimnis", "Verabredung", "Müller", "Zahnarzt", "Kundengespräch"]
        self.ada.sudo().name = "Adele Müller"
        self.account.calendar_name = False
        event = self.event(secrets[0], location="Zahnarzt", description="Verabredung")
        self.google_event("Kundengespräch", attendees=[{"email": "x@kunde.example"}])
        them = {"name": "Müller", "email": "mueller@kunde.example"}
        partner = self.env["res.partner"].create({**them, "phone": "+33145678901"})
        partner.with_user(self.ada).action_google_sync_choose()
        self.sync()
        event.with_user(self.ada).name = f"{secrets[0]} 2"
        self.world.faults.add(
            "calendar.events.patch",
            "error",
            status=400,
            reason="invalid",
            message=f"Invalid value: {secrets[0]}",
        )
        self.sync("partial")
        # Whatever stands in a reason: a sentence is no word.
        run = self.account.run_ids[:1].sudo()
        run.line_ids[:1].reason = "Geheimnis is not allowed"
        self.account.sudo().events_reason = "for ada@gmail.com"
        row = self.token_of(self.account)
        secrets += [
            *(row.refresh_token, row.access_token, CLIENT_SECRET, API_KEY),
            *("gmail.com", "kunde.example", "3345678901", "145678901", "Adele"),
            *(self.env.cr.dbname, self.calendar.google_id, "127.0.0.1", "localhost"),
            self.env["ir.config_parameter"].sudo().get_param("database.uuid"),
            self.env["ir.config_parameter"].sudo().get_param("database.secret"),
            self.link_of(event).google_id,
            self.account.sudo().company_id.name,
        ]
        options = {"GOOGLE_SYNC_TOKEN_KEY": ""}
        with patch.dict("os.environ", options):
            text = "\n".join(self.files().values())
        for secret in secrets:
            self.assertTrue(secret)
            self.assertNotIn(secret, text)
        self.assertNotIn("@", text)
        self.assertNotIn("://", text)
