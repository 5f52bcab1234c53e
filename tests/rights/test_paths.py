"""Nobody searches down a path of ours further than one's own rights go."""

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from ..agenda.calendars_case import CalendarsCase

#: Of the company, closed to everybody.
SECRETS = (
    "google_sync_api_key",
    "google_sync_client_secret",
    "google_sync_workspace_key",
)


@tagged("post_install", "-at_install")
class TestPaths(CalendarsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.sudo().google_sync_api_key = "AIzaPLANTED"

    def setUp(self):
        super().setUp()
        self.here = self.event("Here", days=1)
        self.sync()
        self.events = self.env["calendar.event"].with_user(self.ada)

    def refused(self, model, domain):
        """By whatever door a domain comes in."""
        rows = self.env[model].with_user(self.ada)
        for call in (
            lambda: rows.search_count(domain),
            lambda: rows.search(domain, limit=1),
            lambda: rows.formatted_read_group(domain, aggregates=["__count"]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_calendar_leads_to_no_secret_of_the_company(self):
        for name in SECRETS:
            path = f"google_sync_calendar_id.account_id.company_id.{name}"
            for domain in (
                [(path, "=like", "AIza%")],
                ["!", (path, "=like", "AIza%")],
                [(path, "!=", False)],
                [("google_sync_calendar_id", "any", [(path[24:], "=like", "A%")])],
                [("google_sync_calendar_id", "not any", [(path[24:], "=", "A")])],
            ):
                with self.subTest(domain=domain):
                    self.refused("calendar.event", domain)
                    down = [("meeting_ids", "any", domain)]
                    self.refused("res.partner", down)

    def test_a_calendar_leads_to_nobody_elses_account(self):
        bob = self.make_user("bob")
        self.env["google.sync.account"].create(
            {"user_id": bob.id, "google_login": "bobs.own@gmail.com"}
        )
        users = "google_sync_calendar_id.account_id.company_id.user_ids"
        theirs = [("google_login", "=like", "bobs%")]
        domain = [(f"{users}.google_sync_account_ids", "any", theirs)]
        self.refused("calendar.event", domain)
        closed = f"{users}.google_sync_account_ids.google_sub"
        self.refused("calendar.event", [(closed, "!=", False)])

    def found(self, operator, value):
        return self.events.search([("google_sync_calendar_id", operator, value)])

    def test_what_people_ask_is_answered(self):
        self.work.mode = "both"
        self.at_google(self.work_id, "Work")
        self.sync()
        work = self.events.search([("name", "=", "Work")])
        main, other = self.calendar, self.work
        self.assertEqual(self.found("=", main.id), self.here)
        self.assertEqual(self.found("in", [main.id, other.id]), self.here + work)
        self.assertEqual(self.found("ilike", "work"), work)
        self.assertEqual(self.found("any", [("name", "=", other.name)]), work)
        self.assertEqual(self.found("any", Domain("id", "=", main.id)), self.here)
        self.assertNotIn(work, self.found("!=", other.id))
        self.assertIn(self.here, self.found("not in", [other.id]))
        self.assertEqual(self.found("!=", False) & (self.here + work), self.here + work)
        self.assertFalse(self.found("=", False) & (self.here + work))
        self.assertFalse(self.found("not any", [("id", "=", other.id)]) & work)
