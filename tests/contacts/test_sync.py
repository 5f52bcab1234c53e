"""Contacts over real HTTP: fields, comments, others' entries, crashes, thousands."""

import base64
import io

import vobject
from PIL import Image

from odoo import fields
from odoo.tests import tagged

from ..contact_case import ContactCase

WRITES = ("create", "update", "delete", "batchCreate", "batchUpdate", "batchDelete")


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
class TestContactPace(ContactCase):
    def test_slices_keep_to_google_s_quota_and_end(self):
        vals = [{"name": f"P{n}", "email": f"p{n}@example.com"} for n in range(80)]
        partners = self.env["res.partner"].create(vals)
        partners.image_1920 = self.picture()
        self.choose(partners)
        cron = self.env.ref("google_sync.ir_cron_synchronise")
        cron.method_direct_trigger()
        self.env.invalidate_all()
        run = self.account.last_run_id
        self.assertEqual(run.state, "running")
        self.assertGreater(self.account.contacts_next_try, fields.Datetime.now())
        self.assertFalse(self.account.contacts_failures)
        sent = len(run.line_ids.filtered(lambda line: line.action == "photo"))
        self.assertTrue(0 < sent < 80)
        account = self.account.sudo()
        account.write({"contacts_next_try": False, "contact_usage": False})
        cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.account.last_run_id, run)
        self.assertEqual(run.state, "done")
        self.assertFalse(self.links().filtered("photo_due"))


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


@tagged("post_install", "-at_install")
class TestContactCrash(ContactCase):
    def test_create_without_an_answer_makes_no_double(self):
        for kind in ("cut", "bad_gateway", "truncated"):
            with self.subTest(kind):
                zoe = self.partner(f"Zoé {kind}", email=f"{kind}@example.com")
                self.world.faults.add("*createContact*", kind, when="after", times=1)
                self.sync("partial")
                self.world.faults.clear()
                self.sync()
                names = [
                    x["names"][0]["displayName"] for x in self.in_google().values()
                ]
                self.assertEqual(len(names), len(set(names)))
                self.assertEqual(self.link_of(zoe).state, "linked")
        self.assert_quiet()

    def test_off_and_on_the_list_while_nobody_knows_makes_no_double(self):
        self.world.people.lag = 300
        self.addCleanup(setattr, self.world.people, "lag", 0)
        zoe = self.partner()
        self.world.faults.add("*createContact*", "cut", when="after", times=1)
        self.sync("partial")
        self.world.faults.clear()
        self.unchoose(zoe)
        self.choose(zoe)
        self.assertEqual(self.link_of(zoe).state, "sending")
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_a_lagging_list_makes_no_double(self):
        self.world.people.lag = 300
        self.addCleanup(setattr, self.world.people, "lag", 0)
        self.partner()
        self.world.faults.add("*createContact*", "cut", when="after", times=1)
        self.sync("partial")
        self.world.faults.clear()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_expired_sync_token_lists_anew(self):
        zoe = self.partner()
        self.sync()
        self.world.people.expire_sync_tokens()
        self.sync()
        self.assertEqual(self.link_of(zoe).state, "linked")
        self.assert_quiet()

    def test_stale_etag_is_read_again_and_merged(self):
        zoe = self.partner()
        self.sync()
        name = self.link_of(zoe).resource_name
        zoe.sudo().function = "Chef"
        account = self.account.sudo()
        account.contacts_next_at = fields.Datetime.add(fields.Datetime.now(), hours=1)
        self.google_page.edit(name, {"nicknames": [{"value": "Zo"}]})
        cron = self.env.ref("google_sync.ir_cron_synchronise")
        cron.method_direct_trigger()
        self.env.invalidate_all()
        after = self.google_of(zoe)
        self.assertEqual(after["nicknames"][0]["value"], "Zo")
        self.assertEqual(after["organizations"][0]["title"], "Chef")

    def test_the_clock_brings_an_edit_within_one_slice(self):
        zoe = self.partner()
        self.sync(scope="all")
        zoe.sudo().phone = "+33 1 23 45 67 89"
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.account.last_run_id.trigger, "push")
        self.assertTrue(self.google_of(zoe)["phoneNumbers"])


