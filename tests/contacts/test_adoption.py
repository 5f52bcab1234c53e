"""Contacts over real HTTP: adoption, deletions, a reset."""

from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactAdoption(ContactCase):
    def decision(self, partner):
        domain = [("partner_id", "=", partner.id), ("kind", "=", "adoption")]
        return self.env["google.sync.decision"].search(domain)

    def test_one_match_by_mail_is_adopted(self):
        there = self.google_contact(
            "Zoé",
            "ZOE@example.com",
            phoneNumbers=[{"value": "+33 1 1", "type": "home"}],
        )
        zoe = self.partner("Zoé Le Goff", email="zoe@example.com")
        run = self.sync()
        self.assertEqual((run.adopted, run.pushed_created), (1, 0))
        self.assertEqual(self.link_of(zoe).resource_name, there["resourceName"])
        after = self.google_of(zoe)
        self.assertEqual(after["names"][0]["displayName"], "Zoé Le Goff")
        self.assertEqual(after["phoneNumbers"][0]["type"], "home")
        self.assertEqual(len(self.in_google()), 1)
        self.assert_quiet()

    def test_anything_weaker_is_asked(self):
        there = self.google_contact("Zoé Le Goff")
        zoe = self.partner("Zoé Le Goff", email="zoe@example.com")
        self.sync("partial")
        self.assertEqual(self.account.contacts_ambiguous, 1)
        decision = self.decision(zoe).with_user(self.ada)
        self.assertEqual(decision.contact_ids.name, "Zoé Le Goff")
        self.assertIn("Nothing is written", decision.question)
        link = self.link_of(zoe).with_user(self.ada)
        self.assertEqual(link.action_open_decision()["res_id"], decision.id)
        decision.contact_ids.action_pair()
        self.sync()
        self.assertEqual(self.link_of(zoe).resource_name, there["resourceName"])
        self.assertEqual(len(self.in_google()), 1)

    def test_none_of_them_makes_a_new_one(self):
        self.google_contact("Zoé Le Goff")
        self.google_contact("Zoé Le Goff")
        zoe = self.partner("Zoé Le Goff", email="zoe@example.com")
        self.sync("partial")
        self.decision(zoe).with_user(self.ada).action_new()
        self.sync()
        self.assertEqual(len(self.in_google()), 3)
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestContactDeletion(ContactCase):
    def test_taken_off_it_stays_and_is_found_again(self):
        zoe = self.partner()
        self.sync()
        name = self.link_of(zoe).resource_name
        self.unchoose(zoe)
        self.sync()
        self.assertIn(name, self.in_google())
        self.assertFalse(self.account.contacts_chosen)
        self.choose(zoe)
        self.sync()
        self.assertEqual(self.link_of(zoe).resource_name, name)
        self.assertEqual(len(self.in_google()), 1)

    def test_deleted_in_google_when_the_option_says_so(self):
        self.account.contact_deletions = "delete"
        zoe = self.partner()
        self.sync()
        self.unchoose(zoe)
        run = self.sync()
        self.assertFalse(self.in_google())
        self.assertEqual(run.pushed_deleted, 1)
        line = run.line_ids.with_user(self.ada)
        self.assertIn("BEGIN:VCARD", line.sudo().archive)
        line.action_restore()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_asked_each_time(self):
        self.account.contact_deletions = "ask"
        zoe = self.partner()
        self.sync()
        action = self.unchoose(zoe)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.with_user(self.ada).action_delete()
        self.sync()
        self.assertFalse(self.in_google())

    def test_deleted_in_google_leaves_odoo_alone(self):
        zoe = self.partner()
        self.sync()
        self.google_page.delete(self.link_of(zoe).resource_name)
        self.sync()
        self.assertTrue(zoe.exists().active)
        self.assertEqual(self.account.contacts_gone, 1)
        self.assertIn("Put it back", zoe.google_sync_story)
        self.assert_quiet()
        self.link_of(zoe).with_user(self.ada).action_put_back()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertEqual(self.link_of(zoe).state, "linked")

    def test_archived_merged_deleted_in_odoo(self):
        zoe, twin = self.partner(), self.partner("Jumelle")
        gone = self.partner("Partie")
        self.sync()
        zoe.sudo().active = False
        self.sync()
        self.assertEqual(len(self.in_google()), 3)
        zoe.sudo().active = True
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((zoe | twin).ids, zoe.sudo())
        gone.sudo().unlink()
        self.sync()
        self.assertEqual(self.links().filtered("listed").partner_id, zoe)
        self.assertEqual(len(self.in_google()), 3)
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestContactReset(ContactCase):
    def test_the_same_contacts_are_found_again(self):
        zoe = self.partner()
        self.partner("Paul")
        self.sync()
        name = self.link_of(zoe).resource_name
        self.account.sudo()._detach_contacts()
        self.sync()
        self.assertEqual(self.link_of(zoe).resource_name, name)
        self.assertEqual(len(self.in_google()), 2)
        self.assert_quiet()

    def test_in_another_google_account_they_are_new(self):
        zoe = self.partner()
        self.sync()
        self.google_page.delete(self.link_of(zoe).resource_name)
        self.account.sudo()._detach_contacts()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertEqual(self.link_of(zoe).state, "linked")
