"""What Google has beside plain events: left alone, or taken in and not edited here."""

from datetime import timedelta

from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestEventTypes(SyncCase):
    def setUp(self):
        super().setUp()
        self.world.account("ada@gmail.com").workspace = True

    def day_of(self, days):
        return (self.day.date() + timedelta(days=days)).isoformat()

    def of_type(self, kind, **more):
        timed = {
            "start": self.start_in_google(1),
            "end": self.start_in_google(1, 11),
        }
        days = {"start": {"date": self.day_of(1)}, "end": {"date": self.day_of(2)}}
        bodies = {
            "outOfOffice": {**timed, "outOfOfficeProperties": {}},
            "focusTime": timed,
            "workingLocation": {
                **days,
                "visibility": "public",
                "transparency": "transparent",
                "workingLocationProperties": {"type": "homeOffice", "homeOffice": {}},
            },
            "birthday": {
                **days,
                "visibility": "private",
                "transparency": "transparent",
                "recurrence": ["RRULE:FREQ=YEARLY"],
            },
        }
        body = {"summary": kind, "eventType": kind, **bodies[kind], **more}
        return self.person.insert(body)

    def start_in_google(self, days, hour=9):
        start = self.day.replace(hour=hour) + timedelta(days=days)
        return {"dateTime": f"{start.isoformat()}Z", "timeZone": "Europe/Paris"}

    def test_they_stay_in_google_whatever_happens_there(self):
        for kind in ("outOfOffice", "focusTime", "workingLocation", "birthday"):
            with self.subTest(kind=kind):
                item = self.of_type(kind)
                self.assertEqual(self.sync().skipped, {kind: 1})
                self.person.patch(item["id"], {"colorId": "3"})
                self.assertEqual(self.sync().skipped, {kind: 1})
                self.assertFalse(self.sync(mode="full").line_ids)
                self.assertFalse(self.agenda())
                self.person.delete(item["id"])
                self.assertFalse(self.sync().line_ids)
                self.assert_quiet()

    def test_one_day_of_a_series_of_them(self):
        for kind in ("outOfOffice", "focusTime", "workingLocation"):
            with self.subTest(kind=kind):
                item = self.of_type(kind, recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
                self.sync()
                rows = self.person.list(singleEvents=True)
                one = [x for x in rows if x.get("recurringEventId") == item["id"]][1]
                self.person.patch(one["id"], {"summary": "Autre"})
                self.sync()
                self.person.delete(one["id"])
                self.sync()
                self.assertFalse(self.agenda())
                self.person.delete(item["id"])
                self.assertFalse(self.sync().line_ids)
                self.assert_quiet()

    def test_a_booking_is_put_back_and_said(self):
        item = self.person.book(
            {
                "summary": "Vol",
                "start": self.start_in_google(1),
                "end": self.start_in_google(1, 11),
            }
        )
        self.sync()
        event = self.agenda()
        event.with_user(self.ada).write({"name": "Autre", "location": "Nice"})
        run = self.sync()
        self.assertEqual(run.state, "done")
        self.assertEqual(event.name, "Vol")
        self.assertFalse(event.location)
        (line,) = run.line_ids
        self.assertEqual((line.action, line.side), ("put_back", "odoo"))
        self.assert_quiet()
        self.assertEqual(self.person.get(item["id"])["summary"], "Vol")

    def test_a_booking_deleted_here_or_there(self):
        for where in ("odoo", "google"):
            with self.subTest(where=where):
                item = self.person.book(
                    {
                        "summary": f"Vol {where}",
                        "start": self.start_in_google(1),
                        "end": self.start_in_google(1, 11),
                    }
                )
                self.sync()
                if where == "odoo":
                    self.agenda().with_user(self.ada).unlink()
                else:
                    self.person.delete(item["id"])
                run = self.sync()
                self.assertEqual(run.state, "done", run.message)
                self.assertFalse(self.agenda())
                self.assert_quiet()
                self.assertFalse(self.sync(mode="full").line_ids)
                self.assertFalse(self.agenda())
