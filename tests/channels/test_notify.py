"""Google's door: what may come in, how fast it is answered, what it leaves behind."""

import time

from odoo.tests import tagged
from odoo.tests.common import HOST

from ..common import GoogleSyncHttpCase

DOOR = "/google_sync/notify"


@tagged("post_install", "-at_install")
class TestNotify(GoogleSyncHttpCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ada)
        self.world.channels.held = True
        self.addCleanup(self.world.channels.__init__, self.world)
        self.env.ref("google_sync.ir_cron_channels").method_direct_trigger()
        [self.message] = self.world.channels.take()

    @classmethod
    def _redirect_uris(cls):
        return [cls.env["res.company"]._google_sync_redirect_uri()]

    def knock(self, **headers):
        given = {**self.message.headers, **headers}
        path = self.message.address.partition(DOOR)[2]
        return self.url_open(f"{DOOR}{path}", headers=given, method="POST")

    def waiting(self):
        self.env.cr.execute("SELECT count(*) FROM google_sync_knock")
        return self.env.cr.fetchone()[0]

    def test_the_address_is_this_server(self):
        self.assertTrue(self.message.address.startswith(f"http://{HOST}:"))

    def test_a_message_is_answered_and_noted(self):
        answer = self.knock()
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        self.assertEqual(self.waiting(), 1)

    def test_whoever_knocks_gets_the_same_answer_and_leaves_nothing(self):
        for headers in (
            {"X-Goog-Channel-ID": "f" * 32},
            {"X-Goog-Channel-Token": "guessed"},
            {"X-Goog-Channel-Token": "gu\xe9ss\xe9"},
            {"X-Goog-Channel-ID": "1' OR 1=1 --"},
        ):
            with self.subTest(headers):
                answer = self.knock(**headers)
                self.assertEqual((answer.status_code, answer.content), (204, b""))
        answer = self.url_open(DOOR, data=b"x" * 100_000)
        self.assertEqual(answer.status_code, 204)
        self.assertEqual(self.waiting(), 0)

    def test_reading_the_door_is_no_knock(self):
        answer = self.url_open(DOOR)
        self.assertEqual(answer.status_code, 405)

    def test_a_flood_is_one_row_and_no_lock(self):
        """The account may be at work meanwhile: nothing waits for it."""
        trigger = self.env["ir.cron.trigger"]
        self.knock()
        calls = trigger.search_count([])
        began = time.monotonic()
        for number in range(100):
            self.knock(**{"X-Goog-Message-Number": str(number + 2)})
        seconds = time.monotonic() - began
        self.assertEqual(self.waiting(), 1)
        self.assertEqual(trigger.search_count([]), calls)
        self.assertLess(seconds, 10)
