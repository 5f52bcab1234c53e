"""Series: rules, virtual instances, exceptions, deletion."""

import pytest
from conftest import days, reason, slot

ID = "series1"
DAILY = ["RRULE:FREQ=DAILY;COUNT=5"]


def series(google, rule=DAILY, **fields):
    return google.insert(id=ID, summary="S", recurrence=rule, **fields)


def instances(google, **query):
    status, answer = google.get(f"{ID}/instances", **query)
    assert status == 200, answer
    return answer["items"]


def starts(items):
    return [item["start"].get("dateTime", item["start"].get("date")) for item in items]


@pytest.mark.parametrize(
    "rule",
    [
        ["FREQ=DAILY"],
        ["RRULE:FREQ=HOURLY"],
        ["RRULE:INTERVAL=2"],
        ["RRULE:FREQ=DAILY;COUNT=0"],
        ["RRULE:FREQ=DAILY;COUNT=2;UNTIL=20300601T000000Z"],
        ["RRULE:FREQ=DAILY;UNTIL=20300601"],
        ["RRULE:FREQ=DAILY;UNTIL=20300601T000000"],
        ["RRULE:FREQ=WEEKLY;BYDAY=XX"],
        ["RRULE:FREQ=DAILY;FREQ=DAILY"],
        ["RRULE:FREQ=DAILY;COLOR=1"],
        ["RRULE:FREQ=DAILY;"],
        ["DTSTART:20300506T100000Z", "RRULE:FREQ=DAILY"],
        ["EXDATE:20300507T080000Z"],
        ["RRULE:FREQ=DAILY", "EXDATE:20300507"],
        ["RRULE:FREQ=DAILY", "EXDATE;TZID=Nowhere/Town:20300507T100000"],
        [""],
    ],
)
def test_refused_rules(google, rule):
    assert reason(google.post(body={**slot(), "recurrence": rule})) == (400, "invalid")


def test_until_of_all_day_series_is_a_date(google):
    wrong = {**days(), "recurrence": ["RRULE:FREQ=DAILY;UNTIL=20300508T000000Z"]}
    assert google.post(body=wrong)[0] == 400
    series(google, ["RRULE:FREQ=DAILY;UNTIL=20300508"], **days())
    assert len(instances(google)) == 3


def test_series_need_a_zone(google):
    body = {
        "start": {"dateTime": "2030-05-06T10:00:00+02:00"},
        "end": {"dateTime": "2030-05-06T11:00:00+02:00"},
    }
    assert google.post(body=body)[0] == 200
    status, answer = google.post(body={**body, "recurrence": DAILY})
    assert status == 400
    assert "Missing time zone definition for start time" in answer["error"]["message"]


def test_instances_keep_wall_clock_time_over_a_clock_change(google):
    weekly = ["RRULE:FREQ=WEEKLY;COUNT=2"]
    series(google, weekly, **slot(day="2030-03-25"))
    first, second = instances(google)
    assert first["id"] == f"{ID}_20300325T090000Z"
    assert second["id"] == f"{ID}_20300401T080000Z"
    assert second["start"]["dateTime"] == "2030-04-01T10:00:00+02:00"
    assert second["originalStartTime"] == second["start"]
    assert second["recurringEventId"] == ID
    assert second["iCalUID"] == first["iCalUID"] == f"{ID}@google.com"
    assert "recurrence" not in second


def test_all_day_instance_ids(google):
    series(google, **days())
    assert [item["id"] for item in instances(google)][:2] == [
        f"{ID}_20300506",
        f"{ID}_20300507",
    ]
    assert google.get(f"{ID}_20300507")[1]["end"] == {"date": "2030-05-08"}


@pytest.mark.parametrize(
    "suffix", ["20300507T090000Z", "20300512T080000Z", "20300507", "20301399", "x"]
)
def test_instances_that_the_rule_does_not_make(google, suffix):
    series(google)
    assert google.get(f"{ID}_{suffix}")[0] == 404


def test_exdate_and_rdate(google):
    rule = [
        *DAILY,
        "EXDATE;TZID=Europe/Paris:20300507T100000",
        "EXDATE:20300508T080000Z",
        "RDATE:20300601T080000Z",
    ]
    series(google, rule)
    assert [s[5:10] for s in starts(instances(google))] == [
        "05-06",
        "05-09",
        "05-10",
        "06-01",
    ]


def test_patched_instance_becomes_an_exception(google):
    series(google, location="Lyon")
    second = f"{ID}_20300507T080000Z"
    _, after = google.patch(second, {**slot(day="2030-05-20"), "summary": "Moved"})
    assert after["originalStartTime"]["dateTime"] == "2030-05-07T10:00:00+02:00"
    assert after["location"] == "Lyon"
    listed = {item["id"]: item for item in google.items()}
    assert set(listed) == {ID, second}
    assert listed[second]["summary"] == "Moved"
    found = instances(google)
    assert len(found) == 5
    assert "2030-05-20T10:00:00+02:00" in starts(found)
    assert "2030-05-07T10:00:00+02:00" not in starts(found)


def test_exception_follows_the_series_where_it_says_nothing(google):
    series(google, location="Lyon")
    second = f"{ID}_20300507T080000Z"
    google.patch(second, {"summary": "Own"})
    before = google.get(second)[1]["etag"]
    google.patch(ID, {"location": "Paris", "summary": "Series"})
    _, after = google.get(second)
    assert (after["summary"], after["location"]) == ("Own", "Paris")
    assert after["etag"] != before
    google.patch(second, {"location": None})
    google.patch(ID, {"location": "Nice"})
    assert "location" not in google.get(second)[1]


