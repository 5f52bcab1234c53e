"""What the tests of series share: series on both sides, occurrence by occurrence."""

from datetime import datetime, timedelta, timezone

from odoo import fields

from ..models.tools.quiet import QUIET
from .sync_case import SyncCase

WEEKLY = "RRULE:FREQ=WEEKLY;BYDAY={day};COUNT={count}"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class SeriesCase(SyncCase):
    """Series start on `self.day`, at 9:00 UTC, in Paris unless told otherwise."""

    def setUp(self):
        super().setUp()
        self.weekday = DAYS[self.day.weekday()]

    # -- Odoo ------------------------------------------------------------------

    def series(self, name="Hebdo", rule="", user=None, **values):
        """A series as a person makes it in the form; its rows in order."""
        rule = rule or f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=4"
        event = self.event(
            name,
            user=user,
            recurrency=True,
            rrule=rule,
            **{"event_tz": "Europe/Paris", **values},
        )
        return event.recurrence_id.calendar_event_ids.sorted("start")

    def rows(self, name="Hebdo"):
        """What is left of it in Ada's agenda, in order."""
        return self.agenda().filtered(lambda e: e.name == name).sorted("start")

    def row_on(self, days, name=""):
        """The event of Ada's agenda that many days after the first day."""
        day = (self.day + timedelta(days=days)).date()
        found = self.agenda().filtered(lambda e: e.start.date() == day)
        return found.filtered(lambda e: e.name == name) if name else found

    def as_ada(self, events):
        return events.with_user(self.ada).with_context(**QUIET)

    def series_link(self, state="linked"):
        links = self.env["google.sync.event.link"].sudo()
        return links.search(
            [
                ("calendar_id", "=", self.calendar.id),
                ("kind", "=", "series"),
                ("state", "=", state),
            ]
        )

    def occurrence_links(self, state="linked"):
        links = self.env["google.sync.event.link"].sudo()
        return links.search(
            [
                ("calendar_id", "=", self.calendar.id),
                ("kind", "=", "occurrence"),
                ("state", "=", state),
            ]
        )

    # -- Google ----------------------------------------------------------------

    def google_series(self, summary="Hebdo", rule="", days=0, **body):
        lines = [rule or f"RRULE:FREQ=WEEKLY;BYDAY={self.weekday};COUNT=4"]
        return self.google_event(summary, days, **{"recurrence": lines, **body})

    def masters(self):
        """Google's series that are alive, by id."""
        return {k: x for k, x in self.in_google().items() if x.get("recurrence")}

    def master(self):
        (master,) = self.masters().values()
        return master

    def instances(self, series_id=""):
        """Google's occurrences, in order, cancelled ones left out."""
        series_id = series_id or self.master()["id"]
        items = self.occurrences_in_google()
        return [item for item in items if item.get("recurringEventId") == series_id]

    def occurrences_in_google(self):
        """All that a person sees there from a year ago to three years on, in order."""
        now = self.day.replace(tzinfo=timezone.utc)
        items = self.person.list(
            singleEvents=True,
            showDeleted=False,
            timeMin=(now - timedelta(days=365)).isoformat(),
            timeMax=(now + timedelta(days=1100)).isoformat(),
        )
        alive = [item for item in items if item["status"] != "cancelled"]
        return sorted(alive, key=lambda item: str(edge_of(item["start"])))

    def start_in_google(self, days, hour=9):
        start = self.day.replace(hour=hour) + timedelta(days=days)
        return {
            "dateTime": start.replace(tzinfo=timezone.utc).isoformat(),
            "timeZone": "Europe/Paris",
        }

    def moved(self, days, hour=9):
        """A body that moves an occurrence there, for an hour."""
        return {
            "start": self.start_in_google(days, hour),
            "end": self.start_in_google(days, hour + 1),
        }

    # -- both sides ------------------------------------------------------------

    def seen_in_google(self):
        """(title, start, end) of all that a person sees there."""
        return sorted(
            (item.get("summary", ""), edge_of(item["start"]), edge_of(item["end"]))
            for item in self.occurrences_in_google()
        )

    def seen_in_odoo(self):
        return sorted(
            (
                event.name,
                *(
                    (event.start_date, event.stop_date + timedelta(days=1))
                    if event.allday
                    else (event.start, event.stop)
                ),
            )
            for event in self.agenda()
        )

    def assert_same(self):
        """Both sides show the same, and the next run finds nothing to do."""
        self.assertEqual(self.seen_in_odoo(), self.seen_in_google())
        self.assert_quiet()
        self.assertEqual(self.seen_in_odoo(), self.seen_in_google())
        self.assertFalse(self.world.mails.count)


def edge_of(edge):
    """Google's start or end in Odoo's form."""
    if "date" in edge:
        return fields.Date.to_date(edge["date"])
    moment = datetime.fromisoformat(edge["dateTime"])
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
