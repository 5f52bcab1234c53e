"""Directions of a company, by field: what travels, who chooses, what it writes."""

from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestDirections(SyncCase):
    def choose(self, field, direction):
        table = self.env["google.sync.direction"].with_company(self.account.company_id)
        rows = table.search(table.action_view_table()["domain"])
        rows.filtered(lambda row: row.field_name == field).direction = direction

    def test_not_synchronised(self):
        self.choose("description", "none")
        event = self.event("Ours", description="<p>For us</p>")
        self.google_event("Theirs", days=1, description="For them")
        self.sync()
        self.assertNotIn("description", self.google_of(event))
        theirs = self.env["calendar.event"].search([("name", "=", "Theirs")])
        self.assertFalse(theirs.description)
        event.description = "<p>Still for us</p>"
        self.sync()
        self.assertNotIn("description", self.google_of(event))

    def test_a_choice_writes_nothing_by_itself(self):
        self.choose("description", "none")
        event = self.event("Ours", description="<p>For us</p>")
        self.sync()
        self.choose("description", "both")
        run = self.sync(mode="full")
        self.assertFalse(run.line_ids)
        self.assertNotIn("description", self.google_of(event))
        event.description = "<p>For all</p>"
        self.sync()
        self.assertEqual(self.google_of(event)["description"], "For all")

    def test_to_google_only_puts_back(self):
        self.choose("place", "to_google")
        event = self.event("Ours", location="Paris")
        self.sync()
        self.person.patch(self.google_of(event)["id"], {"location": "Lyon"})
        self.sync()
        self.assertEqual(event.location, "Paris")
        self.assertEqual(self.google_of(event)["location"], "Paris")

    def test_from_google_only_puts_back(self):
        event = self.event("Ours", location="Paris")
        self.sync()
        self.choose("place", "from_google")
        event.location = "Lyon"
        self.sync()
        self.assertEqual(event.location, "Paris")
        self.assertEqual(self.google_of(event)["location"], "Paris")

    def test_rows_of_a_series_are_no_exceptions(self):
        self.choose("description", "none")
        event = self.event(
            "Weekly",
            recurrency=True,
            rrule_type="weekly",
            mon=True,
            end_type="count",
            count=3,
            start=self.day + timedelta(days=(7 - self.day.weekday()) % 7),
        )
        self.sync()
        rows = event.recurrence_id.calendar_event_ids
        rows[1].write(
            {"description": "<p>This day</p>", "recurrence_update": "self_only"}
        )
        run = self.sync()
        self.assertFalse(run.line_ids.filtered(lambda x: x.side == "google"))
        self.assertEqual(len(self.in_google()), 1)

    def test_another_company_chooses_for_itself(self):
        other = self.env["res.company"].create({"name": "Other"})
        table = self.env["google.sync.direction"].with_company(other)
        rows = table.search(table.action_view_table()["domain"])
        rows.filtered(lambda row: row.field_name == "description").direction = "none"
        event = self.event("Ours", description="<p>For us</p>")
        self.sync()
        self.assertEqual(self.google_of(event)["description"], "For us")

    def test_what_cannot_be_is_said(self):
        with self.assertRaisesRegex(ValidationError, "Private.*Both ways, From Odoo"):
            self.choose("private", "none")
        with self.assertRaisesRegex(ValidationError, "Period"):
            self.choose("period", "none")

    def test_administrators_alone_choose(self):
        table = self.env["google.sync.direction"].with_user(self.ada)
        with self.assertRaises(AccessError):
            table.action_view_table()
        with self.assertRaises(AccessError):
            table.search([])
