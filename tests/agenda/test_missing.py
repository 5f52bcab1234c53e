"""Missing is not deleted (rule 12): a calendar that is gone costs Odoo nothing.

A calendar emptied by mistake is in test_decisions.py (the brake).
"""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...sandbox.calendar_api import listing
from ..sync_case import SyncCase


class SharedCase(SyncCase):
    """Ada synchronises a calendar of a team, with events of both origins."""

    def setUp(self):
        super().setUp()
        self.owner = self.world.account("boss@gmail.com")
        self.team = self.world.add_calendar(self.owner, "Équipe")
        self.addCleanup(self.forget, self.team)
        self.world.share(self.team, self.world.account("ada@gmail.com"), "writer")
        self.choose(self.team)
        self.mine = self.event("Née dans Odoo")
        self.put("Née dans Google", 1)
        self.sync()
        self.assertEqual(len(self.agenda()), 2)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world.add_account("boss@gmail.com", "Boss")

    def forget(self, calendar):
        """Google's world outlives the test."""
        for account in self.world.accounts.values():
            account.calendar_list.pop(calendar.id, None)
        self.world.calendars.pop(calendar.id, None)

    def choose(self, calendar):
        self.account.action_refresh_calendars()
        self.calendar = self.account.calendar_ids.filtered(
            lambda row: row.google_id == calendar.id
        )
        self.account.calendar_id = self.calendar

    def put(self, summary, days=0, calendar=None):
        """An event that the calendar's owner adds by hand."""
        boss = self.world.person("boss@gmail.com")
        day = self.google_event(summary, days)
        self.person.delete(day["id"])
        when = {key: day[key] for key in ("start", "end")}
        calendar_id = (calendar or self.team).id
        return boss.insert({"summary": summary, **when}, calendar_id=calendar_id)

    def titles_in(self, calendar):
        boss = self.world.person("boss@gmail.com")
        items = boss.list(calendar_id=calendar.id, showDeleted=False)
        return sorted(item["summary"] for item in items)

    def assert_nothing_lost(self, run, *words):
        for word in ("“Équipe”", "Nothing was deleted in Odoo", *words):
            self.assertIn(word, run.message)
        self.assertEqual(self.account.state, "error")
        self.assertEqual(len(self.agenda()), 2)
        links = self.env["google.sync.event.link"].sudo()
        linked = links.search([("calendar_id", "=", self.calendar.id)])
        self.assertEqual(linked.mapped("state"), ["linked", "linked"])


