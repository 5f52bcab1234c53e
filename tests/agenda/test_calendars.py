"""Several calendars of one Google account: choosing, placing, moving, one way."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .calendars_case import CalendarsCase


@tagged("post_install", "-at_install")
class TestCalendars(CalendarsCase):
    def test_the_main_one_is_on_the_others_are_off(self):
        self.assertEqual(self.calendar.mode, "both")
        self.assertTrue(self.calendar.is_main)
        self.assertEqual((self.work | self.team).mapped("mode"), ["off", "off"])
        self.at_google(self.work_id)
        self.sync()
        self.assertFalse(self.agenda())

    def test_every_calendar_that_is_on_is_read(self):
        self.work.mode = "both"
        self.team.mode = "from_google"
        self.at_google(self.work_id, "Work")
        self.at_google(self.team_id, "Team", person=self.boss)
        self.event("Odoo", days=2)
        run = self.sync()
        self.assertEqual(sorted(self.agenda().mapped("name")), ["Odoo", "Team", "Work"])
        self.assertEqual(self.listed(), ["Odoo"])
        names = {line.name: line.calendar_id for line in run.line_ids}
        self.assertEqual(
            names, {"Work": self.work, "Team": self.team, "Odoo": self.calendar}
        )
        self.assert_still()

    def test_what_may_be_chosen(self):
        with self.assertRaisesRegex(ValidationError, "from Google only"):
            self.team.mode = "both"
        with self.assertRaises(AccessError):
            self.work.name = "Mine"
        bob = self.make_user("bob")
        with self.assertRaises(AccessError):
            self.work.with_user(bob).mode = "both"

    def test_edits_go_where_the_event_is(self):
        self.work.mode = "both"
        self.at_google(self.work_id, "Work")
        self.sync()
        event = self.agenda().with_user(self.ada)
        self.assertEqual(event.google_sync_calendar_id, self.work)
        event.name = "Neu"
        self.sync()
        self.assertEqual((self.listed(), self.listed(self.work_id)), ([], ["Neu"]))
        event.unlink()
        self.sync()
        self.assertEqual(self.listed(self.work_id), [])
        self.assert_still()

    def test_a_person_says_where_a_new_event_goes(self):
        self.work.mode = "both"
        event = self.event("Chosen", google_sync_calendar_id=self.work.id)
        self.assertEqual(event.google_sync_calendar_id, self.work)
        self.sync()
        self.assertEqual((self.listed(), self.listed(self.work_id)), ([], ["Chosen"]))
        self.assertEqual(event.google_sync_calendar_id, self.work)
        self.assert_still()
        found = (
            self.env["calendar.event"]
            .with_user(self.ada)
            .search([("google_sync_calendar_id", "=", self.work.id)])
        )
        self.assertEqual(found, event)

    def test_a_series_goes_where_a_person_says(self):
        self.work.mode = "both"
        self.event(
            "Series",
            google_sync_calendar_id=self.work.id,
            recurrency=True,
            rrule_type="weekly",
            end_type="count",
            count=3,
            **{name: True for name in ("mon",)},
        )
        self.sync()
        self.assertEqual((self.listed(), self.listed(self.work_id)), ([], ["Series"]))
        self.assert_still()

    def test_only_one_s_own_writable_calendars_that_are_on(self):
        event = self.event()
        with self.assertRaisesRegex(ValidationError, "Both ways"):
            event.google_sync_calendar_id = self.work
        bob = self.make_user("bob")
        foreign = self.connect(bob).calendar_id
        with self.assertRaises(AccessError):
            event.google_sync_calendar_id = foreign.with_user(self.ada)

    def test_the_form_of_a_new_event_offers_the_calendars(self):
        events = self.env["calendar.event"].with_user(self.ada)
        with Form(events, "calendar.view_calendar_event_form") as form:
            form.name = "Alone"
            self.assertFalse(form.google_sync_choosable)
        self.work.mode = "both"
        self.account.calendar_rule_ids.with_user(self.ada).create(
            {"account_id": self.account.id, "calendar_id": self.work.id}
        )
        for title, place in (("By rule", None), ("By hand", self.calendar)):
            with Form(events, "calendar.view_calendar_event_form") as form:
                form.name = title
                self.assertTrue(form.google_sync_choosable)
                if place:
                    form.google_sync_calendar_id = place.with_user(self.ada)
        self.sync()
        self.assertEqual(self.listed(), ["By hand"])
        self.assertEqual(self.listed(self.work_id), ["Alone", "By rule"])

    def test_rules_say_where_new_events_go(self):
        self.work.mode = "both"
        kind = self.env["calendar.event.type"].create({"name": "Trip"})
        rules = self.env["google.sync.calendar.rule"].with_user(self.ada)
        vals = {"account_id": self.account.id, "calendar_id": self.work.id}
        rules.create({**vals, "type_id": kind.id, "private": "no"})
        trip = self.event("Trip", categ_ids=[(4, kind.id)])
        self.event("Secret", days=1, categ_ids=[(4, kind.id)], privacy="private")
        self.event("Plain", days=2)
        self.sync()
        self.assertEqual(self.listed(self.work_id), ["Trip"])
        self.assertEqual(self.listed(), ["Plain", "Secret"])
        trip.categ_ids = False
        self.sync()
        self.assertEqual(self.listed(), ["Plain", "Secret", "Trip"])
        self.assertEqual(self.listed(self.work_id), [])
        self.assert_still()

    def test_moved_in_odoo(self):
        self.work.mode = "both"
        event = self.event()
        self.sync()
        google_id = self.link_of(event).google_id
        event.google_sync_calendar_id = self.work
        run = self.sync()
        self.assertEqual(run.line_ids.mapped("action"), ["move"])
        self.assertEqual((run.pulled_display, run.pushed_display), ("", "1 changed"))
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.listed(self.work_id), ["Réunion"])
        self.assertTrue(self.person.get(google_id, self.work_id))
        self.assert_still()
        event.google_sync_calendar_id = self.calendar
        self.sync()
        self.assertEqual((self.listed(), self.listed(self.work_id)), (["Réunion"], []))
        self.assert_still()

    def test_moved_in_google(self):
        self.work.mode = "both"
        event = self.event()
        self.sync()
        google_id = self.link_of(event).google_id
        self.person.move(google_id, self.work_id)
        run = self.sync()
        self.assertTrue(event.exists().active)
        self.assertEqual(run.line_ids.mapped("action"), ["move"])
        self.assertEqual((run.pulled_display, run.pushed_display), ("1 changed", ""))
        self.assertEqual(event.google_sync_calendar_id, self.work)
        self.assert_still()

    def test_moved_in_google_to_one_that_is_off(self):
        event = self.event()
        self.sync()
        self.person.move(self.link_of(event).google_id, self.work_id)
        self.sync(state="partial")
        decision = self.env["google.sync.decision"].search([("state", "=", "open")])
        self.assertIn("Work", decision.question)
        decision.with_user(self.ada).action_keep()
        self.sync()
        self.assertTrue(event.exists().active)
        self.assertEqual((self.listed(), self.listed(self.work_id)), ([], ["Réunion"]))
        self.assert_still()

    def test_a_series_moved_in_google(self):
        self.work.mode = "both"
        made = self.at_google(
            "primary", "Series", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]
        )
        self.sync()
        rows = self.agenda()
        self.person.move(made["id"], self.work_id)
        self.sync()
        self.assertEqual(self.agenda(), rows)
        self.sync()
        self.assert_still()

    def test_read_only(self):
        self.team.mode = "from_google"
        self.at_google(self.team_id, "Team", person=self.boss)
        self.sync()
        event = self.agenda().with_user(self.ada)
        self.assertFalse(event.user_id)
        event.name = "Mine"
        run = self.sync()
        self.assertEqual(event.name, "Team")
        self.assertEqual(run.line_ids.mapped("action"), ["put_back"])
        event.unlink()
        self.sync()
        self.assertEqual(self.listed(self.team_id, self.boss), ["Team"])
        self.assertFalse(self.agenda())
        self.assert_still()

    def test_always_free(self):
        self.team.mode = "from_google"
        self.team.busy = "free"
        self.at_google(self.team_id, "Team", person=self.boss)
        self.sync()
        self.assertEqual(self.agenda().show_as, "free")
        self.team.busy = "as_google"
        self.sync()
        self.assertEqual(self.agenda().show_as, "busy")
        self.sync()
        self.assert_still()

    def test_unshared_and_switched_off_calendars_keep_their_events(self):
        self.team.mode = "from_google"
        self.work.mode = "both"
        self.at_google(self.team_id, "Team", person=self.boss)
        self.at_google(self.work_id, "Work", days=1)
        self.sync()
        ada = self.world.account("ada@gmail.com")
        self.world.unshare(self.world.calendars[self.team_id], ada)
        self.work.mode = "off"
        run = self.sync("partial")
        self.assertIn("Team", run.message)
        self.assertEqual(sorted(self.agenda().mapped("name")), ["Team", "Work"])
        self.assertFalse(self.team.listed)
        self.assertTrue(self.team.lost_note)
        team = self.agenda().filtered(lambda x: x.name == "Team").with_user(self.ada)
        team.name = "Edited"
        self.assertEqual(team.google_sync_sign, "problem")
        (part,) = team.google_sync_why()["parts"]
        self.assertIn("Team", part["text"])
        self.assertFalse(part["url"])
        team.name = "Team"
        self.assertEqual(self.listed(), [])
        self.assert_still()

    def test_another_main_calendar(self):
        event = self.event()
        self.sync()
        self.account.calendar_id = self.work
        self.assertEqual((self.work.mode, self.calendar.mode), ("both", "off"))
        self.sync()
        self.assertEqual(self.listed(self.work_id), ["Réunion"])
        self.assertEqual(self.listed(), ["Réunion"])
        self.assertEqual(event.google_sync_calendar_id, self.work)
        self.assert_still()
        self.calendar.mode = "both"
        self.sync()
        self.assertEqual(self.agenda(), event)
        self.sync()
        self.assert_still()

    def test_preview_names_the_calendars(self):
        self.work.mode = "both"
        self.at_google(self.work_id, "Work")
        event = self.event("Odoo", days=1)
        run = self.sync("planned", mode="preview")
        self.assertEqual(run.line_ids.calendar_id, self.work | self.calendar)
        self.sync()
        event.google_sync_calendar_id = self.work
        run = self.sync("planned", mode="preview")
        self.assertEqual(run.line_ids.mapped("action"), ["move"])
        self.assertEqual(self.listed(), ["Odoo"])


@tagged("post_install", "-at_install")
class TestModesRead(CalendarsCase):
    """A calendar that is read again shows what was passed over meanwhile."""

    def test_what_came_while_it_was_only_written(self):
        for number, way in enumerate(
            (["to_google", "both"], ["to_google", "off", "both"])
        ):
            self.work.mode = "both"
            self.sync()
            self.work.mode = way[0]
            self.at_google(self.work_id, f"New {number}", days=number)
            run = self.sync()
            self.assertTrue(run.skipped_display)
            for mode in way[1:]:
                self.work.mode = mode
                if mode == "off":
                    self.sync()
            self.assertIn(f"New {number}", self.previewed())
            self.sync()
            self.assertIn(f"New {number}", self.agenda().mapped("name"))
            self.assert_still()

    def test_from_google_after_to_google(self):
        self.work.mode = "to_google"
        self.at_google(self.work_id, "New")
        self.sync()
        self.work.mode = "from_google"
        self.sync()
        self.assertEqual(self.agenda().mapped("name"), ["New"])
        self.assert_still()

    def previewed(self):
        return self.account.run_sync(mode="preview").line_ids.mapped("name")
