"""Random gestures on series on both sides, with fixed seeds: both show the same."""

from datetime import datetime, timedelta, timezone
from random import Random

from odoo.tests import tagged

from ..series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestRandomSeries(SeriesCase):
    def test_gestures_between_runs_converge(self):
        self.play(seed=4, rounds=14, gestures=3)

    def test_many_gestures_at_once_converge(self):
        self.play(seed=23, rounds=6, gestures=8)

    def test_one_gesture_at_a_time(self):
        self.play(seed=101, rounds=30, gestures=1)

    def play(self, seed, rounds, gestures):
        self.random = Random(seed)
        self.serial = 0
        for number in range(rounds):
            told = [self.gesture() for _gesture in range(gestures)]
            with self.subTest(seed=seed, round=number, gestures=told):
                self.sync()
                self.sync()
                self.assertEqual(self.seen_in_odoo(), self.seen_in_google())
        self.assert_same()

    def gesture(self):
        """Do something; its name."""
        name = self.random.choice(
            ["new_in_odoo", "new_in_google"]
            + ["title_here", "drag_here", "delete_here", "all_here", "move_all_here"]
            + ["following_here", "delete_following_here", "archive_here"]
            + ["title_there", "move_there", "cancel_there", "all_there"]
            + ["move_all_there", "split_there", "rule_there", "delete_there"]
        )
        getattr(self, name)()
        return name

    def title(self):
        self.serial += 1
        return f"Titre {self.serial}"

    def some_rule(self):
        return self.random.choice(
            [
                f"FREQ=WEEKLY;BYDAY={self.weekday};COUNT=5",
                "FREQ=DAILY;COUNT=6",
                "FREQ=DAILY;INTERVAL=2;COUNT=4",
            ]
        )

    # -- in Odoo ---------------------------------------------------------------

    def new_in_odoo(self):
        start = self.day + timedelta(hours=self.random.randrange(8))
        self.series(self.title(), self.some_rule(), start=start)

    def row(self):
        rows = self.agenda().sorted("id")
        return self.as_ada(self.random.choice(rows)) if rows else None

    def edit(self, update, **values):
        row = self.row()
        if row and row.recurrence_id:
            row.write({"recurrence_update": update, **values})
        elif row:
            row.write(values)

    def title_here(self):
        self.edit("self_only", name=self.title())

    def drag_here(self):
        self.shift("self_only")

    def move_all_here(self):
        self.shift("all_events")

    def shift(self, update):
        row = self.row()
        if not row:
            return
        by = timedelta(hours=self.random.choice([-2, -1, 1, 3]))
        vals = {"start": row.start + by, "stop": row.stop + by}
        if row.recurrence_id:
            vals["recurrence_update"] = update
        row.write(vals)

    def delete_here(self):
        row = self.row()
        if row:
            row.unlink()

    def archive_here(self):
        row = self.row()
        if row and row.recurrence_id:
            row.action_mass_archive("self_only")

    def all_here(self):
        self.edit("all_events", location=self.title())

    def following_here(self):
        self.shift("future_events")

    def delete_following_here(self):
        row = self.row()
        if row and row.recurrence_id:
            row.action_mass_deletion("future_events")

    # -- in Google -------------------------------------------------------------

    def new_in_google(self):
        self.google_series(self.title(), f"RRULE:{self.some_rule()}")

    def one(self):
        items = [x for x in self.occurrences_in_google() if "recurringEventId" in x]
        return self.random.choice(sorted(items, key=_shown)) if items else None

    def some_master(self):
        masters = sorted(self.masters().values(), key=_shown)
        return self.random.choice(masters) if masters else None

    def title_there(self):
        one = self.one()
        if one:
            self.person.patch(one["id"], {"summary": self.title()})

    def move_there(self):
        self.shift_there(self.one())

    def move_all_there(self):
        self.shift_there(self.some_master())

    def shift_there(self, item):
        if not item:
            return
        by = timedelta(hours=self.random.choice([-2, -1, 1, 3]))
        body = {}
        for name in ("start", "end"):
            moment = datetime.fromisoformat(item[name]["dateTime"]) + by
            body[name] = {**item[name], "dateTime": moment.isoformat()}
        self.person.patch(item["id"], body)

    def cancel_there(self):
        one = self.one()
        if one:
            self.person.delete(one["id"])

    def all_there(self):
        master = self.some_master()
        if master:
            self.person.patch(master["id"], {"location": self.title()})

    def rule_there(self):
        master = self.some_master()
        if master:
            rule = f"RRULE:{self.some_rule()}"
            self.person.patch(master["id"], {"recurrence": [rule]})

    def split_there(self):
        """The rule ends before an occurrence, and another series goes on."""
        one = self.one()
        if not one:
            return
        master = self.person.get(one["recurringEventId"])
        first = datetime.fromisoformat(one["originalStartTime"]["dateTime"])
        if first == datetime.fromisoformat(master["start"]["dateTime"]):
            return
        until = (first - timedelta(seconds=1)).astimezone(timezone.utc)
        rule, _, _count = master["recurrence"][0].partition(";COUNT=")
        rule = rule.partition(";UNTIL=")[0]
        ended = f"{rule};UNTIL={until:%Y%m%dT%H%M%SZ}"
        self.person.patch(master["id"], {"recurrence": [ended]})
        self.person.insert(
            {
                "summary": self.title(),
                "start": {**one["originalStartTime"], "timeZone": "Europe/Paris"},
                "end": {
                    "dateTime": (first + timedelta(hours=1)).isoformat(),
                    "timeZone": "Europe/Paris",
                },
                "recurrence": [f"{rule};COUNT=3"],
            }
        )

    def delete_there(self):
        master = self.some_master()
        if master:
            self.person.delete(master["id"])


def _shown(item):
    """Google's ids are random, what a person sees is not."""
    return item["summary"], item["start"]["dateTime"], item["end"]["dateTime"]
