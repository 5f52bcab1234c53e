"""Odoo's own words about the organiser, at the end of a description, stay in Odoo."""

from datetime import timedelta

from odoo.tests import tagged

from ...sync.events.description import description_from_odoo
from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestOrganiserText(SeriesCase):
    def setUp(self):
        super().setUp()
        self.ada.partner_id.phone = "+33 1 02 03 04 05"

    def made(self, **values):
        """As a person makes it in the form: Odoo names the organiser."""
        event = {
            "name": "Hebdo",
            "start": self.day,
            "stop": self.day + timedelta(hours=1),
            "user_id": self.ada.id,
            "partner_ids": [(6, 0, self.ada.partner_id.ids)],
            **values,
        }
        return self.env["calendar.event"].with_user(self.ada).create(event)

    def test_this_and_following_names_the_organiser_once(self):
        event = self.made(
            recurrency=True,
            rrule=f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=4",
            event_tz="Europe/Paris",
        )
        self.assertIn("Organized by", event.description)
        self.sync()
        self.assertFalse(self.occurrence_links())
        for number in (1, 2):
            rows = self.agenda().sorted("start")
            rows[number].with_user(self.ada).write(
                {"location": f"Salle {number}", "recurrence_update": "future_events"}
            )
        self.sync()
        texts = self.agenda().mapped("description")
        self.assertEqual([t.count("Organized by") for t in texts], [1] * 4)
        self.assertFalse(self.occurrence_links())
        self.assert_same()
        for item in self.masters().values():
            self.assertNotIn("Organized by", item.get("description", ""))

    def test_its_words_stay_in_odoo_when_google_changes_the_text(self):
        event = self.made(description="<p>Ordre du jour</p>")
        self.sync()
        self.assertEqual(self.google_of(event)["description"], "Ordre du jour")
        self.person.patch(self.google_of(event)["id"], {"description": "Autre"})
        self.sync()
        self.assertIn("Autre", event.description)
        self.assertEqual(event.description.count("Organized by"), 1)
        self.assertNotIn("Ordre", event.description)
        self.assert_same()
        self.assertEqual(self.google_of(event)["description"], "Autre")

    def test_all_events_and_new_rows_keep_them(self):
        event = self.made(
            recurrency=True, rrule="FREQ=DAILY;COUNT=3", event_tz="Europe/Paris"
        )
        self.sync()
        master = self.master()
        more = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"], "description": "Autre"}
        self.person.patch(master["id"], more)
        self.sync()
        texts = event.recurrence_id.calendar_event_ids.mapped("description")
        self.assertEqual([t.count("Organized by") for t in texts], [1] * 5)
        self.assertEqual([t.count("Autre") for t in texts], [1] * 5)
        self.assert_same()

    def test_what_an_older_version_sent_is_written_nowhere(self):
        event = self.made(description="<p>Ordre du jour</p>")
        self.sync()
        google_id = self.google_of(event)["id"]
        html = event.description
        self.person.patch(google_id, {"description": html})
        self.sync()
        self.assertEqual(event.description, html)
        # As the older version left it: the base says it too.
        link = self.link_of(event)
        base = {**link.base, "description": description_from_odoo(html, whole=True)}
        link.write({"base": base, "base_version": 1})
        etag = self.person.get(google_id)["etag"]
        self.as_ada(event).write({"show_as": "free"})
        self.as_ada(event).write({"show_as": "busy"})
        self.sync()
        self.assertFalse(self.sync(mode="full").line_ids)
        self.assertEqual(self.person.get(google_id)["etag"], etag)
        self.assertEqual(event.description, html)
        self.as_ada(event).write({"description": f"<p>Neuf</p>{html}"})
        self.sync()
        self.assertEqual(
            self.person.get(google_id)["description"], "Neuf\nOrdre du jour"
        )
        self.assert_same()

    def test_another_companys_words_are_googles_text(self):
        words = "<b>Organized by</b><br>Bob<br>bob@elsewhere.org"
        item = self.google_event(description=f"Point<br><br>{words}")
        self.sync()
        event = self.agenda()
        self.assertIn("Bob", event.description)
        self.assert_same()
        self.as_ada(event).write({"location": "Lyon"})
        self.sync()
        self.person.patch(item["id"], {"description": f"Autre<br><br>{words}"})
        self.sync()
        self.assertEqual(event.description.count("Bob"), 1)
        self.assertIn("Autre", event.description)
        self.assertIn("Bob", self.person.get(item["id"])["description"])
        self.assert_same()
