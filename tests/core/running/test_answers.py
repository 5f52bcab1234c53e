"""What guests answered in Google before Odoo heard of the event at all.

Whoever declined is not asked again by Odoo: the event is not in that person's agenda,
whoever's calendar brings it and whoever syncs first.
"""

from __future__ import annotations

import copy
from itertools import permutations

import pytest

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.responses import responses
from running.company import MARIE, PAUL, Company

ORDERS = list(permutations(("marie", "paul")))
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TH"


@pytest.fixture
def company():
    return Company()


def answer(company, address, status, google_id="g1", *, others=True):
    """Google tells every copy what somebody answered. others: the organiser's, too."""
    for user, google in company.google.items():
        shown = google.resource(google_id)
        if shown is None or not others and f"{user}@example.com" != address:
            continue
        people = copy.deepcopy(shown["attendees"])
        for person in people:
            if person["email"] == address:
                person["responseStatus"] = status
        google.people_edit(google_id, attendees=people)


def agendas(company):
    """Who has the event, and each row of a series."""
    rows = [r for r in company.odoo.tables.events.values() if r.alive]
    rows = sorted(rows, key=lambda r: r.values.period.start)
    return ["".join(sorted(u[0] for u in r.people)) for r in rows]


def play(company, order):
    company.sync(*order)
    seen = agendas(company)
    for _ in range(2):
        company.sync(*order)
    assert agendas(company) == seen
    lines = len(company.odoo.tables.lines)
    requests = [g.requests for g in company.google.values()]
    company.sync()
    assert [g.requests for g in company.google.values()] == [x + 1 for x in requests]
    assert len(company.odoo.tables.lines) == lines
    company.sync(full=True)
    assert agendas(company) == seen
    return seen


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("known", [False, True])
def test_declined_before_anybody_synced(company, order, known):
    """known: both have synced something before, and hear of this as news."""
    if known:
        company.sync()
    company.invite(PAUL)
    answer(company, PAUL, "declined")
    assert play(company, order) == ["m"]


@pytest.mark.parametrize("order", ORDERS)
def test_the_organizer_declined(company, order):
    company.invite(PAUL)
    answer(company, MARIE, "declined")
    assert play(company, order) == ["p"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("status", ["accepted", "tentative", "needsAction"])
def test_who_did_not_decline_has_it(company, order, status):
    company.invite(PAUL)
    answer(company, PAUL, status)
    assert play(company, order) == ["mp"]


@pytest.mark.parametrize("order", ORDERS)
def test_declined_later(company, order):
    company.invite(PAUL)
    assert play(company, order) == ["mp"]
    answer(company, PAUL, "declined")
    assert play(company, order) == ["m"]


def test_declined_later_by_whom_nobody_syncs(company):
    company.invite(PAUL)
    company.sync("marie")
    answer(company, PAUL, "declined")
    company.sync("marie")
    assert agendas(company) == ["m"]


@pytest.mark.parametrize("order", ORDERS)
def test_declined_and_accepted_after_all(company, order):
    company.invite(PAUL)
    answer(company, PAUL, "declined")
    assert play(company, order) == ["m"]
    answer(company, PAUL, "accepted")
    assert play(company, order) == ["mp"]


@pytest.mark.parametrize("order", ORDERS)
def test_invited_later_and_declined_at_once(company, order):
    company.invite()
    company.sync()
    company.invite(PAUL)
    answer(company, PAUL, "declined")
    assert play(company, order) == ["m"]


@pytest.mark.parametrize("order", ORDERS)
def test_a_series_that_was_declined(company, order):
    company.invite(PAUL, recurrence=[WEEKLY])
    answer(company, PAUL, "declined")
    assert play(company, order) == ["m"] * 4


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("before", ["needsAction", "accepted"])
@pytest.mark.parametrize("later", [False, True])
def test_one_occurrence_that_was_declined(company, order, before, later):
    company.invite(PAUL, recurrence=[WEEKLY])
    answer(company, PAUL, before)
    if later:
        company.sync(*order)
    answer(company, PAUL, "declined", "g1_20260611T090000Z")
    assert play(company, order) == ["mp", "m", "mp", "mp"]


@pytest.mark.parametrize("before", ["needsAction", "accepted"])
def test_one_occurrence_declined_by_whom_nobody_syncs(company, before):
    company.invite(PAUL, recurrence=[WEEKLY])
    answer(company, PAUL, before)
    answer(company, PAUL, "declined", "g1_20260611T090000Z")
    company.sync("marie")
    assert agendas(company) == ["mp", "m", "mp", "mp"]


def test_what_was_answered_in_odoo_stands(company):
    """Google says "declined" of somebody who came back in Odoo since."""
    company.invite(PAUL)
    answer(company, PAUL, "declined")
    company.sync("marie")
    (event_id,) = company.odoo.tables.events
    company.odoo.people_join(event_id, "paul")
    company.google["marie"].people_edit("g1", location="Lyon")
    company.sync("marie")
    assert agendas(company) == ["mp"]


def test_a_guests_copy_answers_for_no_colleague(company):
    """Whoever knows the UID and the organiser's address may have sent it."""
    company.invite(PAUL)
    company.sync("marie")
    (event_id,) = company.odoo.tables.events
    company.odoo.people_edit(event_id, by="marie", place="Lyon")
    forged = copy.deepcopy(company.google["paul"].events["g1"]["attendees"])
    forged[0]["responseStatus"] = "declined"
    company.google["paul"].people_edit("g1", attendees=forged)
    company.sync("paul", "marie")
    company.google["paul"].people_edit("g1", summary="Forged")
    company.sync("paul", "marie")
    assert agendas(company) == ["mp"]


def test_only_answers_are_read():
    people = [
        {"email": "Me@x.org", "self": True, "responseStatus": "declined"},
        {"email": "Yes@x.org", "responseStatus": "accepted"},
        {"email": "no@x.org", "responseStatus": "declined"},
        {"email": "open@x.org", "responseStatus": "needsAction"},
        {"email": "odd@x.org", "responseStatus": "whatever"},
        {"email": "room@x.org", "responseStatus": "declined", "resource": True},
        {"responseStatus": "declined"},
    ]
    body = {
        "id": "g1",
        "attendees": people,
        "start": {"date": "2026-06-01"},
        "end": {"date": "2026-06-02"},
    }
    event = parse_event(body, CalendarContext())
    assert responses(event) == {"yes@x.org": "accepted", "no@x.org": "declined"}
