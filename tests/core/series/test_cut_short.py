"""A series that Google makes shorter: what a person edited in Odoo does not just go.

The row leaves its series and is an event of its own, in Google under an id of its own.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from running.convergence import USERS

from google_sync.sync.events.recurrence import with_rule
from google_sync.sync.events.values import EventValues, Period
from series.answering import answer
from series.people_world import People
from series.world import MONDAYS, PARIS, START, SeriesWorld

TEN = "RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO"
CUTS = {
    "until": "RRULE:FREQ=WEEKLY;UNTIL=20260621T215959Z;BYDAY=MO",
    "fewer": "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO",
    "half": "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=MO",
}


@pytest.fixture(params=[True, False], ids=["one etag", "etags of their own"])
def world(request) -> SeriesWorld:
    world = SeriesWorld()
    world.google.one_etag = request.param
    world.google_series(TEN)
    world.sync()
    return world


def titles(world) -> Counter[str]:
    return Counter(world.odoo.tables.events[row].values.title for row in world.rows())


def slot(number: int) -> str:
    return f"s1_{START + timedelta(weeks=number):%Y%m%dT%H%M%SZ}"


def edges_at(start) -> dict:
    """What a body says of an hour from then."""
    times = {"start": start, "end": start + timedelta(hours=1)}
    return {
        name: {"dateTime": moment.isoformat(), "timeZone": PARIS}
        for name, moment in times.items()
    }


def edit(world, number=5, **changes) -> int:
    row = world.rows()[number]
    world.odoo.people_edit(row, at=world.google.now(), **changes)
    return row


@pytest.mark.parametrize("earlier", [True, False])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("cut", sorted(CUTS))
def test_an_edited_row_outlives_the_cut(world, cut, known, earlier):
    """known: Google had an exception of it already, and Odoo edits it again."""
    if known:
        edit(world, title="Avant")
        world.sync()
    row = edit(world, title="À moi") if earlier else 0
    world.google.people_edit("s1", recurrence=[CUTS[cut]])
    row = row or edit(world, title="À moi")
    world.settled()
    assert titles(world) == {"Point": 3, "À moi": 1}
    assert world.odoo.tables.events[row].values.title == "À moi"
    assert world.odoo.tables.events[row].recurrence == 0
    alone = [e for e in world.google.alive().values() if e["summary"] == "À moi"]
    begun = [datetime.fromisoformat(e["start"]["dateTime"]) for e in alone]
    assert begun == [START + timedelta(weeks=5)]


def test_a_row_moved_in_odoo_outlives_the_cut(world):
    late = Period.timed(*(START + timedelta(days=37, hours=h) for h in (2, 3)))
    row = edit(world, period=late)
    world.google.people_edit("s1", recurrence=[CUTS["until"]])
    world.settled()
    assert world.odoo.tables.events[row].values.period == late
    assert titles(world) == {"Point": 4}


def test_an_edited_row_outlives_its_excluded_date(world):
    edit(world, title="À moi")
    excluded = "EXDATE;TZID=Europe/Paris:20260706T100000"
    world.google.people_edit("s1", recurrence=[TEN, excluded])
    world.settled()
    assert titles(world) == {"Point": 9, "À moi": 1}


def test_an_edited_row_stays_where_the_day_changes(world):
    edit(world, title="À moi")
    tuesday = START + timedelta(days=1)
    line = "RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=TU"
    world.google.people_edit("s1", recurrence=[line], **edges_at(tuesday))
    world.settled()
    assert titles(world) == {"Point": 9, "À moi": 1}


def test_an_edited_row_outlives_another_day_and_an_earlier_end(world):
    edit(world, title="À moi")
    tuesday = START + timedelta(days=1)
    line = "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU"
    world.google.people_edit("s1", recurrence=[line], **edges_at(tuesday))
    world.settled()
    assert titles(world) == {"Point": 3, "À moi": 1}


def test_an_edited_row_outlives_a_series_that_becomes_one_event(world):
    edit(world, title="À moi")
    world.google.people_edit("s1", recurrence=None)
    world.settled()
    assert titles(world) == {"Point": 1, "À moi": 1}


@pytest.mark.parametrize("hours", [2, 26])
def test_an_edited_row_outlives_a_split_at_another_time(world, hours):
    edit(world, title="À moi")
    at = START + timedelta(weeks=3, hours=hours)
    lines = ["RRULE:FREQ=WEEKLY;COUNT=7"]
    world.google.people_split(slot(3), *lines, **edges_at(at))
    world.settled()
    assert titles(world) == {"Point": 10, "À moi": 1}


def test_an_edited_row_goes_over_in_a_split_at_the_same_time(world):
    row = edit(world, place="Lyon")
    world.google.people_split(slot(3), summary="Suite")
    world.settled()
    assert titles(world) == {"Point": 3, "Suite": 7}
    assert world.odoo.tables.events[row].values.place == "Lyon"


def test_an_edit_of_all_rows_keeps_none_of_those_that_are_cut(world):
    """It is the series' edit, and the series has it."""
    world.odoo.people_edit_all(world.rows()[0], at=world.google.now(), place="Lyon")
    world.google.people_edit("s1", recurrence=[CUTS["until"]])
    world.settled()
    assert titles(world) == {"Point": 3}
    assert {e["location"] for e in world.google.seen().values()} == {"Lyon"}


