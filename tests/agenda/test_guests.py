"""Several users on one event, with Google's own guests; nobody is ever mailed."""

from odoo import Command
from odoo.tests import tagged

from .guest_case import UNKNOWN, GuestCase


@tagged("post_install", "-at_install")
class TestGuests(GuestCase):
    def tearDown(self):
        self.assertEqual(self.world.mails.count, self.mails)
        self.assertEqual(self.env["mail.mail"].search_count([]), self.odoo_mails)
        super().tearDown()

    # -- made in Google --------------------------------------------------------

    def test_one_event_whoever_comes_first(self):
        self.invite("bob", "cleo", more=[UNKNOWN])
        self.sync_all("cleo", "ada", "bob")
        event = self.events()
        self.assertEqual(len(event), 1)
        self.assertEqual(event.partner_ids, self.partners("ada", "bob", "cleo"))
        self.assertEqual(event.user_id, self.ada)
        self.sync_all()
        self.assertEqual(self.events(), event)
        self.assertEqual([len(self.shown(x)) for x in self.people], [1, 1, 1])
        links = event.sudo().google_sync_link_ids
        self.assertEqual(len(links), 3)
        self.assertEqual(links.mapped("guest").count(True), 2)

    def test_unknown_guests_and_rooms_stay_in_google(self):
        room = {"email": "r1@resource.calendar.google.com", "resource": True}
        made = self.invite("bob", more=[UNKNOWN])
        people = [*made["attendees"], room]
        self.person.patch(made["id"], {"attendees": people})
        self.sync_all()
        self.assertFalse(self.env["res.partner"].search([("email", "=", UNKNOWN)]))
        event = self.events()
        event.with_user(self.ada).write({"name": "Autre titre"})
        self.sync_all()
        after = self.person.get(made["id"])
        self.assertEqual(after["summary"], "Autre titre")
        self.assertEqual(
            {g["email"] for g in after["attendees"]},
            {g["email"] for g in people},
        )

    def test_unknown_guests_become_contacts_where_wished(self):
        self.account.guests_as_contacts = True
        self.invite(more=["other@elsewhere.org"])
        self.sync_all("ada")
        self.assertEqual(self.events().partner_ids, self.partners("ada"))
        self.events().unlink()
        self.ada.group_ids += self.env.ref("base.group_partner_manager")
        self.invite(more=[UNKNOWN])
        self.sync_all("ada")
        partner = self.env["res.partner"].search([("email", "=", UNKNOWN)])
        self.assertEqual(self.events().partner_ids, self.partners("ada") | partner)

    def test_known_contacts_take_part(self):
        client = self.env["res.partner"].create({"name": "Client", "email": UNKNOWN})
        made = self.invite(more=[UNKNOWN.upper()])
        self.sync_all("ada")
        self.assertIn(client, self.events().partner_ids)
        self.person.patch(made["id"], {"attendees": []})
        self.sync_all("ada")
        self.assertEqual(self.events().partner_ids, self.partners("ada"))

    def test_a_guest_leaves_in_odoo(self):
        made = self.invite("bob", "cleo")
        self.sync_all()
        event = self.events()
        mine = event.attendee_ids.filtered(
            lambda x: x.partner_id == self.partners("bob")
        )
        mine.with_user(self.users["bob"]).do_decline()
        self.sync_all("bob")
        self.assertEqual(self.answer("bob", made["id"]), "declined")
        self.assertEqual(len(self.shown("ada")), 1)
        self.assertEqual(len(self.shown("cleo")), 1)
        self.sync_all()
        self.assertEqual(self.events(), event)
        mine.with_user(self.users["bob"]).do_accept()
        self.sync_all("bob")
        self.assertEqual(self.answer("bob", made["id"]), "accepted")

    def test_a_guest_declines_in_google(self):
        made = self.invite("bob", "cleo")
        self.sync_all()
        copy = self.people["bob"].get(made["id"])
        for person in copy["attendees"]:
            if person.get("self"):
                person["responseStatus"] = "declined"
        self.people["bob"].patch(made["id"], {"attendees": copy["attendees"]})
        self.sync_all()
        event = self.events()
        states = {x.partner_id: x.state for x in event.attendee_ids}
        self.assertEqual(states[self.partners("bob")], "declined")
        self.assertTrue(event.active)
        self.assertEqual(len(self.shown("ada")), 1)

    def test_declined_before_the_first_sync_and_accepted_later(self):
        self.sync_all()
        made = self.invite("bob")
        self.sync_all("ada")
        event = self.events()
        self.assertEqual(event.partner_ids, self.partners("ada", "bob"))
        mine = event.attendee_ids.filtered(
            lambda x: x.partner_id == self.partners("bob")
        )
        for answer in ("declined", "accepted"):
            people = self.people["bob"].get(made["id"])["attendees"]
            for person in people:
                if person.get("self"):
                    person["responseStatus"] = answer
            self.people["bob"].patch(made["id"], {"attendees": people})
            self.sync_all("bob", "ada", "bob")
            self.assertEqual(mine.state, answer)
            self.assertEqual(self.events(), event)

    def test_the_organizer_deletes_in_google(self):
        made = self.invite("bob", "cleo")
        self.sync_all()
        self.person.delete(made["id"])
        self.sync_all()
        self.sync_all()
        self.assertFalse(self.events())

    def test_a_guest_may_not_change_what_is_shared(self):
        self.invite("bob")
        self.sync_all()
        event = self.events()
        event.with_user(self.users["bob"]).write({"name": "À moi"})
        self.sync_all("bob")
        self.assertEqual(event.name, "Invitation")
        self.sync_all()
        self.assertEqual(self.shown("ada")[0]["summary"], "Invitation")

    def test_a_guests_run_does_not_undo_the_organizers_edit(self):
        self.invite("bob", "cleo")
        self.sync_all()
        event = self.events()
        event.with_user(self.ada).write({"name": "Neuf", "location": "Lyon"})
        self.sync_all("bob", "cleo")
        self.assertEqual((event.name, event.location), ("Neuf", "Lyon"))
        self.sync_all()
        self.assertEqual(
            [self.shown(x)[0]["summary"] for x in self.people], ["Neuf"] * 3
        )
        self.sync_all()
        self.assertEqual((event.name, event.location), ("Neuf", "Lyon"))
        lines = self.env["google.sync.run.line"].search([("action", "=", "put_back")])
        self.assertFalse(lines)

    def test_archived_and_a_guest_invited_since(self):
        made = self.invite(more=[UNKNOWN])
        self.sync_all()
        event = self.events()
        event.with_user(self.ada).active = False
        people = [*made["attendees"], {"email": "bob@gmail.com"}]
        self.person.patch(made["id"], {"attendees": people})
        self.sync_all("bob", "ada", "bob")
        self.assertEqual(self.events(), event)
        self.assertEqual(event.partner_ids, self.partners("ada", "bob"))

    def test_series_with_guests(self):
        made = self.invite("bob", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
        self.sync_all("bob", "ada")
        rows = self.events()
        self.assertEqual(len(rows), 3)
        self.assertEqual(len(rows.recurrence_id), 1)
        self.assertEqual(rows.partner_ids, self.partners("ada", "bob"))
        rows.attendee_ids.filtered(
            lambda x: x.partner_id == self.partners("bob")
        ).with_user(self.users["bob"]).do_decline()
        self.sync_all("bob")
        self.assertEqual(self.answer("bob", made["id"]), "declined")
        self.sync_all()
        self.assertEqual(self.events(), rows)

    # -- made in Odoo ----------------------------------------------------------

    def test_private_copies_edited_everywhere(self):
        event = self.event(
            partner_ids=[Command.set(self.partners("ada", "bob", "cleo").ids)]
        )
        self.sync_all()
        copies = {x: self.shown(x)[0] for x in self.people}
        self.assertFalse([c for c in copies.values() if "attendees" in c])
        self.people["bob"].patch(copies["bob"]["id"], {"summary": "De Bob"})
        self.people["cleo"].patch(copies["cleo"]["id"], {"location": "Lyon"})
        event.with_user(self.ada).write({"description": "<p>D'Ada</p>"})
        self.sync_all()
        self.sync_all()
        for login in self.people:
            (shown,) = self.shown(login)
            self.assertEqual(
                (shown["summary"], shown["location"], shown["description"]),
                ("De Bob", "Lyon", "D'Ada"),
            )

    def test_an_invitation_replaces_the_private_copy(self):
        event = self.event(partner_ids=[Command.set(self.partners("ada", "bob").ids)])
        self.sync_all()
        (mine,) = self.shown("ada")
        (copy,) = self.shown("bob")
        guests = [{"email": "bob@gmail.com"}, {"email": UNKNOWN}]
        self.person.patch(mine["id"], {"attendees": guests})
        self.assertEqual(len(self.shown("bob")), 2)
        self.sync_all()
        self.sync_all()
        (left,) = self.shown("bob")
        self.assertNotEqual(left["id"], copy["id"])
        self.assertEqual(event.partner_ids, self.partners("ada", "bob"))
        name = event.name
        self.assertEqual(
            self.env["calendar.event"].search_count([("name", "=", name)]), 1
        )

    def test_series_of_odoo_with_participants(self):
        vals = {
            "recurrency": True,
            "rrule_type": "daily",
            "end_type": "count",
            "count": 3,
            "event_tz": "Europe/Paris",
            "partner_ids": [Command.set(self.partners("ada", "bob").ids)],
        }
        event = self.event(name="Invitation", **vals)
        self.sync_all()
        self.assertEqual([len(self.shown(x)) for x in self.people], [1, 1, 0])
        rows = event.recurrence_id.calendar_event_ids.sorted("start")
        rows[1].with_user(self.ada).write({"name": "Autrement"})
        (copy,) = self.shown("bob")
        self.people["bob"].patch(copy["id"], {"location": "Lyon"})
        self.sync_all()
        self.sync_all()
        self.assertEqual(rows.mapped("location"), ["Lyon"] * 3)
        for login in ("ada", "bob"):
            texts = [x["summary"] for x in self.people[login].list(singleEvents=True)]
            self.assertEqual(
                sorted(texts), ["Autrement", "Invitation", "Invitation"], login
            )

    def test_participants_come_and_go(self):
        event = self.event(partner_ids=[Command.set(self.partners("ada", "bob").ids)])
        self.sync_all()
        event.with_user(self.ada).write(
            {
                "partner_ids": [
                    Command.unlink(self.partners("bob").id),
                    Command.link(self.partners("cleo").id),
                ]
            }
        )
        self.sync_all()
        self.assertEqual([len(self.shown(x)) for x in self.people], [1, 0, 1])

    def test_another_organizer(self):
        event = self.event(partner_ids=[Command.set(self.partners("ada", "bob").ids)])
        self.sync_all()
        event.with_user(self.ada).write({"user_id": self.users["bob"].id})
        event.with_user(self.users["bob"]).write({"name": "Chez Bob"})
        self.sync_all()
        event.with_user(self.users["bob"]).write(
            {"partner_ids": [Command.unlink(self.partners("ada").id)]}
        )
        self.sync_all()
        self.assertEqual([len(self.shown(x)) for x in self.people], [0, 1, 0])
        self.assertEqual(self.shown("bob")[0]["summary"], "Chez Bob")


@tagged("post_install", "-at_install")
class TestInvitations(GuestCase):
    """The organiser's account has chosen Google invitations: mails are counted."""

    def setUp(self):
        super().setUp()
        self.account.distribution = "invitation"

    def sent(self):
        return self.world.mails.count - self.mails

    def test_participants_are_invited_and_mailed_once(self):
        event = self.event(
            partner_ids=[Command.set(self.partners("ada", "bob", "cleo").ids)]
        )
        preview = self.account.run_sync(mode="preview")
        self.assertEqual((preview.mail_count, self.sent()), (2, 0))
        self.sync_all("ada")
        self.assertEqual(self.sent(), 2)
        (mine,) = self.shown("ada")
        self.assertEqual(
            {g["email"] for g in mine["attendees"]}, {"bob@gmail.com", "cleo@gmail.com"}
        )
        self.sync_all()
        self.assertEqual([len(self.shown(x)) for x in self.people], [1, 1, 1])
        self.assertEqual(event.partner_ids, self.partners("ada", "bob", "cleo"))
        event.with_user(self.ada).write({"description": "<p>Ordre du jour</p>"})
        self.sync_all()
        self.assertEqual(self.sent(), 2, "nobody is mailed about a description")
        event.with_user(self.ada).write(
            {"partner_ids": [Command.unlink(self.partners("cleo").id)]}
        )
        self.sync_all()
        self.assertEqual([len(self.shown(x)) for x in self.people], [1, 1, 0])

    def test_many_mails_wait_for_an_answer(self):
        people = [Command.set(self.partners("ada", "bob", "cleo").ids)]
        for number in range(7):
            self.event(name=f"N {number}", days=number, partner_ids=people)
        self.sync(state="partial")
        self.assertEqual((self.sent(), len(self.shown("ada"))), (10, 5))
        decision = self.env["google.sync.decision"].search([("state", "=", "open")])
        self.assertTrue(decision.about_mails)
        self.assertFalse(
            decision.with_user(self.ada).sudo(False).waiting_deletions(), decision.kind
        )
        decision.with_user(self.ada).sudo(False).action_keep()
        self.sync_all("ada")
        self.assertEqual((self.sent(), len(self.shown("ada"))), (10, 7))
