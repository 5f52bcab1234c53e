"""Whatever one event holds, it stops nobody but itself."""

import psycopg2.errors

from odoo.tests import tagged

from ...models.tools.steps import is_of_a_record
from ..sync_case import SyncCase

LONG = "x" * 4000 + "é"


@tagged("post_install", "-at_install")
class TestOddEvents(SyncCase):
    def insert_raw(self, **values):
        """An event as Google may hold it, whatever its own checks would say."""
        made = self.google_event("Odd")
        with self.world.lock:
            calendar, _reader = self.person._open("primary")
            event = calendar.events[made["id"]]
            event.data = {**event.data, **values}
        return made

    def check(self, **values):
        self.google_event("Before", 1)
        self.insert_raw(**values)
        self.google_event("After", 2)
        run = self.account.run_sync()
        self.assertIn(run.state, ("done", "partial"), run.message)
        names = self.agenda().mapped("name")
        self.assertIn("Before", names)
        self.assertIn("After", names)
        again = self.account.run_sync()
        self.assertIn(again.state, ("done", "partial"), again.message)
        self.assertFalse(again.line_ids, again.line_ids.mapped("error"))
        made = self.google_event("Later", 3)
        self.account.run_sync()
        self.assertIn("Later", self.agenda().mapped("name"))
        self.assertTrue(made)

    def test_a_long_uid(self):
        self.check(iCalUID=LONG)
        self.assertIn("Odd", self.agenda().mapped("name"))
        link = self.env["google.sync.event.link"].sudo()
        self.assertEqual(link.search_count([("ical_uid", "=", LONG)]), 1)

    def test_long_texts(self):
        self.check(
            summary="Odd " + LONG * 3,
            location=LONG,
            description=LONG * 20,
            etag=f'"{LONG}"',
        )

    def test_a_long_guest_and_organizer(self):
        address = f"{LONG}@example.com"
        self.account.guests_as_contacts = True
        self.ada.group_ids += self.env.ref("base.group_partner_manager")
        self.check(
            attendees=[{"email": address}, {"email": "ada@gmail.com", "self": True}],
            organizer={"email": address},
        )

    def test_what_no_database_stores(self):
        self.check(summary="Odd\0", location="a\0b", iCalUID="u\0")
        self.check(description="\0\0", attendees=[{"email": "\0@x.org"}])

    def test_odd_zones_and_times(self):
        odd = self.day.isoformat() + "Z"
        self.check(start={"dateTime": odd, "timeZone": LONG})
        self.check(start={"dateTime": odd, "timeZone": "../../etc/passwd"})

    def test_odd_reminders(self):
        overrides = [{"method": "popup", "minutes": 10**12}]
        self.check(reminders={"useDefault": False, "overrides": overrides})

    def test_what_is_a_record_s_own(self):
        class Coded(psycopg2.errors.OperationalError):
            pgcode = None

        self.assertFalse(is_of_a_record(psycopg2.OperationalError("lost")))
        self.assertFalse(is_of_a_record(psycopg2.InterfaceError("closed")))
        self.assertFalse(is_of_a_record(Coded("lost")))
        self.assertTrue(is_of_a_record(psycopg2.ProgrammingError("can't adapt")))
        self.assertTrue(is_of_a_record(ValueError("NUL")))
        for code, own in (
            ("54000", True),
            ("22021", True),
            ("23505", True),
            ("40001", False),
            ("40P01", False),
            ("57P01", False),
            ("55P03", False),
            ("53100", False),
            ("08006", False),
        ):
            Coded.pgcode = code
            self.assertEqual(is_of_a_record(Coded("x")), own, code)
