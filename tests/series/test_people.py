"""One endless series in the calendars of several people, whose periods differ.

All rows of all people are looked at, and whatever was written in Google.
"""

from datetime import timedelta

from odoo.tests import tagged

from ..agenda.guest_case import GuestCase
from ..series_case import DAYS

PERIODS = {"ada": 18, "bob": 3, "cleo": 9}


@tagged("post_install", "-at_install")
class TestSeriesPeople(GuestCase):
    def endless(self, rule, *logins, apart=True):
        if apart:
            for login, account in self.accounts.items():
                account.months_after = PERIODS[login]
        day = DAYS[self.day.weekday()]
        line = f"RRULE:{rule}".replace("{day}", day)
        return self.invite(*logins, recurrence=[line])

    def etags(self):
        """Everything in everybody's calendar, exceptions too."""
        return {
            (login, item["id"]): item["etag"]
            for login, person in self.people.items()
            for item in person.list(showDeleted=True)
        }

    def rows(self, login=None):
        rows = self.events().sorted("start")
        if login is None:
            return rows
        partner = self.users[login].partner_id
        return rows.filtered(lambda row: partner in row.partner_ids)

    def test_nothing_is_written_in_whatever_order(self):
        for rule in ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY={day}", "FREQ=YEARLY"):
            for order in (("ada", "bob"), ("bob", "ada"), ("cleo", "bob", "ada")):
                with self.subTest(rule=rule, order=order):
                    self.play(rule, order)

    def play(self, rule, order):
        made = self.endless(rule, *(x for x in order if x != "ada"))
        before = self.etags()
        self.sync_all(*order)
        self.sync_all(*order)
        self.assertEqual(self.etags(), before)
        self.assertEqual(len(self.rows().recurrence_id), 1)
        starts = self.rows().mapped("start")
        self.assertEqual(len(set(starts)), len(starts), "no row twice")
        for login in order:
            self.assertEqual(self.rows(login), self.rows())
        for login in order:
            run = self.accounts[login].run_sync(mode="full")
            self.assertFalse(run.line_ids, login)
        self.assertEqual(self.etags(), before)
        self.person.delete(made["id"])
        self.sync_all(*order)
        self.assertFalse(self.events())

    def test_an_edit_beyond_ones_own_period_is_one_exception(self):
        made = self.endless("FREQ=WEEKLY;BYDAY={day}", "bob")
        self.sync_all("bob", "ada", "bob")
        before = self.etags()
        row = self.rows().filtered(
            lambda row: row.start > self.day + timedelta(days=200)
        )[0]
        row.with_user(self.ada).write(
            {"name": "Autrement", "recurrence_update": "self_only"}
        )
        self.sync_all("ada", "bob", "ada", "bob")
        after = self.etags()
        new = {key: etag for key, etag in after.items() if key not in before}
        self.assertEqual({login for login, _id in new}, {"ada", "bob"})
        self.assertEqual(len(new), 2)
        for login, google_id in new:
            self.assertIn(made["id"], google_id)
            item = self.people[login].get(google_id)
            self.assertEqual(item["summary"], "Autrement")
        self.assertEqual(row.name, "Autrement")

    def test_the_organizers_edit_of_one_outlives_a_guests_run(self):
        """Bob's calendar is read before Ada's has told Google of her edit."""
        made = self.endless("FREQ=WEEKLY;BYDAY={day}", "bob", apart=False)
        self.sync_all("bob", "ada", "bob")
        row, other = self.rows()[2:4]
        row.with_user(self.ada).write(
            {"name": "Autrement", "recurrence_update": "self_only"}
        )
        key = f"{made['id']}_{other.start:%Y%m%dT%H%M%SZ}"
        self.person.patch(key, {"location": "Salle 2"})
        self.sync_all("bob", "ada", "bob", "ada")
        self.assertEqual(row.name, "Autrement")
        self.assertEqual(other.location, "Salle 2")
        for person in (self.person, self.people["bob"]):
            item = person.get(f"{made['id']}_{row.start:%Y%m%dT%H%M%SZ}")
            self.assertEqual(item["summary"], "Autrement")
        before = self.etags()
        self.sync_all("bob", "ada")
        self.assertEqual(self.etags(), before)

    def test_who_was_taken_off_one_stays_off_when_google_edits_it(self):
        made = self.endless("FREQ=WEEKLY;BYDAY={day}", "bob", apart=False)
        self.sync_all("ada")
        row = self.rows()[2]
        bob = self.users["bob"].partner_id
        row.with_user(self.ada).write(
            {"partner_ids": [(3, bob.id)], "recurrence_update": "self_only"}
        )
        key = f"{made['id']}_{row.start:%Y%m%dT%H%M%SZ}"
        self.person.patch(key, {"summary": "Invitation", "location": "Salle 2"})
        self.sync_all("ada")
        self.assertEqual(row.location, "Salle 2")
        self.assertNotIn(bob, row.partner_ids)
        self.sync_all("bob", "ada", "bob")
        self.assertNotIn(bob, row.partner_ids)
        self.assertEqual(len(self.rows("bob")), len(self.rows()) - 1)

    def test_a_private_copy_is_the_whole_series(self):
        self.endless("FREQ=WEEKLY;BYDAY={day}")
        self.sync_all("ada")
        rows = self.rows()
        rows.with_user(self.ada).write(
            {"partner_ids": [(4, self.users["bob"].partner_id.id)]}
        )
        self.sync_all("bob")
        (copy,) = self.shown("bob")
        self.assertNotIn("UNTIL", copy["recurrence"][0])
        self.sync_all("ada", "bob", "ada", "bob")
        self.assertEqual(len(self.shown("bob")), 1)
        self.assertEqual(len(self.shown("ada")), 1)
        self.assertEqual(self.rows(), rows)

    def test_all_moved_in_odoo_and_one_edited_in_google(self):
        """Whoever's calendar is read first: each day stands once, on both sides."""
        for first in ("bob", "ada"):
            for changes in ({"location": "Salle 2"}, {"status": "cancelled"}):
                with self.subTest(first=first, changes=changes):
                    self.move_all_and_edit_one(first, changes)

    def test_all_moved_in_odoo_before_a_guest_connects(self):
        """Bob's first run comes between Ada's edit and hers: one series all along."""
        made = self.endless("FREQ=WEEKLY;BYDAY={day};COUNT=8", "bob", apart=False)
        self.sync_all("ada")
        start = self.rows()[0].start + timedelta(hours=2)
        self.rows()[0].with_user(self.ada).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.sync_all("bob", "ada", "bob", "ada")
        rows = self.rows()
        self.assertEqual(len(rows), 8)
        self.assertEqual({row.start.hour for row in rows}, {start.hour})
        for login in ("ada", "bob"):
            self.assertEqual(self.rows(login), rows)
            (shown,) = self.shown(login)
            self.assertEqual(shown["id"], made["id"])
        before = self.etags()
        self.sync_all("bob", "ada")
        self.assertEqual(self.etags(), before)

    def test_the_first_was_cancelled_before_anybody_synchronised(self):
        for order in (("ada", "bob"), ("bob", "ada")):
            made = self.endless("FREQ=DAILY;COUNT=4", "bob", apart=False)
            self.person.delete(f"{made['id']}_{self.day:%Y%m%dT%H%M%SZ}")
            before = self.etags()
            self.sync_all(*order, *order)
            self.assertEqual(self.etags(), before)
            self.assertEqual(len(self.rows()), 3)
            self.assertEqual(self.rows("ada"), self.rows("bob"))
            self.person.delete(made["id"])
            self.sync_all(*order)
            self.assertFalse(self.events())

    def test_one_that_both_keep_comes_back_for_both(self):
        """Deletions are confirmed: each is asked about the own copy, once."""
        self.endless("FREQ=DAILY;COUNT=4", apart=False)
        self.sync_all("ada")
        bob = self.users["bob"].partner_id
        self.rows().with_user(self.ada).write({"partner_ids": [(4, bob.id)]})
        self.sync_all("ada", "bob")
        for login in ("ada", "bob"):
            self.accounts[login].confirm_deletions = True
        self.rows()[1].with_user(self.ada).unlink()
        for login in ("ada", "bob"):
            self.accounts[login].run_sync()
        waiting = self.env["google.sync.decision"].sudo().search([])
        self.assertEqual(len(waiting), 2)
        waiting.action_keep()
        for _round in range(3):
            self.sync_all("ada", "bob")
        self.assertEqual(len(self.rows()), 4)
        self.assertEqual(self.rows("ada"), self.rows("bob"))
        again = self.env["google.sync.decision"].sudo().search([])
        self.assertEqual(again, waiting)
        before = self.etags()
        self.sync_all("ada", "bob")
        self.assertEqual(self.etags(), before)

    def move_all_and_edit_one(self, first, changes):
        made = self.endless("FREQ=WEEKLY;BYDAY={day};COUNT=8", "bob", apart=False)
        self.sync_all("bob", "ada", "bob")
        rows = self.rows()
        one = f"{made['id']}_{rows[2].start:%Y%m%dT%H%M%SZ}"
        start = rows[0].start + timedelta(hours=2)
        rows[0].with_user(self.ada).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.person.patch(one, changes)
        self.sync_all(first, *({"ada", "bob"} - {first}), "bob", "ada", "bob")
        rows = self.rows()
        days = [row.start.date() for row in rows]
        self.assertEqual(len(set(days)), len(days), "no day twice")
        self.assertEqual(len(days), 8 - ("status" in changes))
        self.assertEqual({row.start.hour for row in rows}, {start.hour})
        if "location" in changes:
            self.assertEqual(rows[2].location, "Salle 2")
        for login in ("ada", "bob"):
            self.assertEqual(self.rows(login), rows)
            listed = self.people[login].list(singleEvents=True)
            shown = [item for item in listed if item["status"] != "cancelled"]
            self.assertEqual(len(shown), len(rows), login)
            places = [item.get("location") for item in shown]
            self.assertEqual(places.count("Salle 2"), "location" in changes)
        before = self.etags()
        self.sync_all("bob", "ada")
        self.assertEqual(self.etags(), before)
        self.person.delete(made["id"])
        self.sync_all("bob", "ada")
        self.assertFalse(self.events())
