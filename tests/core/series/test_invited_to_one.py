"""Somebody is invited to one occurrence of a colleague's series, and to all later.

Google shows the one without its series: Odoo has it once, as a row of that series.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from google_sync.sync.events.recurrence import key_of
from series.people_world import ALIKE, START, People, own

RULE = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5"
KEY = "20260615T080000Z"
ONE = f"s1_{KEY}"
MARIE, PAUL = "marie@example.com", "paul@example.com"
ORDERS = list(permutations(("marie", "paul")))


class Invited(People):
    """Marie's series; Paul is invited to its third occurrence, then to all."""

    def __init__(self, people=("marie", "paul"), rule=RULE) -> None:
        super().__init__(ALIKE, people)
        self.google["marie"].people_insert("s1", own(rule))

    def to_one(self, **changes):
        guests = _guests("marie")
        self.google["marie"].people_edit(ONE, attendees=guests, **changes)
        shown = self.google["marie"].resource(ONE)
        body = {**shown, "attendees": _guests("paul"), "organizer": {"email": MARIE}}
        body.pop("recurringEventId")
        self.google["paul"].people_receive_one(ONE, body)

    def to_all(self):
        self.google["marie"].people_edit("s1", attendees=_guests("marie"))
        body = {
            **self.google["marie"].events["s1"],
            "attendees": _guests("paul"),
            "organizer": {"email": MARIE},
        }
        self.google["paul"].people_insert("s1", body)
        self.google["paul"].people_edit(ONE)

    def assert_once(self, number=5):
        """Each occurrence is one row, and nothing went to any calendar."""
        self.sync()
        self.sync()
        self.assert_same()
        self.assert_quiet()
        assert self.writes == []
        assert len(self.rows()) == number
        slots = {key_of(r.values.period.start) for r in self.rows().values()}
        assert len(slots) == number


def _guests(whose):
    return (
        [
            {"email": MARIE, "organizer": True, "responseStatus": "accepted"},
            {"email": PAUL, "responseStatus": "needsAction"},
        ]
        if whose == "marie"
        else [
            {"email": MARIE, "organizer": True, "responseStatus": "accepted"},
            {"email": PAUL, "responseStatus": "needsAction", "self": True},
        ]
    )


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("changes", [{}, {"summary": "Invité"}])
@pytest.mark.parametrize("known", [False, True])
def test_one_occurrence_is_a_row_of_the_series(order, changes, known):
    """known: Marie's series was in Odoo before."""
    world = Invited()
    if known:
        world.sync("marie")
    world.to_one(**changes)
    world.sync(*order)
    world.assert_once()
    assert len(world.rows("paul")) == 1


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize("changes", [{}, {"summary": "Invité"}])
def test_the_series_later(order, between, changes):
    """between: Odoo saw the one before Paul was invited to all."""
    world = Invited()
    world.to_one(**changes)
    if between:
        world.sync(*order)
        world.sync()
    world.to_all()
    world.sync(*order)
    world.assert_once()
    assert len(world.rows("paul")) == 5


@pytest.mark.parametrize("between", [1, 2])
def test_an_organiser_outside_odoo(between):
    world = Invited()
    world.people = ("paul",)
    world.to_one(summary="Invité")
    for _ in range(between):
        world.sync()
    world.to_all()
    world.sync()
    world.assert_once()


@pytest.mark.parametrize("order", ORDERS)
def test_the_one_was_moved(order):
    world = Invited()
    late = START.replace(day=16, hour=11)
    moved = {
        "start": {"dateTime": late.isoformat(), "timeZone": "Europe/Paris"},
        "end": {
            "dateTime": late.replace(hour=12).isoformat(),
            "timeZone": "Europe/Paris",
        },
    }
    world.to_one(**moved)
    world.sync(*order)
    world.assert_once()
    world.to_all()
    world.sync(*order)
    world.assert_once()


@pytest.mark.parametrize("order", ORDERS)
def test_an_edit_in_odoo_is_one_exception(order):
    world = Invited()
    world.to_one()
    world.sync(*order)
    world.sync()
    (row,) = world.rows("paul")
    world.odoo.people_edit(row, title="Autre", at=world.google["marie"].now())
    world.sync("marie")
    ((user, call),) = world.writes
    assert (user, call.google_id) == ("marie", ONE)
    world.google["paul"].people_edit(ONE, summary="Autre")
    world.writes.clear()
    world.assert_once()


@pytest.mark.parametrize("before", [(), ("marie",), ("paul", "marie")])
def test_paul_declines_the_one(before):
    """before: who synchronised when he was invited and had not answered yet."""
    world = Invited()
    world.to_one()
    if before:
        world.sync(*before)
    guests = _guests("paul")
    guests[1]["responseStatus"] = "declined"
    for google in world.google.values():
        shown = [{k: v for k, v in x.items() if k != "self"} for x in guests]
        mine = google is world.google["paul"]
        google.events[ONE]["attendees"] = guests if mine else shown
        google.events[ONE]["etag"] = '"declined"'
        google.log.append(ONE)
    world.sync("marie", "paul")
    world.sync()
    world.assert_quiet()
    assert world.writes == []
    assert len(world.rows("marie")) == 5
    assert len(world.rows("paul")) == 0
