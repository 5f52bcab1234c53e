"""Directions of a company for its contacts: what travels, what it writes."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactDirections(ContactCase):
    def choose_way(self, field, direction, company=None):
        table = self.env["google.sync.direction"].with_company(
            company or self.account.company_id
        )
        rows = table.search(table.action_view_table()["domain"])
        rows.filtered(
            lambda row: (row.half, row.field_name) == ("contacts", field)
        ).direction = direction

    def edit_google(self, partner, **body):
        self.google_page.edit(self.link_of(partner).resource_name, body)

    def test_the_table_has_both_halves(self):
        table = self.env["google.sync.direction"]
        rows = table.search(table.action_view_table()["domain"])
        mine = {row.field_name: row for row in rows if row.half == "contacts"}
        self.assertEqual(mine["comment"].direction, "both")
        self.assertEqual(mine["phone"].direction, "to_google")
        self.assertEqual(mine["website"].direction, "none")
        self.assertEqual(mine["street"].label, "Address")
        self.assertNotIn("city", mine)
        self.assertNotIn("birthday", mine)
        self.assertIn("place", rows.mapped("field_name"))

    def test_what_does_not_travel_stays_in_odoo(self):
        for field in ("phone", "street", "comment", "photo"):
            self.choose_way(field, "none")
        zoe = self.partner(
            phone="+33 1 23 45 67 89",
            mobile="+33 6 12 34 56 78",
            street="1 rue de la Paix",
            city="Paris",
            comment="<p>Entre nous</p>",
            image_1920=self.picture(),
        )
        self.sync()
        zoe.sudo().write(
            {"phone": "+33 1 99 99 99 99", "city": "Lyon", "comment": "<p>Ici</p>"}
            | {"image_1920": self.picture("blue"), "function": "Chef"}
        )
        self.sync()
        person = self.google_of(zoe)
        (phone,) = person["phoneNumbers"]
        self.assertEqual(phone["canonicalForm"], "+33612345678")
        self.assertNotIn("addresses", person)
        self.assertNotIn("biographies", person)
        self.assertTrue(all(x.get("default") for x in person.get("photos", ())))
        self.assertEqual(person["organizations"][0]["title"], "Chef")
        self.assert_quiet()

    def test_another_choice_writes_nothing_by_itself(self):
        self.choose_way("phone", "none")
        zoe = self.partner(phone="+33 1 23 45 67 89", website="https://zoe.fr")
        self.sync()
        self.choose_way("phone", "to_google")
        self.choose_way("website", "to_google")
        run = self.sync()
        self.assertFalse(run.line_ids)
        run = self.sync(mode="full")
        self.assertFalse(run.line_ids)
        self.assertNotIn("phoneNumbers", self.google_of(zoe))
        self.assertNotIn("urls", self.google_of(zoe))
        zoe.sudo().write({"phone": "+33 1 99 99 99 99", "website": "https://le.fr"})
        self.sync()
        person = self.google_of(zoe)
        self.assertEqual(person["phoneNumbers"][0]["canonicalForm"], "+33199999999")
        self.assertEqual(person["urls"][0]["value"], "https://le.fr")
        self.assert_quiet()

    def test_a_website_both_ways(self):
        self.choose_way("website", "both")
        zoe = self.partner(website="https://zoe.fr")
        self.sync()
        self.edit_google(zoe, urls=[{"value": "golf.fr", "type": "work"}])
        self.sync()
        self.assertIn("golf.fr", zoe.website)
        self.assert_quiet()
        self.assertEqual(self.google_of(zoe)["urls"][0]["value"], "golf.fr")

    def test_a_note_one_way_is_put_back(self):
        self.choose_way("comment", "to_google")
        zoe = self.partner(comment="<p>Avant</p>")
        self.sync()
        self.edit_google(zoe, biographies=[{"value": "Autre"}])
        run = self.sync()
        self.assertEqual(self.note_of(zoe), "Avant")
        self.assertTrue(run.line_ids)
        self.choose_way("comment", "from_google")
        self.sync()
        zoe.sudo().comment = "<p>Autre</p>"
        run = self.sync()
        self.assertIn("Avant", zoe.comment)
        self.assertEqual(run.line_ids.mapped("side"), ["odoo"])
        self.assert_quiet()

    def test_another_company_chooses_for_itself(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.choose_way("phone", "none", other)
        zoe = self.partner(phone="+33 1 23 45 67 89")
        self.sync()
        self.assertTrue(self.google_of(zoe)["phoneNumbers"])

    # -- from Google -----------------------------------------------------------

    def all_both_ways(self, way="both"):
        for field in ("name", "emails", "phone", "mobile"):
            self.choose_way(field, way)

    def test_a_card_edited_in_google_reaches_odoo(self):
        self.all_both_ways()
        zoe = self.partner(phone="+33 1 23 45 67 89", mobile="+33 6 12 34 56 78")
        self.sync()
        self.edit_google(
            zoe,
            names=[{"unstructuredName": "Zoé Martin"}],
            emailAddresses=[{"value": "zoe@martin.example", "type": "work"}],
            phoneNumbers=[
                {"value": "+33 1 99 99 99 99", "type": "work"},
                {"value": "+33 6 99 99 99 99", "type": "mobile"},
            ],
        )
        run = self.sync()
        self.assertEqual(zoe.name, "Zoé Martin")
        self.assertEqual(zoe.email, "zoe@martin.example")
        self.assertEqual(zoe.phone, "+33 1 99 99 99 99")
        self.assertEqual(zoe.mobile, "+33 6 99 99 99 99")
        self.assertEqual(run.line_ids.mapped("side"), ["odoo"])
        self.assert_quiet()
        zoe.sudo().phone = "+33 1 11 11 11 11"
        self.sync()
        numbers = [x["value"] for x in self.google_of(zoe)["phoneNumbers"]]
        self.assertEqual(numbers, ["+33 1 11 11 11 11", "+33 6 99 99 99 99"])
        self.assert_quiet()

    def test_by_default_a_card_edited_in_google_is_put_back(self):
        zoe = self.partner(phone="+33 1 23 45 67 89")
        self.sync()
        self.edit_google(zoe, phoneNumbers=[{"value": "+33 1 99 99 99 99"}])
        self.sync()
        self.assertEqual(zoe.phone, "+33 1 23 45 67 89")

    def test_a_conflict_is_asked_with_both_values(self):
        self.all_both_ways()
        self.account.sudo().conflict_policy = "ask"
        zoe = self.partner()
        self.sync()
        zoe.sudo().email = "odoo@example.com"
        self.edit_google(zoe, emailAddresses=[{"value": "g@x.fr", "type": "work"}])
        self.sync("partial")
        decision = self.env["google.sync.decision"].search(
            [("partner_id", "=", zoe.id)]
        )
        line = decision.field_ids
        self.assertEqual(line.label, "Mail")
        self.assertEqual(line.odoo_value, "odoo@example.com")
        self.assertEqual(line.google_value, "g@x.fr")
        decision.with_user(self.ada).action_all_google()
        self.sync()
        self.assertEqual(zoe.email, "g@x.fr")
        self.assert_quiet()

    def test_who_may_not_write_contacts_leaves_them_in_google(self):
        self.all_both_ways()
        zoe = self.partner()
        self.sync()
        self.ada.sudo().group_ids -= self.env.ref("base.group_partner_manager")
        self.edit_google(zoe, emailAddresses=[{"value": "g@x.fr", "type": "work"}])
        run = self.sync()
        self.assertEqual(zoe.sudo().email, "zoé.le.goff@example.com")
        self.assertIn("You may not change this contact", run.line_ids.advice)
        self.assert_quiet()

    def test_whoever_edited_last_wins(self):
        self.all_both_ways()
        zoe = self.partner()
        self.sync()
        self.edit_google(zoe, emailAddresses=[{"value": "g@x.fr", "type": "work"}])
        with self.at(fields.Datetime.now() + timedelta(minutes=5)):
            zoe.sudo().email = "odoo@example.com"
            self.sync()
        self.assertEqual(zoe.email, "odoo@example.com")
        mails = [x["value"] for x in self.google_of(zoe)["emailAddresses"]]
        self.assertEqual(mails, ["odoo@example.com"])
