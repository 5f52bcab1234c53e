"""In a browser: a user connects and sees the light turn green."""

from odoo.tests import tagged

from ..common import GoogleSyncHttpCase


@tagged("post_install", "-at_install")
class TestTours(GoogleSyncHttpCase):
    def test_user_connects_from_my_preferences(self):
        self.start_tour("/odoo", "google_sync_connect", login="ada", timeout=120)
        account = self.account_of(self.ada)
        self.assertEqual(account.state, "connected")
        self.assertEqual(account.google_email, "ada@gmail.com")
        self.assertEqual(account.months_after, 6)