def test_deleted_instance_is_a_cancelled_exception(google):
    series(google)
    second = f"{ID}_20300507T080000Z"
    assert google.delete(second)[0] == 204
    assert reason(google.delete(second)) == (410, "deleted")
    assert google.get(second)[1]["status"] == "cancelled"
    listed = {item["id"]: item["status"] for item in google.items()}
    assert listed == {ID: "confirmed", second: "cancelled"}, "also without showDeleted"
    assert len(instances(google)) == 4
    assert len(instances(google, showDeleted="true")) == 5
    assert google.get(ID)[1]["recurrence"] == DAILY
    google.patch(second, {"status": "confirmed"})
    assert len(instances(google)) == 5


def test_instances_window_and_original_start(google):
    series(google)
    window = {
        "timeMin": "2030-05-07T11:00:00+02:00",
        "timeMax": "2030-05-09T10:00:00+02:00",
    }
    assert [s[8:10] for s in starts(instances(google, **window))] == ["08"]
    found = instances(google, originalStart="2030-05-08T08:00:00Z")
    assert [item["id"] for item in found] == [f"{ID}_20300508T080000Z"]
    assert google.get(f"{ID}/instances", originalStart="2030-05-08")[0] == 400
    single = google.insert()
    assert google.get(f"{single['id']}/instances")[0] == 400


def test_deleting_a_series_ends_its_exceptions(google):
    series(google)
    second = f"{ID}_20300507T080000Z"
    google.patch(second, {"summary": "x"})
    google.delete(ID)
    assert google.get(second)[1]["status"] == "cancelled"
    assert google.items() == []
    assert reason(google.delete(second)) == (410, "deleted")


@pytest.mark.parametrize(
    "change",
    [
        slot(start="12:00", end="13:00"),
        slot(zone="America/New_York"),
        {"recurrence": ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=5"]},
        {"recurrence": None},
    ],
)
def test_new_start_zone_or_rule_wipes_exceptions(google, change):
    series(google)
    google.patch(f"{ID}_20300508T080000Z", {"summary": "x"})
    status, _ = google.patch(ID, change)
    assert status == 200
    assert [item["id"] for item in google.items()] == [ID]


def test_an_occurrence_that_lost_its_place_is_only_a_memory(google):
    series(google)
    second = f"{ID}_20300507T080000Z"
    google.patch(second, {"summary": "x"})
    google.patch(ID, slot(start="12:00", end="13:00"))
    assert google.get(second)[1]["status"] == "cancelled"
    assert google.patch(second, {"status": "confirmed"})[0] == 404
    assert google.delete(second)[0] == 410


def test_cutting_a_series_keeps_the_exceptions_before_the_cut(google):
    series(google)
    kept, lost = f"{ID}_20300507T080000Z", f"{ID}_20300509T080000Z"
    google.patch(kept, {"summary": "x"})
    google.patch(lost, {"summary": "x"})
    google.patch(ID, {"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20300508T075959Z"]})
    assert {item["id"] for item in google.items()} == {ID, kept}
    assert len(instances(google)) == 2


def test_visibility_of_an_instance_spreads_only_when_stricter(google):
    series(google)
    second = f"{ID}_20300507T080000Z"
    google.patch(second, {"visibility": "private"})
    assert google.get(ID)[1]["visibility"] == "private"
    _, after = google.patch(second, {"visibility": "public"})
    assert after["visibility"] == "private"


def test_an_instance_has_no_rule_and_no_other_organizer(google, world):
    series(google)
    second = f"{ID}_20300507T080000Z"
    assert google.patch(second, {"recurrence": DAILY})[0] == 400
    other = {"organizer": {"email": "x@example.net"}}
    assert reason(google.patch(second, other))[1] == "cannotChangeOrganizerOfInstance"
    calendar = world.add_calendar(world.account("marie@example.com"), "Second")
    answer = google.post(f"{second}/move", destination=calendar.id)
    assert reason(answer) == (400, "cannotChangeOrganizerOfInstance")


def test_moving_a_series_takes_its_exceptions_along(google, world):
    series(google)
    second = f"{ID}_20300507T080000Z"
    google.patch(second, {"summary": "x"})
    calendar = world.add_calendar(world.account("marie@example.com"), "Second")
    assert google.post(f"{ID}/move", destination=calendar.id)[0] == 200
    moved = google.get(f"/calendars/{calendar.id}/events/{second}")[1]
    assert (moved["summary"], moved["status"]) == ("x", "confirmed")
    assert google.items() == []


def test_if_match_on_an_instance(google):
    series(google)
    second = f"{ID}_20300507T080000Z"
    etag = google.get(second)[1]["etag"]
    google.patch(ID, {"summary": "x"})
    answer = google.patch(second, {"summary": "y"}, headers={"If-Match": etag})
    assert reason(answer) == (412, "conditionNotMet")


def test_endless_series_are_bounded(google):
    series(google, ["RRULE:FREQ=DAILY"])
    found = instances(google, maxResults=2500)
    assert 300 < len(found) < 2000
    page = google.get(f"{ID}/instances", maxResults=10)[1]
    assert len(page["items"]) == 10
    assert page["nextPageToken"]
