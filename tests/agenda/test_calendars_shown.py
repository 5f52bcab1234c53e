"""Several calendars where people look: the view's filter, Test, questions, the bar."""

from odoo.tests import tagged

from .calendars_case import CalendarsCase


@tagged("post_install", "-at_install")
class TestCalendarsShown(CalendarsCase):
    def filters(self, user):
        view = self.env.ref("calendar.view_calendar_event_calendar")
        events = self.env["calendar.event"].with_user(user)
        arch = events.get_view(view.id, "calendar")["arch"]
        return "google_sync_calendar_id" in arch

    def test_the_filter_is_for_who_has_several(self):
        bob = self.make_user("bob")
        self.assertFalse(self.filters(self.ada))
        self.work.mode = "both"
        self.assertTrue(self.filters(self.ada))
        self.assertFalse(self.filters(bob))

    def test_the_filter_finds_what_is_in_a_calendar(self):
        self.work.mode = "both"
        self.at_google(self.work_id, "Work")
        here = self.event("Here", days=1)
        self.sync()
        events = self.env["calendar.event"].with_user(self.ada)
        work = events.search([("google_sync_calendar_id", "=", self.work.id)])
        self.assertEqual(work.mapped("name"), ["Work"])
        found = events.search([("google_sync_calendar_id", "in", self.calendar.ids)])
        self.assertEqual(found, here)

    def test_the_test_checks_each(self):
        self.work.mode = "both"
        self.team.mode = "from_google"
        told = {check["name"]: check for check in self.account.diagnose()}
        self.assertEqual(told["Calendar “Work”"]["message"], "Both ways")
        self.assertEqual(told["Calendar “Team”"]["status"], "ok")
        ada = self.world.account("ada@gmail.com")
        self.world.unshare(self.world.calendars[self.team_id], ada)
        self.world.calendars[self.work_id].roles["ada@gmail.com"] = "reader"
        told = {check["name"]: check for check in self.account.diagnose()}
        self.assertEqual(told["Calendar “Work”"]["status"], "warning")
        self.assertIn("not list it", told["Calendar “Team”"]["message"])

    def test_questions_name_the_calendar_where_there_are_several(self):
        self.account.confirm_deletions = True
        event = self.event()
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync("partial")
        decisions = self.env["google.sync.decision"].with_user(self.ada)
        (row,) = decisions.waiting_deletions()
        self.assertFalse(row["calendar"])
        self.work.mode = "both"
        (row,) = decisions.waiting_deletions()
        self.assertEqual(row["calendar"], "ada@gmail.com")
        card = decisions.browse(row["id"]).card
        self.assertEqual(card["calendar"], "ada@gmail.com")

    def test_the_bar_lists_them(self):
        state = self.account.sudo()._systray_state()
        self.assertFalse(state["calendars"])
        self.work.mode = "both"
        state = self.account.sudo()._systray_state()
        self.assertEqual(state["calendars"], "ada@gmail.com, Work")
