"""300 random edits on both sides with a fixed seed: both sides equal, no doubles."""

from collections import Counter
from datetime import timedelta, timezone
from random import Random

from odoo.tests import tagged

from ...sync.events.google_event import CalendarContext, parse_event
from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestRandomEdits(SyncCase):
    def test_300_edits_converge(self):
        self.random = Random(19)
        self.serial = 0
        for round_ in range(10):
            for _edit in range(30):
                self.random.choice(
                    [self.create_odoo, self.create_google]
                    + [self.edit_odoo, self.edit_google] * 3
                    + [self.delete_odoo, self.delete_google]
                )()
            with self.subTest(round=round_):
                self.sync()
                self.assertEqual(self.odoo_side(), self.google_side())
        self.assert_quiet()
        titles = Counter(self.google_side())
        self.assertEqual(max(titles.values(), default=1), 1)

    def test_faults_between_edits_converge_when_they_stop(self):
        """The same laws with Google failing before and after it did the work."""
        self.random = Random(7)
        self.serial = 0
        gestures = [self.create_odoo, self.create_google, self.edit_odoo]
        gestures += [self.edit_google, self.delete_odoo, self.delete_google]
        for _round in range(25):
            for _edit in range(6):
                self.random.choice(gestures)()
            self.plan_faults()
            self.account.sudo().next_try = False
            self.account.run_sync()
            self.world.faults.clear()
        for _run in range(2):
            self.account.run_sync()
        self.assertEqual(self.odoo_side(), self.google_side())
        self.assert_quiet()
        self.assertFalse(self.env["google.sync.decision"].search_count([]))

    def plan_faults(self):
        kinds = ("rate_limit", "backend_error", "cut", "bad_gateway", "truncated")
        kinds += ("drop_part", "gone", "auth", "empty", "malformed", "internal_error")
        for _fault in range(self.random.randrange(4)):
            kind = self.random.choice(kinds)
            self.world.faults.add(
                "calendar.events.list" if kind == "gone" else "*",
                kind,
                when=self.random.choice(["before", "after"]),
                skip=self.random.randrange(4),
                times=self.random.randrange(1, 3),
            )

    # -- gestures --------------------------------------------------------------

    def title(self):
        self.serial += 1
        return f"Titre {self.serial}"

    def create_odoo(self):
        self.event(self.title(), self.random.randrange(20))

    def create_google(self):
        self.google_event(self.title(), self.random.randrange(20))

    def pick_odoo(self):
        events = self.agenda().sorted("id")
        return self.random.choice(events).with_user(self.ada) if events else None

    def edit_odoo(self):
        event = self.pick_odoo()
        if not event:
            return
        start = self.day + timedelta(days=self.random.randrange(20))
        event.write(
            self.random.choice(
                [
                    {"name": self.title()},
                    {"location": self.title()},
                    {"description": f"<p>{self.title()}</p>"},
                    {"start": start, "stop": start + timedelta(hours=2)},
                    {"show_as": self.random.choice(["free", "busy"])},
                    {"privacy": self.random.choice(["public", "private"])},
                ]
            )
        )

    def edit_google(self):
        items = sorted(self.in_google())
        if not items:
            return
        start = self.day + timedelta(days=self.random.randrange(20), hours=1)
        start = start.replace(tzinfo=timezone.utc)
        end = start + timedelta(hours=1)
        self.person.patch(
            self.random.choice(items),
            self.random.choice(
                [
                    {"summary": self.title()},
                    {"location": self.title()},
                    {"description": f"<b>{self.title()}</b>"},
                    {
                        "start": {"dateTime": start.isoformat()},
                        "end": {"dateTime": end.isoformat()},
                    },
                    {"transparency": "transparent"},
                    {"visibility": self.random.choice(["private", "default"])},
                ]
            ),
        )

    def delete_odoo(self):
        event = self.pick_odoo()
        if event:
            event.unlink()

    def delete_google(self):
        items = sorted(self.in_google())
        if items:
            self.person.delete(self.random.choice(items))

    # -- both sides ------------------------------------------------------------

    def odoo_side(self):
        return sorted(self.shown(e._google_sync_values()) for e in self.agenda())

    def google_side(self):
        context = CalendarContext(
            default_reminders=[{"method": "popup", "minutes": 30}]
        )
        return sorted(
            self.shown(parse_event(item, context).values)
            for item in self.in_google().values()
        )

    def shown(self, values):
        names = ("title", "place", "description", "period", "private", "busy")
        return str([values.get(name) for name in (*names, "reminders")])
