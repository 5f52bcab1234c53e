"""Whose list a contact is on, who put it there, and who may look."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactList(ContactCase):
    def test_notice_says_what_was_new_there_and_left_out(self):
        zoe = self.partner("Zoé")
        other = self.env["res.company"].create({"name": "Ailleurs"})
        hidden = self.partner("Cachée", listed=False, company_id=other.id)
        silent = self.partner("Muette", listed=False, email=False)
        gone = self.partner("Archivée", listed=False, active=False)
        action = self.choose((zoe | hidden | silent | gone).sudo())
        message = action["params"]["message"]
        for part in ("1 new", "1 already", "1 left out: archived", "1 without mail"):
            self.assertIn(part, message)
        self.assertEqual(action["params"]["type"], "warning")
        self.assertEqual(self.links().partner_id, zoe | silent)

    def test_taken_off_before_it_was_sent_leaves_nothing(self):
        zoe = self.partner()
        message = self.unchoose(zoe)["params"]["message"]
        self.assertIn("1 taken off", message)
        self.assertFalse(self.links())

    def test_each_user_has_a_list_of_their_own(self):
        zoe = self.partner()
        bob = self.make_user("bob")
        self.choose(zoe, bob)
        links = self.env["google.sync.contact.link"]
        self.assertEqual(len(links.with_user(bob).search([])), 1)
        self.assertEqual(len(links.with_user(self.ada).search([])), 1)
        link = self.link_of(zoe)
        for act in ("action_remove", "action_retry", "action_put_back"):
            with self.subTest(act), self.assertRaises(AccessError):
                getattr(link.with_user(bob), act)()
        with self.assertRaises(AccessError):
            link.with_user(self.ada).write({"state": "off"})

    def test_a_delegate_never_sees_the_list(self):
        self.partner()
        bob = self.make_user("bob")
        account = self.account.sudo()
        self.env["google.sync.delegate"].create(
            {"account_id": account.id, "user_id": bob.id, "agenda": True}
        )
        links = self.env["google.sync.contact.link"].with_user(bob)
        self.assertFalse(links.search([]))
        theirs = account.with_user(bob).sudo(False)
        with self.assertRaises(AccessError):
            theirs.run_sync(scope="contacts")
        with self.assertRaises(AccessError):
            theirs.action_view_contacts()

    def test_a_manager_sees_the_lists_of_their_companies(self):
        zoe = self.partner()
        boss = self.make_user(
            "boss", groups="google_sync.group_manager,base.group_user"
        )
        links = self.env["google.sync.contact.link"].with_user(boss)
        self.assertEqual(links.search([]).partner_id, zoe)
        links.search([]).action_remove()
        self.assertFalse(self.links())

    def test_a_manager_adds_to_the_list_they_opened(self):
        self.partner()
        boss = self.make_user(
            "boss", groups="google_sync.group_manager,base.group_user"
        )
        paul = self.partner("Paul", listed=False)
        account = self.account.with_user(boss)
        action = account.action_add_contacts()
        self.assertEqual(action["params"], {"account_id": self.account.id})
        partners = self.env["res.partner"].with_user(boss)
        partners = partners.with_context(google_sync_contacts_of=self.account.id)
        found = partners.search(
            [("google_sync_listed", "=", False), ("id", "=", paul.id)]
        )
        notice = account.add_contacts(found.ids)
        self.assertIn("1 new", notice["message"])
        self.assertIn(paul, self.links().partner_id)

    def test_added_by_the_dialogue_it_says_what_became_of_each(self):
        there = self.partner()
        gone = self.partner("Gone", listed=False, active=False)
        new = [self.partner(f"Neuf {n}", listed=False).id for n in range(3)]
        notice = self.account.add_contacts([*new, there.id, gone.id])
        for words in ("3 new", "1 already there", "1 left out: archived"):
            self.assertIn(words, notice["message"])
        self.assertEqual(notice["type"], "warning")

    def test_nobody_adds_to_the_list_of_another(self):
        paul = self.partner("Paul", listed=False)
        bob = self.make_user("bob")
        for name in ("action_add_contacts", "add_contacts"):
            args = [[paul.id]] if name == "add_contacts" else []
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(self.account.with_user(bob), name)(*args)
        self.assertFalse(self.links())

    def test_what_the_owner_may_not_see_is_not_shown(self):
        zoe = self.partner()
        zoe.sudo().company_id = self.env["res.company"].create({"name": "Ailleurs"})
        link = self.link_of(zoe).with_user(self.ada)
        link.invalidate_recordset()
        self.assertFalse(link.name or link.email)

    def test_figures_reach_their_lines(self):
        self.partner("Une")
        self.partner("Deux")
        account = self.account
        self.assertEqual((account.contacts_chosen, account.contacts_waiting), (2, 2))
        action = account.with_context(
            google_sync_figure="waiting"
        ).action_view_contacts()
        found = self.env["google.sync.contact.link"].search(action["domain"])
        self.assertEqual(len(found), 2)
        self.assertEqual(self.ada.with_user(self.ada).google_sync_contacts_chosen, 2)

    def test_the_panel_says_why(self):
        zoe = self.partner(listed=False)
        self.assertFalse(zoe.google_sync_listed)
        self.assertIn("Not on your list", zoe.google_sync_story)
        self.choose(zoe)
        zoe.invalidate_recordset()
        self.assertTrue(zoe.google_sync_listed)
        self.assertIn("next synchronisation", zoe.google_sync_story)

    def test_search_by_being_listed(self):
        zoe, paul = self.partner(), self.partner("Paul", listed=False)
        partners = self.env["res.partner"].with_user(self.ada)
        both = [("id", "in", (zoe | paul).ids)]
        listed = partners.search([*both, ("google_sync_listed", "=", True)])
        others = partners.search([*both, ("google_sync_listed", "=", False)])
        self.assertEqual((listed, others), (zoe, paul))


@tagged("post_install", "-at_install")
class TestContactRule(ContactCase):
    def rule(self, domain="[('ref', '=like', 'GS%')]"):
        rules = self.env["google.sync.contact.rule"].with_user(self.ada)
        return rules.create(
            {"name": "Mine", "domain": domain, "account_id": self.account.id}
        )

    def fill(self):
        self.account.sudo()._fill_from_rules()

    def test_a_rule_fills_and_empties_the_list(self):
        one, two = (self.partner(n, listed=False, ref=f"GS{n}") for n in "AB")
        self.rule()
        self.assertEqual(self.links().partner_id, one | two)
        two.sudo().ref = "X"
        third = self.partner("C", listed=False, ref="GSC")
        self.fill()
        self.assertEqual(self.links().partner_id, one | third)

    def test_the_hand_is_stronger_than_the_rule(self):
        by_hand = self.partner("Main", ref="X")
        fits = self.partner("Règle", listed=False, ref="GS1")
        rule = self.rule()
        self.unchoose(fits)
        self.fill()
        self.assertFalse(self.link_of(fits).filtered("listed"))
        self.choose(fits)
        rule.unlink()
        listed = self.links().filtered("listed").partner_id
        self.assertEqual(listed, by_hand | fits)

    def test_nobody_sets_rules_for_others(self):
        bob = self.make_user("bob")
        rules = self.env["google.sync.contact.rule"].with_user(bob)
        with self.assertRaises(AccessError):
            rules.create({"name": "x", "account_id": self.account.id})
        with self.assertRaises(AccessError):
            self.rule().with_user(bob).write({"domain": "[]"})

    def test_a_rule_sees_what_its_owner_sees(self):
        other = self.env["res.company"].create({"name": "Ailleurs"})
        self.partner("Cachée", listed=False, ref="GS9", company_id=other.id)
        rule = self.rule()
        self.assertEqual(rule.count, 0)
        self.assertFalse(self.links())


@tagged("post_install", "-at_install")
class TestContactQueue(ContactCase):
    def queued(self):
        rows = self.env["google.sync.contact.pending"].sudo().search([])
        return rows.mapped("link_id")

    def test_an_edit_is_queued_once_for_each_list(self):
        zoe = self.partner()
        zoe.sudo().phone = "+33 1 23 45 67 89"
        self.assertEqual(self.queued(), self.link_of(zoe).ids)

    def test_other_fields_and_other_contacts_are_not(self):
        zoe, paul = self.partner(), self.partner("Paul", listed=False)
        zoe.sudo().ref = "42"
        paul.sudo().phone = "1"
        self.assertFalse(self.queued())

    def test_a_company_that_is_renamed_concerns_its_contacts(self):
        company = self.partner("Golf", listed=False, is_company=True)
        zoe = self.partner(parent_id=company.id)
        company.sudo().name = "Golf Club"
        self.assertEqual(self.queued(), self.link_of(zoe).ids)

    def test_without_connected_accounts_nothing_is_looked_up(self):
        zoe = self.partner()
        self.account.sudo().state = "off"
        zoe.sudo().phone = "1"
        self.assertFalse(self.queued())

    def test_merged_contacts_keep_one_place_on_each_list(self):
        zoe, twin = (
            self.partner(),
            self.partner("Zoé LG", email="zoe.le.goff@example.com"),
        )
        bob = self.make_user("bob")
        self.choose(twin, bob)
        link = self.link_of(twin)
        link.sudo().write({"state": "linked", "resource_name": "people/c1"})
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((zoe | twin).ids, zoe.sudo())
        self.assertFalse(twin.exists())
        self.assertEqual(self.link_of(zoe).resource_name, "people/c1")
        account = self.account_of(bob).sudo()
        self.assertEqual(account.contact_link_ids.partner_id, zoe)


@tagged("post_install", "-at_install")
class TestMobile(ContactCase):
    def test_mobile_is_back_and_searchable(self):
        zoe = self.partner(listed=False, mobile="+33 6 12 34 56 78")
        found = self.env["res.partner"].search([("mobile", "=", "+33 6 12 34 56 78")])
        self.assertEqual(found, zoe)

    def test_uninstalling_saves_the_numbers(self):
        from ...hooks import uninstall_hook

        lone = self.partner("A", listed=False, mobile="06 1")
        both = self.partner("B", listed=False, mobile="06 2", phone="01 2")
        note = self.partner(
            "C", listed=False, mobile="06 3", phone="01", comment="<p>x</p>"
        )
        uninstall_hook(self.env)
        self.assertEqual(lone.phone, "06 1")
        self.assertEqual(both.phone, "01 2")
        self.assertIn("06 2", both.comment)
        self.assertIn("x", note.comment)
        self.assertIn("06 3", note.comment)
