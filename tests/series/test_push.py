"""Series made and changed in Odoo, as Google is told of them."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from ..series_case import SeriesCase, edge_of


@tagged("post_install", "-at_install")
class TestSeriesPush(SeriesCase):
    def test_new_series_is_one_request(self):
        self.series(description="<p>Ordre du jour</p>", location="Paris")
        run = self.sync()
        # A list, and the batch of one insert.
        self.assertEqual(run.requests, 2)
        self.assertEqual(run.pushed_created, 1)
        item = self.master()
        self.assertEqual(
            item["recurrence"], [f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=4"]
        )
        self.assertEqual(item["start"]["timeZone"], "Europe/Paris")
        self.assertEqual(item["location"], "Paris")
        self.assertEqual(len(self.in_google()), 1)
        self.assert_same()
        self.assertFalse(self.occurrence_links())

    def test_every_rule_that_odoo_knows(self):
        first = self.day.date()
        rules = {
            "FREQ=DAILY;COUNT=3": "RRULE:FREQ=DAILY;COUNT=3",
            "FREQ=DAILY;INTERVAL=2;COUNT=3": "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3",
            f"FREQ=MONTHLY;BYMONTHDAY={first.day};COUNT=2": (
                f"RRULE:FREQ=MONTHLY;BYMONTHDAY={first.day};COUNT=2"
            ),
            "FREQ=YEARLY;COUNT=1": "RRULE:FREQ=YEARLY;COUNT=1",
        }
        for number, rule in enumerate(rules):
            self.series(f"Série {number}", rule)
        self.sync()
        found = {
            item["summary"]: item["recurrence"] for item in self.masters().values()
        }
        for number, line in enumerate(rules.values()):
            self.assertEqual(found[f"Série {number}"], [line])
        self.assert_same()

    def test_monthly_by_weekday(self):
        start = datetime(self.day.year + 1, 1, 13, 9)
        while start.weekday() != 1:
            start += timedelta(days=1)
        position = (start.day - 1) // 7 + 1
        self.account.sudo().months_after = 24
        self.series(start=start, rule=f"FREQ=MONTHLY;BYDAY=+{position}TU;COUNT=3")
        self.sync()
        self.assertEqual(
            self.master()["recurrence"],
            [f"RRULE:FREQ=MONTHLY;BYDAY={position}TU;COUNT=3"],
        )
        self.assert_same()

    def test_until_is_sent_as_an_instant(self):
        last = self.day + timedelta(days=14)
        self.series(
            rule=f"FREQ=WEEKLY;BYDAY={self.weekday};UNTIL={last:%Y%m%dT235959Z}"
        )
        self.sync()
        (line,) = self.master()["recurrence"]
        self.assertRegex(line, r"UNTIL=\d{8}T\d{6}Z")
        self.assertEqual(len(self.instances()), 3)
        self.assert_same()

    def test_all_day(self):
        first = self.day.date()
        self.series(
            allday=True, start_date=first, stop_date=first, rule="FREQ=DAILY;COUNT=3"
        )
        self.sync()
        item = self.master()
        self.assertEqual(item["start"], {"date": first.isoformat()})
        self.assertEqual(item["recurrence"], ["RRULE:FREQ=DAILY;COUNT=3"])
        self.assert_same()

    def test_across_the_change_of_clocks(self):
        """Nine in Paris stays nine in Paris; Odoo stores instants."""
        self.account.sudo().months_after = 24
        year = self.day.year + 1
        self.series(
            start=datetime(year, 3, 15, 8),
            rule="FREQ=DAILY;COUNT=20",
            event_tz="Europe/Paris",
        )
        self.sync()
        hours = {item["start"]["dateTime"][11:] for item in self.instances()}
        self.assertEqual(hours, {"09:00:00+01:00", "09:00:00+02:00"})
        self.assert_same()

    def test_zone_of_the_series_is_its_own(self):
        self.series(event_tz="America/New_York")
        self.sync()
        self.assertEqual(self.master()["start"]["timeZone"], "America/New_York")
        self.assert_same()

    def test_without_end(self):
        """Odoo holds 720 occurrences; Google's series has no end."""
        self.series(rule="FREQ=DAILY", stop=self.day + timedelta(hours=1))
        self.sync()
        self.assertEqual(self.master()["recurrence"], ["RRULE:FREQ=DAILY"])
        self.assertGreater(len(self.instances()), 720)
        self.assert_quiet()

    def test_without_end_after_2037(self):
        """Odoo's clocks stand still from then on: no exceptions for that."""
        for rule in (
            f"FREQ=WEEKLY;BYDAY={self.weekday}",
            f"FREQ=MONTHLY;BYMONTHDAY={self.day.day}",
            "FREQ=YEARLY",
        ):
            with self.subTest(rule=rule):
                self.series(rule=rule)
                run = self.sync()
                self.assertNotIn("UNTIL", self.master()["recurrence"][0])
                self.assertLess(run.requests, 4)
                self.only_series()
                self.assert_quiet()
                self.as_ada(self.rows()[0]).action_mass_deletion("all_events")
                self.sync()

    def only_series(self):
        """No exception, no event of its own."""
        items = self.person.list(showDeleted=True)
        alive = [x["id"] for x in items if x["status"] != "cancelled"]
        self.assertEqual(alive, [self.master()["id"]])

    def test_all_of_googles_endless_series_at_another_hour(self):
        self.google_series(rule=f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday}")
        self.sync()
        row = self.rows()[0]
        self.as_ada(row).write(
            {
                "start": row.start + timedelta(hours=2),
                "stop": row.stop + timedelta(hours=2),
                "recurrence_update": "all_events",
            }
        )
        run = self.sync()
        self.assertLess(run.requests, 4)
        self.assertEqual(edge_of(self.master()["start"]).hour, self.day.hour + 2)
        self.assertNotIn("UNTIL", self.master()["recurrence"][0])
        self.only_series()
        self.assert_quiet()

    # -- all of it changed -----------------------------------------------------

    def test_title_of_all_is_one_patch(self):
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        self.as_ada(rows[1]).write({"name": "Autre", "recurrence_update": "all_events"})
        run = self.sync()
        self.assertEqual(run.pushed_updated, 1)
        self.assertEqual(self.master()["id"], before)
        self.assertEqual(self.master()["summary"], "Autre")
        self.assertEqual(len(self.in_google()), 1)
        self.assert_same()

    def test_time_of_all_patches_googles_series(self):
        """Odoo deletes its recurrence and builds another; Google's is the same."""
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        start = rows[2].start + timedelta(hours=3)
        self.as_ada(rows[2]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        run = self.sync()
        self.assertEqual(self.master()["id"], before)
        self.assertEqual((run.pushed_created, run.pushed_deleted), (0, 0))
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    def test_rule_of_all(self):
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        self.as_ada(rows[0]).write(
            {
                "rrule_type": "daily",
                "interval": 2,
                "end_type": "count",
                "count": 5,
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assertEqual(self.master()["id"], before)
        self.assertEqual(
            self.master()["recurrence"], ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=5"]
        )
        self.assert_same()

    def test_base_deleted_and_all_moved_between_two_runs(self):
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        self.as_ada(rows[0]).unlink()
        start = rows[2].start + timedelta(hours=3)
        self.as_ada(rows[2]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assertEqual(self.master()["id"], before)
        self.assert_same()

    # -- one of it changed -----------------------------------------------------

    def test_dragged_occurrence(self):
        rows = self.series()
        self.sync()
        start = rows[1].start + timedelta(days=1)
        self.as_ada(rows[1]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "self_only",
            }
        )
        run = self.sync()
        self.assertEqual(run.pushed_updated, 1)
        moved = self.instances()[1]
        self.assertIn("recurringEventId", moved)
        self.assertNotEqual(moved["start"], moved["originalStartTime"])
        self.assertEqual(len(self.occurrence_links()), 1)
        self.assert_same()

    def test_changed_occurrence_then_all(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[1]).write({"name": "Spécial", "location": "Lyon"})
        self.sync()
        self.assert_same()
        self.as_ada(rows[2]).write(
            {"location": "Paris", "recurrence_update": "all_events"}
        )
        self.sync()
        titles = [item["summary"] for item in self.instances()]
        self.assertEqual(titles, ["Hebdo", "Spécial", "Hebdo", "Hebdo"])
        places = {item["location"] for item in self.instances()}
        self.assertEqual(places, {"Paris"})
        self.assert_same()

    def test_deleted_occurrence(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[1]).unlink()
        run = self.sync()
        self.assertEqual(run.pushed_deleted, 1)
        self.assertEqual(len(self.instances()), 3)
        self.assertEqual(len(self.master()["recurrence"]), 1)
        self.assert_same()

    def test_deleted_before_its_series_was_ever_sent(self):
        rows = self.series()
        self.as_ada(rows[1]).unlink()
        self.as_ada(rows[2]).write({"name": "Autre"})
        self.sync()
        self.assertEqual(len(self.instances()), 3)
        self.assert_same()

    def test_first_of_a_new_series_is_deleted_before_it_is_sent(self):
        self.sync()
        rows = self.series()
        self.as_ada(rows[0]).unlink()
        self.sync()
        self.assertEqual(len(self.instances()), 3)
        self.assert_same()

    def test_deleted_occurrence_is_not_brought_back_by_a_rebuild(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[1]).unlink()
        self.sync()
        start = rows[2].start + timedelta(hours=2)
        self.as_ada(rows[2]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.assertEqual(len(self.rows()), 4)
        self.sync()
        self.assertEqual(len(self.rows()), 3)
        self.assertEqual(len(self.instances()), 3)
        self.assert_same()

    def test_archived_occurrence_and_back(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[1]).active = False
        self.sync()
        self.assertEqual(len(self.instances()), 3)
        self.as_ada(rows[1]).active = True
        self.sync()
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    # -- this and following ----------------------------------------------------

    def split(self, row, **values):
        self.as_ada(row).write({"recurrence_update": "future_events", **values})

    def test_this_and_following(self):
        rows = self.series()
        self.sync()
        before = self.master()["id"]
        start = rows[2].start + timedelta(hours=2)
        self.split(rows[2], start=start, stop=start + timedelta(hours=1), name="Suite")
        run = self.sync()
        self.assertEqual((run.pushed_created, run.pushed_updated), (1, 1))
        self.assertEqual(len(self.masters()), 2)
        self.assertEqual(len(self.instances(before)), 2)
        self.assertEqual(len(self.occurrences_in_google()), 4)
        self.assert_same()

    def test_this_and_following_with_exceptions_after_it(self):
        rows = self.series(rule=f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=6")
        self.sync()
        start = rows[4].start + timedelta(days=1)
        self.as_ada(rows[4]).write({"start": start, "stop": start + timedelta(hours=1)})
        self.as_ada(rows[5]).write({"name": "Spécial"})
        self.sync()
        start = rows[2].start + timedelta(hours=2)
        self.split(rows[2], start=start, stop=start + timedelta(hours=1))
        self.sync()
        self.assertEqual(len(self.occurrences_in_google()), 6)
        self.assert_same()

    def test_following_deleted(self):
        rows = self.series(rule=f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=6")
        self.sync()
        self.as_ada(rows[2]).action_mass_deletion("future_events")
        run = self.sync()
        self.assertEqual(run.pushed_updated, 1)
        self.assertEqual(len(self.instances()), 2)
        self.assert_same()

    def test_following_archived(self):
        rows = self.series(rule=f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=6")
        self.sync()
        self.as_ada(rows[2]).action_mass_archive("future_events")
        self.sync()
        self.assertEqual(len(self.instances()), 2)
        self.assert_same()

    # -- the end of it ---------------------------------------------------------

    def test_series_deleted(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[0]).action_mass_deletion("all_events")
        run = self.sync()
        self.assertEqual(run.pushed_deleted, 1)
        self.assertFalse(self.in_google())
        self.assert_same()

    def test_series_archived_and_back(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[0]).action_mass_archive("all_events")
        self.sync()
        self.assertFalse(self.in_google())
        self.as_ada(rows).write({"active": True})
        self.sync()
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    def test_series_deleted_behind_our_back(self):
        rows = self.series()
        self.sync()
        ids = tuple(rows.ids)
        recurrence = rows.recurrence_id.id
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM calendar_event WHERE id IN %s", [ids])
        self.env.cr.execute(
            "DELETE FROM calendar_recurrence WHERE id = %s", [recurrence]
        )
        self.env.invalidate_all()
        self.sync()
        self.assertFalse(self.in_google())

    # -- single and back -------------------------------------------------------

    def test_single_becomes_a_series_and_single_again(self):
        event = self.event("Point")
        self.sync()
        (before,) = self.in_google()
        self.as_ada(event).write(
            {
                "recurrency": True,
                "rrule_type": "weekly",
                "end_type": "count",
                "count": 3,
                "interval": 1,
                self.weekday_column(): True,
                "event_tz": "Europe/Paris",
            }
        )
        self.sync()
        self.assertEqual(list(self.in_google()), [before])
        self.assertEqual(len(self.instances()), 3)
        self.assert_same()
        last = event.recurrence_id.calendar_event_ids.sorted("start")[-1]
        self.as_ada(last).write(
            {"recurrency": False, "recurrence_update": "all_events"}
        )
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertFalse(self.masters())
        self.assert_same()

    def weekday_column(self):
        return ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[self.day.weekday()]

    # -- switched off ----------------------------------------------------------

    def test_switched_off_and_on(self):
        account = self.account.sudo()
        account.sync_series = False
        rows = self.series()
        self.google_series("En ligne", days=1)
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assertFalse(self.rows("En ligne"))
        self.assertFalse(self.series_link() + self.series_link("new"))
        account.sync_series = True
        self.sync()
        self.assertEqual(len(self.rows("En ligne")), 4)
        self.assertEqual(len(self.masters()), 2)
        self.assert_same()
        account.sync_series = False
        self.as_ada(rows).unlink()
        self.sync()
        self.assertEqual(len(self.masters()), 2)
        account.sync_series = True
        self.sync()
        self.assertEqual(len(self.masters()), 1)
        self.assert_same()

    # -- the queue -------------------------------------------------------------

    def pending(self):
        return self.env["google.sync.pending"].sudo().search([])

    def test_one_row_in_the_queue_for_a_save(self):
        rows = self.series()
        self.assertEqual(len(self.pending()), 1)
        self.sync()
        self.assertFalse(self.pending())
        link = self.series_link()
        for gesture in (
            lambda: self.as_ada(rows[1]).write(
                {"name": "Autre", "recurrence_update": "all_events"}
            ),
            lambda: self.as_ada(rows[1]).write({"location": "Ici"}),
            lambda: self.as_ada(rows[3]).unlink(),
            lambda: self.as_ada(rows[2]).action_mass_deletion("future_events"),
        ):
            gesture()
            self.assertEqual(self.pending().mapped("link_id"), [link.id])
            self.pending().unlink()

    def test_a_rebuilt_series_is_handed_on(self):
        rows = self.series()
        self.sync()
        start = rows[0].start + timedelta(hours=2)
        self.as_ada(rows[0]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.assertLessEqual(len(self.pending()), 2)
        heirs = self.pending().filtered("link_id")
        self.assertEqual(heirs.link_id, self.series_link().id)
        self.assertEqual(heirs.event_id, rows[0].id)
