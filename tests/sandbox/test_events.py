"""Single events: what the server sets, patch and put, deletion and revival."""

import pytest
from conftest import MARIE, days, reason, slot

ID = "abcdefghijklmnopqrstuv0123456789"


def test_server_fills_in_the_rest(google):
    event = google.insert(id=ID, summary="Visit")
    assert event["id"] == ID
    assert event["iCalUID"] == f"{ID}@google.com"
    assert event["status"] == "confirmed"
    assert event["sequence"] == 0
    assert event["eventType"] == "default"
    assert event["creator"]["email"] == event["organizer"]["email"] == MARIE
    assert event["organizer"]["self"] is event["creator"]["self"] is True
    assert event["reminders"] == {"useDefault": True}
    assert event["etag"].startswith('"')
    assert event["etag"].endswith('"')
    assert len(event["updated"]) == len("2030-01-01T00:00:00.000Z")


@pytest.mark.parametrize(
    "bad", ["ABCDE", "abcd", "wxyz1", "abc-d", "abcdé", "a" * 1025, "abcde_20300101"]
)
def test_ids_are_base32hex_of_5_to_1024(google, bad):
    assert reason(google.post(body={**slot(), "id": bad})) == (400, "invalid")


def test_id_and_icaluid_exclude_each_other(google):
    both = {**slot(), "id": ID, "iCalUID": "x@y"}
    assert google.post(body=both)[0] == 400
    assert google.insert(iCalUID="x@y")["iCalUID"] == "x@y"
    assert reason(google.post(body={**slot(), "iCalUID": "x@y"})) == (409, "duplicate")


def test_an_id_stays_taken_after_deletion(google):
    google.insert(id=ID)
    assert reason(google.post(body={**slot(), "id": ID})) == (409, "duplicate")
    assert google.delete(ID)[0] == 204
    assert reason(google.post(body={**slot(), "id": ID})) == (409, "duplicate")


def test_an_id_is_taken_whatever_the_icaluid(google):
    google.insert(iCalUID="x@y")
    event_id = google.items()[0]["id"]
    assert reason(google.post(body={**slot(), "id": event_id})) == (409, "duplicate")


def test_same_id_in_another_calendar_is_free(google, paul):
    google.insert(id=ID)
    assert paul.insert(id=ID)["id"] == ID


def test_times_come_back_in_the_calendars_zone(google):
    event = google.insert(**slot(start="10:00", end="11:00", zone="America/New_York"))
    assert event["start"] == {
        "dateTime": "2030-05-06T16:00:00+02:00",
        "timeZone": "America/New_York",
    }
    _, again = google.get(event["id"], timeZone="Asia/Tokyo")
    assert again["start"]["dateTime"] == "2030-05-06T23:00:00+09:00"
    _, again = google.get(event["id"], timeZone="UTC")
    assert again["start"]["dateTime"] == "2030-05-06T14:00:00Z"


def test_patch_merges_nulls_and_replaces_lists(google):
    event = google.insert(
        summary="A",
        location="Lyon",
        extendedProperties={"private": {"a": "1", "b": "2"}, "shared": {"s": "3"}},
        attendees=[{"email": "x@example.net"}, {"email": "y@example.net"}],
    )
    _, event = google.patch(
        event["id"],
        {
            "location": None,
            "extendedProperties": {"private": {"b": None, "c": "4"}},
            "attendees": [{"email": "z@example.net"}],
        },
    )
    assert event["summary"] == "A"
    assert "location" not in event
    assert event["extendedProperties"] == {
        "private": {"a": "1", "c": "4"},
        "shared": {"s": "3"},
    }
    assert [p["email"] for p in event["attendees"]] == ["z@example.net"]


def test_put_clears_what_is_left_out(google):
    event = google.insert(
        summary="A",
        location="Lyon",
        visibility="private",
        extendedProperties={"private": {"a": "1"}},
        attendees=[{"email": "x@example.net"}],
        reminders={"useDefault": False},
        recurrence=["RRULE:FREQ=DAILY;COUNT=3"],
    )
    _, after = google.put(event["id"], {**slot(), "summary": "B"})
    left_out = {"location", "visibility", "extendedProperties", "attendees"}
    assert not {*left_out, "recurrence"} & set(after)
    assert after["reminders"] == {"useDefault": True}
    kept = ("id", "iCalUID", "creator", "organizer", "created", "htmlLink")
    assert [after[k] for k in kept] == [event[k] for k in kept]
    assert reason(google.put(event["id"], {"summary": "C"})) == (400, "required")


