"""The organiser edits in Odoo what Google deletes: it goes on, for the guests, too."""

from odoo.tests import tagged

from ..agenda.guest_case import GuestCase
from ..series_case import DAYS

ORDERS = (("bob", "ada"), ("ada", "bob"))


@tagged("post_install", "-at_install")
class TestDeletedAndEdited(GuestCase):
    def events(self):
        names = ("Invitation", "Autrement")
        return self.env["calendar.event"].search([("name", "in", names)])

    def weekly(self):
        line = f"RRULE:FREQ=WEEKLY;BYDAY={DAYS[self.day.weekday()]};COUNT=5"
        made = self.invite("bob", recurrence=[line])
        self.sync_all("bob", "ada", "bob")
        return made

    def settle(self, order, people=("ada", "bob")):
        for _ in range(3):
            self.sync_all(*order)
        runs = self.env["google.sync.run"].search([])
        self.assertFalse(runs.filtered(lambda run: run.state == "partial"))
        for login in people:
            account = self.accounts[login]
            self.assertFalse(account.problem_count, login)
        before = len(runs.line_ids)
        self.sync_all(*order)
        self.assertEqual(len(self.env["google.sync.run"].search([]).line_ids), before)

    def edit(self, row, **more):
        row.with_user(self.ada).write({"name": "Autrement", **more})

    def takes_part(self, row, login):
        partner = self.users[login].partner_id
        said = row.attendee_ids.filtered(lambda x: x.partner_id == partner)
        return partner in row.partner_ids and said.state != "declined"

    def test_a_single_event(self):
        for order in ORDERS:
            with self.subTest(order=order):
                made = self.invite("bob")
                self.sync_all("bob", "ada", "bob")
                event = self.events()
                self.edit(event)
                self.person.delete(made["id"])
                self.settle(order)
                self.assertEqual(self.events(), event)
                self.assertTrue(self.takes_part(event, "bob"))
                for login in ("ada", "bob"):
                    (shown,) = self.shown(login)
                    self.assertEqual(shown["summary"], "Autrement")
                event.with_user(self.ada).unlink()
                self.settle(order)
                self.assertFalse(self.shown("ada") + self.shown("bob"))

    def test_a_guest_deletes_what_the_organizer_edited(self):
        for order in ORDERS:
            with self.subTest(order=order):
                made = self.invite("bob")
                self.sync_all("bob", "ada", "bob")
                event = self.events()
                self.edit(event)
                self.people["bob"].delete(made["id"])
                self.settle(order)
                self.assertEqual(self.events(), event)
                self.assertFalse(self.takes_part(event, "bob"))
                (shown,) = self.shown("ada")
                self.assertEqual(shown["summary"], "Autrement")
                self.person.delete(made["id"])
                self.settle(order)
                self.assertFalse(self.events())

    def test_one_that_is_cancelled(self):
        for order in ORDERS:
            with self.subTest(order=order):
                made = self.weekly()
                row = self.events().sorted("start")[2]
                self.edit(row, recurrence_update="self_only")
                one = f"{made['id']}_{row.start:%Y%m%dT%H%M%SZ}"
                self.person.delete(one)
                self.settle(order)
                self.assertEqual(len(self.events()), 5)
                self.assertTrue(self.takes_part(row, "bob"))
                for login in ("ada", "bob"):
                    item = self.people[login].get(one)
                    self.assertEqual(item["status"], "confirmed")
                    self.assertEqual(item["summary"], "Autrement")
                self.person.delete(made["id"])
                self.settle(order)
                self.assertFalse(self.events())

    def test_one_of_a_series_that_is_deleted(self):
        for order in ORDERS:
            with self.subTest(order=order):
                made = self.weekly()
                row = self.events().sorted("start")[2]
                self.edit(row, recurrence_update="self_only")
                self.person.delete(made["id"])
                self.settle(order)
                self.assertEqual(self.events(), row)
                self.assertTrue(self.takes_part(row, "bob"))
                for login in ("ada", "bob"):
                    (shown,) = self.shown(login)
                    self.assertEqual(shown["summary"], "Autrement")
                row.with_user(self.ada).unlink()
                self.settle(order)

    def test_a_guest_declines_one_in_google_and_comes_back(self):
        self.come_back("declined", ("ada", "bob"))

    def test_a_guest_declines_one_in_odoo_and_comes_back(self):
        self.come_back("in Odoo", ("bob", "ada"))

    def test_a_guest_is_taken_off_one_and_comes_back(self):
        self.come_back("removed", ("ada", "bob"))

    def come_back(self, how, order):
        made = self.weekly()
        row = self.events().sorted("start")[2]
        bob, own = self.people["bob"], self.users["bob"].partner_id
        one = f"{made['id']}_{row.start:%Y%m%dT%H%M%SZ}"
        if how == "removed":
            row.with_user(self.ada).write(
                {"partner_ids": [(3, own.id)], "recurrence_update": "self_only"}
            )
        elif how == "in Odoo":
            row.attendee_ids.filtered(lambda x: x.partner_id == own).do_decline()
        else:
            bob.patch(one, {"attendees": self.answers(bob, one, "declined")})
        self.sync_all(*order, *order)
        self.assertFalse(self.takes_part(row, "bob"))
        bob.patch(one, {"attendees": self.answers(bob, one, "accepted")})
        self.settle(order)
        self.assertEqual(len(self.events()), 5)
        self.assertTrue(self.takes_part(row, "bob"))
        self.person.delete(made["id"])
        self.settle(order)
        self.assertFalse(self.events())

    def answers(self, person, google_id, word):
        guests = person.get(google_id)["attendees"]
        return [{**g, "responseStatus": word} if g.get("self") else g for g in guests]
