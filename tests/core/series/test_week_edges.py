"""Series on several days of a week: cut within it, and weeks that begin elsewhere.

Odoo counts the 720 rows of an endless series from the week's first day on, and takes
the week's first day from the language of whoever saves; Google has it in the rule.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from google_sync.sync.events.recurrence import Rule
from series.world import START, SeriesWorld

WORK = Rule("WEEKLY", days=("MO", "WE", "FR"))
EDGE = Rule("WEEKLY", interval=2, days=("MO", "SU"))


@pytest.fixture
def world():
    return SeriesWorld()


def quiet(world):
    """Nothing is written any more, in whatever kind of run."""
    rows = {k: r.values for k, r in world.odoo.tables.events.items() if r.alive}
    events = {k: dict(x) for k, x in world.google.events.items()}
    world.sync()
    world.assert_quiet()
    world.sync(full=True)
    world.sync(sweep=True)
    world.assert_quiet()
    assert {k: r.values for k, r in world.odoo.tables.events.items() if r.alive} == rows
    assert world.google.events == events


def lines(world):
    """The rule of each series in Google; there is nothing but series."""
    assert all("recurrence" in x for x in world.google.events.values())
    assert all(len(x["recurrence"]) == 1 for x in world.google.events.values())
    return [x["recurrence"][0] for x in world.google.events.values()]


def ended(line):
    return "UNTIL" in line or "COUNT" in line


@pytest.mark.parametrize("week_start", ["MO", "SU", "SA"])
@pytest.mark.parametrize("row", [1, 2])
@pytest.mark.parametrize("synced", [True, False])
def test_endless_cut_within_the_week(world, week_start, row, synced):
    world.odoo.week_start = week_start
    rows = world.series(WORK)
    if synced:
        world.sync()
    world.odoo.people_edit_following(rows[row], place="Lyon")
    world.sync()
    assert sorted(map(ended, lines(world))) == [False, True]
    world.assert_same()
    quiet(world)


@pytest.mark.parametrize("row", [2])
def test_googles_endless_series_cut_within_the_week_in_odoo(world, row):
    world.google_series("RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR")
    world.sync()
    world.odoo.people_edit_following(world.rows()[row], place="Lyon")
    world.sync()
    assert sorted(map(ended, lines(world))) == [False, True]
    world.assert_same()
    quiet(world)


@pytest.mark.parametrize("day", [1, 15, 28])
def test_endless_monthly_on_a_day_before_its_first_row(world, day):
    """The month began with a day that Odoo counted and has no row for."""
    world.series(Rule("MONTHLY", month_day=day), start=START + timedelta(days=14))
    world.sync()
    (line,) = lines(world)
    assert not ended(line)
    quiet(world)


@pytest.mark.parametrize("mine", ["MO", "SU"])
@pytest.mark.parametrize("first", [0, 6])
def test_weeks_that_begin_elsewhere_in_google(world, mine, first):
    """The user's language says another first day of the week than Google's rule."""
    for other in ("MO", "SU"):
        world = SeriesWorld()
        world.odoo.week_start = mine
        line = f"RRULE:FREQ=WEEKLY;WKST={other};INTERVAL=2;BYDAY=SU,MO"
        world.google_series(line, start=START + timedelta(days=first))
        before = {k: dict(x) for k, x in world.google.events.items()}
        world.sync()
        world.assert_same()
        quiet(world)
        assert world.google.events == before


@pytest.mark.parametrize("count", [0, 6])
@pytest.mark.parametrize("week_start", ["MO", "SU"])
@pytest.mark.parametrize("first", [0, 6])
def test_weeks_of_who_made_the_series_in_odoo(world, count, week_start, first):
    """A colleague whose language begins the week elsewhere made it: the rows say so."""
    world.odoo.week_start = week_start
    world.series(EDGE.ending(count=count), start=START + timedelta(days=first))
    world.odoo.week_start = "MO" if week_start == "SU" else "SU"
    world.sync()
    lines(world)
    world.assert_same()
    quiet(world)


@pytest.mark.parametrize("week_start", ["MO", "SU"])
@pytest.mark.parametrize("first", [0, 6])
@pytest.mark.parametrize("gesture", ["all", "following"])
def test_odoo_rebuilds_googles_series_with_its_own_weeks(
    world, week_start, first, gesture
):
    """What Odoo's rows then are is what Google gets: the same dates, one rule."""
    other = "MO" if week_start == "SU" else "SU"
    world.odoo.week_start = week_start
    line = f"RRULE:FREQ=WEEKLY;WKST={other};INTERVAL=2;COUNT=9;BYDAY=SU,MO"
    world.google_series(line, start=START + timedelta(days=first))
    world.sync()
    hour = timedelta(hours=1)
    if gesture == "all":
        world.odoo.people_edit_all(world.rows()[0], shift=hour)
    else:
        world.odoo.people_edit_following(world.rows()[3], shift=hour)
    world.sync()
    lines(world)
    world.assert_same()
    quiet(world)


def test_the_rest_of_a_cut_has_its_own_weeks(world):
    world.odoo.week_start = "SU"
    rows = world.series(replace(EDGE, days=("MO", "WE", "SU"), count=12))
    world.sync()
    world.odoo.people_edit_following(rows[4], place="Lyon")
    world.sync()
    lines(world)
    world.assert_same()
    quiet(world)
