"""Recurrence scenarios of Odoo's own google_calendar tests, and others beside them."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesGestures(SeriesCase):
    # -- several of them in one go ---------------------------------------------

    def test_event_made_part_of_a_series(self):
        """test_event_added_to_recurrence: the single event becomes its series."""
        event = self.event("Point")
        self.sync()
        (before,) = self.in_google()
        self.as_ada(event).write(
            {"recurrency": True, "rrule": "FREQ=DAILY;COUNT=3", "name": "Série"}
        )
        self.sync()
        self.assertEqual(list(self.in_google()), [before])
        self.assertEqual(self.master()["summary"], "Série")
        self.assert_same()

    def test_following_of_the_first_is_all(self):
        """Odoo rebuilds the whole recurrence then; Google's series is patched."""
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        start = rows[0].start + timedelta(days=1, hours=1)
        self.as_ada(rows[0]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "future_events",
            }
        )
        self.sync()
        self.assertEqual(list(self.masters()), [before])
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    def test_zone_of_all(self):
        """test_all_event_with_tz_updated."""
        rows = self.series(event_tz="America/Sao_Paulo")
        self.sync()
        before = self.master()["id"]
        start = rows[0].start - timedelta(minutes=30)
        self.as_ada(rows[0]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assertEqual(self.master()["id"], before)
        self.assertEqual(self.master()["start"]["timeZone"], "America/Sao_Paulo")
        self.assert_same()

    def test_occurrences_deleted_one_by_one(self):
        """test_recurrence_delete_single_events."""
        rows = self.series(rule="FREQ=DAILY;COUNT=5")
        self.sync()
        for row in (rows[4], rows[0], rows[2]):
            self.as_ada(row).unlink()
            self.sync()
            self.assert_same()
        self.as_ada(rows[1] + rows[3]).unlink()
        self.sync()
        self.assertFalse(self.in_google())
        self.assert_same()

    def test_hundreds_of_rows_deleted_at_once(self):
        rows = self.series(rule="FREQ=DAILY;COUNT=100")
        other = self.series("Autre", start=self.day + timedelta(hours=3))
        self.sync()
        self.as_ada(rows + other[:2]).unlink()
        run = self.sync()
        self.assertEqual(run.pushed_deleted, 3)
        self.assertEqual(len(self.masters()), 1)
        self.assert_same()

    def test_all_day_first_moved(self):
        """test_allday_duplicated_first_event_in_recurrence."""
        first = self.day.date()
        rows = self.series(
            allday=True,
            start_date=first,
            stop_date=first,
            rule=f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=3",
        )
        self.sync()
        moved = first + timedelta(days=1)
        self.as_ada(rows[0]).write({"start_date": moved, "stop_date": moved})
        self.sync()
        self.assertEqual(len(self.occurrences_in_google()), 3)
        self.assert_same()

    def test_timed_series_becomes_all_day(self):
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        day = rows[0].start.date()
        self.as_ada(rows[0]).write(
            {
                "allday": True,
                "start_date": day,
                "stop_date": day,
                "start": fields.Datetime.to_datetime(day).replace(hour=8),
                "stop": fields.Datetime.to_datetime(day).replace(hour=18),
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assertEqual(self.master()["id"], before)
        self.assertIn("date", self.master()["start"])
        self.assert_same()

    def test_duplicated_series_is_a_single_event(self):
        """Odoo duplicates a row of a series as an event without its series."""
        rows = self.series()
        self.sync()
        copy = self.as_ada(rows[1]).copy({"name": "Copie"})
        self.sync()
        self.assertEqual(len(self.in_google()), 2)
        self.assertEqual(self.link_of(copy).kind, "single")
        self.assert_quiet()

    def test_meeting_addresses_of_rows_are_one(self):
        """Odoo may give each row an address of its own: no exceptions for that."""
        rows = self.series()
        for row in rows:
            row._set_discuss_videocall_location()
        self.sync()
        self.assertFalse(self.occurrence_links())
        self.assertEqual(len(self.in_google()), 1)
        self.assert_same()

    def test_reminders_of_a_series(self):
        rows = self.series(alarm_ids=[fields.Command.set(self.popup(15).ids)])
        self.sync()
        overrides = self.master()["reminders"]["overrides"]
        self.assertEqual(overrides, [{"method": "popup", "minutes": 15}])
        self.assert_same()
        self.as_ada(rows[0]).write(
            {
                "alarm_ids": [fields.Command.set(self.popup(30).ids)],
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assert_same()
        self.assertFalse(self.occurrence_links())

    def test_long_description_makes_no_exceptions(self):
        self.series(description=f"<p>{'mot ' * 4000}</p>")
        self.sync()
        self.assertFalse(self.occurrence_links())
        self.assert_same()

    def test_private_series(self):
        rows = self.series(privacy="private")
        self.sync()
        self.assertEqual(self.master()["visibility"], "private")
        self.as_ada(rows[1]).write(
            {"privacy": "public", "recurrence_update": "all_events"}
        )
        self.sync()
        self.assertNotEqual(self.master().get("visibility"), "private")
        self.assert_same()

    # -- several people --------------------------------------------------------

    def two_users(self):
        bob = self.make_user("bob")
        account = self.connect(bob)
        person = self.world.person("bob@gmail.com")
        for item in person.list(showDeleted=False):
            if item["status"] != "cancelled" and "recurringEventId" not in item:
                person.delete(item["id"])
        rows = self.series(
            partner_ids=[fields.Command.set((self.ada + bob).partner_id.ids)]
        )
        self.sync()
        account.run_sync()
        return bob, account, person, rows

    def alive(self, person):
        items = person.list(showDeleted=False)
        return {x["id"]: x for x in items if x["status"] != "cancelled"}

    def assert_bob_is_quiet(self, account):
        run = account.run_sync()
        self.assertEqual(run.requests, 1)
        self.assertFalse(run.line_ids)

    def test_each_has_a_copy_of_the_series(self):
        bob, account, person, rows = self.two_users()
        self.assertEqual(len(self.alive(person)), 1)
        self.assert_bob_is_quiet(account)
        self.assert_same()
        self.as_ada(rows[1]).write({"name": "Autre"})
        self.as_ada(rows[2]).unlink()
        self.sync()
        account.run_sync()
        titles = [x.get("summary") for x in self.alive(person).values()]
        self.assertEqual(sorted(titles), ["Autre", "Hebdo"])
        self.assert_bob_is_quiet(account)
        self.assert_same()

    def test_a_guest_declines_the_series(self):
        bob, account, person, rows = self.two_users()
        rows[1].with_user(bob).change_attendee_status("declined", "all_events")
        account.run_sync()
        self.assertFalse(self.alive(person))
        self.sync()
        self.assertEqual(len(self.instances()), 4)
        self.assertEqual(len(self.rows()), 4)
        self.assert_same()

    def test_a_guest_declines_one(self):
        bob, account, person, rows = self.two_users()
        rows[1].with_user(bob).change_attendee_status("declined", "self_only")
        account.run_sync()
        (master,) = (x for x in self.alive(person).values() if x.get("recurrence"))
        shown = [
            x
            for x in person.list(singleEvents=True, showDeleted=False)
            if x.get("recurringEventId") == master["id"] and x["status"] != "cancelled"
        ]
        self.assertEqual(len(shown), 3)
        self.sync()
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    def test_a_guest_deletes_the_series_in_google(self):
        bob, account, person, rows = self.two_users()
        (google_id,) = self.alive(person)
        person.delete(google_id)
        account.run_sync()
        self.assertEqual(len(self.rows()), 4)
        attendees = rows.attendee_ids.filtered(lambda a: a.partner_id == bob.partner_id)
        self.assertEqual(set(attendees.mapped("state")), {"declined"})
        self.sync()
        self.assert_same()

    def test_an_edit_of_the_guest_in_google_reaches_all(self):
        _bob, account, person, _rows = self.two_users()
        (google_id,) = self.alive(person)
        person.patch(google_id, {"location": "Lyon"})
        account.run_sync()
        self.assertEqual(set(self.rows().mapped("location")), {"Lyon"})
        self.sync()
        self.assertEqual(self.master()["location"], "Lyon")
        self.assert_same()
        self.assert_bob_is_quiet(account)

    def test_guest_added_to_all_and_taken_away(self):
        rows = self.series()
        self.sync()
        bob = self.make_user("bob")
        account = self.connect(bob)
        person = self.world.person("bob@gmail.com")
        for google_id in self.alive(person):
            person.delete(google_id)
        account.run_sync()
        self.as_ada(rows[0]).write(
            {
                "partner_ids": [fields.Command.link(bob.partner_id.id)],
                "recurrence_update": "all_events",
            }
        )
        account.run_sync()
        self.assertEqual(len(self.alive(person)), 1)
        self.as_ada(rows[0]).write(
            {
                "partner_ids": [fields.Command.unlink(bob.partner_id.id)],
                "recurrence_update": "all_events",
            }
        )
        account.run_sync()
        self.assertFalse(self.alive(person))
        self.sync()
        self.assert_same()

    def test_series_moved_with_a_guest(self):
        """Odoo rebuilds it: both copies are patched, none is made again."""
        _bob, account, person, rows = self.two_users()
        before = list(self.alive(person)), list(self.in_google())
        start = rows[0].start + timedelta(hours=2)
        self.as_ada(rows[0]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        account.run_sync()
        self.assertEqual((list(self.alive(person)), list(self.in_google())), before)
        self.assert_same()
        self.assert_bob_is_quiet(account)

    # -- without end -----------------------------------------------------------

    def endless(self):
        """As the form makes it: "forever", which Odoo stores as 720 times."""
        event = self.event(
            "Hebdo",
            recurrency=True,
            rrule_type="daily",
            interval=1,
            end_type="forever",
            event_tz="Europe/Paris",
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return event.recurrence_id.calendar_event_ids.sorted("start")

    def test_forever_of_the_form_has_no_end_in_google(self):
        rows = self.endless()
        self.assertEqual(len(rows), 720)
        self.sync()
        self.assertEqual(self.master()["recurrence"], ["RRULE:FREQ=DAILY"])
        self.assert_quiet()
        self.as_ada(rows[2]).write({"name": "Autre"})
        self.as_ada(rows[3]).unlink()
        self.sync()
        self.assertEqual(self.master()["recurrence"], ["RRULE:FREQ=DAILY"])
        self.assertEqual(len(self.in_google()), 2)
        self.assert_quiet()

    def test_this_and_following_of_a_series_without_end(self):
        rows = self.endless()
        self.sync()
        start = rows[5].start + timedelta(hours=2)
        self.as_ada(rows[5]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "future_events",
            }
        )
        self.sync()
        rules = sorted(x["recurrence"][0] for x in self.masters().values())
        self.assertEqual(rules[0], "RRULE:FREQ=DAILY")
        self.assertIn("UNTIL", rules[1])
        self.assert_quiet()

    def test_this_and_following_keeps_what_was_said_before(self):
        """Google's own words for the rule name no day; they stay its words."""
        item = self.google_series(rule="RRULE:FREQ=WEEKLY;COUNT=12")
        self.sync()
        rows = self.rows()
        self.as_ada(rows[2]).write({"location": "Salle 2"})
        self.as_ada(rows[3]).unlink()
        self.sync()
        start = rows[6].start + timedelta(hours=2)
        self.as_ada(rows[6]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "future_events",
            }
        )
        self.sync()
        self.assert_quiet()
        head = self.person.get(item["id"])["recurrence"][0]
        self.assertRegex(head, "^RRULE:FREQ=WEEKLY;UNTIL=")
        self.assertEqual(len(self.rows()), 11)
        self.assertEqual(self.rows().mapped("location").count("Salle 2"), 1)
        self.assert_same()

    def test_google_series_without_end_is_moved_in_odoo(self):
        item = self.google_series(rule="RRULE:FREQ=DAILY")
        self.sync()
        self.assertLess(len(self.rows()), 500)
        start = self.rows()[3].start + timedelta(hours=2)
        self.as_ada(self.rows()[3]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assertEqual(list(self.masters()), [item["id"]])
        self.assertEqual(self.master()["recurrence"], ["RRULE:FREQ=DAILY"])
        self.assert_quiet()
