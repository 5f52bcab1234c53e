"""Contacts: what Google refuses for long, older bases, and fields of another addon."""

from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...google_api.errors import CONTACTS_OF_THE_DAY
from ...models.running.outcome import REFUSALS
from ...sync.contacts.fields import CONTACT_FIELDS, register, unregister
from ...sync.directions import Direction
from ..contact_case import ContactCase

LIST = "people.people.connections.list"


@tagged("post_install", "-at_install")
class TestContactTrouble(ContactCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.world.faults.clear)
        self.zoe = self.partner()
        self.sync()

    def pause_is_over(self):
        past = fields.Datetime.now() - timedelta(seconds=1)
        self.account.sudo().contacts_next_try = past

    # -- access refused --------------------------------------------------------

    def test_access_refused_again_and_again_asks_to_reconnect(self):
        self.world.faults.add(LIST, "auth", 999)
        for _run in range(REFUSALS - 1):
            run = self.sync("partial")
            self.assertIn("mostly this passes", run.message)
            self.assertEqual(self.account.state, "connected")
            self.pause_is_over()
        run = self.sync("failed")
        self.assertIn("keeps refusing the access", run.message)
        self.assertEqual(self.account.state, "to_reconnect")
        self.assertTrue(self.account.sudo().reconnect_told)
        self.sync("failed")
        self.assertEqual(self.account.state, "to_reconnect")
        self.world.faults.clear()
        self.sync()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.sudo().contacts_refusals)
        self.assert_quiet()

    def test_an_agenda_that_is_answered_does_not_hide_it(self):
        self.world.faults.add(LIST, "auth", 999)
        for _run in range(REFUSALS + 1):
            run = self.account.run_sync()
            self.pause_is_over()
        self.assertEqual(run.state, "partial")
        self.assertEqual(self.account.state, "to_reconnect")
        self.world.faults.clear()
        self.connect(self.ada)
        self.assertFalse(self.account.sudo().contacts_refusals)
        self.assertEqual(self.account.run_sync().state, "done")

    def test_pressing_the_button_thrice_is_one_refusal(self):
        self.world.faults.add(LIST, "auth", 999)
        for _press in range(REFUSALS + 1):
            self.sync("partial")
        self.assertEqual(self.account.state, "connected")

    # -- the writes of a day ---------------------------------------------------

    def test_a_day_s_writes_used_up_is_said_and_goes_on_later(self):
        quota = self.world.people.quota
        for name, value in vars(quota).items():
            self.patch(quota, name, value)
        self.patch(quota, "limits", {**quota.limits, "daily_writes": 2})
        self.patch(quota, "_windows", {})
        quota.enabled = True
        more = [self.partner(f"Contact {number}") for number in range(4)]
        run = self.sync("partial")
        self.assertIn("no more changes in the contacts of ada@gmail.com", run.message)
        self.assertIn(CONTACTS_OF_THE_DAY, run.message)
        wait = self.account.contacts_next_try - fields.Datetime.now()
        self.assertGreater(wait, timedelta(minutes=50))
        self.assertEqual(len(self.in_google()), 3)
        states = [self.link_of(partner).state for partner in more]
        self.assertEqual(states, ["linked", "linked", "new", "new"])
        self.assertEqual(self.account.state, "connected")
        # What Google has to tell is still read, hour by hour.
        name = self.link_of(self.zoe).resource_name
        self.google_page.edit(name, {"biographies": [{"value": "Neuf"}]})
        self.sync("partial")
        self.assertIn("Neuf", self.zoe.comment)
        quota.limits["daily_writes"] = 100
        self.sync()
        self.assertEqual(len(self.in_google()), 5)
        self.assert_quiet()

    # -- what an older version of the code kept --------------------------------

    def test_bases_of_an_older_version_write_nothing(self):
        link = self.link_of(self.zoe).sudo()
        base = {**link.base, "version": 0, "shape": {}, "others": {"urls": ["?"]}}
        base["values"] = {**base["values"], "name": f"  {self.zoe.name} "}
        link.write({"base": base, "base_version": 0})
        run = self.sync(mode="full")
        self.assertFalse(run.line_ids)
        self.google_page.edit(link.resource_name, {"nicknames": [{"value": "Z"}]})
        self.world.reset_counters()
        run = self.sync()
        self.assertFalse(run.line_ids)
        self.assertEqual(list(self.world.counters.requests), [LIST])
        self.assertEqual(link.base_version, link.base["version"])
        self.assertNotEqual(link.base_version, 0)


@tagged("post_install", "-at_install")
class TestContactRegistered(ContactCase):
    """The web site, as an addon that wants it both ways would have it."""

    def setUp(self):
        super().setUp()
        website = CONTACT_FIELDS["website"]
        register(replace(website, direction=Direction.BOTH))
        self.addCleanup(unregister, "website")
        partners = self.env.registry["res.partner"]
        both_ways = self.env["res.partner"]._google_sync_fields_both_ways()

        def values(partner):
            return {"website": partner.website or ""}

        def vals(_partner, changes):
            return {name: changes[name] for name in changes if name == "website"}

        def two_way(_partners):
            return both_ways | {"website"}

        self.patch(partners, "_google_sync_extra_values", values)
        self.patch(partners, "_google_sync_extra_vals", vals)
        self.patch(partners, "_google_sync_fields_both_ways", two_way)

    def test_it_travels_both_ways_and_a_conflict_is_told(self):
        zoe = self.partner(website="https://zoe.example.com")
        self.sync()
        (url,) = self.google_of(zoe)["urls"]
        self.assertEqual(url["value"], "https://zoe.example.com")
        name = self.link_of(zoe).resource_name
        self.google_page.edit(name, {"urls": [{"value": "https://golf.example.com"}]})
        run = self.sync()
        self.assertEqual(zoe.website, "https://golf.example.com")
        (line,) = run.line_ids
        self.assertEqual((line.action, line.side), ("update", "odoo"))
        self.assert_quiet()
        zoe.sudo().website = "https://ski.example.com"
        self.sync()
        (url,) = self.google_of(zoe)["urls"]
        self.assertEqual(url["value"], "https://ski.example.com")
        self.assert_quiet()
