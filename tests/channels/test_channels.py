"""Channels: opened, heard, renewed, ended; and what a message sets going."""

import hashlib
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .case import ChannelCase


@tagged("post_install", "-at_install")
class TestChannels(ChannelCase):
    # -- opening ---------------------------------------------------------------

    def test_the_calendar_is_watched_after_the_first_run(self):
        self.sync()
        self.keep()
        [opened] = self.push.open.values()
        channel = self.channels()
        self.assertEqual(channel.state, "open")
        self.assertEqual(opened.address, f"{self.here()}?db={self.env.cr.dbname}")
        self.assertEqual(opened.calendar_id, self.calendar.google_id)
        self.assertEqual(channel.resource_id, opened.resource_id)
        self.assertNotIn(opened.token, str(channel.read()))
        hashed = hashlib.sha256(opened.token.encode()).hexdigest()
        self.assertEqual(channel.token_hash, hashed)

    def test_keeping_twice_asks_google_once(self):
        self.sync()
        self.keep()
        before = self.counted()
        self.keep()
        self.assertEqual(self.counted(), before)

    def test_the_first_message_may_come_before_the_answer(self):
        """It is sent while Google is asked; what it needs is committed by then."""
        self.sync()
        send = self.push._send
        self.push.held = False

        def at_once(message):
            self.hear(message) if message else send(message)

        with patch.object(self.push, "_send", at_once):
            self.keep()
        self.assertEqual(self.knocks(), 1)
        self.assertEqual(self.channels().state, "open")

    def test_without_a_public_address_google_is_not_asked(self):
        self.sync()
        self.env["ir.config_parameter"].set_param("web.base.url", "http://odoo.lan")
        options = {"GOOGLE_SYNC_API_ROOT": ""}
        with patch.dict("os.environ", options):
            address = self.env["google.sync.account"]._notify_address()
        self.assertEqual(address, "")
        self.env["ir.config_parameter"].set_param(
            "web.base.url", "https://odoo.example.com/"
        )
        with patch.dict("os.environ", options):
            address = self.env["google.sync.account"]._notify_address()
        here = "https://odoo.example.com/google_sync/notify"
        self.assertEqual(address, f"{here}?db={self.env.cr.dbname}")

    def test_a_refused_address_is_left_alone_for_a_day(self):
        self.push.refuses = "push.webhookUrlUnauthorized"
        self.sync()
        self.keep()
        self.assertEqual(self.channels().state, "refused")
        before = self.counted()
        self.keep()
        self.assertEqual(self.counted(), before)
        soon = self.account.sudo().next_pull_at - fields.Datetime.now()
        self.assertLess(soon, timedelta(minutes=12))
        self.push.refuses = ""
        with self.at(fields.Datetime.now() + timedelta(days=1, minutes=1)):
            self.keep()
        self.assertEqual(self.channels().state, "open")

    def test_trouble_at_google_leaves_the_poll_and_is_tried_again(self):
        self.world.faults.add("calendar.events.watch", "backend_error")
        self.sync()
        self.keep()
        self.assertEqual(self.account.state, "connected")
        with self.at(fields.Datetime.now() + timedelta(hours=1)):
            self.keep()
        self.assertEqual(self.channels().state, "open")

    # -- messages --------------------------------------------------------------

    def test_a_change_in_google_is_in_odoo_after_its_message(self):
        self.watched()
        self.google_event("Neu")
        self.hear(*self.push.take())
        self.assertEqual(self.knocks(), 1)
        self.clock(2)
        self.assertIn("Neu", self.agenda().mapped("name"))
        self.assertEqual(self.knocks(), 0)

    def test_while_messages_come_through_the_poll_is_rare(self):
        self.watched()
        left = self.account.sudo().next_pull_at - fields.Datetime.now()
        self.assertGreater(left, timedelta(hours=2))
        before = self.counted()
        self.clock(minutes(100))
        self.assertEqual(
            self.counted().get("calendar.events.list"),
            before.get("calendar.events.list"),
        )

    def test_a_message_without_any_news_is_one_look(self):
        self.watched()
        self.sync()
        self.google_event("Seen already")
        self.sync()
        self.sync()
        self.hear(*self.push.take())
        self.assertEqual(self.knocks(), 1)
        before = self.counted()["calendar.events.list"]
        self.clock(2)
        self.clock(4)
        self.assertEqual(self.counted()["calendar.events.list"], before + 1)
        self.assertEqual(self.knocks(), 0)
        left = self.account.sudo().next_pull_at - fields.Datetime.now()
        self.assertGreater(left, timedelta(hours=2))

    def test_many_messages_are_one_look(self):
        self.watched()
        for number in range(5):
            self.google_event(f"E{number}")
        self.hear(*self.push.take())
        self.assertEqual(self.knocks(), 1)
        before = self.counted()["calendar.events.list"]
        self.clock(2)
        self.assertEqual(self.counted()["calendar.events.list"], before + 1)

    def test_a_message_that_comes_again_is_no_news(self):
        self.watched()
        self.google_event()
        messages = self.push.take()
        self.hear(*messages)
        self.clock(2)
        self.hear(*messages)
        self.assertEqual(self.knocks(), 0)

    def test_forged_messages_leave_nothing(self):
        self.watched()
        self.google_event()
        [message] = self.push.take()
        wrong = {"X-Goog-Channel-Token": "guessed"}
        unknown = {"X-Goog-Channel-ID": "0" * 32}
        for change in (
            wrong,
            unknown,
            {"X-Goog-Channel-Token": ""},
            {"X-Goog-Channel-ID": "x'; DROP TABLE res_users; --"},
            {"X-Goog-Channel-ID": ""},
        ):
            self.env["google.sync.channel"]._heard({**message.headers, **change})
        self.env["google.sync.channel"]._heard({})
        self.assertEqual(self.knocks(), 0)
        odd = {"X-Goog-Message-Number": "9" * 40}
        self.env["google.sync.channel"]._heard({**message.headers, **odd})
        self.assertEqual(self.knocks(), 1)

    def test_a_missed_message_is_found_by_the_poll_and_the_channel_made_anew(self):
        [before] = self.watched()
        self.google_event("Unheard")
        self.push.take()
        with self.at(fields.Datetime.now() + timedelta(hours=4)):
            self.clock()
            self.assertIn("Unheard", self.agenda().mapped("name"))
            self.keep()
        [after] = self.channels()
        self.assertNotEqual(after, before)
        self.assertEqual(list(self.push.open), [after.channel_id])

    # -- renewing and ending ---------------------------------------------------

    def test_a_new_channel_is_opened_before_the_old_one_ends(self):
        [before] = self.watched()
        name = before.channel_id
        with self.at(fields.Datetime.now() + timedelta(days=6, minutes=1)):
            self.keep()
        [after] = self.channels()
        self.assertEqual(list(self.push.open), [after.channel_id])
        self.assertNotEqual(after.channel_id, name)

    def test_a_short_life_is_renewed_in_time(self):
        self.push.longest = 3600
        [channel] = self.watched()
        left = channel.expires_at - channel.renew_at
        self.assertGreater(left, timedelta(minutes=10))

    def test_disconnecting_ends_it(self):
        self.watched()
        self.account.disconnect()
        self.env.cr.postcommit.run()
        self.assertFalse(self.push.open)
        self.assertFalse(self.channels())

    def test_another_calendar_has_another_channel(self):
        team = self.world.add_calendar(self.world.account("ada@gmail.com"), "Other")
        self.watched()
        self.account.action_refresh_calendars()
        calendar = self.account.calendar_ids.filtered(lambda x: x.name == "Other")
        self.account.calendar_id = calendar
        self.keep()
        [channel] = self.push.open.values()
        self.assertEqual(channel.calendar_id, team.id)

    def test_each_calendar_that_is_read_has_a_channel(self):
        """Not one that is only written; the account is polled until all are heard."""
        person = self.world.account("ada@gmail.com")
        ids = {
            name: self.world.add_calendar(person, name).id
            for name in ("Team", "Reading", "Writing", "Unused")
        }
        self.watched()
        self.account.action_refresh_calendars()
        for name, mode in (
            ("Team", "both"),
            ("Reading", "from_google"),
            ("Writing", "to_google"),
        ):
            calendars = self.account.calendar_ids
            calendars.filtered(lambda x, name=name: x.name == name).mode = mode
        self.keep()
        told = {channel.calendar_id for channel in self.push.open.values()}
        self.assertEqual(told, {"ada@gmail.com", ids["Team"], ids["Reading"]})
        self.sync()
        account = self.account.sudo()
        left = account.next_pull_at - fields.Datetime.now()
        self.assertLess(left, timedelta(minutes=15))
        self.hear(*self.push.take())
        self.clock(2)
        account.invalidate_recordset()
        left = account.next_pull_at - fields.Datetime.now()
        self.assertGreater(left, timedelta(hours=2))
        first, after = ({"date": f"2030-01-0{day}"} for day in (1, 2))
        body = {"summary": "For all", "start": first, "end": after}
        self.world.person("ada@gmail.com").insert(body, calendar_id=ids["Team"])
        self.assertEqual(len(self.push.box), 1)

    def test_what_is_switched_off_is_not_watched(self):
        for change, back in (
            ({"auto_pull": False}, {"auto_pull": True}),
            ({"sync_events": False}, {"sync_events": True}),
        ):
            with self.subTest(change):
                self.sync()
                self.keep()
                self.assertTrue(self.push.open)
                self.account.write(change)
                self.keep()
                self.assertFalse(self.push.open)
                self.account.write(back)

    def test_a_reset_ends_it(self):
        self.watched()
        self.account.reset("calendar")
        self.keep()
        self.assertFalse(self.push.open)

    def test_an_archived_user_is_not_watched(self):
        self.watched()
        self.ada.sudo().active = False
        self.env.cr.postcommit.run()
        self.assertFalse(self.push.open)

    def test_a_copy_of_the_database_is_silent(self):
        self.watched()
        self.account.sudo().database_uuid = "another"
        before = self.counted()
        self.keep()
        self.account.disconnect()
        self.env.cr.postcommit.run()
        self.assertEqual(self.counted(), before)
        self.assertTrue(self.push.open)

    def test_messages_for_an_account_at_rest_stay_few_and_start_nothing(self):
        self.watched()
        self.account.sudo().next_try = fields.Datetime.now() + timedelta(hours=1)
        for _time in range(3):
            self.google_event()
        self.hear(*self.push.take())
        before = self.counted()
        self.clock(2)
        self.assertEqual(self.counted(), before)
        self.assertEqual(self.knocks(), 1)

    # -- Test ------------------------------------------------------------------

    def push_check(self):
        checks = self.account.diagnose()
        return next(check for check in checks if check["check"] == "push")

    def test_test_says_what_happened(self):
        self.sync()
        self.assertEqual(self.push_check()["status"], "info")
        self.keep()
        self.assertEqual(self.push_check()["status"], "info")
        with self.at(fields.Datetime.now() + timedelta(minutes=10)):
            check = self.push_check()
        self.assertEqual(check["status"], "warning")
        self.assertIn("server_wide_modules", check["solution"])
        self.hear(*self.push.take())
        self.assertEqual(self.push_check()["status"], "ok")

    def test_test_says_why_google_refused(self):
        self.push.refuses = "push.webhookUrlUnauthorized"
        self.sync()
        self.keep()
        check = self.push_check()
        self.assertEqual(check["status"], "warning")
        self.assertIn("push.webhookUrlUnauthorized", check["message"])
        self.assertIn("Search Console", check["solution"])


def minutes(number):
    return number * 60
