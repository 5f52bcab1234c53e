"""Stories about events that are moved between calendars while other things happen."""

import pytest
from calendars_world import Calendars
from world import at, google_body

from google_sync.sync.events.links import LinkState

ALARM = {"method": "popup", "minutes": 30}
DEFAULT = {"reminders": {"useDefault": True}}
WEEKLY = {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]}


@pytest.fixture
def world():
    """Marie's main calendar reminds her of everything, the others of nothing."""
    world = Calendars("work", "team")
    world.google().default_reminders = (ALARM,)
    return world


def synced(world, **values):
    world.google().people_insert("g", google_body("Réunion", **DEFAULT, **values))
    world.sync()
    return min(world.odoo.tables.events)


def deleted(world, event_id):
    """With all of its series."""
    if world.odoo.tables.events[event_id].recurrence:
        world.odoo.people_delete_series(event_id)
    else:
        world.odoo.people_delete(event_id)


@pytest.mark.parametrize("first", ["moved", "deleted"])
@pytest.mark.parametrize("values", [{}, WEEKLY])
def test_a_move_is_no_edit_whatever_the_calendars_remind_of(world, first, values):
    event_id = synced(world, **values)
    deeds = {
        "moved": lambda: world.account.people_move("main", "g", "work"),
        "deleted": lambda: deleted(world, event_id),
    }
    for name in sorted(deeds, key=lambda name: name != first):
        deeds[name]()
        world.tick()
    world.sync()
    assert (world.in_odoo(), world.titles("work"), world.titles()) == ([], [], [])
    world.settled()


def test_nor_of_an_edited_occurrence(world):
    event_id = synced(world, **WEEKLY)
    (key, *_more) = world.google()._keys("g", at(0).start.date(), at(60).start.date())
    world.google().people_edit(f"g_{key}", summary="Autre", **DEFAULT)
    world.sync()
    world.account.people_move("main", "g", "work")
    deleted(world, event_id)
    world.sync()
    assert world.titles("work") == []
    world.sync()
    world.settled()


def test_an_edit_beside_the_move_beats_the_deletion(world):
    event_id = synced(world)
    world.account.people_move("main", "g", "work")
    world.google("work").people_edit("g", location="Lyon")
    world.odoo.people_delete(event_id)
    world.sync()
    assert world.titles("work") == ["Réunion"]
    assert world.in_odoo() == ["Réunion"]


@pytest.mark.parametrize("first", ["moved", "deleted"])
def test_deleted_in_odoo_nobody_is_asked_where_it_went(world, first):
    world.modes["team"] = "off"
    event_id = synced(world)
    if first == "deleted":
        world.odoo.people_delete(event_id)
    world.account.people_move("main", "g", "team")
    if first == "moved":
        world.odoo.people_delete(event_id)
    report = world.sync()
    assert (report.questions, world.odoo.tables.questions) == (0, {})
    assert (world.in_odoo(), world.titles("team")) == ([], ["Réunion"])
    assert [x.state for x in world.links()] == [LinkState.DELETED]
    world.settled()
