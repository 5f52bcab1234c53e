"""Reminders of any delay, both ways, on Odoo's alarms."""

from odoo import fields
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestReminders(SyncCase):
    def alarm(self, duration, interval, **vals):
        name = f"{duration} {interval}"
        return self.env["calendar.alarm"].create(
            {
                "name": name,
                "alarm_type": "notification",
                "duration": duration,
                "interval": interval,
                **vals,
            }
        )

    def popups(self, *minutes):
        overrides = [{"method": "popup", "minutes": m} for m in minutes]
        return {"useDefault": False, "overrides": overrides}

    def test_googles_delays_come_as_they_are(self):
        hour, mail = self.popup(60), self.alarm(75, "minutes", alarm_type="email")
        self.google_event(reminders=self.popups(0, 75, 90, 2160))
        self.sync()
        alarms = self.agenda().alarm_ids
        self.assertEqual(
            sorted(alarms.mapped("duration_minutes")), [0, 75, 90, 2160], alarms
        )
        self.assertEqual(set(alarms.mapped("alarm_type")), {"notification"})
        self.assertNotIn(hour, alarms)
        self.assertNotIn(mail, alarms)
        long = alarms.filtered(lambda x: x.duration_minutes == 2160)
        self.assertEqual((long.duration, long.interval), (36, "hours"))
        self.assert_quiet()
        self.google_event(days=1, reminders=self.popups(75))
        before = self.env["calendar.alarm"].search_count([])
        self.sync()
        self.assertEqual(self.env["calendar.alarm"].search_count([]), before)

    def test_odoos_delays_go_as_they_are(self):
        alarms = self.alarm(75, "minutes") | self.alarm(36, "hours")
        event = self.event(alarm_ids=[fields.Command.set(alarms.ids)])
        self.sync()
        self.assertEqual(self.google_of(event)["reminders"], self.popups(75, 2160))
        self.assert_quiet()
        self.person.patch(event_id(self, event), {"reminders": self.popups(90, 2160)})
        self.sync()
        self.assertEqual(sorted(event.alarm_ids.mapped("duration_minutes")), [90, 2160])
        self.assertIn(alarms[1], event.alarm_ids)

    def test_what_google_cannot_take_stays_and_is_said(self):
        alarms = self.env["calendar.alarm"].concat(
            *(self.alarm(m, "minutes") for m in (1, 2, 3, 4, 6, 7)),
            self.alarm(35, "days"),
            self.alarm(2, "days", alarm_type="email"),
        )
        event = self.event(alarm_ids=[fields.Command.set(alarms.ids)])
        run = self.sync()
        self.assertEqual(self.google_of(event)["reminders"], self.popups(1, 2, 3, 4, 6))
        line = run.line_ids.filtered(lambda x: x.action == "skip")
        self.assertIn("7", line.after_display)
        self.assertIn("50400", line.after_display)
        self.assertTrue(line.advice)
        self.assertEqual(event.alarm_ids, alarms)
        self.assert_quiet()
        (part,) = event.with_user(self.ada).google_sync_why()["parts"]
        self.assertEqual((part["sign"], part["differences"]), ("linked", []))
        self.assertIn("7 min", str(part["facts"]))
        self.person.patch(event_id(self, event), {"reminders": self.popups(10)})
        self.sync()
        self.assertEqual(
            sorted(event.alarm_ids.mapped("duration_minutes")), [7, 10, 2880, 50400]
        )

    def test_the_events_own_alarm_of_a_delay_stays(self):
        mine = self.alarm(60, "minutes", body="Apporter le contrat")
        event = self.event(alarm_ids=[fields.Command.set(mine.ids)])
        self.sync()
        self.person.patch(event_id(self, event), {"reminders": self.popups(5, 60)})
        self.sync()
        self.assertIn(mine, event.alarm_ids)
        self.assertEqual(sorted(event.alarm_ids.mapped("duration_minutes")), [5, 60])


def event_id(case, event):
    return case.link_of(event).google_id
