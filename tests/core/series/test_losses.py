"""What a person said of one occurrence is never lost: it stays, or the journal has it
as Odoo's row had it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from google_sync.sync.events.values import EventValues, Period
from series.answering import answer
from series.world import START, SeriesWorld

ODD = "RRULE:FREQ=DAILY;COUNT=4;BYHOUR=10"
MOVED = {
    "start": {
        "dateTime": (START + timedelta(hours=3)).isoformat(),
        "timeZone": "Europe/Paris",
    },
    "end": {
        "dateTime": (START + timedelta(hours=4)).isoformat(),
        "timeZone": "Europe/Paris",
    },
}


@pytest.fixture
def world():
    return SeriesWorld()


def kept_in_journal(world):
    """(title, place) of every archive and every value that was written over."""
    found = set()
    for line in world.odoo.tables.lines:
        if line.archive:
            found.add((line.archive.title, line.archive.place))
    return found


def titles(world):
    return sorted(r.values.title for r in world.odoo.tables.events.values() if r.alive)


def in_calendar(world):
    return sorted(e.get("summary", "") for e in world.google.seen().values())


# -- the series is deleted in Google -------------------------------------------


@pytest.mark.parametrize("known", [False, True])
def test_an_edit_of_an_occurrence_beats_the_deletion_of_its_series(world, known):
    """known: Google had an exception of it already, and Odoo edits it again."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    if known:
        world.odoo.people_edit(rows[1], title="Avant")
        world.sync()
    world.odoo.people_edit(rows[1], title="À moi", place="Lyon")
    world.google.people_delete(google_id)
    world.settled()
    assert titles(world) == ["À moi"]
    assert in_calendar(world) == ["À moi"]
    assert len(world.google.alive()) == 1
    assert world.odoo.tables.recurrences == {}


@pytest.mark.parametrize("gone", ["series", "occurrence"])
def test_an_edit_that_a_person_is_asked_about_beats_the_deletion(gone):
    """Google has nothing any more to choose: the question is over."""
    world = SeriesWorld(policy="ask")
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    one = f"{google_id}_{START + timedelta(days=7):%Y%m%dT%H%M%SZ}"
    world.odoo.people_edit(rows[1], title="À moi")
    world.google.people_edit(one, summary="Google")
    world.sync()
    assert len(world.odoo.tables.questions) == 1
    world.google.people_delete(google_id if gone == "series" else one)
    world.sync()
    assert world.odoo.tables.questions == {}
    world.settled()
    assert "À moi" in titles(world)
    assert "À moi" in in_calendar(world)
    assert len(titles(world)) == (1 if gone == "series" else 4)


@pytest.mark.parametrize("whole", [True, False])
def test_a_question_is_over_when_both_sides_agree(whole):
    world = SeriesWorld(policy="ask")
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    one = f"{google_id}_{START + timedelta(days=7):%Y%m%dT%H%M%SZ}"
    for row in rows if whole else rows[1:2]:
        world.odoo.people_edit(row, title="À moi")
    world.google.people_edit(google_id if whole else one, summary="Google")
    world.sync()
    assert len(world.odoo.tables.questions) == 1
    world.google.people_edit(google_id if whole else one, summary="À moi")
    world.sync()
    assert world.odoo.tables.questions == {}
    world.settled()


