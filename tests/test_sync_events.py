"""The agenda both ways: real ORM, real client, the sandbox over HTTP."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from .common import GoogleSyncCase


@tagged("post_install", "-at_install")
class TestSyncEvents(GoogleSyncCase):
    def setUp(self):
        super().setUp()
        self.calendar_id = self.account.calendar_id.google_id
        self.day = datetime.now().replace(hour=9, minute=0, second=0, microsecond=0)
        self.day += timedelta(days=3)
        mode = self.enter_registry_test_mode()
        mode.__enter__()
        self.addCleanup(mode.__exit__, None, None, None)

    def sync(self, **options):
        run = self.account.run_sync(**options)
        self.assertIn(run.state, ("done", "partial"), run.message)
        return run

    def event(self, name="Réunion", **values):
        start = values.pop("start", self.day)
        events = self.env["calendar.event"].with_user(self.ada)
        return events.with_context(skip_contact_description=True).create(
            {
                "name": name,
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [fields.Command.set(self.ada.partner_id.ids)],
                **values,
            }
        )

    def in_google(self):
        return {e["id"]: e for e in self.google_events() if e["status"] != "cancelled"}

    def google_events(self):
        raise NotImplementedError

    def test_first_sync_pushes_and_second_is_silent(self):
        event = self.event(location="Paris")
        run = self.sync()
        self.assertEqual(run.pushed_created, 1)
        link = event.google_sync_link_ids.sudo()
        self.assertEqual(link.state, "linked")
        again = self.sync()
        self.assertEqual(again.requests, 1)
        self.assertFalse(again.line_ids)
