"""What people do with contacts on Google's page: merged, renamed, labels, deleted."""

from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactsByHand(ContactCase):
    def settle(self):
        for _ in range(3):
            self.sync()
        self.assert_quiet()
        self.assertFalse(self.sync(mode="full").line_ids)

    def numbers(self, partner):
        return [x["value"] for x in self.google_of(partner).get("phoneNumbers", ())]

    # -- merged ----------------------------------------------------------------

    def test_merged_with_a_contact_of_googles_own(self):
        for survives in (True, False):
            for renames in (True, False):
                with self.subTest(survives=survives, renames=renames):
                    self.merge_with_own(survives, renames)

    def merge_with_own(self, survives, renames):
        name = f"Zoé {survives} {renames}"
        zoe = self.partner(name)
        own = self.google_contact("Zozo", "zozo@example.com")["resourceName"]
        self.sync()
        ours = self.link_of(zoe).resource_name
        keep, other = (ours, own) if survives else (own, ours)
        self.google_page.merge(keep, other, renames=renames)
        zoe.sudo().phone = "+33 1 02 03 04 05"
        self.settle()
        self.assertEqual(self.link_of(zoe).state, "linked")
        self.assertEqual(self.link_of(zoe).resource_name, keep)
        cards = [
            card
            for card in self.in_google().values()
            if any(x["unstructuredName"] in (name, "Zozo") for x in card["names"])
        ]
        self.assertEqual(len(cards), 1)
        mails = {x["value"] for x in cards[0]["emailAddresses"]}
        self.assertEqual(mails, {zoe.email, "zozo@example.com"})
        self.assertEqual(self.numbers(zoe), ["+33 1 02 03 04 05"])
        self.google_page.delete(keep)
        self.sync()

    def test_two_contacts_of_odoo_merged_there(self):
        """Odoo has both still: nothing is made anew, and who was lost is said."""
        for renames in (True, False):
            with self.subTest(renames=renames):
                zoe, ann = (
                    self.partner(f"Zoé {renames}"),
                    self.partner(f"Ann {renames}"),
                )
                self.sync()
                keep, other = (self.link_of(x).resource_name for x in (zoe, ann))
                self.google_page.merge(keep, other, renames=renames)
                before = len(self.in_google())
                self.settle()
                self.assertEqual(len(self.in_google()), before)
                self.assertEqual(self.link_of(zoe).resource_name, keep)
                self.assertEqual(self.link_of(zoe).state, "linked")
                self.assertTrue((zoe + ann).exists())
                zoe.sudo().phone = ann.sudo().phone = "+33 1 02 03 04 05"
                self.settle()
                self.assertEqual(len(self.in_google()), before)

    # -- renamed ---------------------------------------------------------------

    def test_renamed_while_edited_in_odoo(self):
        for follow in (True, False):
            with self.subTest(follow=follow):
                zoe = self.partner(f"Zoé {follow}")
                self.sync()
                old = self.link_of(zoe).resource_name
                new = self.google_page.rename(old, follow=follow)
                zoe.sudo().phone = "+33 1 02 03 04 05"
                before = len(self.in_google())
                self.settle()
                self.assertEqual(len(self.in_google()), before)
                self.assertEqual(self.link_of(zoe).resource_name, new)
                self.assertEqual(self.numbers(zoe), ["+33 1 02 03 04 05"])

    # -- deleted ---------------------------------------------------------------

    def test_deleted_there_while_edited_here(self):
        zoe = self.partner()
        self.sync()
        self.google_page.delete(self.link_of(zoe).resource_name)
        zoe.sudo().phone = "+33 1 02 03 04 05"
        self.settle()
        self.assertTrue(zoe.exists().active)
        self.assertEqual(zoe.phone, "+33 1 02 03 04 05")
        self.assertLessEqual(len(self.in_google()), 1)
        if not self.in_google():
            self.assertIn("Put it back", zoe.google_sync_story)
            self.link_of(zoe).with_user(self.ada).action_put_back()
            self.settle()
        self.assertEqual(self.numbers(zoe), ["+33 1 02 03 04 05"])

    # -- labels ----------------------------------------------------------------

    def held(self, partner):
        labels = {x["resourceName"]: x["name"] for x in self.google_page.labels()}
        return sorted(
            labels[x["contactGroupMembership"]["contactGroupResourceName"]]
            for x in self.google_of(partner)["memberships"]
        )

    def test_a_label_of_the_persons_own_stays(self):
        zoe = self.partner()
        self.sync()
        self.google_page.label(self.link_of(zoe).resource_name, "Club de lecture")
        self.settle()
        zoe.sudo().phone = "+33 1 02 03 04 05"
        self.settle()
        self.assertEqual(self.held(zoe), ["Club de lecture", "myContacts"])

    def test_our_label_taken_off_there(self):
        self.account.contact_label = True
        company = self.account.sudo().company_id.name
        zoe = self.partner()
        self.sync()
        self.google_page.unlabel(self.link_of(zoe).resource_name, company)
        self.settle()
        zoe.sudo().phone = "+33 1 02 03 04 05"
        self.settle()
        self.assertIn("myContacts", self.held(zoe))
        self.assertLessEqual(self.held(zoe).count(company), 1)
        ann = self.partner("Ann")
        self.settle()
        self.assertIn(company, self.held(ann))
