"""A run is undone: what comes back, what is left, and what the next run does."""

from collections import defaultdict

import pytest
from undo_world import UndoWorld
from world import google_body, meeting

from google_sync.sync.events.links import LinkState


@pytest.fixture
def world():
    return UndoWorld()


def state_of(world, google_id):
    return world.store.links([google_id])[google_id].state


def test_a_first_sync_is_taken_back_whole_and_stays_so(world):
    for n in range(120):
        world.odoo.people_create("marie", meeting(f"Odoo {n}", day=n % 20))
        world.google.people_insert(f"g{n}", google_body(f"Google {n}", day=n % 20))
    world.sync()
    assert len(world.in_odoo()) == len(world.in_google()) == 240
    before = world.google.requests
    undo = world.undo()
    assert {v.title[0] for v in world.in_odoo().values()} == {"O"}
    assert {v.title[0] for v in world.in_google().values()} == {"G"}
    # The news, and the deletions in batches.
    assert world.google.requests - before <= 1 + 120 // 50 + 3
    assert not undo.left
    for options in ({}, {"full": True}, {"sweep": True}):
        lines = len(world.odoo.tables.lines)
        world.sync(**options)
        assert len(world.odoo.tables.lines) == lines
    assert len(world.in_odoo()) == len(world.in_google()) == 120


def test_an_undo_is_undone(world):
    world.odoo.people_create("marie", meeting("Odoo"))
    world.google.people_insert("g1", google_body("Google", day=5))
    world.sync()
    world.undo()
    world.sync()
    again = world.undo()
    assert not again.left
    world.sync()
    world.assert_same()
    assert sorted(v.title for v in world.in_odoo().values()) == ["Google", "Odoo"]


def test_what_was_edited_since_is_left_and_named(world):
    odoo = [world.odoo.people_create("marie", meeting(f"O{n}", n)) for n in range(3)]
    for n in range(3):
        world.google.people_insert(f"g{n}", google_body(f"G{n}", day=9 + n))
    world.sync()
    first = world.lines()
    named = {world.link_of(odoo[0]).google_id, "g0", "g1"}
    world.odoo.people_edit(odoo[0], place="Lyon")
    world.google.people_edit("g0", location="Nice")
    in_odoo = next(k for k, v in world.in_odoo().items() if v.title == "G1")
    world.odoo.people_edit(in_odoo, place="Paris")
    undo = world.undo(first)
    assert {line.google_id for line in undo.left} == named
    assert {line.reason for line in undo.left} == {
        "undo_edited_odoo",
        "undo_edited_google",
    }
    world.sync()
    titles = sorted(v.title for v in world.in_odoo().values())
    assert titles == ["G0", "G1", "O0", "O1", "O2"]
    titles = sorted(v.title for v in world.in_google().values())
    assert titles == ["G0", "G1", "G2", "O0"]


def test_what_a_later_run_wrote_again_is_left(world):
    event_id = world.odoo.people_create("marie", meeting())
    world.sync()
    first = world.lines()
    world.odoo.people_edit(event_id, place="Lyon")
    world.sync()
    assert [x.reason for x in world.undo(first).left] == ["undo_later"]
    world.assert_same()


@pytest.mark.parametrize("side", ["odoo", "google"])
def test_an_edit_is_put_back_on_both_sides(world, side):
    event_id = world.odoo.people_create("marie", meeting(place="Lyon"))
    world.sync()
    google_id = world.link_of(event_id).google_id
    if side == "odoo":
        world.odoo.people_edit(event_id, place="Nice")
    else:
        world.google.people_edit(google_id, location="Nice")
    world.sync()
    world.undo()
    assert world.in_odoo()[event_id].place == "Lyon"
    world.assert_same()
    lines = len(world.odoo.tables.lines)
    world.sync()
    assert len(world.odoo.tables.lines) == lines
    world.undo(world.last)
    assert world.in_odoo()[event_id].place == "Nice"
    world.assert_same()


@pytest.mark.parametrize("side", ["odoo", "google"])
def test_a_deletion_is_taken_back_and_again(world, side):
    event_id = world.odoo.people_create("marie", meeting())
    world.sync()
    if side == "odoo":
        world.odoo.people_delete(event_id)
    else:
        world.google.people_delete(world.link_of(event_id).google_id)
    world.sync()
    assert not world.in_odoo()
    assert not world.in_google()
    world.undo()
    assert len(world.in_odoo()) == len(world.in_google()) == 1
    world.sync()
    world.assert_same()
    world.undo(world.last)
    world.sync()
    assert not world.in_odoo()
    assert not world.in_google()


def test_a_pairing_is_parted_with_its_former_values(world):
    event_id = world.odoo.people_create("marie", meeting(place="Lyon"))
    world.google.people_insert("g1", google_body(description="Google"))
    world.sync()
    world.assert_same()
    assert len(world.in_odoo()) == 1
    world.undo()
    assert world.in_odoo()[event_id].description == ""
    assert world.in_odoo()[event_id].place == "Lyon"
    assert not world.google.events["g1"].get("location")
    assert world.google.events["g1"]["description"] == "Google"
    assert state_of(world, "g1") is LinkState.TAKEN_BACK
    for options in ({}, {"full": True}, {"sweep": True}):
        world.sync(**options)
    assert len(world.in_odoo()) == len(world.in_google()) == 1
    assert world.in_odoo()[event_id].description == ""
    world.undo(world.last)
    world.sync()
    world.assert_same()
    assert world.in_odoo()[event_id].place == "Lyon"
    assert world.in_odoo()[event_id].description == "Google"


def test_edits_after_an_undo_stay_where_they_are_made(world):
    event_id = world.odoo.people_create("marie", meeting("Odoo"))
    world.google.people_insert("g1", google_body("Google", day=5))
    world.sync()
    world.undo()
    world.odoo.people_edit(event_id, place="Lyon")
    world.google.people_edit("g1", location="Nice")
    report = world.sync()
    assert [v.title for v in world.in_odoo().values()] == ["Odoo"]
    assert [v.title for v in world.in_google().values()] == ["Google"]
    world.google.people_delete("g1")
    world.sync()
    assert [v.title for v in world.in_odoo().values()] == ["Odoo"]
    assert report.done == {}


def test_killed_anywhere_an_undo_goes_on(world):
    for n in range(60):
        world.odoo.people_create("marie", meeting(f"Odoo {n}", day=n % 20))
        world.google.people_insert(f"g{n}", google_body(f"Google {n}", day=n % 20))
    event_id = world.odoo.people_create("marie", meeting("Paire", 22, place="Lyon"))
    world.google.people_insert("pair", google_body("Paire", 22, description="x"))
    world.sync()
    first = world.lines()
    world.undo_with_crashes(first)
    assert {v.title[0] for v in world.in_odoo().values()} == {"O", "P"}
    assert {v.title[0] for v in world.in_google().values()} == {"G", "P"}
    assert world.in_odoo()[event_id].description == ""
    assert not world.google.events["pair"].get("location")
    found = defaultdict(list)
    for values in world.in_odoo().values():
        found[values.title].append(values)
    assert len(found) == 61
