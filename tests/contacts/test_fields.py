"""Contacts over real HTTP: fields, comments, others' entries."""

from odoo.tests import tagged

from ..contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactFields(ContactCase):
    def test_new_contact_carries_every_field(self):
        company = self.partner("Golf Club Geneviève", listed=False, is_company=True)
        zoe = self.partner(
            "Géraud de la Facturation",
            parent_id=company.id,
            type="other",
            email="geraud@example.com, g@example.org",
            phone="+33 1 23 45 67 89",
            mobile="+33 6 12 34 56 78",
            street="1 rue de la Paix",
            street2="Bâtiment B",
            zip="75002",
            city="Paris",
            country_id=self.env.ref("base.fr").id,
            function="Directeur",
            comment="<p>Préfère le <b>matin</b></p>",
        )
        run = self.sync()
        self.assertEqual(run.pushed_created, 1)
        person = self.google_of(zoe)
        self.assertEqual(person["names"][0]["displayName"], "Géraud de la Facturation")
        mails = [mail["value"] for mail in person["emailAddresses"]]
        self.assertEqual(mails, ["geraud@example.com", "g@example.org"])
        phones = {x["type"]: x["canonicalForm"] for x in person["phoneNumbers"]}
        self.assertEqual(phones["work"], "+33123456789")
        self.assertEqual(phones["mobile"], "+33612345678")
        address = person["addresses"][0]
        self.assertEqual(address["city"], "Paris")
        self.assertEqual(address["countryCode"], "FR")
        organization = person["organizations"][0]
        self.assertEqual(organization["name"], "Golf Club Geneviève")
        self.assertEqual(organization["title"], "Directeur")
        self.assertEqual(self.note_of(zoe), "Préfère le matin")
        self.assertTrue(self.link_of(zoe).synced_at)
        self.assert_quiet()

    def test_a_lone_mobile_number_goes_as_mobile(self):
        zoe = self.partner(
            phone="06 12 34 56 78", country_id=self.env.ref("base.fr").id
        )
        self.sync()
        (phone,) = self.google_of(zoe)["phoneNumbers"]
        self.assertEqual(
            (phone["type"], phone["canonicalForm"]), ("mobile", "+33612345678")
        )

    def test_names_of_everywhere(self):
        names = ["田中 愛子", "محمد علي", "Ña", "O'Neil & Söhne <b>", "x" * 900]
        made = [self.partner(n, email=f"n{i}@example.com") for i, n in enumerate(names)]
        self.sync()
        for name, partner in zip(names, made, strict=True):
            with self.subTest(name):
                shown = self.google_of(partner)["names"][0]["displayName"]
                self.assertEqual(shown, name)
        self.assert_quiet()

    def test_an_edit_reaches_google_and_is_not_echoed(self):
        zoe = self.partner(phone="+33 1 23 45 67 89")
        self.sync()
        zoe.sudo().write({"phone": "+33 1 99 99 99 99", "function": "Chef"})
        run = self.sync()
        self.assertEqual(run.pushed_updated, 1)
        person = self.google_of(zoe)
        self.assertEqual(person["phoneNumbers"][0]["canonicalForm"], "+33199999999")
        self.assert_quiet()

    def test_a_company_renamed_reaches_its_contacts(self):
        company = self.partner("Golf", listed=False, is_company=True)
        zoe = self.partner(parent_id=company.id)
        self.sync()
        company.sudo().name = "Golf Club"
        self.sync()
        self.assertEqual(self.google_of(zoe)["organizations"][0]["name"], "Golf Club")

    def test_twelve_mails_and_a_long_note(self):
        mails = ", ".join(f"m{number}@example.com" for number in range(12))
        zoe = self.partner(email=mails, comment=f"<p>{'mot ' * 20000}</p>")
        self.sync()
        self.assertEqual(len(self.google_of(zoe)["emailAddresses"]), 12)
        self.assertEqual(len(self.note_of(zoe)), 79999)
        self.assert_quiet()

    def test_without_mail_or_phone_it_waits_and_says_so(self):
        zoe = self.partner(email=False)
        self.sync()
        self.assertFalse(self.in_google())
        self.assertEqual(self.account.contacts_without, 1)
        self.assertIn("neither a mail", zoe.google_sync_story)
        zoe.sudo().phone = "+33 1 23 45 67 89"
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_one_features_refusal_does_not_stop_the_other(self):
        self.partner()
        self.account.sudo().agenda_granted = False
        run = self.sync("partial", scope="all")
        self.assertEqual(run.pushed_created, 1)
        self.account.sudo().write({"agenda_granted": True, "contacts_granted": False})
        run = self.account.run_sync()
        self.assertEqual(run.state, "partial")
        self.assertIn("tick the box of the contacts", run.message)
        self.assertEqual(self.account.state, "connected")

    def test_an_account_without_a_list_asks_google_nothing(self):
        run = self.account.run_sync()
        self.assertEqual((run.state, run.requests), ("done", 1))


