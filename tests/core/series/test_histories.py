"""Stories of series that random histories told first: each was a fault once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from world import google_body

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.recurrence import Rule
from google_sync.sync.events.values import EventValues, Period
from google_sync.sync.ports import RetryLater
from series.answering import answer
from series.keys import key
from series.world import MONDAYS, PARIS, START, SeriesWorld

ODD = "RRULE:FREQ=DAILY;COUNT=4;BYHOUR=10"


@pytest.fixture
def world():
    return SeriesWorld()


def test_one_occurrence_moved_never_carries_the_series_along(world):
    """An exception counts for its series, wherever it is: half of it stays put."""
    rows = world.series(replace(MONDAYS, count=3))
    world.sync()
    world.odoo.people_edit(rows[1], title="Spécial")
    world.sync()
    moved = Period.timed(START - timedelta(days=9, hours=1), START - timedelta(days=9))
    world.odoo.people_edit(rows[2], period=moved)
    world.sync()
    google_id, event = world.only_series()
    assert parse_event(event, CalendarContext()).values.period.start == START
    assert f"{google_id}_{key(2)}" in world.google.events
    world.settled()


def test_google_shows_a_cancelled_occurrence_again_under_a_new_rule(world):
    """Another pattern makes Google forget its exceptions: Odoo follows."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_delete(rows[1])
    world.sync()
    world.google.people_edit(
        google_id, recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8"]
    )
    world.settled()
    assert len(world.rows()) == 8


def test_an_occurrence_deleted_before_stays_deleted_under_a_new_rule_of_odoo(world):
    rows = world.series()
    world.sync()
    world.odoo.people_delete(rows[1])
    world.sync()
    rule = Rule("WEEKLY", days=("MO", "TH"), count=8)
    world.odoo.people_edit_all(rows[0], rule=rule)
    world.settled()
    assert len(world.rows()) == 7


def test_the_row_that_stays_is_the_links_when_a_series_becomes_single(world):
    """Marie declined the first occurrence, by which Odoo names the series."""
    rows = world.series(people=("paul",))
    world.odoo.people_leave(rows[0], "marie")
    world.sync()
    google_id, _event = world.only_series()
    world.google.people_edit(google_id, recurrence=None)
    for _ in range(3):
        world.sync()
    assert list(world.google.alive()) == [google_id]
    assert world.link_of(rows[1]).google_id == google_id


def test_a_series_cut_and_made_longer_again_in_google(world):
    """Google forgot what was cancelled beyond the cut; nobody saw the cut itself."""
    rows = world.series()
    world.sync()
    google_id, event = world.only_series()
    world.odoo.people_delete(rows[3])
    world.sync()
    longer = "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260720T215959Z"
    for line in ("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260614T215959Z", longer):
        world.google.people_edit(google_id, recurrence=[line])
    world.settled()
    assert len(world.rows()) == 8


