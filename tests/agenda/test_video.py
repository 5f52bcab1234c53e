"""Meeting addresses: Google's shown in Odoo, Odoo's beside it in Google, none made."""

from odoo.tests import tagged

from ..sync_case import SyncCase

ZOOM = "https://zoom.us/j/123"


@tagged("post_install", "-at_install")
class TestVideo(SyncCase):
    def meet(self, summary="Visio", **body):
        """An event that the person made with a Meet, in Google's page."""
        event = self.google_event(summary, **body)
        data = self.world.calendars["ada@gmail.com"].events[event["id"]].data
        uri = f"https://meet.google.com/{event['id'][:3]}"
        data["hangoutLink"] = uri
        data["conferenceData"] = {
            "conferenceSolution": {"key": {"type": "hangoutsMeet"}},
            "entryPoints": [
                {"entryPointType": "phone", "uri": "tel:+33-1"},
                {"entryPointType": "video", "uri": uri},
            ],
        }
        return event["id"], uri

    def pulled(self, name="Visio"):
        return self.agenda().filtered(lambda event: event.name == name)

    def change(self, google_id, **data):
        """The person changes the conference: it is not in the reach of the API."""
        self.person.patch(google_id, {"location": str(sorted(data))})
        event = self.world.calendars["ada@gmail.com"].events[google_id]
        event.data.update(data)

    def test_a_meet_is_the_events_address_in_odoo(self):
        _google_id, uri = self.meet()
        self.sync()
        self.assertEqual(self.pulled().videocall_location, uri)
        self.assert_quiet()

    def test_another_services_conference_counts_too(self):
        google_id, _uri = self.meet()
        data = self.world.calendars["ada@gmail.com"].events[google_id].data
        del data["hangoutLink"]
        data["conferenceData"]["entryPoints"][1]["uri"] = ZOOM
        self.sync()
        self.assertEqual(self.pulled().videocall_location, ZOOM)

    def test_a_meet_changed_or_removed_in_google_follows(self):
        google_id, _uri = self.meet()
        self.sync()
        event = self.pulled()
        self.change(google_id, hangoutLink="https://meet.google.com/new")
        self.sync()
        self.assertEqual(event.videocall_location, "https://meet.google.com/new")
        self.change(google_id, hangoutLink="", conferenceData={})
        self.sync()
        self.assertFalse(event.videocall_location)
        self.assert_quiet()

    def test_an_address_of_odoos_own_is_not_replaced(self):
        google_id, _uri = self.meet()
        self.sync()
        event = self.pulled()
        event.videocall_location = ZOOM
        self.sync()
        self.assertEqual(self.person.get(google_id)["source"]["url"], ZOOM)
        self.change(google_id, hangoutLink="https://meet.google.com/new")
        self.sync()
        self.assertEqual(event.videocall_location, ZOOM)
        self.assert_quiet()

    def test_a_meet_survives_every_edit_of_odoo(self):
        google_id, uri = self.meet()
        self.sync()
        event = self.pulled()
        event.write({"name": "Renommé", "location": "Paris", "description": "<p>x</p>"})
        self.sync()
        item = self.person.get(google_id)
        self.assertEqual(item["summary"], "Renommé")
        self.assertEqual(item["hangoutLink"], uri)
        self.assertEqual(len(item["conferenceData"]["entryPoints"]), 2)
        self.assertNotIn("source", item)

    def test_odoos_address_goes_along_as_the_source(self):
        event = self.event("Client", videocall_location=ZOOM)
        self.sync()
        item = self.google_of(event)
        self.assertEqual(item["source"], {"title": ZOOM, "url": ZOOM})
        for name in ("location", "description", "conferenceData", "hangoutLink"):
            self.assertFalse(item.get(name), name)
        self.assert_quiet()
        event.videocall_location = "https://zoom.us/j/456"
        self.sync()
        self.assertEqual(
            self.google_of(event)["source"]["url"], "https://zoom.us/j/456"
        )
        event.videocall_location = False
        self.sync()
        self.assertNotIn("source", self.google_of(event))
        self.assert_quiet()

    def test_a_discuss_meeting_goes_along(self):
        link = self.env["calendar.event"].get_discuss_videocall_location()
        event = self.event("Discuss", videocall_location=link)
        self.sync()
        self.assertIn(
            "/calendar/join_videocall/", self.google_of(event)["source"]["url"]
        )

    def test_no_meet_is_made(self):
        self.event("Sans visio")
        self.event("Avec lieu", location="Salle 2")
        self.sync()
        for item in self.in_google().values():
            self.assertFalse(item.keys() & {"conferenceData", "hangoutLink", "source"})

    def test_another_programs_source_stays(self):
        source = {"title": "CRM", "url": "https://crm.example.com/1"}
        self.google_event("Du CRM", source=source)
        self.sync()
        event = self.pulled("Du CRM")
        self.assertFalse(event.videocall_location)
        event.videocall_location = ZOOM
        self.sync()
        self.assertEqual(self.google_of(event)["source"], source)
        self.assert_quiet()

    def test_a_restored_event_has_its_address_again(self):
        event = self.event("Restauré", videocall_location=ZOOM)
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        run = self.sync()
        self.assertFalse(event.exists())
        run.line_ids.filtered("restorable").action_restore()
        self.assertEqual(self.pulled("Restauré").videocall_location, ZOOM)