@tagged("post_install", "-at_install")
class TestMissing(SharedCase):
    def test_deleted_calendar(self):
        self.team.deleted = True
        run = self.sync("failed")
        self.assert_nothing_lost(run, "it was deleted", "[notFound]")
        self.team.deleted = False
        self.sync()
        self.assertEqual(self.account.state, "connected")
        self.assert_quiet()

    def test_deletions_in_odoo_wait_while_the_calendar_is_gone(self):
        self.team.deleted = True
        self.mine.with_user(self.ada).unlink()
        self.sync("failed")
        self.team.deleted = False
        self.assertEqual(len(self.titles_in(self.team)), 2)
        self.sync()
        self.assertEqual(self.titles_in(self.team), ["Née dans Google"])

    def test_replaced_calendar_of_the_same_name(self):
        """Another calendar, whatever its name: chosen by a person, never guessed."""
        self.team.deleted = True
        other = self.world.add_calendar(self.owner, "Équipe")
        self.addCleanup(self.forget, other)
        self.world.share(other, self.world.account("ada@gmail.com"), "writer")
        run = self.sync("failed")
        self.assert_nothing_lost(run, "Choose another calendar")
        self.assertFalse(self.titles_in(other))
        self.choose(other)
        self.sync()
        self.assertEqual(len(self.agenda()), 2)
        self.assertEqual(self.titles_in(other), ["Née dans Google", "Née dans Odoo"])
        self.assert_quiet()

    def test_unshared_calendar(self):
        del self.team.roles["ada@gmail.com"]
        run = self.sync("failed")
        self.assert_nothing_lost(run, "no longer shared", "have this one shared again")
        self.team.roles["ada@gmail.com"] = "writer"
        self.sync()
        self.assert_quiet()

    def test_unreadable_calendar(self):
        self.addCleanup(self.world.faults.clear)
        for reason in ("forbidden", "requiredAccessLevel"):
            self.world.faults.add(
                "calendar.events.list", "error", status=403, reason=reason
            )
            run = self.sync("failed")
            self.assert_nothing_lost(run, "does not let ada@gmail.com read", reason)
        self.sync()
        self.assertEqual(self.account.state, "connected")

    def test_free_busy_only_empties_nothing(self):
        """The lowest right shows events without titles: none is pulled or deleted."""
        self.team.roles["ada@gmail.com"] = "freeBusyReader"
        self.sync(mode="full")
        self.assertEqual(
            sorted(self.agenda().mapped("name")), ["Née dans Google", "Née dans Odoo"]
        )

    def test_downgraded_to_reader(self):
        """The pull goes on; what cannot be pushed waits, and the run says so."""
        self.team.roles["ada@gmail.com"] = "reader"
        self.put("Nouvelle", 2)
        self.sync()
        self.assertEqual(len(self.agenda()), 3)
        refused = self.event("Refusée", 3)
        run = self.sync()
        self.assertEqual(run.skipped, {"read_only_calendar": 1})
        self.assertIn("you may only read", run.skipped_display)
        self.assertTrue(refused.exists())
        self.assert_quiet()
        self.put("Encore", 4)
        self.sync()
        self.assertEqual(len(self.agenda()), 5)
        self.team.roles["ada@gmail.com"] = "writer"
        self.sync()
        self.assertEqual(self.link_of(refused).state, "linked")

    def test_reader_edits_and_deletes_in_odoo_change_nothing_in_google(self):
        self.team.roles["ada@gmail.com"] = "reader"
        self.sync()
        theirs = self.agenda() - self.mine
        self.mine.with_user(self.ada).name = "Modifiée"
        theirs.with_user(self.ada).unlink()
        run = self.sync("partial")
        hidden = run.line_ids.filtered(lambda line: line.action == "skip")
        self.assertIn("hidden for you alone", hidden.advice)
        advices = (run.line_ids - hidden).mapped("advice")
        self.assertTrue(all("not write in it" in text for text in advices if text))
        self.assertTrue(advices)
        self.assertEqual(
            self.titles_in(self.team), ["Née dans Google", "Née dans Odoo"]
        )
        self.assertTrue(self.mine.exists())
        self.assert_quiet()

    def test_calendar_that_cannot_be_written_is_not_chosen(self):
        self.team.roles["ada@gmail.com"] = "reader"
        self.account.calendar_id = self.account.calendar_ids.filtered("is_primary")
        with self.assertRaises(ValidationError):
            self.choose(self.team)

    def test_empty_listing_deletes_nothing(self):
        """An empty full list is no proof: each event is asked for."""
        with patch.object(listing._Listing, "find", lambda _self, _since: []):
            run = self.sync(mode="full")
        self.assertFalse(run.line_ids)
        self.assertEqual(len(self.agenda()), 2)
        self.sync()
        self.assert_quiet()

    def test_events_gone_without_a_trace_are_asked_about(self):
        """A calendar that can be read, and a 404 for each event: not a deletion."""
        with self.world.lock:
            self.team.events.clear()
        self.sync(mode="full")
        self.assertEqual(len(self.agenda()), 2)
        decisions = self.env["google.sync.decision"].with_user(self.ada).search([])
        self.assertEqual(len(decisions), 2)
        for decision in decisions:
            self.assertIn("no longer knows this event", decision.question)
        decisions.action_keep()
        self.sync()
        self.assertEqual(
            self.titles_in(self.team), ["Née dans Google", "Née dans Odoo"]
        )
        self.assertEqual(len(self.agenda()), 2)
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestPrimaryAddress(SyncCase):
    """The Google account's address changes, and with it its main calendar's id."""

    OLD, NEW = "ada@gmail.com", "ada.lovelace@gmail.com"

    def rename(self, old, new):
        with self.world.lock:
            google = self.world.accounts_by_email.pop(old)
            self.world.accounts_by_email[new] = google
            calendar = self.world.calendars.pop(old)
            entry = google.calendar_list.pop(old)
            google.email = calendar.id = calendar.owner = new
            calendar.summary, calendar.roles = new, {new: "owner"}
            entry.calendar_id = new
            google.calendar_list[new] = entry
            self.world.calendars[new] = calendar

    def test_nothing_is_deleted_or_doubled(self):
        event = self.event("Née dans Odoo")
        self.google_event("Née dans Google", 1)
        self.sync()
        self.rename(self.OLD, self.NEW)
        self.addCleanup(self.rename, self.NEW, self.OLD)
        self.person = self.world.person(self.NEW)
        run = self.sync("failed")
        self.assertIn("Nothing was deleted in Odoo", run.message)
        self.assertIn("Choose another calendar", run.message)
        self.assertEqual(len(self.agenda()), 2)
        self.account.action_refresh_calendars()
        self.calendar = self.account.calendar_ids.filtered(
            lambda row: row.google_id == self.NEW
        )
        self.account.calendar_id = self.calendar
        self.sync()
        self.assertEqual(len(self.agenda()), 2)
        self.assertEqual(len(self.in_google()), 2)
        self.assertEqual(self.link_of(event).state, "linked")
        self.assert_quiet()
