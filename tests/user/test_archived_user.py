"""A user who leaves, and comes back: no access to Google meanwhile, every link kept."""

from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestArchivedUser(SyncCase):
    def setUp(self):
        super().setUp()
        self.kept = self.event("Gardé")
        self.moved = self.event("Déplacé", 1)
        self.google_event("De Google", 2)
        self.sync()
        self.links = self.calendar_links()
        self.runs = self.account.sudo().run_ids

    def calendar_links(self):
        links = self.env["google.sync.event.link"].sudo()
        domain = [("calendar_id", "=", self.calendar.id)]
        return {link.google_id: link.state for link in links.search(domain)}

    def requests(self):
        return self.world.counters.summary()

    def test_archived_nothing_reaches_google_any_more(self):
        self.ada.active = False
        account = self.account.sudo()
        self.assertFalse(self.token_of(account))
        self.assertEqual(account.state, "off")
        self.assertIn("archived", account.last_message)
        self.assertEqual(self.calendar_links(), self.links)
        self.assertEqual(account.run_ids, self.runs)
        before = self.requests()
        self.kept.sudo().name = "Sans elle"
        self.assertFalse(self.env["google.sync.pending"].sudo().search_count([]))
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.assertEqual(self.requests(), before)
        self.assertFalse(account._count_due())

    def test_a_refresh_that_comes_late_keeps_no_token(self):
        tokens = self.account.sudo()._tokens()
        self.ada.active = False
        self.account.sudo()._store_tokens(tokens)
        self.assertFalse(self.token_of(self.account))

    def test_back_again_she_reconnects_and_goes_on(self):
        self.ada.active = False
        self.kept.sudo().name = "Renommé"
        self.ada.active = True
        account = self.account.sudo()
        self.assertEqual(account.state, "to_reconnect")
        self.assertIn("Connect", account.last_message)
        self.assertEqual(self.calendar_links(), self.links)
        self.connect(self.ada)
        self.assertEqual(account.state, "connected")
        run = self.sync()
        self.assertEqual(self.calendar_links(), self.links)
        self.assertEqual((run.pushed_created, run.pulled_created), (0, 0))
        self.assertEqual(self.google_of(self.kept)["summary"], "Renommé")
        self.assert_quiet()

    def test_who_had_disconnected_is_not_asked_to_reconnect(self):
        self.account.disconnect()
        self.ada.active = False
        self.ada.active = True
        self.assertEqual(self.account.sudo().state, "off")
