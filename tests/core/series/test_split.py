"""Series that Google splits ("this and following"), with people at work on both."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from series.world import UTC, SeriesWorld

SLOTS = [f"202606{day:02d}T080000Z" for day in (1, 8, 15, 22)]
IDS = [f"s1_{key}" for key in SLOTS]
TAIL = "s1_R20260615T080000"
NOON = {
    "start": {"dateTime": "2026-06-15T12:00:00+02:00", "timeZone": "Europe/Paris"},
    "end": {"dateTime": "2026-06-15T13:00:00+02:00", "timeZone": "Europe/Paris"},
}


@pytest.fixture(params=[True, False], ids=["one etag", "etags of their own"])
def world(request) -> SeriesWorld:
    world = SeriesWorld()
    world.google.one_etag = request.param
    world.google_series()
    world.sync()
    return world


def titles(world) -> list[str]:
    events = world.odoo.tables.events
    return [events[row].values.title for row in world.rows()]


def split(world, **changes) -> str:
    return world.google.people_split(IDS[2], **changes)


def test_rows_go_over_and_nothing_is_written(world):
    before = world.rows()
    assert split(world, summary="Suite") == TAIL
    world.sync()
    assert world.rows() == before
    assert titles(world) == ["Point", "Point", "Suite", "Suite"]
    recurrences = {world.odoo.tables.events[row].recurrence for row in before}
    assert len(recurrences) == 2
    assert ("google", "update") not in world.actions()
    world.settled()


@pytest.mark.parametrize("slot", range(4))
@pytest.mark.parametrize("earlier", [True, False])
def test_an_occurrence_edited_in_odoo_keeps_its_edit(world, slot, earlier):
    """Before Google's split, or after it and before it is seen."""
    edited = world.rows()[slot]
    if earlier:
        world.odoo.people_edit(edited, at=world.google.now(), place="Salle 2")
        split(world, summary="Suite")
    else:
        split(world, summary="Suite")
        world.odoo.people_edit(edited, at=world.google.now(), place="Salle 2")
    world.sync()
    world.settled()
    assert world.google.seen()[IDS[slot]]["location"] == "Salle 2"
    assert titles(world) == ["Point", "Point", "Suite", "Suite"]


@pytest.mark.parametrize("slot", range(4))
def test_an_occurrence_deleted_in_odoo_stays_deleted(world, slot):
    world.odoo.people_delete(world.rows()[slot])
    split(world, summary="Suite")
    world.sync()
    world.settled()
    assert len(world.rows()) == 3
    assert IDS[slot] not in world.google.seen()


@pytest.mark.parametrize("slot", range(4))
def test_an_occurrence_moved_in_odoo_keeps_its_place(world, slot):
    row = world.rows()[slot]
    period = world.odoo.tables.events[row].values.period
    moved = type(period)(*(x + timedelta(hours=26) for x in (period.start, period.end)))
    world.odoo.people_edit(row, at=world.google.now(), period=moved)
    split(world, summary="Suite")
    world.sync()
    world.settled()
    assert world.odoo.tables.events[row].values.period == moved


def test_all_rows_edited_in_odoo_both_halves_have_it(world):
    world.odoo.people_edit_all(world.rows()[0], at=world.google.now(), place="Lyon")
    split(world, summary="Suite")
    world.sync()
    world.settled()
    assert {e["location"] for e in world.google.seen().values()} == {"Lyon"}
    assert titles(world) == ["Point", "Point", "Suite", "Suite"]


@pytest.mark.parametrize("slot", range(4))
@pytest.mark.parametrize("gesture", ["edit", "cancel", "move"])
@pytest.mark.parametrize("side", ["odoo", "google"])
def test_after_the_split_each_occurrence_can_be_changed(world, slot, gesture, side):
    split(world, summary="Suite")
    world.sync()
    row = world.rows()[slot]
    period = world.odoo.tables.events[row].values.period
    later = type(period)(*(x + timedelta(hours=2) for x in (period.start, period.end)))
    if side == "odoo" and gesture == "cancel":
        world.odoo.people_delete(row)
    elif side == "odoo":
        own = {"title": "Autre"} if gesture == "edit" else {"period": later}
        world.odoo.people_edit(row, at=world.google.now(), **own)
    elif gesture == "cancel":
        world.google.people_delete(IDS[slot])
    else:
        times = {
            name: {"dateTime": x.isoformat(), "timeZone": "Europe/Paris"}
            for name, x in (("start", later.start), ("end", later.end))
        }
        own = {"summary": "Autre"} if gesture == "edit" else times
        world.google.people_edit(IDS[slot], **own)
    world.sync()
    world.settled()
    assert len(world.rows()) == 4 - (gesture == "cancel")
    if gesture == "edit":
        assert titles(world)[slot] == "Autre"
    if gesture == "cancel":
        assert IDS[slot] not in world.google.seen()


@pytest.mark.parametrize("slot", [2, 3])
@pytest.mark.parametrize("gesture", ["edit", "cancel"])
@pytest.mark.parametrize("again", ["", "edit", "cancel"])
@pytest.mark.parametrize("side", ["odoo", "google"])
def test_exceptions_of_before_are_lost_with_their_place(
    world, slot, gesture, again, side
):
    """And their ids are the rest's: nothing is told apart by the id alone."""
    if gesture == "edit":
        world.google.people_edit(IDS[slot], summary="Exception")
    else:
        world.google.people_delete(IDS[slot])
    world.sync()
    split(world, summary="Suite")
    world.sync()
    world.assert_same()
    assert titles(world) == ["Point", "Point", "Suite", "Suite"]
    row = world.rows()[slot]
    if side == "odoo" and again == "edit":
        world.odoo.people_edit(row, at=world.google.now(), title="De nouveau")
    elif side == "odoo" and again == "cancel":
        world.odoo.people_delete(row)
    elif again == "edit":
        world.google.people_edit(IDS[slot], summary="De nouveau")
    elif again == "cancel":
        world.google.people_delete(IDS[slot])
    world.sync()
    world.settled()
    assert len(world.rows()) == 4 - (again == "cancel")
    if again == "edit":
        assert titles(world)[slot] == "De nouveau"


