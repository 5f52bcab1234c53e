"""What the tests of the agenda share: Ada's agenda in Odoo, Ada at Google's page."""

from datetime import datetime, timedelta, timezone

from odoo import fields

from ..models.tools.quiet import QUIET
from .common import GoogleSyncCase


class SyncCase(GoogleSyncCase):
    """One connected user; a run commits on test cursors."""

    def setUp(self):
        super().setUp()
        self.person = self.world.person("ada@gmail.com")
        self.calendar = self.account.sudo().calendar_id
        self.day = datetime.now().replace(hour=9, minute=0, second=0, microsecond=0)
        self.day += timedelta(days=3)
        for event in self.in_google().values():
            if "recurringEventId" not in event:
                self.person.delete(event["id"])
        mode = self.enter_registry_test_mode()
        mode.__enter__()
        self.addCleanup(mode.__exit__, None, None, None)

    # -- running ---------------------------------------------------------------

    def sync(self, state="done", **options):
        run = self.account.run_sync(**options)
        self.assertEqual(run.state, state, f"{run.message} {self.problems(run)}")
        return run

    def problems(self, run):
        lines = run.line_ids.filtered(lambda line: line.action == "error")
        return lines.mapped("error")

    def assert_quiet(self):
        """The next run lists once and writes nothing."""
        run = self.sync()
        self.assertEqual(run.requests, 1)
        self.assertFalse(run.line_ids)

    def popup(self, minutes):
        """Odoo's own alarm that notifies so many minutes before."""
        domain = [
            ("alarm_type", "=", "notification"),
            ("duration_minutes", "=", minutes),
        ]
        return self.env["calendar.alarm"].search(domain, limit=1)

    # -- Odoo ------------------------------------------------------------------

    def event(self, name="Réunion", days=0, user=None, **values):
        return self._create(user or self.ada, [self._vals(name, days, user, **values)])

    def events_of_days(self, count):
        """So many events E0, E1... of Ada's, made at once, spread over twenty days."""
        named = range(count)
        return self._create(self.ada, [self._vals(f"E{n}", n % 20) for n in named])

    def _vals(self, name, days, user=None, **values):
        start = values.pop("start", self.day + timedelta(days=days))
        return {
            "name": name,
            "start": start,
            "stop": start + timedelta(hours=1),
            "partner_ids": [fields.Command.set((user or self.ada).partner_id.ids)],
            **values,
        }

    def _create(self, user, vals_list):
        events = self.env["calendar.event"].with_user(user)
        return events.with_context(**QUIET).create(vals_list)

    def agenda(self):
        partner = self.ada.partner_id
        return self.env["calendar.event"].search([("partner_ids", "in", partner.ids)])

    def link_of(self, event):
        return event.sudo().google_sync_link_ids.filtered(
            lambda link: link.calendar_id == self.calendar
        )

    # -- Google ----------------------------------------------------------------

    def in_google(self):
        items = self.person.list(showDeleted=False)
        return {item["id"]: item for item in items if item["status"] != "cancelled"}

    def google_of(self, event):
        return self.person.get(self.link_of(event).google_id)

    def google_event(self, summary="Google", days=0, hours=1, **body):
        start = (self.day + timedelta(days=days)).replace(tzinfo=timezone.utc)
        when = {
            "start": {"dateTime": start.isoformat(), "timeZone": "Europe/Paris"},
            "end": {
                "dateTime": (start + timedelta(hours=hours)).isoformat(),
                "timeZone": "Europe/Paris",
            },
        }
        return self.person.insert({"summary": summary, **when, **body})