def test_google_shows_again_what_it_was_just_cancelling(world):
    """Killed between the cancelling and Odoo's deletion; then the rule changed."""
    world.google_series()
    world.google.people_delete(f"s1_{key(1)}")
    steps = world.steps()
    next(steps)
    steps.close()
    world.google.people_edit("s1", recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8"])
    world.settled()
    assert len(world.rows()) == 8


def test_restored_in_google_while_odoo_makes_its_rows_anew(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_delete(rows[1])
    world.sync()
    world.odoo.people_edit_all(rows[0], rule=replace(MONDAYS, count=6))
    world.google.people_edit(f"{google_id}_{key(1)}", status="confirmed")
    world.settled()
    assert len(world.rows()) == 6


def test_an_odd_rule_comes_and_goes(world):
    """Its single occurrences are made again, the one that came first too."""
    world.google_series(ODD)
    world.sync()
    world.google.people_edit("s1", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    world.sync()
    world.google.people_edit("s1", recurrence=[ODD])
    world.sync()
    world.assert_same()
    assert len(world.rows()) == 4


def test_a_single_event_gets_an_odd_rule(world):
    world.google.people_insert("g1", google_body(day=3))
    world.google.people_insert("g2", google_body("Autre", day=4))
    world.sync()
    world.google.people_edit("g1", recurrence=[ODD])
    world.sync()
    assert len(world.rows()) == 5
    world.assert_same()


def test_a_declined_day_stays_free_when_google_moves_the_end(world):
    """No row of somebody else is put on the day that Marie declined."""
    rows = world.series(people=("paul",))
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_leave(rows[1], "marie")
    world.sync()
    world.google.people_edit(
        google_id, recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260614T215959Z"]
    )
    for _ in range(3):
        world.sync()
    mine = [
        r.values.period.start
        for r in world.odoo.tables.events.values()
        if r.alive and "marie" in r.people
    ]
    assert mine == [START]


def test_an_odd_occurrence_made_a_series_in_odoo_is_there_once(world):
    world.google_series("RRULE:FREQ=DAILY;COUNT=1;BYHOUR=10")
    world.sync()
    (row,) = world.rows()
    world.odoo.people_make_series(row, Rule("DAILY", count=2))
    for _ in range(3):
        world.sync()
    world.odoo.people_edit(row, place="Lyon")
    for _ in range(3):
        world.sync()
    assert len(world.google_agenda()) == 2
    world.assert_same()


def test_the_first_row_of_a_single_made_a_series_is_deleted_at_once(world):
    """The link named the series by that row; the others are not forgotten."""
    world.google.people_insert("g1", google_body(day=3))
    world.sync()
    (row,) = world.rows()
    world.odoo.people_make_series(row, Rule("DAILY", count=3))
    world.odoo.tables.pending.clear()
    world.odoo.people_delete(row)
    for _ in range(3):
        world.sync()
    assert len(world.google_agenda()) == 2
    world.assert_same()


def test_a_series_made_single_and_back_keeps_its_cancelled_day(world):
    """Deleted in Odoo and not yet in Google, while Google changes the rule."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_delete(rows[1])
    world.google.fault = lambda name: "before" if name.startswith("call") else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    world.odoo.people_make_single(rows[0])
    world.google.people_edit(
        google_id, recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260622T215959Z"]
    )
    world.settled()


# -- people are asked ----------------------------------------------------------


def test_an_occurrence_kept_is_as_google_has_it_by_then(world):
    rows = world.series()
    world.sync(confirm_deletions=True)
    google_id, _event = world.only_series()
    world.odoo.people_delete(rows[1])
    world.sync(confirm_deletions=True)
    world.google.people_edit(google_id, location="Lyon")
    world.sync(confirm_deletions=True)
    answer(world, "keep")
    for _ in range(2):
        world.sync(confirm_deletions=True)
    world.assert_same()
    assert len(world.rows()) == 4


def test_a_series_kept_hears_of_what_happened_to_its_occurrences(world):
    world.google_series()
    world.sync(confirm_deletions=True)
    world.odoo.people_delete_series(world.rows()[0])
    world.sync(confirm_deletions=True)
    world.google.people_edit(f"s1_{key(1)}", summary="Spécial")
    world.google.people_delete(f"s1_{key(2)}")
    world.sync(confirm_deletions=True)
    answer(world, "keep")
    for _ in range(2):
        world.sync(confirm_deletions=True)
    answer(world, "delete")  # the day that was cancelled in Google meanwhile
    for _ in range(2):
        world.sync(confirm_deletions=True)
    world.assert_same()
    assert len(world.rows()) == 3


def test_start_and_rule_are_one_question(world):
    """Under `ask` neither is written before a person said whose stands."""
    rows = world.series(replace(MONDAYS, count=2))
    world.sync(policy="ask")
    google_id, _event = world.only_series()
    world.odoo.people_edit_all(rows[0], shift=timedelta(days=1))
    line = "RRULE:FREQ=WEEKLY;BYDAY=MO,FR;COUNT=5"
    world.google.people_edit(google_id, recurrence=[line])
    world.sync(policy="ask")
    world.sync(policy="ask")
    assert world.only_series()[1]["recurrence"] == [line]
    (question,) = world.odoo.tables.questions.values()
    fields = question.detail["fields"]
    assert {"period", "recurrence"} <= fields.keys()
    answer(world, "fields", dict.fromkeys(fields, "google"))
    for _ in range(3):
        world.sync(policy="ask")
    world.assert_same()
    assert world.only_series()[1]["recurrence"] == [line]


# -- somebody else's -----------------------------------------------------------

OTHERS = {"organizer": {"email": "chef@example.com"}}


def test_a_guarded_series_is_put_back_whole_and_in_part(world):
    world.google_series(**OTHERS)
    world.sync()
    rows = world.rows()
    moved = Period.timed(START + timedelta(days=3), START + timedelta(days=3, hours=1))
    world.odoo.people_edit(rows[1], period=moved)
    world.odoo.people_edit(rows[2], title="Autrement")
    world.sync()
    world.sync()
    world.assert_same()
    world.odoo.people_edit_all(rows[0], shift=timedelta(hours=2), title="À moi")
    for _ in range(3):
        world.sync()
    world.assert_same()
    assert {"put_back"} <= {line.action for line in world.odoo.tables.lines}
    assert not [e for e in world.google.events if e != "s1"]


# -- parts of a series ---------------------------------------------------------


def test_a_new_pattern_of_an_old_series_gives_nothing_before_its_first_row(world):
    """Odoo holds it from the period on; what the rule adds before is cancelled."""
    old = START - timedelta(weeks=30, days=4)
    world.window = replace(world.window, first=START.date())
    world.google_series("RRULE:FREQ=WEEKLY;BYDAY=WE", start=old - timedelta(days=1))
    world.sync()
    world.odoo.people_edit_all(world.rows()[0], rule=Rule("DAILY", count=9))
    for _ in range(3):
        world.sync()
    inside = [x for x in world.google_agenda() if x >= f"{START:%Y-%m-%d}"]
    assert inside == world.odoo_agenda()


def test_series_switched_on_later(world):
    world.google_series()
    world.sync(series=False)
    assert not world.rows()
    world.sync(full=True)
    assert len(world.rows()) == 4
    world.settled()


def test_the_period_moves_over_a_series_day_by_day(world):
    world.window = replace(world.window, last=(START + timedelta(days=10)).date())
    world.google_series("RRULE:FREQ=DAILY;COUNT=30", timeZone=PARIS)
    world.google.people_edit(
        f"s1_{START + timedelta(days=12):%Y%m%dT%H%M%SZ}", summary="Là"
    )
    world.google.people_delete(f"s1_{START + timedelta(days=13):%Y%m%dT%H%M%SZ}")
    world.sync()
    for days in range(11, 16):
        world.window = replace(world.window, last=(START + timedelta(days=days)).date())
        world.sync()
    titles = [r.values.title for r in world.odoo.tables.events.values()]
    assert len(titles) == 15
    assert titles.count("Là") == 1


def test_all_day_series_both_ways(world):
    days = {"start": {"date": "2026-06-01"}, "end": {"date": "2026-06-02"}}
    world.google.people_insert(
        "s1", {"summary": "Salon", "recurrence": ["RRULE:FREQ=DAILY;COUNT=5"], **days}
    )
    world.sync()
    rows = world.rows()
    assert len(rows) == 5
    world.odoo.people_delete(rows[1])
    world.odoo.people_edit(rows[2], title="Autre")
    world.google.people_delete("s1_20260604")
    world.google.people_edit(
        "s1_20260605", start={"date": "2026-06-09"}, end={"date": "2026-06-10"}
    )
    world.settled()
    assert len(world.rows()) == 3
    values = parse_event(world.google.events["s1"], CalendarContext()).values
    assert values.period.all_day


def test_an_occurrence_moved_past_the_end_makes_the_series_no_longer(world):
    rows = world.series(MONDAYS.ending(until=date(2026, 6, 22)))
    world.sync()
    google_id, event = world.only_series()
    late = START + timedelta(weeks=9, days=2)
    world.odoo.people_edit(
        rows[2], period=Period.timed(late, late + timedelta(hours=1))
    )
    world.sync()
    assert world.only_series()[1]["recurrence"] == event["recurrence"]
    world.odoo.people_edit(rows[2], title="Tard")
    world.settled()
    assert set(world.google.events) == {google_id, f"{google_id}_{key(2)}"}


def test_a_series_made_single_and_a_series_again(world):
    """Its first link is over: the row's own link stands for what it became."""
    (row,) = world.series(replace(MONDAYS, count=1))
    world.settled()
    google_id, _event = world.only_series()
    start = START + timedelta(days=2, hours=1)
    moved = Period.timed(start, start + timedelta(hours=1))
    world.odoo.people_edit(row, period=moved)
    world.google.people_edit(f"{google_id}_{key(0)}", summary="Ailleurs")
    world.settled()
    (row,) = world.rows()[:1]
    world.odoo.people_make_single(row)
    world.settled()
    world.odoo.people_make_series(row, Rule("DAILY", count=2))
    world.settled()
    assert len(world.google.alive()) == 1


def test_deleted_in_odoo_and_given_an_odd_rule_in_google(world):
    """The edit beats the deletion, in words that Odoo does not have."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_delete_series(rows[0])
    world.google.people_edit(google_id, recurrence=[ODD])
    world.sync(pull=False)
    world.settled()
    assert len(world.rows()) == 4


def test_archived_in_odoo_and_made_a_series_in_google(world):
    """The edit beats the deletion: it comes back as what it is by now."""
    period = Period.timed(START, START + timedelta(hours=1))
    row = world.odoo.people_create("marie", EventValues(period, title="Point"))
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_archive(row)
    world.google.people_edit(google_id, recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    world.sync(pull=False)
    world.settled()
    assert len(world.rows()) == 2
