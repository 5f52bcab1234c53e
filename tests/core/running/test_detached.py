"""Links cut by a reset: found again, or let go where Google lost the event."""

from datetime import timedelta

import pytest
from world import World, at, google_body, meeting

from google_sync.sync.events.links import LinkState


@pytest.fixture
def world():
    """One event born on each side, in step, then the links are cut."""
    world = World()
    world.odoo.people_create("marie", meeting("Odoo"))
    world.google.people_insert("g1", google_body("Google", day=5))
    world.sync()
    world.store.detach()
    return world


def ids(world):
    return set(world.google.alive()), set(world.in_odoo())


def test_the_same_events_are_found_again(world):
    before = ids(world)
    report = world.sync()
    assert ids(world) == before
    assert report.done == {("odoo", "adopt"): 2}
    states = {x.state for x in world.odoo.tables.links["marie"].values()}
    assert states == {LinkState.LINKED}


def test_twice_cut_is_as_once(world):
    before = ids(world)
    world.store.detach()
    world.sync()
    world.store.detach()
    world.sync()
    assert ids(world) == before


def test_deleted_in_google_meanwhile_goes_there_anew(world):
    google, odoo = ids(world)
    for google_id in google:
        world.google.people_delete(google_id)
    world.sync()
    world.assert_same()
    assert set(world.in_odoo()) == odoo
    assert len(world.in_google()) == 2
    assert not set(world.in_google()) & google


def test_moved_out_of_the_period_in_google_makes_no_double(world):
    google, odoo = ids(world)
    far = at(900)
    world.google.people_edit(
        "g1",
        start={"dateTime": far.start.isoformat()},
        end={"dateTime": (far.start + timedelta(hours=1)).isoformat()},
    )
    world.sync()
    world.sync()
    assert ids(world) == (google, odoo)


def test_deleted_in_odoo_meanwhile_comes_back_from_google(world):
    """Nobody knows any more that it was one event: nothing is lost."""
    event_id = next(iter(world.in_odoo()))
    world.odoo.people_delete(event_id)
    world.sync()
    world.assert_same()
    assert len(world.in_odoo()) == 2