@tagged("post_install", "-at_install")
class TestContactPreview(ContactCase):
    def test_a_preview_shows_everything_and_writes_nothing(self):
        self.google_contact("Paul", "paul@example.com")
        self.partner()
        self.partner("Paul", email="paul@example.com", function="Chef")
        run = self.sync("planned", mode="preview")
        self.assertEqual((run.pushed_created, run.adopted), (1, 1))
        self.assertEqual(len(self.in_google()), 1)
        self.assertFalse(self.links().filtered(lambda x: x.state != "new"))
        self.assertFalse(self.account.sudo().contact_cursor)

    def carry_out(self, plan):
        """As its page does it, to the end."""
        run = plan.with_user(self.ada)._apply_plan()
        for _turn in range(50):
            if all(state["state"] != "running" for state in run.work_on()):
                break
        return run

    def test_a_plan_is_carried_out_or_refused_as_stale(self):
        zoe = self.partner()
        plan = self.sync("planned", mode="preview", scope="all")
        zoe.sudo().function = "Chef"
        run = self.carry_out(plan)
        self.assertEqual((run.state, plan.state), ("failed", "stopped"))
        self.assertIn(zoe.name, run.message)
        self.assertFalse(self.in_google())
        plan = self.sync("planned", mode="preview", scope="all")
        run = self.carry_out(plan)
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(self.google_of(zoe)["organizations"][0]["title"], "Chef")


@tagged("post_install", "-at_install")
class TestContactThousands(ContactCase):
    def writes(self):
        requests = self.world.counters.requests
        return sum(
            number
            for route, number in requests.items()
            if any(route.endswith(f".{verb}Contacts") for verb in WRITES)
            or any(route.endswith(f".{verb}Contact") for verb in WRITES)
        )

    def test_two_thousand_in_eleven_writes_then_silence(self):
        vals = [
            {
                "name": f"Contact {n}",
                "email": f"c{n}@example.com",
                "phone": f"+3312345{n:04d}",
            }
            for n in range(2000)
        ]
        self.choose(self.env["res.partner"].create(vals))
        self.world.reset_counters()
        run = self.sync()
        self.assertEqual(run.pushed_created, 2000)
        self.assertLessEqual(self.writes(), 11)
        self.assertEqual(len(self.in_google()), 2000)
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestContactPhoto(ContactCase):
    def is_own(self, partner):
        photos = self.google_of(partner).get("photos") or [{"default": True}]
        return not photos[0].get("default", False)

    def test_added_changed_removed(self):
        zoe = self.partner()
        self.sync()
        self.assertFalse(self.is_own(zoe))
        zoe.sudo().image_1920 = self.picture("red", (1600, 1200))
        run = self.sync()
        self.assertIn("photo", run.line_ids.mapped("action"))
        self.assertTrue(self.is_own(zoe))
        first = self.google_of(zoe)["photos"][0]["url"]
        self.assert_quiet()
        zoe.sudo().image_1920 = self.picture("blue")
        self.sync()
        self.assertNotEqual(self.google_of(zoe)["photos"][0]["url"], first)
        zoe.sudo().image_1920 = False
        self.sync()
        self.assertFalse(self.is_own(zoe))
        self.assert_quiet()

    def test_google_s_own_photo_stays_while_odoo_has_none(self):
        zoe = self.partner()
        self.sync()
        data = base64.b64decode(self.picture("green"))
        self.google_page.photo(self.link_of(zoe).resource_name, data)
        self.sync()
        zoe.sudo().function = "Chef"
        self.sync()
        self.assertTrue(self.is_own(zoe))

    def test_generated_avatars_are_no_photos(self):
        user = self.make_user("bob")
        self.choose(user.partner_id)
        self.sync()
        self.assertFalse(self.is_own(user.partner_id))

    def test_a_photo_chosen_in_google_is_kept_when_it_gives_way(self):
        zoe = self.partner()
        self.sync()
        own = base64.b64decode(self.picture("green"))
        self.google_page.photo(self.link_of(zoe).resource_name, own)
        zoe.sudo().image_1920 = self.picture("red")
        run = self.sync()
        line = run.line_ids.sudo().filtered(lambda line: line.action == "photo")
        self.assertTrue(line.has_vcard)
        kept = vobject.readOne(line.archive).photo.value
        with Image.open(io.BytesIO(kept)) as image:
            red, green, blue = image.convert("RGB").getpixel((5, 5))
        self.assertTrue(green > 100 > max(red, blue))
        self.assert_quiet()
        zoe.sudo().image_1920 = self.picture("blue")
        run = self.sync()
        line = run.line_ids.sudo().filtered(lambda line: line.action == "photo")
        self.assertFalse(line.archive)
