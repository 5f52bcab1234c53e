"""What the paths that are walked most cost in SQL statements, whatever the size."""

from datetime import timedelta
from functools import partial
from unittest.mock import patch

from odoo import fields
from odoo.sql_db import Cursor

from ..sync_case import SyncCase


class TestStatements(SyncCase):
    def statements(self, what):
        """How many statements `what()` sends, with what it leaves to be flushed."""
        sent = []
        execute = Cursor.execute

        def listen(cursor, query, *args, **options):
            sent.append(query)
            return execute(cursor, query, *args, **options)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", listen):
            what()
            self.env.flush_all()
        return len(sent)

    def made_in_google(self, count, of):
        for number in range(count):
            self.google_event(f"{of} {number}", days=number % 30)

    def all_day_in_google(self, count, of):
        day = self.day.date()
        end = day + timedelta(days=1)
        when = {"start": {"date": f"{day}"}, "end": {"date": f"{end}"}}
        for number in range(count):
            self.person.insert({"summary": f"{of} {number}", **when})

    def test_a_save_costs_three_more_than_without_a_connection(self):
        other = self.make_user("olga")
        mine, theirs = self.event("Mine"), self.event("Theirs", user=other)
        self.sync()
        alone = self.statements(lambda: theirs.write({"name": "Theirs, later"}))
        connected = self.statements(lambda: mine.write({"name": "Mine, later"}))
        self.assertLessEqual(connected, alone + 3)

    def test_a_page_costs_the_same_whatever_it_holds(self):
        self.made_in_google(10, of="first")
        self.sync()
        self.made_in_google(20, of="few")
        few = self.statements(partial(self.sync_in, minutes=1))
        self.made_in_google(60, of="many")
        many = self.statements(partial(self.sync_in, minutes=2))
        self.assertLessEqual(many, few)

    def test_all_day_events_cost_the_same_whatever_their_number(self):
        self.all_day_in_google(10, of="first")
        self.sync()
        self.all_day_in_google(20, of="few")
        few = self.statements(partial(self.sync_in, minutes=1))
        self.all_day_in_google(60, of="many")
        many = self.statements(partial(self.sync_in, minutes=2))
        self.assertLessEqual(many, few)

    def test_no_change_costs_the_same_whatever_is_linked(self):
        self.made_in_google(5, of="few")
        self.sync()
        self.sync()
        few = self.statements(partial(self.sync_in, minutes=1))
        self.made_in_google(60, of="many")
        self.sync()
        self.sync()
        many = self.statements(partial(self.sync_in, minutes=2))
        self.assertLessEqual(many, few)

    def test_a_poll_without_news_costs_fifteen_whatever_is_linked(self):
        self.made_in_google(30, of="many")
        # Not near midnight: another day is another period.
        noon = fields.Datetime.now().replace(hour=12)
        with self.at(noon):
            self.sync()
            self.sync()
        for minutes in (20, 40):
            with self.at(noon + timedelta(minutes=minutes)):
                self.assertLessEqual(self.statements(self.poll), 15)
        self.assertFalse(self.env["google.sync.run"].search([("trigger", "=", "cron")]))

    def test_the_run_after_an_edit_costs_the_same_whatever_is_linked(self):
        """In Odoo, then in Google; each time as the scheduled action does it."""
        event, theirs = self.event("Mine"), self.google_event("Theirs")
        noon = fields.Datetime.now().replace(hour=12)
        for number, more in enumerate((0, 60)):
            self.made_in_google(more, of="many")
            with self.at(noon + timedelta(hours=number)):
                self.sync()
                self.sync()
            with self.at(noon + timedelta(hours=number, minutes=20)):
                event.with_user(self.ada).name = f"Mine {number}"
                pushed = self.statements(partial(self.poll, "push"))
                self.assertEqual(self.google_of(event)["summary"], f"Mine {number}")
                self.person.patch(theirs["id"], {"summary": f"Theirs {number}"})
            with self.at(noon + timedelta(hours=number, minutes=40)):
                pulled = self.statements(self.poll)
                self.assertIn(f"Theirs {number}", self.agenda().mapped("name"))
            self.assertLessEqual(pushed, 95)
            self.assertLessEqual(pulled, 93)

    def poll(self, trigger="cron"):
        with self.account.sudo()._own_transaction() as account:
            leased = account._lease_next()
            self.assertTrue(leased)
            leased._work(trigger, "normal", None, time_limit=10.0)

    def sync_in(self, minutes):
        """In another second than the run before, so that both note the moment."""
        with self.at(fields.Datetime.now() + timedelta(minutes=minutes)):
            self.sync()