def test_split_and_changed_before_it_is_seen(world):
    split(world, summary="Suite")
    world.google.people_edit(IDS[3], summary="Autre")
    world.google.people_delete(IDS[2])
    world.sync()
    assert titles(world) == ["Point", "Point", "Autre"]
    world.settled()


@pytest.mark.parametrize("seen_between", [True, False])
def test_several_splits(world, seen_between):
    split(world, summary="Suite")
    if seen_between:
        world.sync()
    world.google.people_split(IDS[3], summary="Fin")
    world.google.people_split(IDS[1], summary="Milieu")
    world.sync()
    assert titles(world) == ["Point", "Milieu", "Suite", "Fin"]
    world.settled()


def test_another_time_of_day(world):
    edited = world.rows()[1]
    world.odoo.people_edit(edited, at=world.google.now(), place="Salle 2")
    split(world, **NOON)
    world.sync()
    world.settled()
    assert world.google.seen()[IDS[1]]["location"] == "Salle 2"


def test_all_events_of_a_split_series(world):
    split(world)
    world.sync()
    for series_id in ("s1", TAIL):
        world.google.people_edit(series_id, summary="Tous")
    world.sync()
    assert titles(world) == ["Tous"] * 4
    world.settled()


@pytest.mark.parametrize("half", ["s1", TAIL])
@pytest.mark.parametrize("seen_between", [True, False])
def test_one_half_is_deleted(world, half, seen_between):
    split(world, summary="Suite")
    if seen_between:
        world.sync()
    world.google.people_delete(half)
    world.sync()
    left = ["Suite", "Suite"] if half == "s1" else ["Point", "Point"]
    assert titles(world) == left
    world.settled()


@pytest.mark.parametrize("edited", [None, 2, 3])
def test_the_rest_is_deleted_and_the_first_part_lengthened(world, edited):
    split(world, summary="Suite")
    world.sync()
    if edited:
        world.google.people_edit(IDS[edited], summary="Exception")
        world.sync()
    world.google.people_delete(TAIL)
    world.google.people_edit("s1", recurrence=["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO"])
    world.sync()
    assert titles(world) == ["Point"] * 4
    world.settled()
    world.google.people_edit(IDS[3], summary="Autre")
    world.sync()
    assert titles(world) == ["Point"] * 3 + ["Autre"]
    world.settled()


@pytest.mark.parametrize("page_size", [1, 2, 3])
def test_the_parts_come_on_pages_of_their_own(page_size):
    world = SeriesWorld(page_size)
    world.google_series()
    world.sync()
    world.odoo.people_edit(world.rows()[3], at=world.google.now(), place="Salle 2")
    split(world, summary="Suite")
    world.sync()
    world.settled()
    assert world.google.seen()[IDS[3]]["location"] == "Salle 2"


def test_a_series_made_in_odoo_is_split_in_google():
    world = SeriesWorld()
    rows = world.series()
    world.sync()
    series_id = next(iter(world.google.alive()))
    world.odoo.people_edit(rows[3], at=world.google.now(), place="Salle 2")
    tail = world.google.people_split(f"{series_id}_{SLOTS[2]}", summary="Suite")
    assert tail == f"{series_id}_R20260615T080000"
    world.sync()
    world.settled()
    assert world.rows() == rows
    assert world.google.seen()[f"{series_id}_{SLOTS[3]}"]["location"] == "Salle 2"


def test_an_endless_series(world):
    world.google_series(
        "RRULE:FREQ=WEEKLY;BYDAY=MO", google_id="s2", summary="Sans fin"
    )
    world.sync()
    late = datetime(2026, 9, 7, 8, tzinfo=UTC)
    row = next(
        row
        for row in world.rows()
        if world.odoo.tables.events[row].values.title == "Sans fin"
        and world.odoo.tables.events[row].values.period.start == late
    )
    world.odoo.people_edit(row, at=world.google.now(), place="Salle 2")
    world.google.people_split("s2_20260803T080000Z", summary="Suite")
    world.sync()
    world.settled()
    assert world.google.seen()["s2_20260907T080000Z"]["location"] == "Salle 2"


def test_days():
    world = SeriesWorld()
    world.google.people_insert(
        "s1",
        {
            "summary": "Jour",
            "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO"],
            "start": {"date": "2026-06-01"},
            "end": {"date": "2026-06-02"},
            "organizer": {"self": True, "email": "marie@example.com"},
        },
    )
    world.sync()
    world.odoo.people_edit(world.rows()[3], at=world.google.now(), place="Salle 2")
    assert world.google.people_split("s1_20260615", summary="S") == "s1_R20260615"
    world.sync()
    world.settled()
    assert world.google.seen()["s1_20260622"]["location"] == "Salle 2"
    assert titles(world) == ["Jour", "Jour", "S", "S"]


def test_split_in_odoo_and_an_occurrence_after_it(world):
    """Odoo's own cut goes to Google under an id of ours."""
    world.odoo.people_edit_following(
        world.rows()[2], at=world.google.now(), title="Suite"
    )
    world.sync()
    world.settled()
    world.odoo.people_edit(world.rows()[3], at=world.google.now(), place="Salle 2")
    world.sync()
    world.settled()
