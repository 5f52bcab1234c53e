"""Whatever Google changes, Odoo's people are not written to: no chatter, no mail."""

from datetime import timedelta

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestQuiet(SeriesCase):
    def told(self):
        """Everything that Odoo says to people by itself."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        models = ("mail.message", "mail.mail", "mail.activity", "mail.tracking.value")
        return {name: self.env[name].search_count([]) for name in models}

    def assert_silent(self, *changes):
        """Each change of Google arrives and nobody hears of it."""
        before = self.told()
        for google_id, body in changes:
            self.person.patch(google_id, body)
            self.sync()
            self.assertEqual(self.told(), before)

    def days(self, first=0, last=1):
        first, last = (self.day.date() + timedelta(days=n) for n in (first, last))
        return {
            "start": {"date": str(first), "dateTime": None, "timeZone": None},
            "end": {"date": str(last), "dateTime": None, "timeZone": None},
        }

    def hours(self, start=2, end=4):
        start, end = (self.day + timedelta(hours=n) for n in (start, end))
        return {
            "start": {
                "dateTime": f"{start.isoformat()}Z",
                "date": None,
                "timeZone": "Europe/Paris",
            },
            "end": {
                "dateTime": f"{end.isoformat()}Z",
                "date": None,
                "timeZone": "Europe/Paris",
            },
        }

    def test_all_day_and_back(self):
        made = self.google_event()
        self.sync()
        before = self.told()
        self.assert_silent(
            (made["id"], self.days()),
            (made["id"], self.hours()),
            (made["id"], self.days(1, 3)),
            (made["id"], self.hours(5, 6)),
            (made["id"], {"summary": "Neu", "location": "Lyon", "description": "x"}),
            (made["id"], {"visibility": "private", "transparency": "transparent"}),
            (made["id"], {"status": "cancelled"}),
        )
        self.assertEqual(self.told(), before)

    def test_events_of_odoo(self):
        event = self.event()
        self.sync()
        google_id = self.link_of(event).google_id
        self.assert_silent((google_id, self.days()), (google_id, self.hours()))
        self.assertFalse(event.allday)

    def test_series(self):
        made = self.google_event(recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
        self.sync()
        self.assert_silent(
            (made["id"], {**self.days(), "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"]}),
            (made["id"], {**self.hours(), "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"]}),
            (made["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=6"]}),
        )
        rows = self.env["calendar.event"].search([("name", "=", "Google")])
        self.assertEqual(len(rows), 6)
        self.assertEqual(rows.mapped("allday"), [False] * 6)

    def test_what_is_restored(self):
        made = self.google_event()
        self.sync()
        self.person.patch(made["id"], self.days())
        self.sync()
        before = self.told()
        domain = [("action", "=", "update"), ("side", "=", "odoo")]
        line = self.env["google.sync.run.line"].search(domain)
        line.with_user(self.ada).sudo(False).action_restore()
        self.assertEqual(self.told(), before)
