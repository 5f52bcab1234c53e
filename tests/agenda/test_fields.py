"""Every field of a single event, both ways."""

from datetime import date, datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from ...models.journal.words import shown
from ...sync.events.fields import EVENT_FIELDS
from ..sync_case import SyncCase

#: What an edit of each field is in Odoo; those without one are Odoo's own to compute.
EDITS = {
    "title": {"name": "Autre"},
    "place": {"location": "Lyon"},
    "description": {"description": "<p>Autre</p>"},
    "private": {"privacy": "private"},
    "busy": {"show_as": "free"},
    "reminders": {
        "alarm_ids": [fields.Command.create({"name": "Ours", "duration": 7})]
    },
    "color": {"categ_ids": [fields.Command.create({"name": "Visite"})]},
    "video": {"videocall_location": "https://meet.example.com/a"},
    "source": {"videocall_location": "https://meet.example.com/b"},
}


@tagged("post_install", "-at_install")
class TestEveryField(SyncCase):
    def test_it_has_a_name_for_people(self):
        for name in EVENT_FIELDS:
            self.assertNotEqual(shown(self.env, "label", name), name)

    def test_rows_of_a_series_that_differ_in_it_are_not_alike(self):
        """Else a changed occurrence is read as its series, without a word."""
        of_the_series = {"period", "time_zone", "recurrence", "guests"}
        self.assertEqual(EDITS.keys(), EVENT_FIELDS.keys() - of_the_series)
        for name, vals in EDITS.items():
            event = self.event()
            before = event._google_sync_likeness()
            event.sudo().write(vals)
            self.assertNotEqual(event._google_sync_likeness(), before, name)


@tagged("post_install", "-at_install")
class TestPushFields(SyncCase):
    def test_second_run_is_silent(self):
        self.event(location="Paris", description="<p>Ordre <b>du jour</b></p>")
        self.google_event(description="note")
        run = self.sync()
        self.assertEqual((run.pushed_created, run.pulled_created), (1, 1))
        self.assert_quiet()
        self.assertFalse(self.world.mails.count)

    def test_new_event_carries_every_field(self):
        alarm = self.env["calendar.alarm"].search(
            [("alarm_type", "=", "notification"), ("duration_minutes", "=", 30)],
            limit=1,
        )
        event = self.event(
            "Point client",
            location="12 rue de la Paix, Paris",
            description="<p>Bonjour</p><p>R&amp;D</p>",
            privacy="private",
            show_as="free",
            alarm_ids=[fields.Command.set(alarm.ids)],
        )
        self.sync()
        item = self.google_of(event)
        self.assertEqual(item["summary"], "Point client")
        self.assertEqual(item["location"], "12 rue de la Paix, Paris")
        self.assertEqual(item["description"], "Bonjour\nR&D")
        self.assertEqual(item["visibility"], "private")
        self.assertEqual(item["transparency"], "transparent")
        self.assertEqual(
            item["reminders"],
            {"useDefault": False, "overrides": [{"method": "popup", "minutes": 30}]},
        )
        start = datetime.fromisoformat(item["start"]["dateTime"])
        self.assertEqual(start.astimezone().timestamp(), start.timestamp())
        self.assertEqual(item["start"]["timeZone"], "Europe/Paris")
        self.assertNotIn("attendees", item)

    def test_all_day_end_is_exclusive_in_google(self):
        first = self.day.date()
        event = self.event(
            allday=True, start_date=first, stop_date=first + timedelta(days=1)
        )
        self.sync()
        item = self.google_of(event)
        self.assertEqual(item["start"], {"date": first.isoformat()})
        last = first + timedelta(days=2)
        self.assertEqual(item["end"], {"date": last.isoformat()})
        self.assert_quiet()

    def test_timed_becomes_all_day_and_back(self):
        event = self.event()
        self.sync()
        day = self.day.date()
        event.write({"allday": True, "start_date": day, "stop_date": day})
        self.sync()
        self.assertIn("date", self.google_of(event)["start"])
        event.write(
            {
                "allday": False,
                "start": self.day,
                "stop": self.day + timedelta(hours=2),
            }
        )
        self.sync()
        self.assertIn("dateTime", self.google_of(event)["start"])
        self.assert_quiet()

    def test_edit_patches_only_what_changed_and_keeps_guests(self):
        item = self.google_event(
            attendees=[{"email": "guest@example.com", "optional": True}],
            description="<b>gras</b>",
            colorId="5",
        )
        self.sync()
        event = self.agenda()
        event.with_user(self.ada).name = "Nouveau titre"
        self.sync()
        after = self.person.get(item["id"])
        self.assertEqual(after["summary"], "Nouveau titre")
        for key in ("description", "colorId", "start", "reminders"):
            self.assertEqual(after.get(key), item.get(key))
        self.assertEqual(after["attendees"][0]["email"], "guest@example.com")
        self.assertFalse(self.world.mails.count)

    def test_reminder_change_keeps_google_mail_reminders(self):
        mail = {"method": "email", "minutes": 120}
        item = self.google_event(reminders={"useDefault": False, "overrides": [mail]})
        self.sync()
        alarm = self.env["calendar.alarm"].search(
            [("alarm_type", "=", "notification"), ("duration_minutes", "=", 15)],
            limit=1,
        )
        self.agenda().with_user(self.ada).alarm_ids = alarm
        self.sync()
        overrides = self.person.get(item["id"])["reminders"]["overrides"]
        self.assertIn(mail, overrides)
        self.assertIn({"method": "popup", "minutes": 15}, overrides)
        self.assert_quiet()

    def test_event_without_end_of_its_own_is_still_taken(self):
        event = self.event()
        event.stop = event.start
        self.sync()
        self.assertTrue(self.link_of(event).etag)
        self.assert_quiet()

    def test_long_description_is_cut_once(self):
        event = self.event(description=f"<p>{'mot ' * 4000}</p>")
        self.sync()
        self.assertLessEqual(len(self.google_of(event)["description"]), 8000)
        self.assert_quiet()
        self.sync(mode="full")
        self.assertEqual(len(event.description), len(f"<p>{'mot ' * 4000}</p>"))

    def test_somebody_elses_private_event_is_never_pushed(self):
        boss = self.make_user("boss")
        secret = self.event("Secret", user=boss, privacy="private")
        self.sync()
        self.assertFalse(secret.sudo().google_sync_link_ids)
        self.assertFalse(self.in_google())


