"""Series, and the fields whose direction a company chose."""

from __future__ import annotations

from datetime import date

import pytest
from world import WINDOW

from google_sync.sync.directions import Direction
from google_sync.sync.events.period import Window
from google_sync.sync.events.ways import ways_of
from series.world import SeriesWorld

TO, NONE = Direction.TO_GOOGLE, Direction.NONE
ODD = "RRULE:FREQ=DAILY;COUNT=4;BYHOUR=10"
PLAIN = "RRULE:FREQ=DAILY;COUNT=4"


@pytest.fixture
def world() -> SeriesWorld:
    return SeriesWorld()


def choose(world, **chosen):
    world.store.ways = world.options["ways"] = ways_of(chosen)


def descriptions(world) -> list[str]:
    events = world.odoo.tables.events
    return [events[row].values.description for row in world.rows()]


@pytest.mark.parametrize("way", [TO, NONE])
def test_the_rest_of_a_split_series_keeps_it_in_google(world, way):
    choose(world, description=way)
    world.google_series(description="Note")
    world.sync()
    assert descriptions(world) == [""] * 4
    tail = world.google.people_split("s1_20260615T080000Z", summary="Suite")
    world.settled()
    assert descriptions(world) == [""] * 4
    assert world.google.events[tail]["description"] == "Note"


@pytest.mark.parametrize("way", [TO, NONE])
def test_days_that_a_split_adds_keep_it_in_google(world, way):
    """The rest runs longer than the series did: rows of its own beside those it has."""
    choose(world, description=way)
    world.google_series(description="Note")
    world.sync()
    longer = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=6"
    tail = world.google.people_split("s1_20260615T080000Z", longer)
    world.settled()
    assert descriptions(world) == [""] * 8
    assert world.google.events[tail]["description"] == "Note"


@pytest.mark.parametrize("way", [TO, NONE])
def test_a_rule_that_odoo_can_say_now_keeps_it_in_google(world, way):
    choose(world, description=way)
    world.google_series(ODD, description="Note")
    world.sync()
    assert set(descriptions(world)) == {""}
    world.google.people_edit("s1", recurrence=[PLAIN])
    world.settled()
    assert descriptions(world) == [""] * 4
    assert world.google.events["s1"]["description"] == "Note"


@pytest.mark.parametrize("way", [TO, NONE])
@pytest.mark.parametrize("in_odoo", [True, False])
def test_days_that_time_or_a_rule_adds_are_as_the_others(world, way, in_odoo):
    choose(world, description=way)
    if in_odoo:
        world.series(description="Ordre du jour")
    else:
        world.google_series(description="Note")
    world.sync()
    google_id, body = world.only_series()
    told, kept = body.get("description", ""), set(descriptions(world))
    longer = ["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=6"]
    world.google.people_edit(google_id, recurrence=longer)
    world.settled()
    assert len(world.rows()) == 6
    assert set(descriptions(world)) == kept
    assert world.only_series()[1].get("description", "") == told


@pytest.mark.parametrize("way", [TO, NONE])
def test_days_of_an_endless_series_that_come_into_the_period(world, way):
    choose(world, description=way)
    world.window = Window(date(2026, 5, 1), date(2026, 8, 1))
    world.google_series("RRULE:FREQ=WEEKLY;BYDAY=MO", description="Note")
    world.sync()
    rows = len(world.rows())
    world.window = WINDOW
    world.settled()
    assert len(world.rows()) > rows
    assert set(descriptions(world)) == {""}
    assert world.only_series()[1]["description"] == "Note"
