"""What a poll of several calendars costs when nothing changed."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.sql_db import Cursor
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestStatementsOfCalendars(SyncCase):
    def poll(self, minutes):
        """(requests, statements) of a poll that finds nothing."""
        sent = []
        execute = Cursor.execute

        def listen(cursor, query, *args, **options):
            sent.append(query)
            return execute(cursor, query, *args, **options)

        self.env.flush_all()
        self.env.invalidate_all()
        later = fields.Datetime.now() + timedelta(minutes=minutes)
        with self.at(later), patch.object(Cursor, "execute", listen):
            run = self.sync()
            self.env.flush_all()
        self.assertFalse(run.line_ids)
        return run.requests, len(sent)

    def add_calendars(self, count):
        ada = self.world.account("ada@gmail.com")
        for number in range(count):
            self.world.add_calendar(ada, f"Calendar {number}")
        self.account.action_refresh_calendars()
        for place in self.account.calendar_ids:
            place.mode = "both"
        self.sync()
        self.sync()

    def test_one_request_and_no_statement_more_for_each(self):
        self.sync()
        self.sync()
        one = self.poll(1)
        self.add_calendars(4)
        five = self.poll(20)
        self.add_calendars(15)
        twenty = self.poll(40)
        self.assertEqual({one[0], five[0], twenty[0]}, {1})
        # What is left over is asked of all of them at once.
        self.assertLessEqual(five[1], one[1] + 2)
        self.assertLessEqual(twenty[1], five[1])
