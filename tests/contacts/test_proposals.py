"""Contacts of Google's label that Odoo does not know: created, paired or left."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactProposals(ContactCase):
    def setUp(self):
        super().setUp()
        self.account.contact_proposals = "Clients"

    def in_label(self, name="Zoé", email="zoe@example.com", **body):
        there = self.google_contact(name, email, **body)
        self.google_page.label(there["resourceName"], "Clients")
        return there["resourceName"]

    def proposed(self):
        mine = [("account_id", "=", self.account.id), ("kind", "=", "proposal")]
        rows = self.env["google.sync.decision"].search(
            [*mine, ("state", "!=", "obsolete")]
        )
        return rows.with_user(self.ada)

    def made(self, email="zoe@example.com"):
        return self.env["res.partner"].search([("email", "=", email)])

    def test_created_by_a_yes(self):
        name = self.in_label(
            phoneNumbers=[
                {"value": "+33 6 12 34 56 78", "type": "mobile"},
                {"value": "+33 1 42 68 53 00", "type": "work"},
            ],
            organizations=[{"name": "Sud SA", "title": "Cheffe"}],
            addresses=[{"streetAddress": "1 rue X", "city": "Nice"}],
        )
        self.google_contact("Max", "max@example.com")
        run = self.sync("partial")
        self.assertFalse(run.line_ids)
        self.assertFalse(self.made())
        (question,) = self.proposed()
        card = question.card
        self.assertEqual(card["title"], "Zoé")
        self.assertEqual(
            {fact["name"]: fact["value"] for fact in card["google"]},
            {
                "mail": "zoe@example.com",
                "phone": "+33 6 12 34 56 78, +33 1 42 68 53 00",
                "company": "Sud SA",
                "function": "Cheffe",
            },
        )
        self.assertEqual(
            [option["answer"] for option in card["options"]], ["ignore", "create"]
        )
        before = self.google_page.get(name)
        card = question.answer_question("create")
        self.assertEqual(card["state"], "answered")
        run = self.sync()
        zoe = self.made()
        self.assertEqual(
            (zoe.name, zoe.phone, zoe.mobile, zoe.company_name, zoe.function),
            ("Zoé", "+33 1 42 68 53 00", "+33 6 12 34 56 78", "Sud SA", "Cheffe"),
        )
        self.assertFalse(zoe.parent_id)
        self.assertEqual(zoe.create_uid, self.ada)
        self.assertEqual(self.link_of(zoe).state, "linked")
        self.assertEqual(self.google_page.get(name), before)
        self.assertEqual((run.pulled_created, run.adopted), (1, 1))
        self.assertTrue(question.card["written"])
        self.assert_quiet()
        self.assertEqual(len(self.in_google()), 2)

    def test_paired_with_the_one_that_is_there(self):
        name = self.in_label(phoneNumbers=[{"value": "+33 6 12 34 56 78"}])
        same_mail = self.partner("Zoé L", listed=False, email="ZOE@example.com")
        same_phone = self.partner("Z", listed=False, phone="06.12.34.56.78")
        same_name = self.partner("Zoé", listed=False, email="other@example.com")
        self.partner("Zoé Autre", listed=False)
        self.sync("partial")
        (question,) = self.proposed()
        candidates = [x["pick"] for x in question.card["candidates"]]
        self.assertEqual(candidates, [same_mail.id, same_phone.id, same_name.id])
        other = self.env["res.partner"].create({"name": "Stranger"})
        with self.assertRaises(AccessError):
            question.answer_question("pair", other.id)
        question.answer_question("pair", same_phone.id)
        self.sync()
        self.assertEqual(self.link_of(same_phone).resource_name, name)
        self.assertEqual(len(self.made()), 0)
        self.assert_quiet()

    def test_left_in_google_and_never_asked_again(self):
        name = self.in_label()
        self.sync("partial")
        self.proposed().action_ignore()
        before = self.google_page.get(name)
        self.sync()
        self.google_page.edit(name, {"nicknames": [{"value": "Z"}]})
        self.sync(mode="full")
        self.assertEqual(self.proposed().state, "answered")
        self.assertFalse(self.made())
        self.assertFalse(self.links())
        self.assertEqual(before["names"], self.google_page.get(name)["names"])
        with self.at("2031-01-01 00:00:00"):
            self.env["google.sync.decision"]._gc_old()
        self.assertFalse(self.proposed().name)
        self.sync(mode="full")
        self.assertEqual(self.proposed().state, "answered")

    def test_who_is_paired_already_is_named_only(self):
        zoe = self.partner("Zoé", email="zoe@example.com")
        self.sync()
        self.in_label()
        self.sync("partial")
        card = self.proposed().card
        self.assertFalse(card["candidates"])
        self.assertIn("Zoé", card["warning"])
        with self.assertRaises(AccessError):
            self.proposed().answer_question("pair", zoe.id)

    def test_who_may_not_create_is_told_at_once(self):
        self.in_label()
        self.sync("partial")
        self.ada.sudo().group_ids -= self.env.ref("base.group_partner_manager")
        with self.assertRaises(UserError):
            self.proposed().action_create()
        self.assertEqual(self.proposed().state, "open")

    def test_lost_right_meanwhile_asks_again(self):
        self.in_label()
        self.sync("partial")
        self.proposed().action_create()
        self.ada.sudo().group_ids -= self.env.ref("base.group_partner_manager")
        run = self.account.run_sync(scope="contacts")
        self.assertIn("asked again", run.line_ids.advice)
        self.assertEqual(self.proposed().state, "open")
        self.assertIn("did not take in", self.proposed().question)
        self.assertFalse(self.made())

    def test_a_preview_makes_nobody(self):
        self.in_label()
        self.sync("partial")
        self.proposed().action_create()
        self.account.run_sync(mode="preview", scope="contacts")
        self.assertFalse(self.made())

    def test_without_a_label_nobody_is_asked_about(self):
        self.in_label()
        self.sync("partial")
        self.account.contact_proposals = False
        self.assertFalse(self.proposed())
        self.account.contact_proposals = "Nobody"
        run = self.sync()
        self.assertIn("no label of this name", run.line_ids.advice)
        self.assertFalse(self.proposed())

    def test_the_scheduled_action_looks_by_itself(self):
        self.assertTrue(self.account._wants_contacts())
        self.account.contact_proposals = False
        self.assertFalse(self.account._wants_contacts())
