"""All events moved in Odoo while Google edits one of them: each day stands once.

What Google said of the one is kept, at the hour where the series stands now; a time
that Google gave that one stands, whatever the series does.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from google_sync.sync.events.recurrence import Rule
from series.people_world import PEOPLE, People
from series.world import PARIS, START, SeriesWorld

ONE = "s1_20260615T080000Z"
DAY = date(2026, 6, 15)
LINES = ["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO", "RRULE:FREQ=WEEKLY;BYDAY=MO"]
MOVES = {
    "later": {"shift": timedelta(hours=2)},
    "tuesday": {"shift": timedelta(days=1)},
    "daily": {"rule": Rule("DAILY", count=28), "shift": timedelta(hours=2)},
    "twice": {"rule": Rule("WEEKLY", days=("MO", "TH")), "shift": timedelta(hours=2)},
}


def _edges(hour: int, day: int = 15):
    start, end = (f"2026-06-{day}T{h:02}:00:00+02:00" for h in (hour, hour + 1))
    return {
        "start": {"dateTime": start, "timeZone": PARIS},
        "end": {"dateTime": end, "timeZone": PARIS},
    }


def _world(line=LINES[0], known=False):
    world = SeriesWorld()
    world.google_series(line)
    world.sync()
    if known:
        world.google.people_edit(ONE, summary="Autre")
        world.sync()
    return world


def _record(world, **wanted):
    found = [
        r
        for r in world.odoo.tables.events.values()
        if r.alive and all(r.values.get(k) == v for k, v in wanted.items())
    ]
    (record,) = found
    return record.values


def _days(world):
    rows = world.odoo.tables.events.values()
    return Counter(r.values.period.start.date() for r in rows if r.alive)


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("move", MOVES)
def test_a_place_goes_along_with_its_series(move, line, known):
    world = _world(line, known)
    world.odoo.people_edit_all(world.rows()[0], at=world.google.now(), **MOVES[move])
    world.google.people_edit(ONE, location="Salle 2")
    world.settled()
    assert not [day for day, n in _days(world).items() if n > 1]
    moved = START + timedelta(weeks=2) + MOVES[move]["shift"]
    assert _record(world, place="Salle 2").period.start == moved


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("move", ["later", "tuesday", "twice"])
@pytest.mark.parametrize("edges", [(15, 15), (15, 17)])
def test_a_time_of_its_own_stands(move, line, known, edges):
    world = _world(line, known)
    world.odoo.people_edit_all(world.rows()[0], at=world.google.now(), **MOVES[move])
    world.google.people_edit(ONE, location="Salle 2", **_edges(*edges))
    before = len(world.rows())
    world.settled()
    assert len(world.rows()) == before
    start = _record(world, place="Salle 2").period.start
    assert f"{start:%d %H}" == f"{edges[1]} {edges[0] - 2}"


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("move", ["later", "tuesday"])
def test_a_cancelled_one_goes_along_with_its_series(move, line, known):
    world = _world(line, known)
    world.odoo.people_edit_all(world.rows()[0], at=world.google.now(), **MOVES[move])
    before = len(world.rows())
    world.google.people_delete(ONE)
    world.settled()
    assert len(world.rows()) == before - 1
    assert DAY + MOVES[move]["shift"] not in _days(world)


@pytest.mark.parametrize("line", LINES)
def test_what_was_edited_in_both_is_merged(line):
    """Odoo: the one's title after the move; Google: its place."""
    world = _world(line)
    rows = world.rows()
    world.odoo.people_edit_all(rows[0], at=world.google.now(), shift=timedelta(hours=2))
    world.odoo.people_edit(world.rows()[2], at=world.google.now(), title="Autre")
    world.google.people_edit(ONE, location="Salle 2")
    world.settled()
    assert _record(world, place="Salle 2").title == "Autre"


@pytest.mark.parametrize("line", LINES)
def test_a_move_of_the_whole_is_said_by_the_one_not_twice(line):
    """The journal keeps what Google forgot when its series moved."""
    world = _world(line)
    world.odoo.people_edit_all(
        world.rows()[0], at=world.google.now(), shift=timedelta(hours=2)
    )
    world.google.people_edit(ONE, location="Salle 2", colorId="3")
    world.settled()
    updated = [x for x in world.odoo.tables.lines if "place" in x.after]
    assert [x.side for x in updated] == ["odoo", "google"]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("first", ["paul", "marie"])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("edit", ["place", "time", "cancel"])