def test_an_occurrence_moved_in_odoo_outlives_its_series(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    late = START + timedelta(days=9)
    world.odoo.people_edit(
        rows[1], period=Period.timed(late, late + timedelta(hours=1))
    )
    world.google.people_delete(google_id)
    world.settled()
    assert len(world.rows()) == 1


def test_a_series_deleted_with_agreed_exceptions_is_in_the_journal(world):
    """Nobody edited since: it goes, and each row that was special is kept as it was."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="Spécial", place="Lyon")
    world.sync()
    world.google.people_delete(google_id)
    world.settled()
    assert world.rows() == []
    assert ("Spécial", "Lyon") in kept_in_journal(world)


@pytest.mark.parametrize(("verdict", "left"), [("delete", []), ("keep", 4)])
def test_a_person_decides_about_the_series_and_its_edit(world, verdict, left):
    rows = world.series()
    world.sync(confirm_deletions=True)
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="À moi")
    world.google.people_delete(google_id)
    world.sync(confirm_deletions=True)
    answer(world, verdict)
    for _ in range(3):
        world.sync(confirm_deletions=True)
    world.assert_same()
    if verdict == "delete":
        assert world.rows() == []
        assert ("À moi", "") in kept_in_journal(world)
    else:
        assert len(world.rows()) == 4
        assert "À moi" in in_calendar(world)


def test_a_new_edit_while_the_rule_becomes_odd(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="À moi", place="Lyon")
    world.google.people_edit(google_id, recurrence=[ODD])
    world.settled()
    assert ("À moi", "Lyon") in kept_in_journal(world)


# -- the series is moved in Google ---------------------------------------------


@pytest.mark.parametrize("field", ["title", "place"])
def test_an_exception_edited_in_odoo_while_google_moves_the_series(world, field):
    """Google forgets its exceptions with the move: the edit is one anew."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="Avant", place="Paris")
    world.sync()
    world.odoo.people_edit(rows[1], **{field: "À moi"})
    world.google.people_edit(google_id, **MOVED)
    world.settled()
    row = world.odoo.tables.events[rows[1]].values
    assert row.get(field) == "À moi"
    assert row.period.start == START + timedelta(weeks=1, hours=3)
    (exception,) = (e for k, e in world.google.events.items() if "_" in k)
    name = {"title": "summary", "place": "location"}[field]
    assert exception[name] == "À moi"
    assert ("Avant" if field == "place" else "À moi") in {
        title for title, _place in kept_in_journal(world)
    }


def test_an_agreed_exception_is_in_the_journal_as_the_row_was(world):
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="Avant", place="Paris")
    world.sync()
    world.google.people_edit(google_id, **MOVED)
    world.settled()
    lines = [x for x in world.odoo.tables.lines if x.side == "odoo" and x.archive]
    assert any(
        x.record_id == rows[1]
        and (x.archive.title, x.archive.place) == ("Avant", "Paris")
        for x in lines
    )


def test_a_new_exception_moved_and_told_apart_stays(world):
    """Edited in Odoo for the first time while Google moves all."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    world.odoo.people_edit(rows[1], title="À moi")
    world.google.people_edit(google_id, **MOVED)
    world.settled()
    assert "À moi" in in_calendar(world)


@pytest.mark.parametrize("sort", ["title", "moved"])
def test_an_edited_row_whose_slot_google_cuts(world, sort):
    """The series ends before it: the row is an edit, it does not just go."""
    rows = world.series()
    world.sync()
    google_id, _event = world.only_series()
    if sort == "title":
        world.odoo.people_edit(rows[3], title="À moi")
    else:
        late = START + timedelta(weeks=3, days=1)
        period = Period.timed(late, late + timedelta(hours=1))
        world.odoo.people_edit(rows[3], title="À moi", period=period)
    line = "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260614T215959Z"
    world.google.people_edit(google_id, recurrence=[line])
    world.settled()
    assert "À moi" in {title for title, _place in kept_in_journal(world)} | set(
        in_calendar(world)
    )


# -- a person is asked whether it becomes a series -----------------------------


def asked_whether_a_series(world, exception, *, late):
    """Moved in Odoo and made a series with an exception in Google, asked about."""
    first = Period.timed(START, START + timedelta(hours=1))
    row = world.odoo.people_create("marie", EventValues(first, title="Point"))
    world.sync()
    (google_id,) = world.google.alive()
    moved = START + timedelta(days=1, hours=2)
    world.odoo.people_edit(row, period=Period.timed(moved, moved + timedelta(hours=1)))
    world.google.people_edit(google_id, recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    special = f"{google_id}_{START + timedelta(days=exception):%Y%m%dT%H%M%SZ}"
    if late:
        world.sync()
    world.google.people_edit(special, summary="Spécial")
    world.sync()
    world.sync()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("exception", [0, 1, 2])
def test_google_is_chosen_and_its_exception_comes(exception, late):
    world = SeriesWorld(policy="ask")
    asked_whether_a_series(world, exception, late=late)
    assert titles(world) == ["Point"]
    (question,) = world.odoo.tables.questions.values()
    answer(world, "fields", dict.fromkeys(question.detail["fields"], "google"))
    world.settled()
    assert titles(world) == ["Point", "Point", "Spécial"]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("exception", [0, 1, 2])
def test_odoo_is_chosen_and_googles_exception_is_in_the_journal(exception, late):
    world = SeriesWorld(policy="ask")
    asked_whether_a_series(world, exception, late=late)
    (question,) = world.odoo.tables.questions.values()
    answer(world, "fields", dict.fromkeys(question.detail["fields"], "odoo"))
    world.settled()
    assert titles(world) == ["Point"]
    assert ("Spécial", "") in kept_in_journal(world)
