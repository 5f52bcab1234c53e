"""Bob is invited to one occurrence of Ada's series, and to all of it later."""

from itertools import permutations

from odoo.tests import tagged

from ..agenda.guest_case import GuestCase
from ..series_case import DAYS

BOB = {"email": "bob@gmail.com"}


@tagged("post_install", "-at_install")
class TestInvitedToOne(GuestCase):
    def made(self):
        """Ada's series in Google, and the id of its third occurrence."""
        day = DAYS[self.day.weekday()]
        made = self.google_event(
            "Invitation", recurrence=[f"RRULE:FREQ=WEEKLY;BYDAY={day};COUNT=5"]
        )
        shown = self.person.list(singleEvents=True)
        ids = sorted(x["id"] for x in shown if x.get("recurringEventId") == made["id"])
        return made["id"], ids[2]

    def etags(self):
        return {
            (login, item["id"]): item["etag"]
            for login, person in self.people.items()
            for item in person.list(showDeleted=True)
        }

    def check(self, of_bob):
        """Each occurrence is one row of one series, and nothing was written."""
        before = self.etags()
        self.sync_all("ada", "bob")
        self.sync_all("bob", "ada")
        self.assertEqual(self.etags(), before)
        rows = self.events()
        self.assertEqual(len(rows), 5)
        self.assertEqual(len(set(rows.mapped("start"))), 5)
        self.assertEqual(len(rows.recurrence_id), 1)
        bob = self.users["bob"].partner_id
        mine = rows.filtered(lambda row: bob in row.partner_ids)
        self.assertEqual(len(mine), of_bob)
        declined = mine.attendee_ids.filtered(lambda x: x.state == "declined")
        self.assertFalse(declined)

    def test_one_then_all(self):
        for order in permutations(("ada", "bob")):
            for known in (False, True):
                with self.subTest(order=order, known=known):
                    self.play(order, known)

    def play(self, order, known):
        series, one = self.made()
        if known:
            self.sync_all("ada")
        self.person.patch(one, {"attendees": [BOB]})
        self.sync_all(*order)
        self.check(1)
        self.person.patch(series, {"attendees": [BOB]})
        self.sync_all(*order)
        self.check(5)
        self.person.delete(series)
        self.sync_all("ada", "bob")
        self.sync_all("ada", "bob")
        self.assertFalse(self.events())
