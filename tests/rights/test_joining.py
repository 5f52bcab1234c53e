"""Whose event is it: what Google shows one user never rewrites another's event."""

from odoo import Command
from odoo.tests import tagged

from ..agenda.guest_case import GuestCase

EVIL = "evil@elsewhere.org"
SHARED = ("name", "location", "description", "start", "stop", "privacy", "user_id")


class JoiningCase(GuestCase):
    """What arrives in Bob's calendar, and what becomes of Ada's."""

    def setUp(self):
        super().setUp()
        self.bob = self.users["bob"]

    def state(self, events):
        return [
            (*(e[name] for name in SHARED), e.partner_ids, e.active)
            for e in events.sudo()
        ]

    def uid_of(self, event):
        return self.link_of(event).ical_uid

    def body(self, uid, organizer=EVIL, **more):
        """What arrives in Bob's calendar: another title, place and time."""
        day = self.day.replace(hour=17).isoformat() + "Z"
        people = [{"email": organizer}, {"email": "bob@gmail.com"}]
        return {
            "iCalUID": uid,
            "organizer": {"email": organizer},
            "attendees": people,
            "summary": "Forged",
            "location": "https://evil.example",
            "description": "evil",
            "start": {"dateTime": day, "timeZone": "Europe/Paris"},
            "end": {"dateTime": day.replace("T17", "T18"), "timeZone": "Europe/Paris"},
            **more,
        }

    def look_hard(self):
        """Everything that could carry it further, on all three accounts."""
        self.sync_all()
        for login in self.accounts:
            self.accounts[login].run_sync(mode="full")
            self.accounts[login].sudo().last_sweep_at = False
        self.sync_all()

    def forged(self):
        return self.env["calendar.event"].search([("name", "=", "Forged")])

    def check(self, events, *bodies, own=True):
        """Bob receives these; Ada's events and Google stay as they are."""
        before, shown = self.state(events), self.shown("ada")
        for body in bodies:
            self.people["bob"].receive(body)
        self.look_hard()
        self.assertEqual(self.state(events.exists()), before)
        strip = [(x["id"], x["etag"]) for x in shown]
        self.assertEqual([(x["id"], x["etag"]) for x in self.shown("ada")], strip)
        if own:
            self.assertTrue(self.forged())
            self.assertIn(self.bob.partner_id, self.forged().partner_ids)
        links = self.env["google.sync.event.link"].sudo().search([])
        self.assertFalse(links.filtered(lambda x: x.state == "quarantined"))

    def set_of(self, *logins):
        return Command.set(self.partners(*logins).ids)


