"""Private events that somebody else organises: whoever takes part has them in Odoo."""

from odoo import Command
from odoo.tests import tagged

from .guest_case import UNKNOWN, GuestCase

OUTSIDE = "chef@elsewhere.org"


class PrivateCase(GuestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dora = cls.make_user("dora", email="dora@example.com")

    def tearDown(self):
        self.assertEqual(self.world.mails.count, self.mails)
        self.assertEqual(self.env["mail.mail"].search_count([]), self.odoo_mails)
        super().tearDown()

    def receive(self, organizer=OUTSIDE, login="ada", uid="1", days=0, **body):
        """An invitation from outside into somebody's calendar, private."""
        me = {"email": f"{login}@gmail.com", "responseStatus": "accepted"}
        shape = self._google_shape(days)
        return self.people[login].receive(
            {
                **shape,
                "summary": "Invitation",
                "iCalUID": f"{uid}@elsewhere",
                "organizer": {"email": organizer},
                "attendees": [{"email": organizer}, me],
                "visibility": "private",
                **body,
            }
        )

    def _google_shape(self, days):
        made = self.google_event(days=days)
        self.person.delete(made["id"])
        return {"start": made["start"], "end": made["end"]}

    def settled(self, *logins):
        """Synchronised, nothing failed, nobody asked, and two more rounds are quiet."""
        self.sync_all(*logins)
        self.sync_all(*logins)
        lines = self.env["google.sync.run.line"].sudo().search([])
        self.assertFalse(lines.filtered(lambda x: x.action == "error").mapped("error"))
        self.assertFalse(self.env["google.sync.decision"].sudo().search([]))
        before = len(lines)
        self.sync_all(*logins)
        after = self.env["google.sync.run.line"].sudo().search_count([])
        self.assertEqual(after, before)

    def assert_private(self, event, *logins):
        """These read it, everybody else sees Busy."""
        for login in logins:
            mine = event.with_user(self.users[login])
            mine.invalidate_recordset()
            self.assertEqual(set(mine.mapped("name")), {"Invitation"})
            self.assertTrue(set(mine.mapped("effective_privacy")) <= {"private"})
        event.invalidate_recordset()
        known = event.partner_ids
        for user in self.env["res.users"].concat(*self.users.values(), self.dora):
            if user.partner_id not in known:
                seen = event.with_user(user)
                seen.invalidate_recordset()
                self.assertEqual(set(seen.mapped("display_name")), {"Busy"})
                self.assertEqual(set(seen.mapped("name")), {"Busy"})
        event.invalidate_recordset()


@tagged("post_install", "-at_install")
class TestPrivateGuests(PrivateCase):
    # -- however it comes ------------------------------------------------------

    def test_from_outside(self):
        self.receive()
        self.settled("ada")
        event = self.events()
        self.assertEqual(len(event), 1)
        self.assertFalse(event.user_id)
        self.assertEqual(event.partner_ids, self.partners("ada"))
        self.assert_private(event, "ada")

    def test_a_booking_of_gmail(self):
        self.person.book({"summary": "Invitation", **self._google_shape(0)})
        self.settled("ada")
        event = self.events()
        self.assertEqual(event.partner_ids, self.partners("ada"))
        self.assertFalse(event.user_id)
        self.assert_private(event, "ada")
        [link] = self.link_of(event)
        self.assertEqual(link.guard, "event_type")
        self.assertFalse(link._base_values().guests)

    def test_from_a_colleague_who_is_not_connected(self):
        self.receive("dora@example.com")
        self.settled("ada")
        event = self.events()
        self.assertEqual(event.user_id, self.dora)
        self.assertEqual(event.partner_ids, self.partners("ada") + self.dora.partner_id)
        self.assert_private(event, "ada")

    def test_two_invited_from_outside(self):
        people = [{"email": f"{x}@gmail.com"} for x in ("ada", "bob")]
        people.append({"email": OUTSIDE})
        self.receive(attendees=people)
        self.receive(attendees=people, login="bob")
        self.settled()
        self.assertEqual(len(self.events()), 1)
        self.assert_private(self.events(), "ada", "bob")

    def test_by_a_connected_colleague_whoever_comes_first(self):
        for first, last, uid in (("ada", "bob", "a"), ("bob", "ada", "b")):
            made = self.invite("bob", visibility="private", location=uid)
            self.people["bob"].patch(made["id"], {"visibility": "private"})
            self.sync_all(first, last)
            self.settled()
            event = self.events().filtered(lambda x, uid=uid: x.location == uid)
            self.assertEqual(len(event), 1)
            self.assertEqual(event.user_id, self.ada)
            self.assert_private(event, "ada", "bob")

    def test_who_connects_later_joins(self):
        self.invite("dora", visibility="private")
        self.sync_all()
        event = self.events()
        self.assertEqual(event.partner_ids, self.partners("ada"))
        self.users["dora"] = self.dora
        self.accounts["dora"] = self.connect(self.dora)
        self.people["dora"] = self.world.person("dora@gmail.com")
        self.settled()
        self.assertEqual(self.events(), event)
        self.assertEqual(event.partner_ids, self.partners("ada", "dora"))
        self.assert_private(event, "ada", "dora")
        self.assertEqual(event.location, False)

    def test_series_joined_later(self):
        self.invite(
            "dora", visibility="private", recurrence=["RRULE:FREQ=DAILY;COUNT=4"]
        )
        self.sync_all()
        events = self.events()
        self.assertEqual(len(events), 4)
        self.users["dora"] = self.dora
        self.accounts["dora"] = self.connect(self.dora)
        self.people["dora"] = self.world.person("dora@gmail.com")
        self.settled()
        self.assertEqual(self.events(), events)
        for event in events:
            self.assertEqual(event.partner_ids, self.partners("ada", "dora"))
        self.assert_private(events, "ada", "dora")

    def test_a_series_from_outside_and_its_exceptions(self):
        made = self.receive(recurrence=["RRULE:FREQ=DAILY;COUNT=5"])
        self.settled("ada")
        events = self.events().sorted("start")
        self.assertEqual(len(events), 5)
        self.assert_private(events, "ada")
        rows = [x["id"] for x in self.person.list(singleEvents=True)]
        self.assertIn(made["id"], rows[0])
        self.person.delete(rows[1])
        self.receive(recurrence=["RRULE:FREQ=DAILY;COUNT=8"])
        self.settled("ada")
        events = self.events()
        self.assertEqual(len(events), 7)
        self.assert_private(events, "ada")
        self.assertEqual(events.user_id.ids, [])

    def test_an_occurrence_comes_back(self):
        self.receive(recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
        self.settled("ada")
        rows = [x["id"] for x in self.person.list(singleEvents=True)]
        for answer, left in (("declined", 2), ("accepted", 3)):
            people = self.person.get(rows[1])["attendees"]
            for entry in people:
                if entry.get("self"):
                    entry["responseStatus"] = answer
            self.person.patch(rows[1], {"attendees": people})
            self.settled("ada")
            self.assertEqual(len(self.events()), left)
        self.assert_private(self.events(), "ada")

    # -- what changes ----------------------------------------------------------

    def test_private_later_and_no_more(self):
        made = self.receive(visibility="default")
        self.settled("ada")
        self.person.patch(made["id"], {"visibility": "private"})
        self.settled("ada")
        self.assert_private(self.events(), "ada")
        self.person.patch(made["id"], {"visibility": "default"})
        self.settled("ada")
        self.assertEqual(self.events().with_user(self.dora).display_name, "Invitation")

    def test_the_colleagues_default_is_no_edit(self):
        """Google says nothing, the organiser's default in Odoo does: no edit."""
        self.dora.with_user(self.dora).calendar_default_privacy = "private"
        made = self.receive("dora@example.com", visibility="default")
        self.settled("ada")
        self.assertFalse(self.events().privacy)
        self.assertEqual(self.events().effective_privacy, "private")
        shown = self.person.get(made["id"])
        self.assertEqual(shown.get("visibility", "default"), "default")

    def test_changed_from_outside(self):
        self.receive()
        self.settled("ada")
        event = self.events()
        self.receive(location="Lyon", description="Salle 2")
        self.settled("ada")
        self.assertEqual(self.events(), event)
        self.assertEqual(event.with_user(self.ada).location, "Lyon")
        self.assert_private(event, "ada")

    def test_confidential_is_private(self):
        self.receive(visibility="confidential")
        self.settled("ada")
        self.assert_private(self.events(), "ada")

    # -- what the guest may do -------------------------------------------------

    def test_declined_in_odoo_and_taken_back(self):
        made = self.receive()
        self.settled("ada")
        mine = self.events().attendee_ids.filtered(
            lambda x: x.partner_id == self.partners("ada")
        )
        mine.with_user(self.ada).do_decline()
        self.settled("ada")
        self.assertEqual(self.answer("ada", made["id"]), "declined")
        mine.with_user(self.ada).do_accept()
        self.settled("ada")
        self.assertEqual(self.answer("ada", made["id"]), "accepted")

    def test_shared_fields_are_put_back(self):
        self.receive()
        self.settled("ada")
        event = self.events()
        event.with_user(self.ada).write({"name": "À moi"})
        self.sync_all("ada")
        self.assertEqual(event.with_user(self.ada).name, "Invitation")

    def test_deleted_in_google_and_restored(self):
        made = self.receive()
        self.settled("ada")
        self.person.delete(made["id"])
        self.settled("ada")
        self.assertFalse(self.events())
        line = self.env["google.sync.run.line"].search([("action", "=", "delete")])
        line.with_user(self.ada).sudo(False).action_restore()
        self.settled("ada")
        self.assertEqual(len(self.events()), 1)
        self.assert_private(self.events(), "ada")

    def test_archived_in_odoo_and_back(self):
        made = self.receive()
        self.settled("ada")
        event = self.events()
        event.with_user(self.ada).active = False
        self.sync_all("ada")
        self.assertEqual(self.answer("ada", made["id"]), "declined")
        event.with_user(self.ada).active = True
        self.settled("ada")
        self.assertEqual(self.answer("ada", made["id"]), "accepted")
        self.assert_private(event, "ada")

    def test_deleted_in_odoo(self):
        made = self.receive()
        self.settled("ada")
        self.events().with_user(self.ada).unlink()
        self.settled("ada")
        self.assertEqual(self.answer("ada", made["id"]), "declined")
        self.assertFalse(self.events())

    # -- known contacts --------------------------------------------------------

    def test_other_guests_take_part(self):
        client = self.env["res.partner"].create({"name": "Client", "email": UNKNOWN})
        people = [{"email": x} for x in (UNKNOWN, OUTSIDE, "ada@gmail.com")]
        self.receive(attendees=people)
        self.settled("ada")
        self.assertEqual(self.events().partner_ids, self.partners("ada") + client)

    def test_made_private_in_odoo_with_participants(self):
        event = self.event(
            "Invitation",
            partner_ids=[Command.set(self.partners("ada", "bob").ids)],
            privacy="private",
        )
        self.settled()
        self.assert_private(event, "ada", "bob")
        self.assertEqual(len(self.shown("bob")), 1)
