"""events.list: windows, filters, pages, sync tokens."""

import pytest
from conftest import MARIE, days, reason, slot


def sync(google, **query):
    """(items, sync token) over all pages."""
    items, token = [], None
    while True:
        page = {"pageToken": token} if token else {}
        status, answer = google.get(**query, **page)
        assert status == 200, answer
        items += answer["items"]
        token = answer.get("nextPageToken")
        assert (token is None) != ("nextSyncToken" not in answer)
        if token is None:
            return items, answer["nextSyncToken"]


def titles(items):
    return sorted(item.get("summary", "") for item in items)


def test_head_tells_about_the_calendar(google):
    _, answer = google.get()
    assert answer["accessRole"] == "owner"
    assert answer["timeZone"] == "Europe/Paris"
    assert answer["summary"] == MARIE
    assert answer["defaultReminders"] == [{"method": "popup", "minutes": 30}]
    assert answer["etag"]
    assert answer["updated"]


def test_window_bounds_are_exclusive(google):
    google.insert(summary="A")  # 10:00 to 11:00 in Paris

    def found(low, high):
        day = "2030-05-06T"
        return len(
            google.items(timeMin=f"{day}{low}+02:00", timeMax=f"{day}{high}+02:00")
        )

    assert found("09:00:00", "10:00:00") == 0
    assert found("09:00:00", "10:00:01") == 1
    assert found("11:00:00", "12:00:00") == 0
    assert found("10:59:59", "12:00:00") == 1


def test_all_day_window_is_in_the_calendars_zone(google):
    google.insert(**days())
    assert google.items(timeMin="2030-05-06T21:59:59Z")
    assert not google.items(timeMin="2030-05-06T22:00:00Z")
    assert not google.items(timeMax="2030-05-05T22:00:00Z")


def test_empty_range_is_refused(google):
    moment = "2030-05-06T10:00:00Z"
    assert reason(google.get(timeMin=moment, timeMax=moment)) == (400, "timeRangeEmpty")


def test_series_come_when_any_instance_is_in_the_window(google):
    rule = ["RRULE:FREQ=MONTHLY;BYMONTHDAY=6"]
    event = google.insert(recurrence=rule)
    window = {"timeMin": "2031-02-06T00:00:00Z", "timeMax": "2031-02-07T00:00:00Z"}
    assert [item["id"] for item in google.items(**window)] == [event["id"]]
    single = google.items(singleEvents="true", **window)
    assert [item["recurringEventId"] for item in single] == [event["id"]]
    gap = {"timeMin": "2031-02-07T00:00:00Z", "timeMax": "2031-03-06T00:00:00Z"}
    assert google.items(**gap) == []