def test_an_edit_of_all_rows_and_of_one_keeps_the_one(world):
    world.odoo.people_edit_all(world.rows()[0], at=world.google.now(), place="Lyon")
    edit(world, title="À moi")
    world.google.people_edit("s1", recurrence=[CUTS["until"]])
    world.settled()
    assert titles(world) == {"Point": 3, "À moi": 1}


def test_a_row_that_nobody_edited_since_goes_with_the_cut(world):
    edit(world, title="Spécial")
    world.sync()
    world.google.people_edit("s1", recurrence=[CUTS["until"]])
    world.settled()
    assert titles(world) == {"Point": 3}
    kept = {x.archive.title for x in world.odoo.tables.lines if x.archive}
    assert "Spécial" in kept


def test_a_cut_that_a_person_chose_keeps_the_edit():
    """Both changed the rule, and Google's is chosen: of one row nobody was asked."""
    world = SeriesWorld(policy="ask")
    world.google_series(TEN)
    world.sync()
    edit(world, title="À moi")
    world.google.people_edit("s1", recurrence=[CUTS["until"]])
    world.odoo.people_edit_all(
        world.rows()[0],
        at=world.google.now(),
        rule=MONDAYS.ending(count=9),
    )
    world.sync()
    for question in list(world.odoo.tables.questions.values()):
        names = question.detail["fields"]
        answer(world, "fields", dict.fromkeys(names, "google"))
    world.settled()


def test_a_guests_edit_ends_with_the_organizers_cut(world):
    """What a guest edited was not theirs to edit: it goes, and the journal has it."""
    world = SeriesWorld()
    guests = [{"email": "marie@example.com", "self": True}]
    world.google_series(TEN, organizer={"email": "o@example.com"}, attendees=guests)
    world.sync()
    edit(world, title="À moi")
    world.google.people_edit("s1", recurrence=[CUTS["until"]])
    world.settled()
    assert titles(world) == {"Point": 3}
    kept = {x.archive.title for x in world.odoo.tables.lines if x.archive}
    assert "À moi" in kept


@pytest.mark.parametrize("first", USERS)
@pytest.mark.parametrize("editor", USERS)
def test_the_rows_of_two_people_one_cuts_and_one_edits(first, editor):
    """Copies: each has the event of its own in the own calendar, once."""
    world = People()
    values = EventValues(
        Period.timed(START, START + timedelta(hours=1)),
        title="Point",
        time_zone=PARIS,
        recurrence=with_rule(MONDAYS.ending(count=10), set()),
    )
    rows = world.odoo.people_create_series("marie", values, USERS)
    world.sync()
    google = world.google["marie"]
    (google_id,) = google.alive()
    world.odoo.people_edit(rows[5], at=google.now(), title="À moi")
    google.people_edit(google_id, recurrence=[CUTS["until"]])
    for user in (first, *USERS, *USERS):
        world.sync(user)
    for user in USERS:
        shown = world.google[user].seen().values()
        assert Counter(e["summary"] for e in shown) == {"Point": 3, "À moi": 1}
        mine = world.rows(user).values()
        assert Counter(r.values.title for r in mine) == {"Point": 3, "À moi": 1}


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=WEEKLY",
        "RRULE:FREQ=WEEKLY;COUNT=10",
        "RRULE:FREQ=MONTHLY",
        "RRULE:WKST=MO;INTERVAL=1;FREQ=WEEKLY;BYDAY=MO;COUNT=10",
    ],
)
@pytest.mark.parametrize("gesture", ["following", "length"])
def test_google_words_for_a_rule_outlive_a_cut_in_odoo(line, gesture):
    """In other words it would be another pattern, and forget each exception."""
    world = SeriesWorld()
    world.google_series(line)
    world.sync()
    edit(world, 1, place="Salle 2")
    if gesture == "following":
        world.odoo.people_delete(world.rows()[2])
    world.sync()
    if gesture == "following":
        row = world.rows()[3]
        world.odoo.people_edit_following(row, shift=timedelta(hours=4))
    else:
        for row in world.rows():
            period = world.odoo.tables.events[row].values.period
            longer = Period.timed(period.start, period.end + timedelta(minutes=30))
            world.odoo.people_edit(row, period=longer)
    world.settled()
    words = {p for p in line[6:].split(";") if not p.startswith("COUNT=")}
    assert words <= {*world.google.events["s1"]["recurrence"][0][6:].split(";")}
    places = Counter(world.odoo.tables.events[r].values.place for r in world.rows())
    assert places["Salle 2"] == 1
