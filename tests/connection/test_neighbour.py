"""Coming from Odoo's own google_calendar: no double, and that module is switched off.

That module is installed beside the addon in a run of its own: script/test neighbour.
"""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import GoogleMixin
from ..sync_case import SyncCase

EVENTS = 200


class NeighbourCase(SyncCase):
    """Ada used google_calendar until today; her account is not connected yet."""

    @classmethod
    def connect(cls, user, email=""):
        """Ada connects in the test, when there is something to find."""
        return cls.account_of(user)

    def setUp(self):
        super().setUp()
        self.settings = self.ada.sudo().res_users_settings_id
        self.settings = self.settings or self.env["res.users.settings"].sudo().create(
            {"user_id": self.ada.id}
        )
        self.settings.write(
            {
                "google_calendar_rtoken": "1//refresh",
                "google_calendar_token": "ya29.access",
                "google_calendar_sync_token": "sync",
                "google_synchronization_stopped": False,
            }
        )

    def there_before(self, number, days=None):
        """An event that google_calendar keeps on both sides."""
        days = number % 60 if days is None else days
        google = self.google_event(f"Ancien {number}", days)
        event = self.event(
            f"Ancien {number}",
            days,
            google_id=google["id"],
            need_sync=False,
            show_as="busy",
        )
        return event, google["id"]

    def take_over(self):
        action = self.account.with_user(self.ada).action_take_over_google_calendar()
        return action["params"]["message"]

    def connect_now(self):
        self.account = GoogleMixin.connect.__func__(type(self), self.ada)
        self.calendar = self.account.sudo().calendar_id


@tagged("-standard", "google_calendar", "post_install", "-at_install")
class TestNeighbour(NeighbourCase):
    def test_two_hundred_events_move_over_without_one_double(self):
        before = dict(self.there_before(number) for number in range(EVENTS))
        self.take_over()
        self.connect_now()
        run = self.sync()
        self.assertEqual(len(self.agenda()), EVENTS)
        self.assertEqual(set(self.in_google()), set(before.values()))
        for event, google_id in before.items():
            self.assertEqual(self.link_of(event).google_id, google_id)
            self.assertEqual(self.link_of(event).state, "linked")
        self.assertEqual(run.adopted, EVENTS)
        self.assertEqual((run.pulled_created, run.pushed_created), (0, 0))
        self.assertFalse(self.world.mails.count)
        self.assert_quiet()

    def test_the_id_decides_where_titles_and_times_differ(self):
        event, google_id = self.there_before(1)
        self.person.patch(google_id, {"summary": "Renommé dans Google"})
        twin = self.event("Renommé dans Google", 1)
        self.take_over()
        self.connect_now()
        self.sync()
        self.assertEqual(self.link_of(event).google_id, google_id)
        self.assertNotEqual(self.link_of(twin).google_id, google_id)
        self.assertEqual(len(self.in_google()), 2)

    def test_an_event_that_google_lost_goes_there_again(self):
        event, google_id = self.there_before(1)
        self.person.delete(google_id)
        self.take_over()
        self.connect_now()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertNotEqual(self.link_of(event).google_id, google_id)
        self.assert_quiet()

    def test_its_edits_after_the_move_are_ours_to_send(self):
        event, google_id = self.there_before(1)
        self.take_over()
        self.connect_now()
        self.sync()
        event.name = "Après"
        self.sync()
        self.assertEqual(self.in_google()[google_id]["summary"], "Après")
        event.unlink()
        self.sync()
        self.assertFalse(self.in_google())

    def test_the_button_switches_it_off_and_says_so(self):
        self.there_before(1)
        self.assertTrue(self.account.neighbour_message)
        self.assertTrue(self.ada.with_user(self.ada).google_sync_neighbour_message)
        said = self.take_over()
        self.assertIn("ada", said)
        self.assertIn("recognised in Google: 1.", said)
        self.assertIn("Press Connect", said)
        self.assertTrue(self.settings.google_synchronization_stopped)
        for name in ("rtoken", "token", "sync_token"):
            self.assertFalse(self.settings[f"google_calendar_{name}"], name)
        self.account.invalidate_recordset()
        self.ada.invalidate_recordset()
        self.assertFalse(self.account.neighbour_message)
        self.assertFalse(self.ada.with_user(self.ada).google_sync_neighbour_message)

    def test_connecting_waits_until_it_is_switched_off(self):
        with self.assertRaisesRegex(UserError, "Take over from Odoo's Google Calendar"):
            self.account._start_consent()
        self.take_over()
        self.assertTrue(self.account._start_consent())

    def test_only_the_owner_or_a_manager_takes_over(self):
        mallory = self.make_user("mallory")
        with self.assertRaises(AccessError):
            self.account.with_user(mallory).action_take_over_google_calendar()
        self.assertFalse(
            self.ada.with_user(mallory).sudo(False).google_sync_neighbour_message
        )

    def test_its_series_are_known_by_their_ids(self):
        rule = "FREQ=DAILY;COUNT=3"
        event = self.event(
            "Hebdo", recurrency=True, rrule=rule, event_tz="Europe/Paris"
        )
        recurrence = event.recurrence_id
        google = self.google_event("Quotidien", recurrence=[f"RRULE:{rule}"])
        recurrence.write({"google_id": google["id"], "need_sync": False})
        self.assertEqual(
            self.account.sudo()._neighbour_recurrences(), {google["id"]: recurrence}
        )
        self.take_over()
        self.connect_now()
        self.sync()
        self.assertEqual(self.agenda(), recurrence.calendar_event_ids)
        self.assertEqual(list(self.in_google()), [google["id"]])
        self.assert_quiet()

    def test_an_event_out_of_the_period_makes_no_double(self):
        old = self.day - timedelta(days=200)
        google = self.google_event("Vieux", -200)
        event = self.event("Vieux", start=old, google_id=google["id"], need_sync=False)
        self.take_over()
        self.connect_now()
        self.sync()
        event.write({"start": self.day, "stop": self.day + timedelta(hours=1)})
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_a_guest_without_a_copy_in_google_gets_one(self):
        """The id is the organiser's: in the guest's calendar it may not exist."""
        bob = self.make_user("bob")
        event = self.event(
            "Chez Bob",
            google_id="bobsevent",
            need_sync=False,
            partner_ids=[Command.set([self.ada.partner_id.id, bob.partner_id.id])],
        )
        self.take_over()
        self.connect_now()
        self.sync()
        self.assertEqual(
            [item["summary"] for item in self.in_google().values()], ["Chez Bob"]
        )
        self.assertNotEqual(self.link_of(event).google_id, "bobsevent")
