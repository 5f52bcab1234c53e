"""Filters of an account, both ways: about new pairs only, counted, said why."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .calendars_case import CalendarsCase


@tagged("post_install", "-at_install")
class TestFilters(CalendarsCase):
    def filter(self, side, kind, **values):
        filters = self.env["google.sync.filter"].with_user(self.ada)
        vals = {"account_id": self.account.id, "side": side, "kind": kind}
        return filters.create({**vals, **values})

    def test_out_of_google(self):
        kind = self.env["calendar.event.type"].create({"name": "Trip"})
        self.filter("out", "private")
        self.filter("out", "title", value="lunch*mum")
        self.filter("out", "all_day")
        self.filter("out", "free")
        self.filter("out", "type", type_id=kind.id)
        self.event("Plain")
        self.event("Secret", days=1, privacy="private")
        self.event("LUNCH with Mum", days=2)
        self.event("Day", days=3, allday=True)
        self.event("Perhaps", days=4, show_as="free")
        trip = self.event("Trip", days=5, categ_ids=[(4, kind.id)])
        run = self.sync()
        self.assertEqual(self.listed(), ["Plain"])
        names = ("private", "title", "all_day", "free", "type")
        self.assertEqual(run.skipped, {f"out_{name}": 1 for name in names})
        self.assertIn("filter: Private: 1", run.skipped_display)
        _reason, text, hint = trip.with_user(self.ada)._google_sync_why_out(
            self.account.sudo()
        )
        self.assertIn("Of a type of action", text)
        self.assertIn("My Preferences", hint)
        self.assertEqual(trip.with_user(self.ada).google_sync_sign, "out")
        self.assert_still()

    def test_without_type(self):
        kind = self.env["calendar.event.type"].create({"name": "Trip"})
        self.filter("out", "no_type")
        self.event("Plain")
        self.event("Trip", days=5, categ_ids=[(4, kind.id)])
        self.sync()
        self.assertEqual(self.listed(), ["Trip"])

    def test_series_out_of_google(self):
        self.filter("out", "title", value="gym")
        weekly = {"recurrency": True, "rrule_type": "weekly", "mon": True}
        for name in ("Gym", "Choir"):
            self.event(name, end_type="count", count=3, **weekly)
        run = self.sync()
        self.assertEqual(self.listed(), ["Choir"])
        self.assertEqual(run.skipped, {"out_title": 1})
        self.assert_still()

    def test_out_of_odoo(self):
        self.filter("in", "title", value="dentist")
        self.filter("in", "free")
        self.filter("in", "color", value="5")
        self.filter("in", "all_day")
        self.at_google("primary", "Plain")
        self.at_google("primary", "The Dentist", 1)
        self.at_google("primary", "Free", 2, transparency="transparent")
        self.at_google("primary", "Yellow", 3, colorId="5")
        run = self.sync()
        self.assertEqual(self.agenda().mapped("name"), ["Plain"])
        self.assertEqual(run.skipped, {"in_title": 1, "in_free": 1, "in_color": 1})
        self.assert_still()

    def test_without_me(self):
        self.filter("in", "without_me")
        self.team.mode = "from_google"
        me = {"attendees": [{"email": "ada@gmail.com"}]}
        self.at_google(self.team_id, "Theirs", person=self.boss)
        self.at_google(self.team_id, "Mine too", 1, person=self.boss, **me)
        run = self.sync()
        self.assertEqual(self.agenda().mapped("name"), ["Mine too"])
        self.assertEqual(run.skipped, {"in_without_me": 1})

    def test_series_out_of_odoo_with_their_exceptions(self):
        self.filter("in", "title", value="gym")
        rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
        made = self.at_google("primary", "Gym", **rule)
        self.sync()
        other = self.person.list(singleEvents=True)[1]["id"]
        self.person.patch(other, {"summary": "Swimming"})
        self.sync()
        self.assertFalse(self.agenda())
        self.assert_still()
        self.assertTrue(self.person.get(made["id"]))

    def test_a_linked_pair_follows_whatever_filters_say(self):
        event = self.event("Plain")
        self.at_google("primary", "There", 1)
        self.sync()
        there = self.agenda() - event
        self.filter("out", "title", value="a")
        self.filter("in", "title", value="e")
        self.filter("out", "private")
        event.write({"name": "A", "privacy": "private"})
        self.person.patch(self.link_of(there).google_id, {"summary": "eee"})
        self.sync()
        self.assertEqual(self.listed(), ["A", "eee"])
        self.assertEqual(sorted(self.agenda().mapped("name")), ["A", "eee"])
        event.unlink()
        self.sync()
        self.assertEqual(self.listed(), ["eee"])
        self.assert_still()

    def test_a_new_filter_deletes_nothing_and_one_that_goes_lets_in(self):
        out = self.filter("out", "title", value="x")
        back = self.filter("in", "title", value="y")
        self.event("xx")
        self.at_google("primary", "yy", 1)
        self.sync()
        self.assertEqual(
            (self.listed(), self.agenda().mapped("name")), (["yy"], ["xx"])
        )
        (out | back).unlink()
        plan = self.sync("planned", mode="preview")
        self.assertEqual(plan.line_ids.mapped("action"), ["create", "create"])
        self.sync()
        self.assertEqual(self.listed(), ["xx", "yy"])
        self.assertEqual(sorted(self.agenda().mapped("name")), ["xx", "yy"])
        self.filter("out", "title", value="x")
        self.filter("in", "title", value="y")
        self.sync(mode="full")
        self.assertEqual(self.listed(), ["xx", "yy"])
        self.assertEqual(sorted(self.agenda().mapped("name")), ["xx", "yy"])
        self.assert_still()

    def test_what_is_edited_out_of_a_filter_goes_then(self):
        self.filter("out", "private")
        event = self.event("Secret", privacy="private")
        self.sync()
        self.assertEqual(self.listed(), [])
        event.privacy = "public"
        self.sync()
        self.assertEqual(self.listed(), ["Secret"])

    def test_what_changes_in_google_comes_then(self):
        self.filter("in", "title", value="private")
        made = self.at_google("primary", "Private")
        self.sync()
        self.person.patch(made["id"], {"summary": "For all"})
        self.sync()
        self.assertEqual(self.agenda().mapped("name"), ["For all"])
        self.assert_still()

    def test_no_double_where_odoo_has_it(self):
        """Left out of Google, and the same is in Google by hand: one pair."""
        self.filter("out", "title", value="twice")
        event = self.event("Twice", start=self.day)
        day = f"{self.day:%Y-%m-%dT%H:%M:%SZ}"
        end = f"{event.stop:%Y-%m-%dT%H:%M:%SZ}"
        when = {"start": {"dateTime": day}, "end": {"dateTime": end}}
        self.person.insert({"summary": "Twice", **when})
        self.sync()
        self.assertEqual(self.agenda(), event)
        self.assert_still()

    def test_only_what_makes_sense_and_only_the_owner(self):
        with self.assertRaisesRegex(ValidationError, "In a colour"):
            self.filter("out", "color", value="5")
        with self.assertRaisesRegex(ValidationError, "write which"):
            self.filter("in", "title")
        bob = self.make_user("bob")
        vals = {"account_id": self.account.id, "kind": "free"}
        with self.assertRaises(AccessError):
            self.env["google.sync.filter"].with_user(bob).create(vals)