def test_moved_away_occurrence_no_longer_pulls_its_series_in(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    google.patch("serie_20300507T080000Z", slot(day="2030-06-10"))
    window = {"timeMin": "2030-05-07T00:00:00Z", "timeMax": "2030-05-08T00:00:00Z"}
    assert google.items(**window) == []
    window = {"timeMin": "2030-06-10T00:00:00Z", "timeMax": "2030-06-11T00:00:00Z"}
    assert {e["id"] for e in google.items(**window)} == {
        "serie",
        "serie_20300507T080000Z",
    }


def test_pages_follow_the_token(google, world):
    for number in range(7):
        google.insert(summary=str(number))
    items, _ = sync(google, maxResults=3)
    assert titles(items) == list("0123456")
    world.paging.page_size = 2
    world.paging.short_pages = True
    assert titles(sync(google)[0]) == list("0123456")


def test_empty_pages_are_not_the_end(google, world):
    google.insert()
    world.paging.empty_pages = True
    _, first = google.get()
    assert first["items"] == []
    assert "nextSyncToken" not in first
    assert len(sync(google)[0]) == 1


def test_random_order_is_a_permutation(google, world):
    for number in range(9):
        google.insert(summary=str(number))
    plain = [item["summary"] for item in google.items()]
    world.paging.random_order = 3
    mixed = [item["summary"] for item in google.items()]
    assert mixed != plain
    assert sorted(mixed) == sorted(plain)


def test_page_tokens_belong_to_their_list(google, paul):
    for _ in range(3):
        google.insert()
    token = google.get(maxResults=1)[1]["nextPageToken"]
    assert reason(paul.get(maxResults=1, pageToken=token)) == (400, "invalid")
    assert google.get(maxResults=1, pageToken=token, singleEvents="true")[0] == 400
    assert google.get(maxResults=1, pageToken="x")[0] == 400


def test_incremental_lists_bring_changes_only_once(google):
    google.insert(summary="A")
    _, token = sync(google)
    items, token = sync(google, syncToken=token)
    assert items == []
    event = google.insert(summary="B")
    google.patch(event["id"], {"colorId": "3"})
    items, token = sync(google, syncToken=token)
    assert titles(items) == ["B"]
    assert sync(google, syncToken=token)[0] == []


def test_changes_made_while_paging_come_with_the_next_sync(google):
    first = google.insert(summary="A")
    google.insert(summary="B")
    _, page = google.get(maxResults=1)
    google.patch(first["id"], {"summary": "A2"})
    _, last = google.get(maxResults=1, pageToken=page["nextPageToken"])
    items, _ = sync(google, maxResults=1, syncToken=last["nextSyncToken"])
    assert titles(items) == ["A2"]


def test_deletions_come_as_stubs(google):
    event = google.insert(summary="A")
    _, token = sync(google)
    google.delete(event["id"])
    items, _ = sync(google, syncToken=token)
    assert set(items[0]) == {"kind", "etag", "id", "status"}
    assert (items[0]["id"], items[0]["status"]) == (event["id"], "cancelled")


def test_deleted_occurrence_comes_as_a_stub_with_its_place(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    _, token = sync(google)
    google.delete("serie_20300507T080000Z")
    items, _ = sync(google, syncToken=token)
    stub = next(x for x in items if x["id"] == "serie_20300507T080000Z")
    assert stub["recurringEventId"] == "serie"
    assert stub["originalStartTime"]["dateTime"] == "2030-05-07T10:00:00+02:00"
    assert len(items) == 2, "the series is listed with its exceptions"


def test_a_deleted_series_shows_its_own_tombstone_only(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    google.patch("serie_20300507T080000Z", {"summary": "x"})
    _, token = sync(google)
    google.delete("serie")
    items, _ = sync(google, syncToken=token)
    assert {item["id"]: item["status"] for item in items} == {"serie": "cancelled"}


def test_exceptions_beyond_a_cut_come_as_bare_tombstones(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    second = "serie_20300507T080000Z"
    google.patch(second, {"summary": "x"})
    _, token = sync(google)
    google.patch("serie", {"recurrence": ["RRULE:FREQ=DAILY;COUNT=1"]})
    items, _ = sync(google, syncToken=token)
    stub = next(item for item in items if item["id"] == second)
    assert set(stub) == {"kind", "etag", "id", "status"}
    assert stub["status"] == "cancelled"


def test_a_series_and_its_exceptions_have_one_etag(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    first, second = "serie_20300506T080000Z", "serie_20300507T080000Z"
    google.patch(first, {"summary": "x"})
    _, token = sync(google)
    _, after = google.patch(second, {"summary": "y"})
    items, _ = sync(google, syncToken=token)
    assert {item["id"] for item in items} == {"serie", first, second}
    assert {item["etag"] for item in items} == {after["etag"]}
    assert {item["updated"] for item in items} == {after["updated"]}


def test_withdrawn_exceptions_keep_their_readers_up_to_date(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=5"])
    third = "serie_20300508T080000Z"
    google.patch(third, {"summary": "own"})
    _, token = sync(google)
    google.patch("serie", {"recurrence": ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=5"]})
    items, token = sync(google, syncToken=token)
    seen = {item["id"]: item for item in items}
    assert "summary" not in seen[third]
    assert seen[third]["status"] == "confirmed"
    google.patch("serie", {"summary": "all"})
    items, _ = sync(google, syncToken=token)
    assert titles(items) == ["all", "all"]


@pytest.mark.parametrize(
    "query",
    [
        {"timeMin": "2030-01-01T00:00:00Z"},
        {"timeMax": "2030-01-01T00:00:00Z"},
        {"updatedMin": "2030-01-01T00:00:00Z"},
        {"q": "x"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"showDeleted": "false"},
    ],
)
def test_filters_beside_a_sync_token(google, query):
    _, token = sync(google)
    assert google.get(syncToken=token, **query)[0] == 400


@pytest.mark.parametrize(
    "query",
    [
        {"singleEvents": "true"},
        {"eventTypes": "default"},
        {"timeZone": "UTC"},
        {"maxAttendees": "5"},
        {"maxResults": "5"},
        {"showDeleted": "true"},
    ],
)
def test_other_parameters_must_stay_the_same(google, query):
    _, token = sync(google)
    assert google.get(syncToken=token, **query)[0] == 400
    _, token = sync(google, **query)
    assert google.get(syncToken=token, **query)[0] == 200
    assert google.get(syncToken=token)[0] == 400


def test_first_list_may_have_a_window(google):
    google.insert(**slot(day="2029-01-01"), summary="old")
    _, token = sync(google, timeMin="2030-01-01T00:00:00Z")
    google.insert(**slot(day="2029-02-02"), summary="outside")
    assert titles(sync(google, syncToken=token)[0]) == ["outside"]


@pytest.mark.parametrize(
    "query", [{"q": "x"}, {"orderBy": "updated"}, {"privateExtendedProperty": "a=b"}]
)
def test_searches_give_no_sync_token(google, query):
    assert "nextSyncToken" not in google.get(**query)[1]


def test_dead_sync_tokens(google, paul, world):
    _, token = sync(google)
    gone = (410, "fullSyncRequired")
    assert reason(google.get(syncToken="nonsense")) == gone
    assert reason(paul.get(syncToken=token)) == gone
    world.expire_sync_tokens()
    assert reason(google.get(syncToken=token)) == gone
    _, token = sync(google)
    world.clock.advance(30 * 86400)
    google.token = world.oauth.issue_access(
        "web", world.account(MARIE).sub, ["https://www.googleapis.com/auth/calendar"]
    )
    assert reason(google.get(syncToken=token)) == gone


def test_single_events_with_a_token_flood(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY"])
    _, token = sync(google, singleEvents="true")
    google.patch("serie", {"summary": "x"})
    items, _ = sync(google, singleEvents="true", syncToken=token)
    assert len(items) > 300
    assert "serie" not in {item["id"] for item in items}


def test_order(google):
    google.insert(summary="B", **slot(day="2030-06-02"))
    google.insert(summary="A", **slot(day="2030-06-01"))
    assert reason(google.get(orderBy="startTime")) == (400, "badRequest")
    items = google.items(orderBy="startTime", singleEvents="true")
    assert [item["summary"] for item in items] == ["A", "B"]


def test_filters(google):
    google.insert(summary="Visite Lyon", extendedProperties={"private": {"k": "v"}})
    google.insert(summary="Other", attendees=[{"email": "anna@example.net"}])
    assert titles(google.items(q="lyon visite")) == ["Visite Lyon"]
    assert titles(google.items(q="anna@")) == ["Other"]
    assert titles(google.items(privateExtendedProperty="k=v")) == ["Visite Lyon"]
    assert google.items(privateExtendedProperty="k=x") == []
    assert google.get(privateExtendedProperty="k")[0] == 400
    assert google.items(eventTypes="birthday") == []
    assert len(google.items(eventTypes=["default", "birthday"])) == 2


def test_icaluid_finds_series_and_exceptions(google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    google.patch("serie_20300507T080000Z", {"summary": "x"})
    google.insert()
    assert len(google.items(iCalUID="serie@google.com")) == 2


def test_updated_min(google, world):
    event = google.insert(summary="A")
    google.insert(summary="B")
    world.clock.advance(60)
    moment = world.stamp()
    google.delete(event["id"])
    assert [e["status"] for e in google.items(updatedMin=moment)] == ["cancelled"]
    assert reason(google.get(updatedMin="2020-01-01T00:00:00Z")) == (
        410,
        "updatedMinTooLongAgo",
    )


def test_max_attendees_marks_the_cut(google):
    people = [{"email": f"p{n}@example.net"} for n in range(3)]
    event = google.insert(attendees=[*people, {"email": MARIE}])
    _, seen = google.get(event["id"], maxAttendees=2)
    assert seen["attendeesOmitted"] is True
    assert [p["email"] for p in seen["attendees"]] == [MARIE]
    assert "attendeesOmitted" not in google.get(event["id"], maxAttendees=4)[1]


def test_time_zone_of_the_answer(google):
    google.insert()
    _, answer = google.get(timeZone="UTC")
    assert answer["timeZone"] == "UTC"
    assert answer["items"][0]["start"]["dateTime"] == "2030-05-06T08:00:00Z"
    assert google.get(timeZone="GMT+2")[0] == 400
