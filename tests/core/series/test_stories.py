"""Short stories about series: what people do, one run, what both sides hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from world import WINDOW

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.recurrence import Rule, with_rule
from google_sync.sync.events.values import EventValues, Period
from series.keys import key
from series.world import MONDAYS, PARIS, START, UTC, SeriesWorld


@pytest.fixture
def world():
    return SeriesWorld()


# -- both ways -----------------------------------------------------------------


def test_a_series_of_odoo_is_one_insert(world):
    world.series()
    world.sync()
    google_id, event = world.only_series()
    assert event["recurrence"] == ["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4"]
    assert world.actions() == [("google", "create")]
    world.settled()


def test_a_series_of_google_is_rows_and_one_line(world):
    world.google_series()
    world.sync()
    assert len(world.rows()) == 4
    assert world.actions() == [("odoo", "create")]
    world.settled()


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=9",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20260701T080000Z",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
        "RRULE:FREQ=MONTHLY;BYDAY=1MO",
        "RRULE:FREQ=YEARLY",
    ],
)
def test_google_rules_keep_their_text(world, line):
    world.google_series(line)
    world.settled()
    assert world.only_series()[1]["recurrence"] == [line]


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"],
        ["RRULE:FREQ=YEARLY;BYMONTH=6,7;BYMONTHDAY=1"],
        ["RRULE:FREQ=MONTHLY;BYDAY=5MO"],
        ["RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"],
    ],
)
def test_odd_rules_are_single_occurrences(world, lines):
    world.google_series(*lines)
    world.sync()
    assert world.rows()
    assert not world.odoo.tables.recurrences
    world.settled()
    assert world.only_series()[1]["recurrence"] == lines


def test_an_odd_occurrence_edited_deleted_and_the_series_ended(world):
    world.google_series("RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=6")
    world.sync()
    rows = world.rows()
    world.odoo.people_edit(rows[1], title="Autrement")
    world.odoo.people_delete(rows[2])
    world.settled()
    assert len(world.google.alive()) == 1
    world.google.people_delete("s1")
    world.settled()
    assert not world.rows()


def test_an_old_endless_series_fills_the_period_only(world):
    world.google_series("RRULE:FREQ=DAILY", start=START.replace(year=2020))
    world.sync()
    days = (WINDOW.last - WINDOW.first).days + 1
    assert len(world.rows()) == days
    world.settled()
    assert world.only_series()[1]["recurrence"] == ["RRULE:FREQ=DAILY"]


def test_each_day_adds_occurrences(world):
    world.google_series("RRULE:FREQ=DAILY")
    world.sync()
    before = len(world.rows())
    world.window = replace(WINDOW, last=WINDOW.last + timedelta(days=3))
    world.sync()
    assert len(world.rows()) == before + 3


# -- exceptions ----------------------------------------------------------------


def test_occurrences_moved_edited_and_deleted_in_odoo(world):
    rows = world.series()
    world.sync()
    moved = Period.timed(START + timedelta(days=8), START + timedelta(days=8, hours=1))
    world.odoo.people_edit(rows[1], period=moved)
    world.odoo.people_edit(rows[2], title="Spécial")
    world.odoo.people_delete(rows[3])
    world.sync()
    google_id, _event = world.only_series()
    assert {k for k in world.google.events if k != google_id} == {
        f"{google_id}_{key(n)}" for n in (1, 2, 3)
    }
    world.settled()


def test_exceptions_before_the_first_sync(world):
    rows = world.series()
    world.odoo.people_edit(rows[1], title="Spécial")
    world.odoo.people_delete(rows[0])
    world.settled()
    assert len(world.google_agenda()) == 3


def test_occurrences_moved_edited_and_deleted_in_google(world):
    world.google_series()
    world.sync()
    start = START + timedelta(days=8)
    end = start + timedelta(minutes=30)
    world.google.people_edit(
        f"s1_{key(1)}",
        start={"dateTime": start.isoformat(), "timeZone": PARIS},
        end={"dateTime": end.isoformat(), "timeZone": PARIS},
    )
    world.google.people_edit(f"s1_{key(2)}", summary="Spécial")
    world.google.people_delete(f"s1_{key(3)}")
    world.sync()
    assert len(world.rows()) == 3
    world.settled()


def test_exceptions_before_their_series(world):
    world.google.page_size = 1
    world.google_series()
    world.google.people_edit(f"s1_{key(2)}", summary="Spécial")
    world.google.people_delete(f"s1_{key(3)}")
    world.google.events = dict(reversed(world.google.events.items()))
    world.settled()
    assert len(world.rows()) == 3


def test_a_restored_occurrence_comes_back(world):
    world.google_series()
    world.google.people_delete(f"s1_{key(3)}")
    world.sync()
    world.google.people_edit(f"s1_{key(3)}", status="confirmed")
    world.sync()
    assert len(world.rows()) == 4
    world.settled()


def test_an_exception_follows_its_series_in_what_it_does_not_say(world):
    rows = world.series()
    world.sync()
    world.odoo.people_edit(rows[1], title="Spécial")
    world.sync()
    google_id, _event = world.only_series()
    world.google.people_edit(google_id, location="Lyon")
    world.sync()
    places = {r.values.place for r in world.odoo.tables.events.values()}
    assert places == {"Lyon"}
    world.odoo.people_edit_all(rows[0], place="Nice")
    world.settled()


def test_the_same_occurrence_edited_on_both_sides(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="Odoo")
    world.google.people_edit(f"{google_id}_{key(1)}", location="Google")
    world.sync()
    record = world.odoo.tables.events[rows[1]].values
    assert (record.title, record.place) == ("Odoo", "Google")
    world.settled()


# -- the whole -----------------------------------------------------------------


def test_title_of_all_is_one_patch(world):
    rows = world.series()
    world.settled()
    requests = world.google.requests
    world.odoo.people_edit_all(rows[2], title="Autre")
    world.sync()
    assert world.google.requests == requests + 2
    assert world.only_series()[1]["summary"] == "Autre"
    world.settled()


def test_time_of_all_changed_in_odoo(world):
    rows = world.series()
    world.odoo.people_delete(rows[2])
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit_all(rows[0], shift=timedelta(hours=2))
    world.sync()
    assert world.only_series()[0] == google_id
    assert len(world.rows()) == 3, "a rebuild does not bring back what was deleted"
    world.settled()


def test_time_of_all_changed_in_google(world):
    world.google_series()
    world.sync()
    rows = world.rows()
    start = START + timedelta(days=1, hours=2)
    world.google.people_edit(
        "s1",
        start={"dateTime": start.isoformat(), "timeZone": PARIS},
        end={"dateTime": (start + timedelta(hours=1)).isoformat(), "timeZone": PARIS},
        recurrence=["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU"],
    )
    world.sync()
    assert world.rows() == rows, "the rows are kept and moved"
    world.settled()


def test_rule_of_all_changed_in_odoo(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    rule = Rule("WEEKLY", days=("MO", "TH"), count=6)
    world.odoo.people_edit_all(rows[0], rule=rule)
    world.sync()
    assert world.only_series()[0] == google_id
    world.settled()


def test_an_old_series_moved_in_odoo_keeps_its_past(world):
    old = START - timedelta(weeks=52)
    world.google_series("RRULE:FREQ=WEEKLY;BYDAY=MO", start=old)
    world.sync()
    world.odoo.people_edit_all(world.rows()[0], shift=timedelta(hours=1))
    world.settled()
    values = parse_event(world.only_series()[1], CalendarContext()).values
    assert values.period.start.date() == old.date()


@pytest.mark.parametrize("exceptions", [False, True])
@pytest.mark.parametrize("shift", [None, timedelta(hours=3)])
def test_this_and_following_in_odoo(world, exceptions, shift):
    rows = world.series()
    world.sync()
    if exceptions:
        world.odoo.people_edit(rows[1], title="Avant")
        world.odoo.people_edit(rows[3], title="Après")
        world.sync()
    world.odoo.people_edit_following(rows[2], shift=shift, place="Lyon")
    world.sync()
    assert len(world.google.alive()) == 2
    world.settled()


@pytest.mark.parametrize("exceptions", [False, True])
def test_this_and_following_in_google(world, exceptions):
    world.google_series()
    world.sync()
    if exceptions:
        world.google.people_edit(f"s1_{key(1)}", summary="Avant")
        world.google.people_edit(f"s1_{key(3)}", summary="Après")
        world.sync()
    world.google.people_edit(
        "s1", recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260614T215959Z"]
    )
    world.google_series(
        "RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO",
        google_id="s1_R20260615T080000",
        start=START + timedelta(weeks=2),
        location="Lyon",
    )
    world.sync()
    assert len(world.rows()) == 4
    world.settled()


def test_following_deleted_in_odoo_ends_the_series(world):
    rows = world.series(Rule("WEEKLY", days=("MO",)))
    world.sync()
    world.odoo.people_delete_following(rows[5])
    world.sync()
    google_id, event = world.only_series()
    assert "UNTIL" in event["recurrence"][0]
    assert len(world.google.seen()) == 5
    world.settled()


def test_series_deleted_in_odoo(world):
    rows = world.series()
    world.odoo.people_edit(rows[1], title="Spécial")
    world.sync()
    world.odoo.people_delete_series(rows[0])
    world.settled()
    assert not world.google.alive()


def test_series_deleted_in_google(world):
    world.google_series()
    world.google.people_edit(f"s1_{key(1)}", summary="Spécial")
    world.sync()
    world.google.people_delete("s1")
    world.settled()
    assert not world.rows()


def test_the_first_occurrence_deleted_leaves_the_series(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_delete(rows[0])
    world.settled()
    assert world.only_series()[0] == google_id


# -- single and back -----------------------------------------------------------


def test_single_made_a_series_and_back_in_odoo(world):
    period = Period.timed(START, START + timedelta(hours=1))
    row = world.odoo.people_create("marie", EventValues(period, title="Point"))
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_make_series(row, MONDAYS)
    world.settled()
    assert world.only_series()[0] == google_id
    assert len(world.google_agenda()) == 4
    world.odoo.people_make_single(row)
    world.settled()
    assert len(world.google_agenda()) == 1


def test_single_made_a_series_and_back_in_google(world):
    world.google_series()
    world.google.events["s1"].pop("recurrence")
    world.sync()
    (row,) = world.rows()
    world.google.people_edit("s1", recurrence=["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO"])
    world.sync()
    assert world.rows()[0] == row
    world.settled()
    world.google.people_edit("s1", recurrence=None)
    world.settled()
    assert world.rows() == [row]


# -- other kinds ---------------------------------------------------------------


def test_all_day_series(world):
    values = EventValues(
        Period.days(date(2026, 6, 1), date(2026, 6, 2)),
        title="Salon",
        recurrence=with_rule(Rule("YEARLY", until=date(2027, 6, 1)), set()),
    )
    rows = world.odoo.people_create_series("marie", values)
    world.settled()
    world.odoo.people_edit(rows[0], title="Autre")
    world.settled()


def test_clock_change_in_the_series_own_zone(world):
    start = datetime(2026, 10, 19, 8, tzinfo=UTC)
    world.google_series("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO", start=start)
    world.settled()
    hours = [world.odoo.tables.events[r].values.period.start.hour for r in world.rows()]
    assert hours == [8, 9, 9]


def test_exdates_stay_googles(world):
    lines = [
        "EXDATE;TZID=Europe/Paris:20260608T100000",
        "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO",
    ]
    world.google_series(*lines)
    world.sync()
    assert len(world.rows()) == 3
    world.settled()
    assert world.only_series()[1]["recurrence"] == lines
    world.odoo.people_edit_all(world.rows()[0], shift=timedelta(hours=1))
    world.settled()
    assert len(world.rows()) == 3


def test_series_off_leaves_both_sides_alone(world):
    world.google_series()
    world.sync(series=False)
    assert not world.rows()
    assert world.only_series()[0] == "s1"


def test_a_killed_exception_arrives_later(world):
    """The answer to an exception's patch is lost: nothing is doubled or undone."""
    rows = world.series()
    world.sync()
    world.odoo.people_edit(rows[1], title="Spécial")
    steps = world.steps()
    for _ in steps:
        break
    steps.close()
    world.odoo.crash()
    world.settled()
