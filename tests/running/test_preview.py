"""Preview and plan in Odoo: nothing written, the same done later, stale refused."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .plan_case import PlanCase


@tagged("post_install", "-at_install")
class TestPreview(PlanCase):
    def test_preview_writes_nothing_and_lists_everything(self):
        first, second = self.changes()
        before = self.in_google()
        run = self.plan()
        self.assertEqual(self.in_google(), before)
        self.assertFalse(second.location)
        self.assertEqual(self.agenda(), first + second)
        planned = {(line.side, line.action) for line in run.line_ids}
        self.assertEqual(
            planned, {("odoo", "create"), ("odoo", "update"), ("google", "update")}
        )

    def test_plan_is_carried_out_as_shown(self):
        first, second = self.changes()
        plan = self.plan()
        run = self.apply(plan)
        self.assertEqual(len(run.line_ids), len(plan.line_ids))
        self.assertEqual(second.location, "Lyon")
        self.assertEqual(self.google_of(first)["summary"], "Un bis")
        self.assertEqual(plan.state, "done")
        self.assertEqual(run.plan_id, plan)
        self.assert_quiet()

    def test_stale_plan_is_refused_and_nothing_done(self):
        first, second = self.changes()
        plan = self.plan()
        self.person.patch(self.link_of(second).google_id, {"location": "Nice"})
        run = self.apply(plan, state="failed")
        self.assertIn("Deux", run.message)
        self.assertFalse(second.location)
        self.assertEqual(self.google_of(first)["summary"], "Un")
        self.assertEqual(plan.state, "stopped")

    def test_a_plan_is_carried_out_once(self):
        self.changes()
        plan = self.plan()
        self.apply(plan)
        with self.assertRaisesRegex(UserError, "carried out"):
            plan.action_apply_plan()

    def test_a_plan_is_for_who_may_synchronise(self):
        self.changes()
        plan = self.plan()
        bob = self.make_user("bob")
        with self.assertRaises(AccessError):
            plan.with_user(bob).action_apply_plan()


@tagged("post_install", "-at_install")
class TestLeftOut(PlanCase):
    """What is left out waits on both sides, and comes up again."""

    def test_an_edit_of_odoo_waits(self):
        first, second = self.changes()
        self.apply(self.plan(), left_out=["Un bis"])
        self.assertEqual(self.google_of(first)["summary"], "Un")
        self.assertEqual(second.location, "Lyon")
        self.sync()
        self.assertEqual(self.google_of(first)["summary"], "Un bis")
        self.assert_quiet()

    def test_an_edit_of_google_waits(self):
        first, second = self.changes()
        run = self.apply(self.plan(), left_out=["Deux"])
        self.assertFalse(second.location)
        self.assertEqual(self.google_of(first)["summary"], "Un bis")
        self.assertEqual(run.left_out_count, 1)
        self.sync()
        self.assertEqual(second.location, "Lyon")
        self.assert_quiet()

    def test_a_new_one_of_google_waits(self):
        first, second = self.changes()
        self.apply(self.plan(), left_out=["Trois"])
        self.assertEqual(self.agenda(), first + second)
        self.sync()
        self.assertIn("Trois", self.agenda().mapped("name"))
        self.assert_quiet()

    def test_a_new_one_of_google_waits_before_any_token(self):
        """The first synchronisation lists everything; so does the next, then."""
        self.google_event("Un")
        self.google_event("Deux", 1)
        self.apply(self.plan(), left_out=["Deux"])
        self.assertEqual(self.agenda().mapped("name"), ["Un"])
        self.sync()
        self.assertEqual(set(self.agenda().mapped("name")), {"Un", "Deux"})
        self.assert_quiet()

    def test_a_new_one_of_odoo_waits(self):
        self.event("Un")
        self.event("Deux", 1)
        self.apply(self.plan(), left_out=["Deux"])
        self.assertEqual([x["summary"] for x in self.in_google().values()], ["Un"])
        self.sync()
        self.assertEqual(len(self.in_google()), 2)
        self.assert_quiet()

    def test_deletions_wait_on_both_sides(self):
        first, second = self.event("Un"), self.event("Deux", 1)
        self.sync()
        google_id = self.link_of(first).google_id
        self.person.delete(self.link_of(second).google_id)
        first.with_user(self.ada).unlink()
        self.apply(self.plan(), left_out=["Un", "Deux"])
        self.assertIn(google_id, self.in_google())
        self.assertTrue(second.exists())
        self.sync()
        self.assertFalse(self.in_google())
        self.assertFalse(second.exists())
        self.assert_quiet()

    def test_a_conflict_waits_whole(self):
        """Both its lines are about one event: it is carried out whole, or not."""
        first, _second = self.changes()
        google_id = self.link_of(first).google_id
        self.person.patch(google_id, {"summary": "Un ter", "location": "Rome"})
        plan = self.plan()
        conflict = plan.line_ids.filtered(lambda line: line.action == "conflict")
        run = plan._apply_plan(conflict.ids)
        self.work(run)
        self.assertEqual(first.name, "Un bis")
        self.assertFalse(first.location)
        self.assertEqual(self.person.get(google_id)["summary"], "Un ter")
        self.sync()
        self.assertEqual(first.location, "Rome")
        self.assertEqual(first.name, self.person.get(google_id)["summary"])

    def test_what_came_up_since_is_not_done(self):
        first, _second = self.changes()
        plan = self.plan()
        self.google_event("Quatre", 3)
        new = self.event("Cinq", 4)
        self.apply(plan)
        self.assertNotIn("Quatre", self.agenda().mapped("name"))
        self.assertFalse(self.link_of(new).etag)
        self.assertEqual(self.google_of(first)["summary"], "Un bis")
        self.sync()
        self.assertIn("Quatre", self.agenda().mapped("name"))
        self.assertTrue(self.link_of(new).etag)
        self.assert_quiet()

    def test_a_plan_shows_what_would_be_created(self):
        self.event("Un", location="Lyon")
        self.google_event("Deux", 1, location="Nice")
        plan = self.plan()
        shown = {line.name: line.after_display for line in plan.line_ids}
        self.assertIn("Place: Lyon", shown["Un"])
        self.assertIn("Place: Nice", shown["Deux"])
        self.assertIn("Period:", shown["Deux"])

    def test_a_new_one_that_changed_since_is_stale(self):
        event = self.event("Un")
        google = self.google_event("Deux", 1)
        for change in (
            lambda: self.person.patch(google["id"], {"location": "Nice"}),
            lambda: setattr(event.with_user(self.ada), "location", "Lyon"),
        ):
            plan = self.plan()
            change()
            run = self.apply(plan, state="failed")
            self.assertIn("out of date", run.message)
        self.assertFalse(self.link_of(event).etag)
        self.apply(self.plan())
        self.assert_quiet()

    def test_a_series_is_planned_and_carried_out_whole(self):
        series = self.event("Série", recurrency=True, rrule_type="daily", count=3)
        self.google_event("Google", 1, recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
        other = self.event("Un", 5)
        plan = self.plan()
        names = plan.line_ids.mapped("name")
        self.assertTrue({"Série", "Google", "Un"} <= set(names), names)
        run = self.apply(plan, left_out=["Un"])
        done = run.line_ids.mapped("name")
        self.assertEqual(set(done), {"Série", "Google"})
        self.assertEqual(len(self.agenda().filtered(lambda x: x.name == "Google")), 2)
        self.assertTrue(series.exists())
        self.assertFalse(self.link_of(other).etag)
        self.sync()
        self.assert_quiet()

    def test_series_left_out_wait_on_both_sides(self):
        series = self.event("Série", recurrency=True, rrule_type="daily", count=3)
        google = self.google_event("Google", 1, recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
        self.event("Un", 5)
        self.apply(self.plan(), left_out=["Série", "Google"])
        self.assertNotIn("Google", self.agenda().mapped("name"))
        there = {x["summary"] for x in self.in_google().values()}
        self.assertEqual(there, {"Un", "Google"})
        self.sync()
        there = {x["summary"] for x in self.in_google().values()}
        self.assertEqual(there, {"Un", "Google", "Série"})
        self.assert_quiet()
        # One occurrence moved in Google, the whole renamed in Odoo.
        start = self.day + timedelta(days=1)
        occurrence = f"{google['id']}_{start:%Y%m%dT%H%M%SZ}"
        self.person.patch(occurrence, {"location": "Lyon"})
        series.with_user(self.ada).write(
            {"name": "Série bis", "recurrence_update": "all_events"}
        )
        plan = self.plan()
        self.assertTrue(plan.line_ids)
        self.apply(plan, left_out=["Google"])
        self.assertFalse(self.agenda().filtered("location"))
        self.sync()
        self.assertEqual(set(self.agenda().mapped("location")), {False, "Lyon"})
        self.assert_quiet()
