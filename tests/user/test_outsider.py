"""An internal user turned portal: the account rests, until that is undone."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestOutsider(SyncCase):
    def setUp(self):
        super().setUp()
        self.kept = self.event("Gardé")
        self.sync()

    def turn(self, kind):
        """As an administrator does: the user's groups are these."""
        group = self.env.ref(f"base.group_{kind}")
        self.ada.sudo().group_ids = [Command.set(group.ids)]
        self.assertEqual(self.ada.sudo().share, kind == "portal")

    def requests(self):
        return self.world.counters.summary()

    def run_clock(self):
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()

    def make_due(self):
        self.account.sudo().write({"next_pull_at": False, "contacts_next_at": False})

    def test_nothing_goes_and_nothing_comes(self):
        self.turn("portal")
        before = self.requests()
        self.kept.sudo().name = "Sans elle"
        self.google_event("De Google", 2)
        self.make_due()
        self.run_clock()
        account = self.account.sudo()
        self.assertFalse(account._count_due())
        self.assertEqual(self.requests(), before)
        boss = self.make_user("max", groups="base.group_user,google_sync.group_manager")
        run = self.account.with_user(boss).run_sync(scope="events")
        self.assertEqual(run.state, "failed")
        self.assertIn("internal user", run.message)
        self.assertEqual(self.requests(), before)

    def test_it_is_said_to_the_administrator(self):
        self.turn("portal")
        boss = self.make_user("max", groups="base.group_user,google_sync.group_manager")
        account = self.account.with_user(boss)
        self.assertEqual((account.light, account.standing), ("suspended", "trouble"))
        self.assertIn("no internal user", account.suspended_message)
        self.assertIn("no internal user", account.last_message)
        with self.assertRaisesRegex(UserError, "no internal user"):
            self.account.with_user(self.env.ref("base.user_admin")).action_resume()

    def test_internal_again_it_goes_on_as_before(self):
        self.turn("portal")
        self.kept.sudo().name = "Renommé"
        self.google_event("De Google", 2)
        self.make_due()
        self.run_clock()
        self.turn("user")
        account = self.account.sudo()
        self.assertEqual((account.state, account.light), ("connected", "connected"))
        self.assertFalse(account.suspended_message)
        self.assertIn("internal user again", account.last_message)
        self.run_clock()
        self.assertEqual(self.google_of(self.kept)["summary"], "Renommé")
        events = self.env["calendar.event"].search([("name", "=", "De Google")])
        self.assertEqual(len(events), 1)

    def test_groups_that_change_by_another_door_stop_it_too(self):
        """Whatever wrote it: the engine looks before each run."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET share = TRUE WHERE id = %s", [self.ada.id]
        )
        self.env.invalidate_all()
        before = self.requests()
        self.make_due()
        self.run_clock()
        self.assertEqual(self.requests(), before)
        self.assertEqual(self.account.sudo().light, "suspended")

    def test_the_own_account_is_a_portal_user_s_no_more(self):
        self.turn("portal")
        account = self.account.with_user(self.ada).sudo(False)
        accounts = self.env["google.sync.account"].with_user(self.ada).sudo(False)
        for call in (
            account.run_sync,
            account.disconnect,
            account.reset,
            account.diagnose,
            account.action_connect,
            account._start_consent,
        ):
            with self.subTest(call.__name__), self.assertRaises(AccessError):
                call()
        self.assertFalse(accounts.my_state())
        self.assertEqual(accounts.sync_mine(), "")
        self.assertFalse(accounts.open_web_client())
        self.assertFalse(accounts.agenda_states(self.ada.partner_id.ids))
        asked = accounts.sync_agendas(self.ada.partner_id.ids)
        self.assertFalse(asked["asked"] or asked["told"])
        partner = self.ada.partner_id.with_user(self.ada).sudo(False)
        self.assertFalse(partner.google_sync_why()["parts"])
        with self.assertRaises(AccessError):
            partner.google_sync_retry(account.id)
        requests = self.env["google.sync.request"].sudo()
        self.assertFalse(requests.search_count([]))

    def test_a_colleague_s_right_ends_with_being_a_colleague(self):
        bob = self.make_user("bob")
        self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": bob.id, "agenda": True}
        )
        self.account.with_user(bob)._check_may_run()
        bob.sudo().group_ids = [Command.set(self.env.ref("base.group_portal").ids)]
        account = self.account.with_user(bob).sudo(False)
        with self.assertRaises(AccessError):
            account.run_sync(scope="events")
        self.assertFalse(account.agenda_states(self.ada.partner_id.ids))

    def test_an_administrator_may_end_the_grant_for_good(self):
        token = self.account.sudo()._tokens().refresh_token
        self.turn("portal")
        boss = self.make_user("max", groups="base.group_user,google_sync.group_manager")
        self.account.with_user(boss).disconnect()
        self.assertFalse(self.token_of(self.account))
        self.assertEqual(self.account.sudo().light, "off")
        self.assertTrue(token)

    def test_archived_as_portal_and_back_as_internal(self):
        self.turn("portal")
        self.ada.sudo().active = False
        self.assertFalse(self.token_of(self.account))
        self.ada.sudo().active = True
        self.assertEqual(self.account.sudo().light, "suspended")
        self.turn("user")
        self.assertEqual(self.account.sudo().light, "to_reconnect")
