"""Endless series of Odoo: 720 rows, and clocks that stand still after 2037.

Google gets one endless series and nothing else, whatever is done to all of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from google_sync.sync.events.recurrence import Rule
from google_sync.sync.events.values import Period
from series.world import START, SeriesWorld

SUMMER = datetime(2026, 7, 6, 8, tzinfo=timezone.utc)
WINTER = datetime(2027, 1, 4, 9, tzinfo=timezone.utc)
LATE = datetime(2038, 7, 5, 8, tzinfo=timezone.utc)
RULES = {
    "daily": Rule("DAILY"),
    "weekly": Rule("WEEKLY", days=("MO",)),
    "fortnightly": Rule("WEEKLY", interval=2, days=("MO",)),
    "monthly": Rule("MONTHLY", month_day=1),
    "weekday": Rule("MONTHLY", position="1", weekday="MO"),
    "yearly": Rule("YEARLY"),
}
ZONES = ["Europe/Paris", "Australia/Sydney", "Asia/Tokyo"]


@pytest.fixture
def world():
    return SeriesWorld()


def only_endless(world, start):
    """One series in Google, where Odoo's first row is; no exception, no single."""
    google_id, event = world.only_series()
    assert list(world.google.events) == [google_id]
    assert len(event["recurrence"]) == 1
    assert "UNTIL" not in event["recurrence"][0]
    assert "COUNT" not in event["recurrence"][0]
    assert datetime.fromisoformat(event["start"]["dateTime"]) == start
    return google_id


def quiet(world):
    rows = dict(world.odoo.tables.events)
    world.sync()
    world.assert_quiet()
    world.sync(full=True)
    world.sync(sweep=True)
    world.assert_quiet()
    assert world.odoo.tables.events.keys() == rows.keys()


def begin(world, pattern, start, zone="Europe/Paris"):
    rule = RULES[pattern]
    if rule.month_day:
        rule = Rule("MONTHLY", month_day=start.day)
    rows = world.series(rule, start=start, zone=zone)
    assert len(rows) == 720
    return rows


@pytest.mark.parametrize("start", [SUMMER, WINTER], ids=["summer", "winter"])
@pytest.mark.parametrize("pattern", RULES)
def test_one_endless_series_and_nothing_else(world, pattern, start):
    begin(world, pattern, start)
    world.sync()
    only_endless(world, start)
    assert world.google.requests == 2
    quiet(world)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("pattern", ["weekly", "yearly"])
def test_in_any_zone(world, pattern, zone):
    begin(world, pattern, WINTER, zone)
    world.sync()
    only_endless(world, WINTER)
    quiet(world)


@pytest.mark.parametrize("pattern", ["weekly", "yearly"])
def test_near_midnight(world, pattern):
    """The hour beside is on the day before or after."""
    start = datetime(2026, 7, 5, 22, 30, tzinfo=timezone.utc)  # Monday in Paris
    begin(world, pattern, start)
    world.sync()
    only_endless(world, start)
    quiet(world)


def test_begun_when_the_clock_stands_still(world):
    world.window = type(world.window)(LATE.date(), LATE.date() + timedelta(days=99))
    begin(world, "weekly", LATE)
    world.sync()
    only_endless(world, LATE)
    quiet(world)


@pytest.mark.parametrize("pattern", ["weekly", "yearly"])
def test_all_moved_to_another_hour(world, pattern):
    rows = begin(world, pattern, SUMMER)
    world.sync()
    world.odoo.people_edit_all(rows[0], shift=timedelta(hours=3))
    world.sync()
    only_endless(world, SUMMER + timedelta(hours=3))
    quiet(world)


@pytest.mark.parametrize("pattern", ["weekly", "weekday", "yearly"])
@pytest.mark.parametrize("weeks", [0, 300])
def test_all_of_googles_endless_series_moved_in_odoo(world, pattern, weeks):
    """Odoo held the period; now it makes 720 rows of it. weeks: begun before."""
    start = START - timedelta(weeks=weeks)
    line = RULES[pattern].line()
    if pattern == "monthly":
        line = line.replace("=1", f"={start.day}")
    if pattern == "weekday":
        start = datetime(start.year, start.month, 1, 8, tzinfo=timezone.utc)
        start += timedelta(days=-start.weekday() % 7)
    world.google_series(line, start=start)
    world.sync()
    row = world.rows()[0]
    world.odoo.people_edit_all(row, shift=timedelta(hours=2))
    world.sync()
    google_id, event = world.only_series()
    moved = datetime.fromisoformat(event["start"]["dateTime"])
    assert moved.date() == start.date()
    assert "UNTIL" not in event["recurrence"][0]
    assert list(world.google.events) == [google_id]
    quiet(world)


def test_a_late_row_edited_alone_is_one_exception(world):
    rows = begin(world, "weekly", SUMMER)
    world.sync()
    events = world.odoo.tables.events
    late = next(
        k
        for k in rows
        if events[k].values.period.start > datetime(2038, 6, 1, tzinfo=timezone.utc)
    )
    world.odoo.people_edit(late, title="Autre")
    world.sync()
    assert len(world.google.events) == 2
    quiet(world)


def test_a_late_row_moved_by_a_person_is_one_exception(world):
    rows = begin(world, "weekly", SUMMER)
    world.sync()
    start = datetime(2038, 6, 16, 14, tzinfo=timezone.utc)
    late = min(
        rows,
        key=lambda k: abs(world.odoo.tables.events[k].values.period.start - start),
    )
    world.odoo.people_edit(late, period=Period(start, start + timedelta(hours=1)))
    world.sync()
    assert len(world.google.events) == 2
    quiet(world)
