"""This and following, and all events, as Google's page does them."""

import pytest
from conftest import MARIE, days, slot

ID = "serie"
WEEKLY = ["RRULE:FREQ=WEEKLY;COUNT=4"]
THIRD = f"{ID}_20300520T080000Z"
TAIL = f"{ID}_R20300520T080000"


@pytest.fixture
def marie(world):
    return world.person(MARIE)


@pytest.fixture
def series(google):
    return google.insert(id=ID, summary="S", recurrence=WEEKLY, **slot())


def live(google):
    return {x["id"]: x for x in google.items() if x["status"] != "cancelled"}


def seen(google):
    items = google.items(singleEvents="true")
    return sorted((x["id"], x.get("summary"), x["recurringEventId"]) for x in items)


@pytest.mark.usefixtures("series")
def test_the_rest_has_the_family_s_id_and_its_occurrences_the_plain_one(google, marie):
    made = marie.patch_following(THIRD, {"summary": "T"})
    assert made["id"] == TAIL
    assert made["iCalUID"] == f"{TAIL}@google.com"
    assert made["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=2"]
    assert live(google)[ID]["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=2"]
    assert live(google)[ID]["created"] == made["created"]
    assert seen(google) == [
        (f"{ID}_20300506T080000Z", "S", ID),
        (f"{ID}_20300513T080000Z", "S", ID),
        (f"{ID}_20300520T080000Z", "T", TAIL),
        (f"{ID}_20300527T080000Z", "T", TAIL),
    ]
    assert google.get(f"{TAIL}_20300520T080000Z")[0] == 404


@pytest.mark.usefixtures("series")
def test_an_exception_of_the_rest(google, marie):
    marie.patch_following(THIRD, {"summary": "T"})
    last = f"{ID}_20300527T080000Z"
    _, after = google.patch(last, {"summary": "own"})
    assert after["recurringEventId"] == TAIL
    google.delete(THIRD)
    assert [x[1] for x in seen(google)] == ["S", "S", "own"]


@pytest.mark.usefixtures("series")
def test_exceptions_beyond_the_cut_are_lost(google, marie):
    last = f"{ID}_20300527T080000Z"
    google.patch(last, {"summary": "own"})
    marie.patch_following(THIRD, {"summary": "T"})
    assert google.get(last)[1]["summary"] == "T"


@pytest.mark.usefixtures("series")
def test_another_time_of_day_gives_a_fresh_id(google, marie):
    made = marie.patch_following(
        THIRD, slot(day="2030-05-20", start="12:00", end="13:00")
    )
    assert "_R" not in made["id"]
    assert len(seen(google)) == 4


@pytest.mark.usefixtures("series")
def test_split_again_and_all_events(google, marie):
    marie.patch_following(THIRD, {"location": "Lyon"})
    last = f"{ID}_20300527T080000Z"
    assert marie.patch_following(last, {})["id"] == f"{ID}_R20300527T080000"
    marie.patch_all(THIRD, {"summary": "all"})
    assert {x["summary"] for x in live(google).values()} == {"all"}
    assert len(live(google)) == 3
    marie.delete_following(THIRD)
    assert TAIL not in live(google)
    marie.delete_all(last)
    assert live(google) == {}


@pytest.mark.usefixtures("series")
def test_all_events_at_another_hour(google, marie):
    marie.patch_following(THIRD, {})
    marie.patch_all(THIRD, slot(day="2030-05-20", start="12:00", end="13:00"))
    starts = [x["start"]["dateTime"][5:16] for x in live(google).values()]
    assert sorted(starts) == ["05-06T12:00", "05-20T12:00"]


def test_days(google, marie):
    rule = ["RRULE:FREQ=WEEKLY;UNTIL=20300527"]
    google.insert(id=ID, recurrence=rule, **days())
    made = marie.patch_following(f"{ID}_20300520", {"summary": "T"})
    assert made["id"] == f"{ID}_R20300520"
    assert live(google)[ID]["recurrence"] == ["RRULE:FREQ=WEEKLY;UNTIL=20300519"]
    ids = [x[0] for x in seen(google)]
    assert ids == [f"{ID}_{day}" for day in (20300506, 20300513, 20300520, 20300527)]


@pytest.mark.usefixtures("series")
def test_on_the_page(google, http):
    form = {
        "back": "/?account=x",
        "account": MARIE,
        "calendar": MARIE,
        "id": THIRD,
        "series": ID,
        "following": "1",
    }
    http.post("/sandbox/page", data={**form, "action": "delete"})
    assert len(seen(google)) == 2
