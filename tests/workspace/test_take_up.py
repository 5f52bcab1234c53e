"""Whom the Workspace's administrator connects again, and who does that alone.

Of every state that an account may be in: what its owner ended is never taken up, and
what was ended for a delegated user waits for Start again.
"""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.workspace import account as workspace
from ..common import CLIENT_ID
from .workspace_case import NUMBER, WorkspaceCase

MAIL = "dora@firm.example"


@tagged("post_install", "-at_install")
class TestTakeUp(WorkspaceCase):
    def setUp(self):
        super().setUp()
        self.sub = self.world.accounts_by_email[MAIL].sub
        self.world.oauth.revoke_grant(self.sub, CLIENT_ID)

    def consented(self):
        """Dora connected by her own consent, and is in step."""
        account = self.connect(self.dora, MAIL)
        self.assertEqual(account.run_sync().state, "done")
        return account

    def delegated(self):
        """Connected by the administrator, started by Dora."""
        self.press()
        account = self.account_of(self.dora)
        self.assertEqual(account.run_sync().state, "done")
        return account

    def revoked(self):
        account = self.consented()
        self.world.oauth.revoke_grant(self.sub, CLIENT_ID)
        account.run_sync()
        self.assertEqual(account.state, "to_reconnect")
        return account

    def assertLeftToOwner(self, account, state):
        dialog = self.press()
        self.assertNotIn(self.dora, dialog.candidate_ids)
        self.assertIn("Dora", dialog.ended)
        dialog.user_ids = self.dora
        dialog.action_connect()
        self.assertIn("Dora", dialog.result)
        self.assertIn("connects again alone", dialog.result)
        account.invalidate_recordset()
        self.assertEqual(account.state, state)
        self.assertFalse(account.is_delegated)

    def assertWaitsForStart(self, account):
        event = self.event("Since", user=self.dora)
        self.assertIn("Connected: Dora", self.press().result)
        self.assertEqual(account.light, "to_start")
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.assertNotIn(event.name, self.titles())
        self.assertEqual(account.run_sync().state, "done")
        self.assertIn(event.name, self.titles())

    def titles(self):
        return [item["summary"] for item in self.world.person(MAIL).list()]

    def test_the_access_taken_back_at_google(self):
        self.assertLeftToOwner(self.revoked(), "to_reconnect")

    def test_a_consent_that_was_disconnected(self):
        account = self.consented()
        account.disconnect()
        self.assertLeftToOwner(account, "off")

    def test_a_consent_to_a_client_that_was_replaced(self):
        account = self.consented()
        account.sudo().client_id_used = "another.apps.googleusercontent.com"
        self.assertEqual(account.light, "to_reconnect")
        self.assertLeftToOwner(account, "connected")

    def test_a_consent_whose_user_was_archived_and_is_back(self):
        account = self.consented()
        self.dora.active = False
        self.assertNotIn(self.dora, self.press().candidate_ids)
        self.dora.active = True
        self.assertLeftToOwner(account, "to_reconnect")

    def test_a_consent_after_a_delegation(self):
        """The last word is the owner's: no manager's again."""
        account = self.delegated()
        account.disconnect()
        self.connect(self.dora, MAIL)
        self.assertFalse(account.is_delegated)
        self.world.oauth.revoke_grant(self.sub, CLIENT_ID)
        account.run_sync()
        self.assertLeftToOwner(account, "to_reconnect")

    def test_a_consent_that_works(self):
        account = self.consented()
        dialog = self.press()
        self.assertNotIn(self.dora, dialog.candidate_ids)
        self.assertFalse(dialog.ended)
        self.assertFalse(account.is_delegated)

    def test_a_delegation_that_its_owner_disconnected(self):
        account = self.delegated()
        account.disconnect()
        self.assertLeftToOwner(account, "off")

    def test_a_delegation_that_ended(self):
        account = self.delegated()
        account.sudo()._mark_reconnect("Ended.")
        self.assertWaitsForStart(account)

    def test_a_delegation_whose_user_was_archived_and_is_back(self):
        account = self.delegated()
        self.dora.active = False
        self.dora.active = True
        self.assertWaitsForStart(account)

    def test_a_reset_account_begins_anew(self):
        account = self.consented()
        account.reset()
        self.env["google.sync.run"].search([]).work_on()
        self.assertFalse(account.sudo().google_sub)
        self.assertWaitsForStart(account)

    def test_another_service_account_goes_on_with_or_without_a_run_between(self):
        account = self.delegated()
        for number, run in (("98", False), ("99", True)):
            self.replace_service_account(number)
            if run:
                account.run_sync()
            self.assertIn("Connected: Dora", self.press().result)
            self.assertEqual(account.light, "connected")
            self.assertEqual(account.run_sync().state, "done")

    def test_a_service_account_that_was_forgotten_and_is_back(self):
        account = self.delegated()
        self.company._google_sync_take_service_account(None)
        account.run_sync()
        self.assertEqual(account.state, "to_reconnect")
        self.replace_service_account()
        self.assertIn("Connected: Dora", self.press().result)
        self.assertTrue(account.is_delegated)

    def test_who_has_not_pressed_start_has_not(self):
        self.press()
        account = self.account_of(self.dora)
        self.replace_service_account()
        self.press()
        self.assertEqual(account.light, "to_start")

    def test_a_pause_goes_on_being_one(self):
        account = self.delegated()
        account.action_pause()
        account.sudo()._mark_reconnect("Ended.")
        self.press()
        self.assertTrue(account.paused_at)
        with self.assertRaises(UserError):
            account.run_sync()

    def test_who_rests_is_no_candidate(self):
        account = self.delegated()
        account.sudo().write({"state": "suspended"})
        self.assertNotIn(self.dora, self.press().candidate_ids)

    def test_another_google_account_is_not_slipped_in(self):
        account = self.delegated()
        account.sudo()._mark_reconnect("Ended.")
        account.sudo().google_sub = "another"
        self.assertIn("is linked to the Google account", self.press().result)
        self.assertEqual(account.state, "to_reconnect")

    def test_who_takes_part_meanwhile_is_left_alone(self):
        """Google is asked for long: what the owner did since counts."""
        real, test = workspace.sign_in, self

        def sign_in(*args):
            found = real(*args)
            with test.env.registry.cursor() as cr:
                account = test.account_of(test.dora).with_env(test.env(cr=cr)).sudo()
                account.write({"google_sub": test.sub, "state": "off"})
            return found

        self.account_of(self.dora)
        self.patch(workspace, "sign_in", sign_in)
        self.assertIn("connects again alone", self.press().result)
        self.assertEqual(self.account_of(self.dora).state, "off")

    # -- nothing is held while Google is asked ------------------------------------

    def test_nothing_is_written_while_google_is_asked(self):
        real, rows = workspace.sign_in, []

        def sign_in(*args):
            self.env.flush_all()
            self.env.cr.execute("SELECT count(*) FROM google_sync_account")
            rows.append(self.env.cr.fetchone()[0])
            return real(*args)

        self.patch(workspace, "sign_in", sign_in)
        self.workspace_user("eva")
        before = self.env["google.sync.account"].sudo().search_count([])
        self.press()
        self.assertEqual(rows, [before, before])
        after = self.env["google.sync.account"].sudo().search_count([])
        self.assertEqual(after, before + 2)

    def test_a_refusal_leaves_no_rows(self):
        before = self.env["google.sync.account"].sudo().search_count([])
        self.world.clients[NUMBER].delegated = set()
        self.assertIn("has not delegated the domain", self.press().result)
        after = self.env["google.sync.account"].sudo().search_count([])
        self.assertEqual(after, before)

    def test_whose_google_account_is_somebody_else_s_leaves_no_row(self):
        self.account.sudo().google_sub = self.sub
        before = self.env["google.sync.account"].sudo().search_count([])
        self.assertIn("is the one of", self.press().result)
        after = self.env["google.sync.account"].sudo().search_count([])
        self.assertEqual(after, before)

    # -- the owner is told ---------------------------------------------------------

    def test_the_owner_reads_who_connected_and_when(self):
        self.press(self.env.ref("base.user_admin"))
        account = self.account_of(self.dora)
        said = account.delegated_message
        self.assertIn("company's Google Workspace", said)
        self.assertIn(self.env.ref("base.user_admin").name, said)
        user = self.dora.with_user(self.dora)
        self.assertEqual(user.google_sync_delegated_message, said)
        account.action_disconnect()
        self.assertFalse(account.is_delegated)
        self.assertFalse(account.delegated_message)

    def test_who_consented_reads_nothing_of_it(self):
        account = self.consented()
        self.assertFalse(account.delegated_message)

    def test_from_before_it_was_noted(self):
        self.press()
        account = self.account_of(self.dora)
        account.sudo().write({"delegated_by_id": False, "delegated_at": False})
        self.assertTrue(account.is_delegated)
        self.assertIn("company's Google Workspace", account.delegated_message)
