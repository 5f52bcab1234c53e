"""Series made and changed in Google, as Odoo shows them."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesPull(SeriesCase):
    def test_new_series_is_a_recurrence_of_odoo(self):
        self.google_series(location="Paris", description="note")
        run = self.sync()
        self.assertEqual(run.pulled_created, 1)
        rows = self.rows()
        self.assertEqual(len(rows), 4)
        recurrence = rows.recurrence_id
        self.assertEqual(len(recurrence), 1)
        self.assertEqual(recurrence.base_event_id, rows[0])
        self.assertTrue(all(rows.mapped("recurrency")))
        self.assertTrue(all(rows.mapped("follow_recurrence")))
        self.assertEqual(recurrence.rrule_type, "weekly")
        self.assertEqual((recurrence.end_type, recurrence.count), ("count", 4))
        self.assertEqual(recurrence.event_tz, "Europe/Paris")
        self.assertEqual(set(rows.mapped("location")), {"Paris"})
        self.assertEqual(rows.user_id, self.ada)
        self.assertEqual(len(rows.attendee_ids), 4)
        self.assert_same()

    def test_odoo_goes_on_with_it(self):
        """What came from Google is edited as any series of Odoo."""
        item = self.google_series()
        self.sync()
        rows = self.rows()
        start = rows[1].start + timedelta(hours=2)
        self.as_ada(rows[1]).write(
            {
                "start": start,
                "stop": start + timedelta(hours=1),
                "recurrence_update": "all_events",
            }
        )
        self.sync()
        self.assertEqual(list(self.masters()), [item["id"]])
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    def test_every_rule(self):
        day = self.day.date()
        self.account.sudo().months_after = 24
        rules = {
            "RRULE:FREQ=DAILY;COUNT=3": {"rrule_type": "daily", "count": 3},
            "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=3": {"interval": 3},
            f"RRULE:FREQ=MONTHLY;BYMONTHDAY={day.day};COUNT=2": {
                "rrule_type": "monthly",
                "month_by": "date",
                "day": day.day,
            },
            "RRULE:FREQ=YEARLY;COUNT=2": {"rrule_type": "yearly"},
            f"RRULE:FREQ=DAILY;UNTIL={self.day + timedelta(days=4):%Y%m%dT%H%M%SZ}": {
                "end_type": "end_date",
                "until": day + timedelta(days=4),
            },
            "RRULE:FREQ=DAILY": {"end_type": "forever"},
        }
        for number, rule in enumerate(rules):
            self.google_series(f"Série {number}", rule)
        self.sync()
        for number, wanted in enumerate(rules.values()):
            recurrence = self.rows(f"Série {number}").recurrence_id
            found = {name: recurrence[name] for name in wanted}
            self.assertEqual(found, wanted)
        # Of an endless series Odoo holds the period; Google shows more.
        self.assert_quiet()

    def test_last_friday(self):
        start = datetime(self.day.year, self.day.month, 1, 9) + timedelta(days=40)
        while start.weekday() != 4 or (start + timedelta(days=7)).month == start.month:
            start += timedelta(days=1)
        days = (start - self.day).days
        self.google_series(rule="RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", days=days)
        self.sync()
        recurrence = self.rows().recurrence_id
        self.assertEqual(
            (recurrence.month_by, recurrence.byday, recurrence.weekday),
            ("day", "-1", "FRI"),
        )
        self.assert_same()

    def test_excluded_dates(self):
        gone = (self.day + timedelta(days=7)).strftime("%Y%m%dT%H%M%SZ")
        rule = f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=4"
        self.google_series(recurrence=[rule, f"EXDATE:{gone}"])
        self.sync()
        self.assertEqual(len(self.rows()), 3)
        self.assert_same()
        self.as_ada(self.rows()[0]).write(
            {"name": "Autre", "recurrence_update": "all_events"}
        )
        self.sync()
        self.assertIn(f"EXDATE:{gone}", self.master()["recurrence"])
        self.assert_same()

    def test_first_excluded(self):
        gone = self.day.strftime("%Y%m%dT%H%M%SZ")
        rule = f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=4"
        self.google_series(recurrence=[rule, f"EXDATE:{gone}"])
        self.sync()
        self.assertEqual(len(self.rows()), 3)
        self.assert_same()

    def test_all_day(self):
        day = self.day.date()
        self.person.insert(
            {
                "summary": "Hebdo",
                "start": {"date": day.isoformat()},
                "end": {"date": (day + timedelta(days=2)).isoformat()},
                "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"],
            }
        )
        self.sync()
        rows = self.rows()
        self.assertEqual(len(rows), 3)
        self.assertTrue(all(rows.mapped("allday")))
        self.assertEqual(rows[0].stop_date, day + timedelta(days=1))
        self.assert_same()

    def test_zone_of_the_series(self):
        """Ten in New York, whatever the clocks of Paris do."""
        self.account.sudo().months_after = 24
        start = datetime(self.day.year + 1, 3, 1, 10)
        when = {"timeZone": "America/New_York"}
        self.person.insert(
            {
                "summary": "Hebdo",
                "start": {"dateTime": start.isoformat(), **when},
                "end": {"dateTime": start.replace(hour=11).isoformat(), **when},
                "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5"],
            }
        )
        self.sync()
        self.assertEqual(self.rows().recurrence_id.event_tz, "America/New_York")
        self.assertEqual({row.start.hour for row in self.rows()}, {14, 15})
        self.assert_same()

    # -- without a word for it in Odoo -----------------------------------------

    def test_odd_rules_are_kept_in_google(self):
        """Single events in the period; Google's text stays Google's."""
        day = self.day.strftime("%Y%m%dT%H%M%SZ")
        later = (self.day + timedelta(days=5)).strftime("%Y%m%dT%H%M%SZ")
        lines = {
            "Position": ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4"],
            "Mois": [f"RRULE:FREQ=YEARLY;BYMONTH={self.day.month},12;COUNT=3"],
            "Cinquième": ["RRULE:FREQ=MONTHLY;BYDAY=5MO;COUNT=3"],
            "Dates": [f"RDATE:{day},{later}"],
            "Deux": ["RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"],
        }
        for name, rule in lines.items():
            self.google_series(name, recurrence=rule)
        self.sync()
        for name, rule in lines.items():
            rows = self.rows(name)
            self.assertTrue(rows, name)
            self.assertFalse(rows.recurrence_id, name)
            self.assertIn(
                "kept in Google", self.link_of(rows[0])._google_sync_rule_note()
            )
            found = [x for x in self.masters().values() if x["summary"] == name]
            self.assertEqual(found[0]["recurrence"], rule)
        self.assert_quiet()

    def test_occurrence_of_an_odd_rule_changes_alone(self):
        day = self.day.strftime("%Y%m%dT%H%M%SZ")
        later = (self.day + timedelta(days=5)).strftime("%Y%m%dT%H%M%SZ")
        item = self.google_series(recurrence=[f"RDATE:{day},{later}"])
        self.sync()
        first, last = self.rows()
        self.as_ada(last).name = "Dernière"
        self.sync()
        titles = [x["summary"] for x in self.instances(item["id"])]
        self.assertEqual(titles, ["Hebdo", "Dernière"])
        self.assert_same()
        self.as_ada(first).unlink()
        self.sync()
        self.assertEqual(len(self.instances(item["id"])), 1)
        self.assert_same()
        self.person.delete(item["id"])
        self.sync()
        self.assertFalse(self.agenda())
        self.assert_same()

    def test_odd_rule_becomes_plain_and_odd_again(self):
        odd = ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4"]
        item = self.google_series(recurrence=odd)
        self.sync()
        self.assertFalse(self.rows().recurrence_id)
        plain = [f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=3"]
        self.person.patch(item["id"], {"recurrence": plain})
        self.sync()
        self.assertEqual(len(self.rows()), 3)
        self.assertTrue(self.rows().recurrence_id)
        self.assert_same()
        self.person.patch(item["id"], {"recurrence": odd})
        self.sync()
        self.assertFalse(self.rows().recurrence_id)
        self.assert_quiet()

    # -- all of it changed -----------------------------------------------------

    def test_title_of_all(self):
        item = self.google_series()
        self.sync()
        before = self.rows()
        self.person.patch(item["id"], {"summary": "Autre"})
        run = self.sync()
        self.assertEqual(run.pulled_updated, 1)
        self.assertEqual(self.rows("Autre"), before)
        self.assert_same()

    def test_time_of_all_keeps_the_rows(self):
        item = self.google_series()
        self.sync()
        before, recurrence = self.rows(), self.rows().recurrence_id
        self.person.patch(item["id"], self.moved(0, hour=13))
        self.sync()
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.rows().recurrence_id, recurrence)
        self.assertTrue(all(before.mapped("follow_recurrence")))
        self.assert_same()

    def test_rule_of_all(self):
        item = self.google_series()
        self.sync()
        self.person.patch(
            item["id"], {"recurrence": ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=6"]}
        )
        self.sync()
        recurrence = self.rows().recurrence_id
        self.assertEqual((recurrence.rrule_type, recurrence.interval), ("daily", 2))
        self.assertEqual(len(self.rows()), 6)
        self.assert_same()

    def test_shorter_and_longer(self):
        item = self.google_series()
        self.sync()
        rule = f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT="
        self.person.patch(item["id"], {"recurrence": [f"{rule}2"]})
        self.sync()
        self.assertEqual(len(self.rows()), 2)
        self.assert_same()
        self.person.patch(item["id"], {"recurrence": [f"{rule}6"]})
        self.sync()
        self.assertEqual(len(self.rows()), 6)
        self.assert_same()

    def test_base_lost_by_a_later_start(self):
        item = self.google_series()
        self.sync()
        self.person.patch(item["id"], self.moved(7))
        self.sync()
        recurrence = self.rows().recurrence_id
        self.assertIn(recurrence.base_event_id, self.rows())
        self.assert_same()

    # -- one of it changed -----------------------------------------------------

    # -- this and following ----------------------------------------------------

    # -- single, and gone ------------------------------------------------------

    def test_single_becomes_a_series_and_single_again(self):
        item = self.google_event("Point")
        self.sync()
        event = self.agenda()
        rule = f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=3"
        self.person.patch(item["id"], {"recurrence": [rule]})
        self.sync()
        self.assertEqual(len(self.rows("Point")), 3)
        self.assertIn(event, self.rows("Point"))
        self.assertEqual(event.recurrence_id.base_event_id, event)
        self.assert_same()
        self.person.patch(item["id"], {"recurrence": None})
        self.sync()
        self.assertEqual(self.agenda(), event)
        self.assertFalse(event.recurrence_id or event.recurrency)
        self.assert_same()

    def test_series_deleted(self):
        item = self.google_series()
        self.sync()
        recurrence = self.rows().recurrence_id
        self.person.delete(item["id"])
        run = self.sync()
        self.assertEqual(run.pulled_deleted, 1)
        self.assertFalse(self.agenda())
        self.assertFalse(recurrence.exists())
        self.assert_same()

    # -- the same on both sides ------------------------------------------------

    def test_equal_series_are_paired(self):
        rows = self.series()
        item = self.google_series()
        run = self.sync()
        self.assertEqual(run.adopted, 1)
        self.assertEqual(self.rows(), rows)
        self.assertEqual(list(self.masters()), [item["id"]])
        self.assert_same()

    def test_a_series_is_never_paired_with_a_single_event(self):
        self.event("Hebdo")
        self.google_series()
        self.event("Point", days=1)
        self.google_event("Autre", days=2)
        self.sync()
        self.assertEqual(len(self.masters()), 1)
        self.assertEqual(len(self.in_google()), 4)
        self.assertEqual(len(self.rows()), 5)
        self.assert_quiet()

    def test_paired_series_with_another_place(self):
        rows = self.series()
        self.google_series(location="Paris")
        self.sync()
        self.assertEqual(set(rows.mapped("location")), {"Paris"})
        self.assert_same()

    def test_reset_finds_the_series_again(self):
        rows = self.series()
        self.sync()
        self.as_ada(rows[1]).name = "Spécial"
        self.as_ada(rows[2]).unlink()
        day = self.day.strftime("%Y%m%dT%H%M%SZ")
        self.google_series("Dates", days=2, recurrence=[f"RDATE:{day}"])
        self.sync()
        events, google = self.agenda(), sorted(self.in_google())
        account = self.account.sudo()
        run = (
            self.env["google.sync.run"]
            .sudo()
            .create({"account_id": account.id, "trigger": "manual"})
        )
        self.calendar._detach_links(run, None)
        self.calendar.cursor = False
        self.sync()
        self.sync()
        self.assertEqual(self.agenda(), events)
        self.assertEqual(sorted(self.in_google()), google)
        self.assert_same()

    # -- both sides at once ----------------------------------------------------

    def test_title_here_place_there(self):
        item = self.google_series()
        self.sync()
        self.as_ada(self.rows()[1]).write(
            {"name": "Autre", "recurrence_update": "all_events"}
        )
        self.person.patch(item["id"], {"location": "Paris"})
        self.sync()
        self.assertEqual(set(self.agenda().mapped("location")), {"Paris"})
        self.assertEqual(self.master()["summary"], "Autre")
        self.assert_same()

    def test_conflict_over_a_series_waits_for_an_answer(self):
        self.account.sudo().conflict_policy = "ask"
        item = self.google_series()
        self.sync()
        self.as_ada(self.rows()[1]).write(
            {"name": "Ici", "recurrence_update": "all_events"}
        )
        self.person.patch(item["id"], {"summary": "Là-bas"})
        self.account.run_sync()
        decision = self.env["google.sync.decision"].search([("state", "=", "open")])
        self.assertEqual(decision.field_ids.mapped("field"), ["title"])
        decision.with_user(self.ada).action_all_google()
        self.sync()
        self.assertEqual(set(self.agenda().mapped("name")), {"Là-bas"})
        self.assert_same()

    def test_deleted_here_edited_there(self):
        """An edit beats a deletion: the series comes back."""
        item = self.google_series()
        self.sync()
        self.as_ada(self.rows()[0]).action_mass_deletion("all_events")
        self.person.patch(item["id"], {"location": "Paris"})
        self.sync()
        self.assertEqual(len(self.rows()), 4)
        self.assertEqual(set(self.rows().mapped("location")), {"Paris"})
        self.assert_same()

    def test_occurrence_deleted_here_edited_there(self):
        self.google_series()
        self.sync()
        one = self.instances()[1]
        self.as_ada(self.rows()[1]).unlink()
        self.person.patch(one["id"], {"summary": "Important"})
        self.sync()
        self.assertEqual(len(self.agenda()), 4)
        self.assertTrue(self.rows("Important").recurrence_id)
        self.assert_same()

    def test_confirmed_deletion_of_a_series(self):
        self.account.sudo().confirm_deletions = True
        item = self.google_series()
        self.sync()
        self.person.delete(item["id"])
        self.account.run_sync()
        self.assertEqual(len(self.rows()), 4)
        decision = self.env["google.sync.decision"].search([("state", "=", "open")])
        decision.with_user(self.ada).action_keep()
        self.sync()
        self.assertEqual(len(self.masters()), 1)
        self.assertEqual(len(self.instances()), 4)
        self.assert_same()

    # -- the passing of time ---------------------------------------------------

    def test_each_day_adds_its_occurrences(self):
        self.account.sudo().months_after = 1
        self.google_series(rule="RRULE:FREQ=DAILY")
        self.sync()
        held, last = len(self.rows()), self.rows()[-1].start
        with self.at(self.day + timedelta(days=7)):
            run = self.sync()
            added = (self.rows()[-1].start - last).days
            self.assertGreaterEqual(added, 9)
            self.assertEqual(len(self.rows()), held + added)
            self.assertEqual(run.pulled_created + run.pulled_updated, 0)
        self.assertEqual(self.rows().recurrence_id.end_type, "forever")
