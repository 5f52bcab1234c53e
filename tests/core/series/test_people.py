"""One series in the calendars of several people, whose periods differ.

All rows of all people are looked at, and all that was written in Google.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from google_sync.sync.events.period import Window
from series.people_world import ALIKE, PEOPLE, START, People, own
from series.world import PARIS

ENDLESS = {
    "daily": "RRULE:FREQ=DAILY",
    "weekly": "RRULE:FREQ=WEEKLY;BYDAY=MO",
    "monthly": "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
    "yearly": "RRULE:FREQ=YEARLY",
}


APART = {
    "marie": Window(date(2026, 5, 1), date(2028, 1, 31)),
    "paul": Window(date(2026, 6, 20), date(2026, 9, 1)),
    "lea": Window(date(2026, 7, 1), date(2027, 3, 1)),
}


@pytest.mark.parametrize("order", list(permutations(("marie", "paul"))))
@pytest.mark.parametrize(
    ("pattern", "windows"),
    [("weekly", ALIKE), *((pattern, APART) for pattern in ENDLESS)],
)
def test_an_endless_invitation_writes_nothing(pattern, order, windows):
    people = People(windows)
    people.invite(ENDLESS[pattern])
    people.sync(*order, *order)
    people.settled()
    assert people.writes == []
    assert len(people.odoo.tables.recurrences) == 1


@pytest.mark.parametrize("rule", [ENDLESS["weekly"], "RRULE:FREQ=DAILY;COUNT=4"])
@pytest.mark.parametrize("order", list(permutations(("marie", "paul"))))
def test_the_first_was_cancelled_before_anybody_synchronised(order, rule):
    people = People()
    people.invite(rule)
    for google in people.google.values():
        google.people_delete(f"s1_{START:%Y%m%dT%H%M%SZ}")
    people.sync(*order, *order)
    people.settled()
    assert people.writes == []
    assert len(people.odoo.tables.recurrences) == 1


@pytest.mark.parametrize("order", list(permutations(PEOPLE))[::2])
def test_three_people_with_periods_of_their_own(order):
    people = People(APART, PEOPLE)
    people.invite(ENDLESS["weekly"])
    people.sync(*order, *order)
    people.settled()
    assert people.writes == []


@pytest.mark.parametrize("order", list(permutations(("marie", "paul"))))
def test_the_organizer_is_not_connected(order):
    people = People(APART)
    people.invite(ENDLESS["daily"], organizer="chief")
    people.sync(*order, *order)
    people.settled()
    assert people.writes == []
    assert len(people.odoo.tables.recurrences) == 1


@pytest.mark.parametrize("late", [timedelta(weeks=2), timedelta(weeks=60)])
@pytest.mark.parametrize("order", list(permutations(("marie", "paul"))))
def test_one_occurrence_edited_in_odoo_is_one_exception(order, late):
    people = People(APART)
    people.invite(ENDLESS["weekly"])
    people.sync(*order, *order)
    people.writes.clear()
    late_start = START.replace(hour=8) + late
    rows = people.rows()
    row = min(rows, key=lambda k: abs(rows[k].values.period.start - late_start))
    people.odoo.people_edit(row, title="Autre", at=people.google["marie"].now())
    people.sync("marie")
    key = f"{rows[row].values.period.start:%Y%m%dT%H%M%SZ}"
    (written,) = people.writes
    assert written[0] == "marie"
    assert written[1].google_id == f"s1_{key}"
    # Google shows the organiser's edit in the guest's calendar.
    people.google["paul"].people_edit(f"s1_{key}", summary="Autre")
    people.settled()
    assert len(people.writes) == 1


@pytest.mark.parametrize("beside", ["", "s1_20260629T080000Z", "s1_20260615T080000Z"])
def test_the_organizers_edit_of_one_occurrence_outlives_a_guests_run(beside):
    """Paul's calendar is read before Marie's has told Google, whatever it brings."""
    people = People()
    people.invite(ENDLESS["weekly"])
    people.sync()
    when = START + timedelta(weeks=2)
    (row,) = [k for k, r in people.rows().items() if r.values.period.start == when]
    people.odoo.people_edit(
        row, by="marie", title="Autre", at=people.google["marie"].now()
    )
    for google in people.google.values() if beside else ():
        google.people_edit(beside, location="Salle 2")
    people.sync("paul", "marie")
    assert people.rows()[row].values.title == "Autre"
    (written,) = people.writes
    assert written[1].google_id == "s1_20260615T080000Z"
    people.google["paul"].people_edit("s1_20260615T080000Z", summary="Autre")
    people.settled()
    places = [r.values.place for r in people.rows().values()]
    assert places.count("Salle 2") == bool(beside)


@pytest.mark.parametrize("order", list(permutations(("marie", "paul"))))
def test_an_exception_beyond_ones_own_period_is_everybodys(order):
    """Marie's period is longer: the row is hers, and Paul's Google has it too."""
    people = People(APART)
    people.invite(ENDLESS["weekly"])
    people.sync(*order, *order)
    key = f"{datetime(2026, 12, 7, 9):%Y%m%dT%H%M%SZ}"
    for google in people.google.values():
        google.people_edit(f"s1_{key}", summary="Autre")
    people.sync(*order, *order)
    people.settled()
    assert people.writes == []
    assert [r.values.title for r in people.rows().values()].count("Autre") == 1


def test_an_exception_noted_before_the_row_is_there():
    """Paul's calendar shows it beyond his period; then Marie's makes the row."""
    people = People(APART)
    people.invite(ENDLESS["weekly"])
    key = f"{datetime(2026, 12, 7, 9):%Y%m%dT%H%M%SZ}"
    for google in people.google.values():
        google.people_edit(f"s1_{key}", summary="Autre")
    people.sync("paul")
    people.sync("marie", "paul", "marie")
    people.settled()
    assert people.writes == []
    assert [r.values.title for r in people.rows().values()].count("Autre") == 1


@pytest.mark.parametrize("pattern", ["weekly", "yearly"])
def test_a_private_copy_of_a_series_held_in_part_is_the_whole_series(pattern):
    """Marie's series of Google; in Odoo Paul is added to all its rows."""
    people = People()
    people.google["marie"].people_insert("s1", own(ENDLESS[pattern]))
    people.sync("marie")
    for row in people.rows():
        people.odoo.people_join(row, "paul")
    people.sync("paul")
    (copy,) = people.google["paul"].alive().values()
    assert copy["recurrence"] == people.google["marie"].events["s1"]["recurrence"]
    people.settled()
    assert len(people.google["paul"].events) == 1


@pytest.mark.parametrize("first", ["marie", "paul"])
def test_a_moved_series_held_in_part_stays_endless(first):
    """Marie moves it in Google; Paul's private copy follows through Odoo."""
    people = People()
    people.google["marie"].people_insert("s1", own(ENDLESS["weekly"]))
    people.sync("marie")
    for row in people.rows():
        people.odoo.people_join(row, "paul")
    people.sync()
    start = START + timedelta(hours=3)
    people.google["marie"].people_edit(
        "s1",
        start={"dateTime": start.isoformat(), "timeZone": PARIS},
        end={"dateTime": (start + timedelta(hours=1)).isoformat(), "timeZone": PARIS},
    )
    people.sync(first)
    people.settled()
    (copy,) = people.google["paul"].alive().values()
    assert copy["recurrence"] == people.google["marie"].events["s1"]["recurrence"]
    assert len(people.google["paul"].events) == 1


def test_after_a_reset_a_series_held_in_part_is_the_same():
    people = People(people=("marie",))
    people.google["marie"].people_insert("s1", own(ENDLESS["weekly"]))
    people.sync()
    people.stores["marie"].detach()
    people.settled()
    assert people.writes == []
    assert len(people.odoo.tables.recurrences) == 1