def test_put_of_what_was_read_changes_nothing_but_the_etag(google):
    event = google.insert(
        summary="A",
        description="<b>x</b>",
        colorId="4",
        transparency="transparent",
        attendees=[{"email": "x@example.net", "optional": True}],
        reminders={
            "useDefault": False,
            "overrides": [{"method": "popup", "minutes": 5}],
        },
    )
    status, after = google.put(event["id"], event)
    assert status == 200
    assert {**after, "etag": event["etag"]} == event


@pytest.mark.parametrize("change", [{"id": "zzzzz"}, {"iCalUID": "other@x"}])
def test_identity_cannot_change(google, change):
    event = google.insert()
    assert google.patch(event["id"], change)[0] == 400


def test_organizer_cannot_change(google):
    event = google.insert()
    same = {"organizer": event["organizer"]}
    assert google.patch(event["id"], same)[0] == 200
    other = {"organizer": {"email": "boss@example.net"}}
    assert reason(google.patch(event["id"], other))[1] == "cannotChangeOrganizer"
    body = {**slot(), **other}
    assert reason(google.put(event["id"], body))[1] == "cannotChangeOrganizer"


def test_sequence_grows_with_time_and_refuses_to_go_back(google):
    event = google.insert()
    _, event = google.patch(event["id"], {"summary": "x"})
    assert event["sequence"] == 0
    _, event = google.patch(event["id"], slot(day="2030-05-07"))
    assert event["sequence"] == 1
    assert reason(google.patch(event["id"], {"sequence": 0})) == (400, "invalid")


def test_etag_changes_with_every_write_and_guards_it(google):
    event = google.insert()
    first = {"If-Match": event["etag"]}
    _, second = google.patch(event["id"], {"summary": "x"}, headers=first)
    assert second["etag"] != event["etag"]
    for answer in (
        google.patch(event["id"], {"summary": "y"}, headers=first),
        google.put(event["id"], slot(), headers=first),
        google.delete(event["id"], headers=first),
    ):
        assert reason(answer) == (412, "conditionNotMet")
    assert google.get(event["id"])[1] == second
    assert google.delete(event["id"], headers={"If-Match": second["etag"]})[0] == 204


def test_if_none_match_answers_304_without_a_body(google):
    event = google.insert()
    headers = {"If-None-Match": event["etag"]}
    assert google.get(event["id"], headers=headers) == (304, None)
    google.patch(event["id"], {"summary": "x"})
    assert google.get(event["id"], headers=headers)[0] == 200


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ({"summary": "x"}, True),
        ({"colorId": "3"}, False),
        ({"reminders": {"useDefault": False}}, False),
    ],
)
def test_updated_follows_main_data_only(google, world, change, moves):
    world.clock.freeze()
    event = google.insert()
    world.clock.advance(5)
    _, after = google.patch(event["id"], change)
    assert after["etag"] != event["etag"]
    assert (after["updated"] != event["updated"]) is moves


def test_deleted_event_is_still_readable(google):
    event = google.insert(summary="Gone")
    assert google.delete(event["id"]) == (204, None)
    _, after = google.get(event["id"])
    assert (after["status"], after["summary"]) == ("cancelled", "Gone")
    assert reason(google.delete(event["id"])) == (410, "deleted")
    assert google.items() == []
    assert len(google.items(showDeleted="true")) == 1


def test_unknown_event(google):
    for answer in (
        google.get("nothing1"),
        google.patch("nothing1", {}),
        google.put("nothing1", slot()),
        google.delete("nothing1"),
    ):
        assert reason(answer) == (404, "notFound")


def test_revival(google):
    event = google.insert(id=ID, summary="A")
    google.delete(ID)
    _, after = google.put(ID, {**slot(), "summary": "B"})
    assert after["status"] == "cancelled", "a put without status does not revive"
    _, after = google.patch(ID, {"status": "confirmed"})
    assert after["status"] == "confirmed"
    assert after["iCalUID"] == event["iCalUID"]
    assert [e["id"] for e in google.items()] == [ID]


def test_status_cancelled_in_a_patch_deletes(google):
    event = google.insert()
    assert (
        google.patch(event["id"], {"status": "cancelled"})[1]["status"] == "cancelled"
    )
    assert reason(google.delete(event["id"])) == (410, "deleted")