@tagged("post_install", "-at_install")
class TestContactComment(ContactCase):
    HTML = "<p>Un</p><ul><li>deux</li><li>trois</li></ul>"

    def note(self, partner, text):
        name = self.link_of(partner).resource_name
        self.google_page.edit(name, {"biographies": [{"value": text}]})

    def test_google_to_odoo_and_back_without_ping_pong(self):
        zoe = self.partner(comment=self.HTML)
        self.sync()
        before = zoe.comment
        self.assert_quiet()
        self.assertEqual(zoe.comment, before)
        self.note(zoe, "Rappeler <demain>\nvoilà")
        run = self.sync()
        self.assertEqual(run.pulled_updated, 1)
        self.assertIn("Rappeler &lt;demain&gt;", zoe.comment)
        self.assert_quiet()
        zoe.sudo().comment = "<p>Réglé</p>"
        self.sync()
        self.assertEqual(self.note_of(zoe), "Réglé")
        self.assert_quiet()

    def test_formatting_stays_when_the_text_does(self):
        zoe = self.partner(comment=self.HTML)
        self.sync()
        before, note = zoe.comment, self.note_of(zoe)
        self.note(zoe, note + "  ")
        self.sync()
        self.assertEqual(zoe.comment, before)

    def test_who_may_not_write_the_contact_keeps_it_in_google(self):
        zoe = self.partner(comment="<p>Un</p>")
        self.sync()
        self.ada.sudo().group_ids -= self.env.ref("base.group_partner_manager")
        self.note(zoe, "Deux")
        self.sync()
        self.assertIn("Un", zoe.comment)
        self.assertEqual(self.note_of(zoe), "Deux")
        self.assertIn("stays in Google", zoe.google_sync_story)
        self.assert_quiet()

    def test_a_private_note_is_shown_before_colleagues_read_it(self):
        person = self.google_contact("Zoé", "zoe@example.com")
        self.google_page.edit(
            person["resourceName"], {"biographies": [{"value": "À surveiller"}]}
        )
        zoe = self.partner("Zoé", email="zoe@example.com")
        self.sync("partial")
        self.assertFalse(zoe.comment)
        decision = self.env["google.sync.decision"].search(
            [("partner_id", "=", zoe.id)]
        )
        self.assertEqual(decision.kind, "conflict")
        self.assertEqual(decision.field_ids.google_value, "À surveiller")
        decision.with_user(self.ada).action_all_google()
        self.sync()
        self.assertIn("À surveiller", zoe.comment)
        self.assert_quiet()

    def test_a_question_that_came_back_is_open_again(self):
        person = self.google_contact("Zoé", "zoe@example.com")
        name = person["resourceName"]
        questions = self.env["google.sync.decision"]
        zoe = self.partner("Zoé", email="zoe@example.com")
        for text in ("Premier", "Second", "Premier"):
            self.google_page.edit(name, {"biographies": [{"value": text}]})
            self.sync("partial")
            asked = questions.search(
                [("partner_id", "=", zoe.id), ("state", "=", "open")]
            )
            self.assertEqual(asked.field_ids.google_value, text)
        asked.with_user(self.ada).action_all_google()
        self.sync()
        self.assertIn("Premier", zoe.comment)
        self.assertFalse(questions.search([("state", "=", "open")]))
        self.assert_quiet()

    def test_what_is_overwritten_can_be_restored(self):
        zoe = self.partner(comment="<p>Précieux</p>")
        self.sync()
        self.note(zoe, "Écrasé")
        run = self.sync()
        line = run.line_ids.filtered(lambda x: x.side == "odoo").with_user(self.ada)
        self.assertTrue(line.restorable)
        self.assertTrue(line.has_vcard)
        self.assertIn("Notes: Écrasé", line.after_display)
        line.action_restore()
        self.assertIn("Précieux", zoe.comment)
        self.sync()
        self.assertEqual(self.note_of(zoe), "Précieux")


@tagged("post_install", "-at_install")
class TestContactOthers(ContactCase):
    def test_foreign_entries_are_kept(self):
        zoe = self.partner(email="zoe@example.com", phone="+33 1 23 45 67 89")
        self.sync()
        person = self.google_of(zoe)
        mails = [
            {"value": x["value"], "type": x["type"]} for x in person["emailAddresses"]
        ]
        self.google_page.edit(
            person["resourceName"],
            {
                "emailAddresses": [
                    *mails,
                    {"value": "perso@example.net", "type": "home"},
                ],
                "nicknames": [{"value": "Zo"}],
            },
        )
        self.google_page.label(person["resourceName"], "Golfeurs")
        self.sync()
        zoe.sudo().write({"email": "zoe.nouvelle@example.com", "function": "Chef"})
        self.sync()
        after = self.google_of(zoe)
        mails = {x["value"] for x in after["emailAddresses"]}
        self.assertEqual(mails, {"zoe.nouvelle@example.com", "perso@example.net"})
        self.assertEqual(after["nicknames"][0]["value"], "Zo")
        groups = [
            x["contactGroupMembership"]["contactGroupResourceName"]
            for x in after["memberships"]
        ]
        self.assertEqual(len(groups), 2)
        self.assert_quiet()

    def test_what_is_ours_is_put_back(self):
        zoe = self.partner()
        self.sync()
        name = self.link_of(zoe).resource_name
        self.google_page.edit(name, {"names": [{"unstructuredName": "Autre"}]})
        run = self.sync()
        shown = self.google_of(zoe)["names"][0]["displayName"]
        self.assertEqual(shown, "Zoé Le Goff")
        self.assertIn("put_back", run.line_ids.mapped("action"))
        self.assert_quiet()

    def test_the_company_label(self):
        self.account.contact_label = True
        zoe = self.partner()
        self.sync()
        company = self.account.sudo().company_id.name
        labels = {x["resourceName"]: x["name"] for x in self.google_page.labels()}
        held = [
            labels[x["contactGroupMembership"]["contactGroupResourceName"]]
            for x in self.google_of(zoe)["memberships"]
        ]
        self.assertEqual(sorted(held), sorted([company, "myContacts"]))
        self.assert_quiet()