@tagged("post_install", "-at_install")
class TestPullFields(SyncCase):
    def test_google_event_arrives_whole(self):
        self.google_event(
            "Visite",
            location="Lyon",
            description="Bonjour<br><b>Paul</b>",
            visibility="private",
            transparency="transparent",
            reminders={
                "useDefault": False,
                "overrides": [
                    {"method": "popup", "minutes": 45},
                    {"method": "email", "minutes": 60},
                ],
            },
        )
        self.sync()
        event = self.agenda()
        self.assertEqual(event.name, "Visite")
        self.assertEqual(event.location, "Lyon")
        self.assertEqual(event.description, "<p>Bonjour<br><b>Paul</b></p>")
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.show_as, "free")
        self.assertEqual(event.alarm_ids.mapped("duration_minutes"), [45])
        self.assertEqual(event.alarm_ids.alarm_type, "notification")
        self.assertEqual(event.start, self.day)
        self.assertEqual(event.user_id, self.ada)
        self.assertEqual(event.partner_ids, self.ada.partner_id)
        self.assertEqual(event.attendee_ids.state, "accepted")
        self.assertFalse(event.message_ids.filtered("body"))
        self.assert_quiet()

    def test_default_reminder_of_the_calendar_arrives(self):
        self.google_event(reminders={"useDefault": True})
        self.sync()
        self.assertEqual(self.agenda().alarm_ids.mapped("duration_minutes"), [30])
        self.agenda().with_user(self.ada).name = "Autre"
        self.sync()
        (item,) = self.in_google().values()
        self.assertTrue(item["reminders"]["useDefault"])

    def test_all_day_stop_date_is_inclusive_in_odoo(self):
        self.person.insert(
            {
                "summary": "Salon",
                "start": {"date": self.day.date().isoformat()},
                "end": {"date": (self.day.date() + timedelta(days=2)).isoformat()},
            }
        )
        self.sync()
        event = self.agenda()
        self.assertTrue(event.allday)
        self.assertEqual(event.start_date, self.day.date())
        self.assertEqual(event.stop_date, self.day.date() + timedelta(days=1))
        self.assert_quiet()

    def test_time_zone_of_google_is_kept(self):
        item = self.google_event()
        zone = "America/New_York"
        self.person.patch(
            item["id"],
            {
                "start": {"dateTime": item["start"]["dateTime"], "timeZone": zone},
                "end": {"dateTime": item["end"]["dateTime"], "timeZone": zone},
            },
        )
        self.sync()
        event = self.agenda().with_user(self.ada)
        self.assertEqual(event.start, self.day)
        event.write(
            {
                "start": self.day + timedelta(days=1),
                "stop": self.day + timedelta(days=1, hours=1),
            }
        )
        self.sync()
        after = self.person.get(item["id"])
        self.assertEqual(after["start"]["timeZone"], zone)
        self.assert_quiet()

    def test_untitled_event_stays_untitled(self):
        start = {"dateTime": f"{self.day.isoformat()}Z"}
        end = {"dateTime": f"{(self.day + timedelta(hours=1)).isoformat()}Z"}
        item = self.person.insert({"start": start, "end": end})
        self.sync()
        self.agenda().with_user(self.ada).location = "Paris"
        self.sync()
        self.assertFalse(self.person.get(item["id"]).get("summary"))
        self.assert_quiet()

    def test_html_of_googles_editor_makes_no_ping_pong(self):
        event = self.event(description='<p>voir <a href="https://x.org/a">ici</a></p>')
        self.sync()
        google_id = self.link_of(event).google_id
        wrapped = (
            'voir&nbsp;<a href="https://www.google.com/url?q=https://x.org/a&amp;sa=D"'
            ' id="ow123">ici</a><br>'
        )
        self.person.patch(google_id, {"description": wrapped})
        before = event.description
        self.assertFalse(self.sync().line_ids)
        self.assertEqual(event.description, before)
        self.assert_quiet()

    def test_birthdays_and_busy_blanks_are_left_alone_and_counted(self):
        day = date.today().isoformat()
        tomorrow = (date.today() + timedelta(days=1)).isoformat()
        self.person.insert(
            {
                "summary": "Anniversaire",
                "eventType": "birthday",
                "start": {"date": day},
                "end": {"date": tomorrow},
                "visibility": "private",
                "transparency": "transparent",
                "recurrence": ["RRULE:FREQ=YEARLY"],
            }
        )
        run = self.sync()
        self.assertFalse(self.agenda())
        self.assertEqual(run.skipped, {"birthday": 1})

    def test_edit_and_deletion_arrive(self):
        item = self.google_event()
        self.sync()
        self.person.patch(item["id"], {"summary": "Déplacé", "location": "Nice"})
        self.sync()
        event = self.agenda()
        self.assertEqual((event.name, event.location), ("Déplacé", "Nice"))
        self.person.delete(item["id"])
        run = self.sync()
        self.assertFalse(event.exists())
        self.assertEqual(run.pulled_deleted, 1)
        line = run.line_ids
        self.assertIn("Nice", line.with_user(self.ada).before_display)
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestBothSides(SyncCase):
    def test_deletion_and_archiving_in_odoo_reach_google(self):
        gone, archived = self.event("Un"), self.event("Deux", 1)
        self.sync()
        gone.with_user(self.ada).unlink()
        archived.with_user(self.ada).action_archive()
        run = self.sync()
        self.assertEqual(run.pushed_deleted, 2)
        self.assertFalse(self.in_google())
        archived.with_user(self.ada).action_unarchive()
        self.sync()
        self.assertEqual(len(self.in_google()), 1)
        self.assert_quiet()

    def test_declining_removes_it_from_my_google_only(self):
        event = self.event()
        self.sync()
        event.attendee_ids.with_user(self.ada).do_decline()
        self.sync()
        self.assertFalse(self.in_google())
        self.assertTrue(event.exists())
        self.assertTrue(event.active)

    def test_different_fields_edited_on_both_sides_are_merged(self):
        event = self.event()
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"location": "Lyon"})
        event.with_user(self.ada).name = "Nouveau"
        self.sync()
        self.assertEqual((event.name, event.location), ("Nouveau", "Lyon"))
        item = self.google_of(event)
        self.assertEqual((item["summary"], item["location"]), ("Nouveau", "Lyon"))
        self.assert_quiet()

    def test_same_title_and_period_are_paired(self):
        event = self.event("Rendez-vous", location="Paris")
        item = self.google_event("Rendez-vous", description="note")
        run = self.sync()
        self.assertEqual(run.adopted, 1)
        self.assertEqual(self.agenda(), event)
        self.assertEqual(self.link_of(event).google_id, item["id"])
        self.assertEqual(self.google_of(event)["location"], "Paris")
        self.assertIn("note", event.description)
        self.assert_quiet()

    def test_lost_link_is_found_again_by_the_marker(self):
        event = self.event()
        self.sync()
        self.link_of(event).unlink()
        self.calendar.cursor = False
        event.with_user(self.ada).name = "Entre-temps"
        run = self.sync()
        self.assertEqual(run.adopted, 1)
        self.assertEqual(len(self.in_google()), 1)
        self.assertEqual(self.agenda(), event)

    def test_private_line_hides_its_values_from_managers(self):
        self.event("Médecin", privacy="private")
        line = self.sync().line_ids
        manager = self.make_user("chief", groups="google_sync.group_manager")
        self.assertEqual(line.with_user(self.ada).name, "Médecin")
        self.assertNotIn("Médecin", line.with_user(manager).name or "")