def test_all_day_to_timed_needs_nulls_in_a_patch(google):
    event = google.insert(**days())
    assert event["end"] == {"date": "2030-05-07"}
    assert reason(google.patch(event["id"], slot())) == (400, "invalid")
    timed = {key: {**moment, "date": None} for key, moment in slot().items()}
    _, after = google.patch(event["id"], timed)
    assert after["start"]["dateTime"] == "2030-05-06T10:00:00+02:00"
    assert google.put(event["id"], days())[1]["start"] == {"date": "2030-05-06"}


def test_move_leaves_a_tombstone(google, world):
    other = world.add_calendar(world.account(MARIE), "Second")
    event = google.insert(summary="A")
    status, moved = google.post(f"{event['id']}/move", destination=other.id)
    assert status == 200
    assert (moved["id"], moved["organizer"]["email"]) == (event["id"], other.id)
    assert google.get(event["id"])[1]["status"] == "cancelled"
    assert google.get(f"/calendars/{other.id}/events")[1]["items"][0]["summary"] == "A"


def test_refused_move_changes_nothing(google, world):
    other = world.add_calendar(world.account(MARIE), "Second")
    event = google.insert(id=ID)
    world.person(MARIE).insert({**slot(), "id": ID}, other.id)
    assert reason(google.post(f"{ID}/move", destination=other.id)) == (409, "duplicate")
    assert google.get(ID)[1] == event


def test_import_rules(google):
    guest = {
        "organizer": {"email": "boss@example.net"},
        "attendees": [{"email": MARIE}],
    }
    body = {**slot(), "iCalUID": "u@example.net", **guest}
    assert google.post("import", {**body, "id": ID})[0] == 400
    assert reason(google.post("import", {**slot(), "summary": "x"})) == (
        400,
        "required",
    )
    stranger = {**body, "attendees": []}
    assert reason(google.post("import", stranger)) == (
        400,
        "participantIsNeitherOrganizerNorAttendee",
    )
    status, event = google.post("import", {**body, "location": "Lyon"})
    assert (status, event["organizer"]["email"]) == (200, "boss@example.net")
    assert "self" not in event["organizer"]
    _, again = google.post("import", {**body, "summary": "New"})
    assert again["id"] == event["id"]
    assert again["summary"] == "New"
    assert "location" not in again


def test_import_knows_no_send_updates(google):
    body = {**slot(), "iCalUID": "u@example.net"}
    assert google.post("import", body, sendUpdates="none")[0] == 400


def test_meet_only_with_its_version(google):
    wish = {
        "createRequest": {
            "requestId": "r1",
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
        }
    }
    assert "conferenceData" not in google.insert(conferenceData=wish)
    body = {**slot(), "conferenceData": wish}
    _, event = google.post(body=body, conferenceDataVersion=1)
    assert event["hangoutLink"].startswith("https://meet.google.com/")
    _, after = google.put(event["id"], slot())
    assert after["conferenceData"] == event["conferenceData"]


def test_attachments_only_when_supported(google):
    files = [{"fileUrl": "https://drive.google.com/x", "title": "X"}]
    assert "attachments" not in google.insert(attachments=files)
    _, event = google.post(
        body={**slot(), "attachments": files}, supportsAttachments="true"
    )
    assert event["attachments"] == files
    assert google.put(event["id"], slot())[1]["attachments"] == files


def test_labels_need_their_version(google, world):
    label = "11111111-2222-3333-4444-555555555555"
    world.calendars[MARIE].labels = [{"id": label, "backgroundColor": "#123456"}]
    assert "eventLabelId" not in google.insert(eventLabelId=label)
    body = {**slot(), "eventLabelId": label, "colorId": "4"}
    _, event = google.post(body=body, eventLabelVersion=1)
    assert event["eventLabelId"] == label
    assert "colorId" not in event
    _, after = google.patch(event["id"], {"summary": "x"})
    assert after["eventLabelId"] == label
    _, after = google.patch(event["id"], {"summary": "y"}, eventLabelVersion=1)
    assert "eventLabelId" not in after
    body["eventLabelId"] = "unknown"
    assert google.post(body=body, eventLabelVersion=1)[0] == 400


def test_a_colour_takes_the_place_of_a_label(google, world):
    """Not documented: the strictest reading, so that nobody writes one by accident."""
    label = "11111111-2222-3333-4444-555555555555"
    world.calendars[MARIE].labels = [{"id": label, "backgroundColor": "#123456"}]
    event = google.post(body={**slot(), "eventLabelId": label}, eventLabelVersion=1)[1]
    after = google.patch(event["id"], body={"summary": "Autre"})[1]
    assert after["eventLabelId"] == label
    after = google.patch(event["id"], body={"colorId": "4"})[1]
    assert "eventLabelId" not in after
