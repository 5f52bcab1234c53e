"""The organiser edits in Odoo what Google deletes: the edit wins, for the guests, too.

Whoever's calendar is read first. What a guest deletes is a guest's own.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from series.people_world import PEOPLE, START, People
from series.world import PARIS

ONE = "s1_20260615T080000Z"
LINE = "RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=MO"
ORDERS = [("marie", "paul"), ("paul", "marie")]


def _single():
    people = People()
    people.invite(LINE, google_id="e1")
    for google in people.google.values():
        del google.events["e1"]["recurrence"]
    people.sync()
    return people


def _series():
    people = People()
    people.invite(LINE)
    people.sync()
    return people


def _third(people):
    when = START + timedelta(weeks=2)
    (row,) = [k for k, r in people.rows().items() if r.values.period.start == when]
    return row


def _edit(people, row):
    now = people.google["marie"].now()
    people.odoo.people_edit(row, by="marie", title="Autre", at=now)


def _settle(people, *order, declined=False):
    """declined: what is so in Google is shown there all the same."""
    for _ in range(3):
        people.sync(*order)
    errors = [x for x in people.odoo.tables.lines if x.action == "error"]
    assert errors == []
    if not declined:
        people.assert_same()
    people.assert_quiet(*order)


@pytest.mark.parametrize("order", ORDERS)
def test_a_single_event(order):
    people = _single()
    (row,) = people.rows()
    _edit(people, row)
    for google in people.google.values():
        google.people_delete("e1")
    _settle(people, *order)
    assert people.rows()[row].people == {"marie", "paul"}
    assert {u: len(g.alive()) for u, g in people.google.items()} == {
        "marie": 1,
        "paul": 1,
    }


@pytest.mark.parametrize("order", ORDERS)
def test_a_guest_deletes_what_the_organizer_edited(order):
    people = _single()
    (row,) = people.rows()
    _edit(people, row)
    people.google["paul"].people_delete("e1")
    _settle(people, *order)
    assert people.rows()[row].people == {"marie"}
    assert people.google["paul"].alive() == {}
    (event,) = people.google["marie"].alive().values()
    assert event["summary"] == "Autre"


@pytest.mark.parametrize("order", ORDERS)
def test_nobody_edited_it(order):
    people = _single()
    for google in people.google.values():
        google.people_delete("e1")
    _settle(people, *order)
    assert people.rows() == {}


@pytest.mark.parametrize("order", ORDERS)
def test_one_of_a_series_that_is_deleted(order):
    people = _series()
    row = _third(people)
    _edit(people, row)
    for google in people.google.values():
        google.people_delete("s1")
    _settle(people, *order)
    assert list(people.rows()) == [row]
    assert people.rows()[row].people == {"marie", "paul"}


@pytest.mark.parametrize("order", ORDERS)
def test_one_that_is_cancelled(order):
    people = _series()
    row = _third(people)
    _edit(people, row)
    for google in people.google.values():
        google.people_delete(ONE)
    for _ in range(2):
        people.sync(*order)
        _confirmed(people)
    _settle(people, *order)
    assert people.rows()[row].people == {"marie", "paul"}
    assert len(people.rows()) == 6


def _confirmed(people):
    """What the organiser confirms anew, Google shows in the guest's calendar."""
    theirs, ours = (people.google[u].events.get(ONE) for u in PEOPLE[:2])
    if theirs["status"] != "cancelled" and ours["status"] == "cancelled":
        people.google["paul"].people_edit(
            ONE, status="confirmed", summary=theirs["summary"]
        )


@pytest.mark.parametrize("order", ORDERS)
def test_a_guest_cancels_what_the_organizer_edited(order):
    people = _series()
    row = _third(people)
    _edit(people, row)
    people.google["paul"].people_delete(ONE)
    _settle(people, *order)
    assert people.rows()[row].people == {"marie"}
    assert people.rows()[row].values.title == "Autre"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("how", ["cancelled", "declined", "in Odoo"])
def test_a_guest_comes_back_to_one(order, how):
    """Left, and accepted again in Google: the row that the others have all along."""
    people = _series()
    row = _third(people)
    google = people.google["paul"]
    if how == "in Odoo":
        people.odoo.people_leave(row, "paul")
    elif how == "cancelled":
        google.people_delete(ONE)
    else:
        google.people_edit(ONE, attendees=_answers(google, "declined"))
    for _ in range(2):
        people.sync(*order)
    assert people.rows()[row].people == {"marie"}
    back = _answers(google, "accepted")
    google.people_edit(ONE, status="confirmed", attendees=back)
    _settle(people, *order)
    assert len(people.rows()) == 6
    assert people.rows()[row].people == {"marie", "paul"}


def _answers(google, word):
    guests = google.resource("s1")["attendees"]
    return [{**g, "responseStatus": word} if g.get("self") else g for g in guests]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("changes", [{"location": "Salle 2"}, {"moved": 3}])
def test_a_guest_leaves_in_odoo_what_google_edits(order, changes):
    people = _series()
    row = _third(people)
    people.odoo.people_leave(row, "paul")
    if hours := changes.get("moved"):
        start = START + timedelta(weeks=2, hours=hours)
        edges = (start, start + timedelta(hours=1))
        changes = {
            name: {"dateTime": edge.isoformat(), "timeZone": PARIS}
            for name, edge in zip(("start", "end"), edges, strict=True)
        }
    for google in people.google.values():
        google.people_edit(ONE, **changes)
    _settle(people, *order, declined=True)
    assert len(people.rows()) == 6
    assert people.rows()[row].people == {"marie"}
    own = people.google["paul"].resource(ONE)
    said = [g["responseStatus"] for g in own["attendees"] if g.get("self")]
    assert said == ["declined"]


def test_what_the_organizer_cancelled_a_guest_does_not_bring_back():
    """Nobody in Odoo organises it; Paul wants his row back all the same."""
    people = People()
    people.invite(LINE, organizer="chief")
    people.sync()
    row = _third(people)
    for google in people.google.values():
        google.people_edit(ONE, summary="Autre")
    people.sync()
    people.google["paul"].people_delete(ONE)
    people.sync("paul")
    people.odoo.people_join(row, "paul")
    for _ in range(3):
        people.sync("paul")
    errors = [x for x in people.odoo.tables.lines if x.action == "error"]
    assert errors == []
    people.assert_quiet("paul")
