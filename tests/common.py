"""What the addon's tests share: a simulated Google on loopback, and connected users.

Nothing of our own client is replaced: a connected account went through the consent.
"""

import os
from contextlib import contextmanager
from datetime import timezone
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import requests

from odoo import fields
from odoo.tests import HttpCase, TransactionCase, freeze_time, new_test_user
from odoo.tools import file_path

from ..models.connection.res_company import CALLBACK_PATH
from ..sandbox.server import SandboxServer
from .browser import QuickTours

CLIENT_ID = "test.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-test-secret"
API_KEY = "AIza-test-key"
UNINVITED = {"no_reset_password": True, "tracking_disable": True}
SELFIE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class GoogleMixin:
    """A sandbox for the class, and the server options that lead to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.google = SandboxServer(seed="empty").start()
        cls.addClassCleanup(cls.google.stop)
        cls.world = cls.google.world
        cls.world.auto_consent = True
        options = {
            "GOOGLE_SYNC_API_ROOT": cls.google.url,
            "GOOGLE_SYNC_CLIENT_ID": CLIENT_ID,
            "GOOGLE_SYNC_CLIENT_SECRET": CLIENT_SECRET,
            "GOOGLE_SYNC_API_KEY": API_KEY,
        }
        cls.startClassPatcher(patch.dict(os.environ, options))
        cls.world.add_client(CLIENT_ID, CLIENT_SECRET, "web", cls._redirect_uris())
        cls.world.add_api_key(API_KEY, CLIENT_ID)

    @classmethod
    def _redirect_uris(cls):
        return [cls.env["res.company"]._google_sync_redirect_uri()]

    @classmethod
    def make_user(cls, login, **values):
        """A plain internal user with an empty Google account of the same name.

        Google forgets nothing between tests: what an earlier Bob granted is revoked.
        """
        google = cls.world.add_account(f"{login}@gmail.com", login.title())
        cls.world.oauth.revoke_grant(google.sub, CLIENT_ID)
        values = {"groups": "base.group_user", "tz": "Europe/Paris", **values}
        # Odoo's invitation to sign up, rendered for each, is no part of any test.
        user = new_test_user(cls.env, login, context=UNINVITED, **values)
        return user.with_env(cls.env)

    @classmethod
    def account_of(cls, user):
        """The account of `user`, as that user; made when missing."""
        account = cls.env["google.sync.account"].sudo()._of_user(user)
        return account.with_user(user).sudo(False)

    @classmethod
    def connect(cls, user, email=""):
        """Connect `user` through the consent, as the browser and the routes do it."""
        account = cls.account_of(user)
        account.google_login = email or f"{user.login}@gmail.com"
        answer = cls.consent(account._start_consent())
        taken = cls.env["google.sync.consent"].sudo()._take(answer["state"])
        account._accept_consent(taken, *account._fetch_grant(taken, answer["code"]))
        return account

    @staticmethod
    def consent(url):
        """What Google's consent page sends the browser back with."""
        response = requests.get(url, allow_redirects=False, timeout=10)
        assert response.status_code in (302, 303), response.text
        query = parse_qs(urlsplit(response.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}

    @contextmanager
    def at(self, moment):
        """Live at `moment` (UTC, as Odoo writes it), here and in Google."""
        now = fields.Datetime.to_datetime(moment)
        clock = self.world.clock
        with (
            freeze_time(now),
            patch.object(self.env.cr, "now", lambda: now),
            patch.object(clock, "now", lambda: now.replace(tzinfo=timezone.utc)),
        ):
            yield now

    def token_of(self, account):
        """The stored row of tokens, as the server sees it."""
        return account.sudo()._token_row()

    def google_client(self):
        return self.world.clients[CLIENT_ID]

    def is_granted(self, refresh_token):
        """Whether Google still accepts this refresh token."""
        return bool(self.world.oauth.live_refresh(refresh_token))


class GoogleSyncCase(GoogleMixin, TransactionCase):
    """A plain user, Ada, with a connected account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_user("ada")
        cls.account = cls.connect(cls.ada)


class GoogleSyncHttpCase(GoogleMixin, QuickTours, HttpCase):
    """A plain user, Ada, not connected yet, and a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._stand_in_for_missing_asset()
        cls.ada = cls.make_user("ada")

    @classmethod
    def _redirect_uris(cls):
        return [cls.base_url() + CALLBACK_PATH]

    @classmethod
    def _stand_in_for_missing_asset(cls):
        """Debian's odoo-19 lists a file it does not ship; every tour would fail."""
        try:
            file_path(SELFIE)
        except FileNotFoundError:
            cls.env["ir.asset"].create(
                {
                    "name": "missing in Debian's package",
                    "bundle": "web.assets_backend",
                    "directive": "remove",
                    "path": SELFIE,
                }
            )

    def walk_consent(self, path="/google_sync/connect"):
        """Follow the consent with the session's browser; the last Odoo response."""
        response = self.url_open(path, allow_redirects=False)
        self.assertIn(response.status_code, (302, 303), response.text)
        google = requests.get(
            response.headers["Location"], allow_redirects=False, timeout=10
        )
        self.assertIn(google.status_code, (302, 303), google.text)
        back = urlsplit(google.headers["Location"])
        return self.url_open(f"{back.path}?{back.query}", allow_redirects=False)
