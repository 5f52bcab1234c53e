"""Contacts over real HTTP: slices, crashes, thousands."""

from odoo import fields
from odoo.tests import tagged

from ..contact_case import ContactCase

WRITES = ("create", "update", "delete", "batchCreate", "batchUpdate", "batchDelete")


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
