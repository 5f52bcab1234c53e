"""A preview of series names what the next run does: lines of series and occurrences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from running.previewing import described, preview

from google_sync.sync.events.recurrence import Rule
from google_sync.sync.events.values import Period
from series.keys import key
from series.world import MONDAYS, START, SeriesWorld


def made_in_odoo_with_exceptions(world):
    rows = world.series(title="Neuve")
    world.odoo.people_edit(rows[1], title="Spécial")
    world.odoo.people_delete(rows[2])


def edits_of_each_sort(world):
    rows = world.rows()
    moved = Period.timed(START + timedelta(days=8), START + timedelta(days=8, hours=1))
    world.odoo.people_edit(rows[0], period=moved)
    world.odoo.people_edit(rows[1], title="Autre")
    world.odoo.people_delete(rows[3])


def time_of_all(world):
    world.odoo.people_edit_all(world.rows()[0], shift=timedelta(hours=2))


def time_of_all_with_exceptions(world):
    world.odoo.people_edit(world.rows()[1], title="Spécial")
    world.odoo.people_delete(world.rows()[3])
    world.sync()
    world.odoo.people_edit_all(world.rows()[0], shift=timedelta(hours=2))


def this_and_following_in_odoo(world):
    world.odoo.people_edit_following(world.rows()[2], place="Lyon")


def this_and_following_in_google(world):
    google_id = world.only_series()[0]
    world.google.people_edit(
        google_id, recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260614T215959Z"]
    )
    world.google_series(
        "RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO",
        google_id="tail",
        start=START + timedelta(weeks=2),
    )


def exceptions_in_google(world):
    google_id = world.only_series()[0]
    world.google.people_edit(f"{google_id}_{key(1)}", summary="De Google")
    world.google.people_delete(f"{google_id}_{key(2)}")


def both_sides_of_one_occurrence(world):
    google_id = world.only_series()[0]
    world.google.people_edit(f"{google_id}_{key(1)}", location="Nice")
    world.odoo.people_edit(world.rows()[1], title="Autre")


def another_rule_in_google_over_a_cancelled_day(world):
    google_id = world.only_series()[0]
    world.odoo.people_delete(world.rows()[1])
    world.sync()
    world.google.people_edit(
        google_id, recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8"]
    )


def odd_rule_in_google(world):
    world.google_series("RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=4")


def deleted_in_odoo(world):
    world.odoo.people_delete_series(world.rows()[0])


def deleted_in_google(world):
    world.google.people_delete(world.only_series()[0])


def single_in_odoo(world):
    world.odoo.people_make_single(world.rows()[0])


GESTURES = [
    made_in_odoo_with_exceptions,
    edits_of_each_sort,
    time_of_all,
    time_of_all_with_exceptions,
    this_and_following_in_odoo,
    this_and_following_in_google,
    exceptions_in_google,
    both_sides_of_one_occurrence,
    another_rule_in_google_over_a_cancelled_day,
    odd_rule_in_google,
    deleted_in_odoo,
    deleted_in_google,
    single_in_odoo,
]


def a_world(gesture):
    world = SeriesWorld()
    world.series(replace(MONDAYS, count=4))
    world.sync()
    gesture(world)
    world.odoo.tables.lines.clear()
    world.odoo.commit()
    return world


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda g: g.__name__)
def test_the_run_does_what_the_preview_named(gesture):
    world = a_world(gesture)
    before = (world.odoo_agenda(), dict(world.google.events), world.store.cursor())
    planned = preview(world)
    assert planned
    assert before == (
        world.odoo_agenda(),
        dict(world.google.events),
        world.store.cursor(),
    )
    world.sync()
    assert described(world.odoo.tables.lines) == planned
    world.settled()


def test_a_series_is_one_line_with_its_rule():
    world = a_world(lambda world: None)
    world.series(Rule("DAILY", count=9), title="Neuve")
    (line,) = [line for line in preview(world) if line[2] == "Neuve"]
    assert line[:2] == ("google", "create")


def test_preview_of_equal_series_is_empty():
    world = a_world(edits_of_each_sort)
    world.sync()
    world.sync()
    world.odoo.tables.lines.clear()
    world.odoo.commit()
    assert preview(world) == []