@tagged("post_install", "-at_install")
class TestJoining(JoiningCase):
    # -- a known iCalUID -------------------------------------------------------

    def test_an_outsider_invites_under_a_known_uid(self):
        event = self.event("Ada's", location="Here")
        self.sync_all("ada")
        self.check(event, self.body(self.uid_of(event)))

    def test_the_same_where_the_event_is_private(self):
        event = self.event("Ada's", privacy="private")
        self.sync_all("ada")
        self.check(event, self.body(self.uid_of(event)))

    def test_the_same_where_the_agenda_is_private(self):
        self.ada.with_user(self.ada).calendar_default_privacy = "private"
        event = self.event("Ada's")
        self.sync_all("ada")
        self.check(event, self.body(self.uid_of(event)))

    def test_the_same_where_both_take_part(self):
        event = self.event("Ours", partner_ids=[self.set_of("ada", "bob")])
        self.sync_all()
        bobs = event.sudo().google_sync_link_ids - self.link_of(event)
        copy = self.people["bob"].get(bobs.google_id)
        self.check(event, self.body(self.uid_of(event)))
        self.assertEqual(self.people["bob"].get(copy["id"])["summary"], "Ours")

    def test_a_meeting_of_one_s_own_under_a_known_uid(self):
        event = self.event("Ada's")
        self.sync_all("ada")
        body = self.body(self.uid_of(event))
        self.check(event, {**body, "organizer": {}, "attendees": []})

    def test_a_forged_organizer_writes_nothing(self):
        event = self.event("Ada's")
        self.sync_all("ada")
        before = self.state(event)[0]
        body = self.body(self.uid_of(event), "ada@gmail.com")
        self.people["bob"].receive(body)
        self.look_hard()
        after = self.state(event)[0]
        self.assertEqual(before[:7], after[:7])
        self.assertEqual(self.shown("ada")[0]["summary"], "Ada's")

    def test_a_forged_organizer_does_not_open_a_private_event(self):
        event = self.event("Ada's", privacy="private")
        self.sync_all("ada")
        self.check(event, self.body(self.uid_of(event), "ada@gmail.com"))

    def test_a_series_under_a_known_uid(self):
        rows = self.event(
            "Ada's",
            recurrency=True,
            rrule_type="daily",
            end_type="count",
            count=3,
            event_tz="Europe/Paris",
        ).recurrence_id.calendar_event_ids
        self.sync_all("ada")
        uid = self.series_uid(rows)
        rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]}
        self.check(rows, self.body(uid, **rule))
        self.assertEqual(len(rows.exists().recurrence_id.calendar_event_ids), 3)

    def test_a_series_with_a_forged_organizer(self):
        rows = self.event(
            "Ada's",
            recurrency=True,
            rrule_type="daily",
            end_type="count",
            count=3,
            event_tz="Europe/Paris",
        ).recurrence_id.calendar_event_ids
        self.sync_all("ada")
        uid = self.series_uid(rows)
        rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]}
        self.check(rows, self.body(uid, "ada@gmail.com", **rule))

    def series_uid(self, rows):
        links = self.env["google.sync.event.link"].sudo()
        return links.search(
            [("recurrence_id", "=", rows.recurrence_id.id), ("kind", "=", "series")]
        ).ical_uid

    # -- a known marker --------------------------------------------------------

    def test_a_forged_marker(self):
        for privacy in (False, "private"):
            event = self.event("Ada's", privacy=privacy)
            self.sync_all("ada")
            before = self.state(event)
            key = self.account._marker_key()
            for number in (event.id, 10**400, 2**31):
                google_id = f"forged{event.id}{len(str(number))}"
                created = event.create_date.strftime("%Y-%m-%d %H:%M:%S")
                marker = {key: f"{number}/{created}/{google_id}"}
                body = self.body("")
                for name in ("iCalUID", "organizer", "attendees"):
                    body.pop(name)
                self.people["bob"].insert(
                    {
                        **body,
                        "id": google_id,
                        "extendedProperties": {"private": marker},
                    }
                )
            self.look_hard()
            self.assertEqual(self.state(event), before)
        self.assertEqual(len(self.forged()), 6)

    # -- a known title and time ------------------------------------------------

    def test_an_invitation_of_the_same_title_and_time(self):
        event = self.event("Ours", partner_ids=[self.set_of("ada", "bob")])
        self.sync_all("ada")
        mine = self.link_of(event)
        item = self.person.get(mine.google_id)
        body = self.body("x@evil", summary="Ours", start=item["start"])
        self.check(event, {**body, "end": item["end"]}, own=False)
        self.assertFalse(event.location)

    # -- what is meant so ------------------------------------------------------

    def test_a_guest_of_a_private_event_joins_it(self):
        self.invite("bob", visibility="private")
        self.sync_all("ada", "bob")
        event = self.events()
        self.assertEqual(len(event), 1)
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.partner_ids, self.partners("ada", "bob"))
        self.look_hard()
        self.assertEqual(self.events(), event)

    def test_two_guests_of_an_outsider_meet_in_one_event(self):
        self.world.add_account("out@gmail.com", "Out")
        made = self.world.person("out@gmail.com").insert(
            {
                "summary": "Invitation",
                "start": {"dateTime": self.day.isoformat() + "Z"},
                "end": {"dateTime": self.day.replace(hour=10).isoformat() + "Z"},
                "attendees": [{"email": "bob@gmail.com"}, {"email": "cleo@gmail.com"}],
            }
        )
        self.look_hard()
        event = self.events()
        self.assertEqual(len(event), 1)
        self.assertEqual(event.partner_ids, self.partners("bob", "cleo"))
        self.world.person("out@gmail.com").patch(made["id"], {"summary": "Moved"})
        self.sync_all()
        self.assertEqual(event.name, "Moved")
