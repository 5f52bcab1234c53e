"""Whoever declined in Google does not get the event in Odoo by a colleague's run."""

from datetime import timedelta

from odoo.tests import tagged

from ...models.tools.quiet import QUIET
from .guest_case import GuestCase


@tagged("post_install", "-at_install")
class TestAnswers(GuestCase):
    def tearDown(self):
        self.assertEqual(self.world.mails.count, self.mails)
        self.assertEqual(self.env["mail.mail"].search_count([]), self.odoo_mails)
        super().tearDown()

    def say(self, login, google_id, status):
        """The person answers on Google's page; it tells the organiser's copy."""
        item = self.people[login].get(google_id)
        for guest in item["attendees"]:
            if guest.get("self"):
                guest["responseStatus"] = status
        self.people[login].patch(google_id, {"attendees": item["attendees"]})

    def states(self, event):
        """{login: state} of those who take part."""
        logins = {user.partner_id: login for login, user in self.users.items()}
        return {logins[x.partner_id]: x.state for x in event.attendee_ids}

    def has(self, login):
        """The rows of the person's agenda, as the calendar shows them."""
        user = self.users[login]
        rows = self.events().filtered(lambda row: user.partner_id in row.partner_ids)
        declined = rows.attendee_ids.filtered(
            lambda x: x.partner_id == user.partner_id and x.state == "declined"
        )
        return rows - declined.event_id

    def test_declined_and_synced_before_the_organizer(self):
        made = self.invite("bob", "cleo")
        self.say("bob", made["id"], "declined")
        self.say("cleo", made["id"], "tentative")
        self.sync_all("bob", "ada")
        expected = {"ada": "accepted", "bob": "declined", "cleo": "tentative"}
        self.assertEqual(self.states(self.events()), expected)
        self.sync_all("bob", "cleo", "ada", "bob", "cleo")
        self.assertFalse(self.has("bob"))
        self.assertEqual(self.states(self.events()), expected)
        self.assertEqual(self.answer("bob", made["id"]), "declined")
        for login, account in self.accounts.items():
            self.assertEqual(account.run_sync().requests, 1, login)
        self.say("bob", made["id"], "accepted")
        self.sync_all("bob", "ada", "bob")
        self.assertTrue(self.has("bob"))
        self.assertEqual(self.answer("bob", made["id"]), "accepted")

    def test_the_organizer_declined(self):
        made = self.invite("bob")
        item = self.person.get(made["id"])
        me = {"email": "ada@gmail.com", "responseStatus": "declined"}
        self.person.patch(made["id"], {"attendees": [*item["attendees"], me]})
        self.sync_all("ada", "bob", "ada")
        self.assertFalse(self.has("ada"))
        self.assertTrue(self.has("bob"))

    def test_invited_later_and_declined_at_once(self):
        made = self.invite("cleo")
        self.sync_all()
        people = [*made["attendees"], {"email": "bob@gmail.com"}]
        self.person.patch(made["id"], {"attendees": people})
        self.say("bob", made["id"], "declined")
        self.sync_all("bob", "ada", "bob")
        self.assertIn(self.users["bob"].partner_id, self.events().partner_ids)
        self.assertFalse(self.has("bob"))

    def test_declined_later(self):
        made = self.invite("bob")
        self.sync_all("ada")
        self.say("bob", made["id"], "declined")
        self.sync_all("ada")
        self.assertFalse(self.has("bob"))
        self.sync_all("bob", "ada", "bob")
        self.assertFalse(self.has("bob"))

    def test_a_series_and_one_occurrence_of_it(self):
        for order in (("bob", "ada"), ("ada", "bob")):
            with self.subTest(order=order):
                self.play_series(order)

    def play_series(self, order):
        made = self.invite("bob", recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
        self.say("bob", made["id"], "accepted")
        second = self.day + timedelta(days=1)
        self.say("bob", f"{made['id']}_{second:%Y%m%dT%H%M%SZ}", "declined")
        self.sync_all(*order, *order)
        rows = self.events().sorted("start")
        self.assertEqual(len(rows), 4)
        self.assertEqual(self.has("bob").sorted("start"), rows[0] | rows[2:])
        self.sync_all(*order)
        self.assertEqual(self.has("bob").sorted("start"), rows[0] | rows[2:])
        self.person.delete(made["id"])
        self.sync_all(*order)
        self.assertFalse(self.events())

    def test_gone_in_odoo_and_a_guest_invited_since(self):
        """It comes back once, whoever syncs first."""
        for archived in (False, True):
            for more in ({}, {"recurrence": ["RRULE:FREQ=DAILY;COUNT=4"]}):
                with self.subTest(archived=archived, **more):
                    self.play_gone(archived, more)

    def play_gone(self, archived, more):
        made = self.invite("cleo", **more)
        self.sync_all("ada")
        events = self.as_ada(self.events())
        events.action_archive() if archived else events.unlink()
        people = [*made["attendees"], {"email": "bob@gmail.com"}]
        self.person.patch(made["id"], {"attendees": people})
        self.sync_all("bob", "ada", "bob", "ada")
        self.assertEqual(len(self.events()), 4 if more else 1)
        for row in self.events():
            self.assertEqual(set(self.states(row)), {"ada", "bob", "cleo"})
        self.assertFalse(self.account.run_sync(mode="full").line_ids)
        self.assertEqual(len(self.events()), 4 if more else 1)
        self.person.delete(made["id"])
        self.sync_all("ada", "bob")
        self.assertFalse(self.events())

    def as_ada(self, events):
        return events.with_user(self.ada).with_context(**QUIET)

    def test_a_series_that_was_declined(self):
        made = self.invite("bob", recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
        self.say("bob", made["id"], "declined")
        self.sync_all("bob", "ada", "bob", "ada")
        self.assertEqual(len(self.events()), 4)
        self.assertFalse(self.has("bob"))