@pytest.mark.parametrize("move", ["later", "tuesday"])
def test_whoever_is_first(first, line, known, edit, move):
    """Paul's calendar is read before Marie's has told Google that all was moved."""
    people = People()
    people.invite(line)
    people.sync()
    for google in people.google.values() if known else ():
        google.people_edit(ONE, summary="Autre")
    people.sync()
    rows = people.rows()
    row = min(rows, key=lambda k: rows[k].values.period.start)
    people.odoo.people_edit_all(
        row, by="marie", at=people.google["marie"].now(), **MOVES[move]
    )
    before = len(people.rows())
    for google in people.google.values():
        if edit == "cancel":
            google.people_delete(ONE)
        else:
            more = _edges(15) if edit == "time" else {}
            google.people_edit(ONE, location="Salle 2", **more)
    people.sync(*sorted(PEOPLE[:2], key=lambda user: user != first))
    _mirror(people)
    people.settled()
    assert len(people.rows()) == before - (edit == "cancel")
    days = Counter(r.values.period.start.date() for r in people.rows().values())
    assert not [day for day, n in days.items() if n > 1]
    if edit != "cancel":
        (found,) = [r for r in people.rows().values() if r.values.place == "Salle 2"]
        hour = 13 if edit == "time" else 8 + MOVES[move]["shift"].seconds // 3600
        assert found.values.period.start.hour == hour


def _mirror(people):
    """What Google itself does with the copy of who is invited."""
    theirs, ours = people.google["marie"], people.google["paul"]
    moved = theirs.resource("s1")
    if ours.resource("s1")["start"] != moved["start"]:
        ours.people_edit("s1", **{n: moved[n] for n in ("start", "end", "recurrence")})
    for google_id, event in list(theirs.events.items()):
        if event.get("recurringEventId") != "s1":
            continue
        if event["status"] == "cancelled":
            if ours.events.get(google_id, {}).get("status") != "cancelled":
                ours.people_delete(google_id)
            continue
        own = {
            n: event[n] for n in ("summary", "location", "start", "end") if n in event
        }
        shown = ours.resource(google_id)
        if shown and any(shown.get(n) != v for n, v in own.items()):
            ours.people_edit(google_id, **own)


@pytest.mark.parametrize("first", ["paul", "marie"])
@pytest.mark.parametrize("line", ["RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8"])
def test_a_day_that_the_series_has_no_longer(first, line):
    """Odoo takes it out of the rule, Google edits it: an edit beats a deletion."""
    people = People()
    people.invite(line)
    people.sync()
    rows = people.rows()
    row = min(rows, key=lambda k: rows[k].values.period.start)
    people.odoo.people_edit_all(
        row,
        by="marie",
        at=people.google["marie"].now(),
        rule=Rule("WEEKLY", days=("MO",), count=4),
        shift=timedelta(hours=2),
    )
    for google in people.google.values():
        google.people_edit("s1_20260618T080000Z", location="Salle 2")
    for _ in range(3):
        people.sync(*sorted(PEOPLE[:2], key=lambda user: user != first))
        _mirror(people)
    days = Counter(r.values.period.start.date() for r in people.rows().values())
    assert days.pop(date(2026, 6, 18)) == 1
    assert set(days.values()) == {1}
    assert len(days) == 4
    google = people.google["marie"].seen().values()
    assert [e.get("location") for e in google].count("Salle 2") == 1
    people.assert_quiet()


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("titled", [False, True])
@pytest.mark.parametrize("move", ["later", "tuesday"])
def test_moved_before_a_guests_first_run(line, titled, move):
    """Paul's calendar is synchronised for the first time between the two."""
    people = People()
    people.invite(line)
    people.sync("marie")
    rows = people.rows()
    row = min(rows, key=lambda k: rows[k].values.period.start)
    people.odoo.people_edit_all(
        row, by="marie", at=people.google["marie"].now(), **MOVES[move]
    )
    for google in people.google.values() if titled else ():
        google.people_edit("s1", summary="Autre")
    before = len(people.rows())
    people.sync("paul", "marie")
    _mirror(people)
    people.settled()
    assert len(people.rows()) == before
    assert len(people.odoo.tables.recurrences) == 1
