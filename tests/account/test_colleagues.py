"""Colleagues' first day: options prepared for many, an invitation sent once to each."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import GoogleSyncCase


@tagged("post_install", "-at_install")
class TestColleagues(GoogleSyncCase):
    def setUp(self):
        super().setUp()
        self.admin = self.make_user("root", groups="base.group_system")
        self.users = self.env["res.users"].union(
            *(self.make_user(f"u{n}", email=f"u{n}@example.com") for n in range(20))
        )

    def invitation(self, **values):
        model = self.env["google.sync.invitation"].with_user(self.admin)
        users = values.pop("user_ids", None)
        invitation = model.create(values)
        if users is not None:
            invitation.user_ids = users
        return invitation

    def mails_to(self, user):
        mails = self.env["mail.mail"].sudo().search([])
        return mails.filtered(
            lambda mail: (
                user.partner_id in mail.recipient_ids
                or user.email in (mail.email_to or "")
            )
        )

    def account_row(self, user):
        accounts = self.env["google.sync.account"].sudo()
        return accounts.search([("user_id", "=", user.id)])

    def test_each_is_invited_once(self):
        first, again = self.invitation(), self.invitation()
        self.assertLessEqual(self.users, first.user_ids)
        self.assertNotIn(self.ada, first.user_ids)
        first.user_ids = again.user_ids = self.users
        first.action_send()
        again.action_send()
        for user in self.users:
            self.assertEqual(len(self.mails_to(user)), 1, user.login)
        person = self.env["google.sync.person"].with_user(self.admin)
        invited = person.search([("invited_at", "!=", False)])
        self.assertEqual(invited.user_id, self.users)
        self.assertFalse(self.invitation().user_ids & self.users)
        self.assertIn(self.users[0].name, self.invitation().invited_names)

    def test_in_each_one_s_language_with_the_way_in(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        addon = self.env["ir.module.module"].search([("name", "=", "google_sync")])
        addon._update_translations(["fr_FR"])
        self.users[0].lang = "fr_FR"
        self.invitation(user_ids=self.users[:2]).action_send()
        french, english = (self.mails_to(user) for user in self.users[:2])
        self.assertIn("/odoo/my-google-sync", french.body_html)
        self.assertIn("Bonjour", french.body_html)
        self.assertIn("Hello", english.body_html)

    def test_options_and_filters_are_prepared_for_who_never_was_connected(self):
        self.env["google.sync.contact.rule"].create(
            {"account_id": self.account.id, "name": "All", "domain": "[]"}
        )
        self.account.write({"months_before": 3, "confirm_deletions": True})
        owner = self.users[0]
        begun = self.env["google.sync.account"].with_user(owner)._of_user(owner)
        begun.sudo().connected_at = "2026-01-01 00:00:00"
        wizard = self.invitation(
            like_id=self.account.id, with_rules=True, user_ids=self.users[:3]
        )
        wizard.action_send()
        self.assertEqual(begun.months_before, 1)
        for user in self.users[1:3]:
            account = self.account_row(user)
            self.assertEqual(account.months_before, 3)
            self.assertTrue(account.confirm_deletions)
            self.assertEqual(account.contact_rule_ids.mapped("domain"), ["[]"])
            self.assertEqual(account.contact_rule_ids.editor_id, self.admin)
            # Where data go is the owner's own word.
            self.assertEqual(account.state, "off")
            self.assertFalse(account.calendar_id or account.google_login)

    def test_from_the_list_of_users_and_nobody_else_may(self):
        person = self.env["google.sync.person"].browse(self.users[:2].ids)
        action = person.with_user(self.admin).action_invite()
        wizard = self.env["google.sync.invitation"].browse(action["res_id"])
        self.assertEqual(wizard.user_ids, self.users[:2])
        boss = self.make_user("boss")
        boss.group_ids |= self.env.ref("google_sync.group_manager")
        with self.assertRaises(AccessError):
            person.with_user(boss).action_invite()
