"""Invitations: copies, answers, rights of guests, mails."""

import pytest
from conftest import MARIE, PAUL, reason, slot

OUTSIDE = "john@example.org"


@pytest.fixture
def meeting(google):
    """Marie invites Paul and somebody without a sandbox account."""
    return google.insert(
        id="meeting",
        summary="M",
        attendees=[{"email": PAUL}, {"email": OUTSIDE}],
        extendedProperties={"private": {"p": "1"}, "shared": {"s": "2"}},
        colorId="4",
        reminders={"useDefault": False},
    )


def response(event, email):
    return next(p["responseStatus"] for p in event["attendees"] if p["email"] == email)


def test_guest_gets_a_copy(meeting, paul):
    _, copy = paul.get("meeting")
    assert copy["iCalUID"] == meeting["iCalUID"]
    assert copy["summary"] == "M"
    assert copy["organizer"] == {"email": MARIE, "displayName": "Marie Durand"}
    assert response(copy, PAUL) == "needsAction"
    assert [p["email"] for p in copy["attendees"] if p.get("self")] == [PAUL]
    assert copy["extendedProperties"] == {"shared": {"s": "2"}}
    assert "colorId" not in copy
    assert copy["reminders"] == {"useDefault": True}


def test_copy_takes_another_id_when_it_is_taken(google, paul):
    paul.insert(id="taken", summary="own")
    event = google.insert(id="taken", summary="M", attendees=[{"email": PAUL}])
    found = {e["summary"]: e["id"] for e in paul.items(iCalUID=event["iCalUID"])}
    assert found["own"] == "taken"
    assert found["M"] != "taken"
    google.patch("taken", {"summary": "M2"})
    assert paul.get("taken")[1]["summary"] == "own"
    assert paul.get(found["M"])[1]["summary"] == "M2"


def test_copies_follow_the_organizer(meeting, google, paul):
    google.patch("meeting", {"summary": "M2", **slot(day="2030-05-09"), "colorId": "5"})
    _, copy = paul.get("meeting")
    assert copy["summary"] == "M2"
    assert copy["start"]["dateTime"].startswith("2030-05-09")
    assert "colorId" not in copy


def test_removed_guest_loses_the_event(meeting, google, paul):
    google.patch("meeting", {"attendees": [{"email": OUTSIDE}]})
    assert paul.get("meeting")[1]["status"] == "cancelled"


def test_added_guest_gets_the_series_with_its_exceptions(google, paul):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    second = "serie_20300507T080000Z"
    google.patch(second, {"summary": "x"})
    google.patch("serie", {"attendees": [{"email": PAUL}]})
    assert paul.get(second)[1]["summary"] == "x"


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "x"},
        {"location": "x"},
        {"description": "x"},
        slot(day="2030-05-10"),
        {"status": "tentative"},
        {"attendees": [{"email": PAUL}]},
        {
            "attendees": [
                {"email": PAUL},
                {"email": OUTSIDE, "responseStatus": "accepted"},
            ]
        },
        {"extendedProperties": {"shared": {"s": "3"}}},
        {"guestsCanModify": True},
    ],
)
def test_guest_may_not_change_what_is_shared(meeting, paul, change):
    status, body = paul.patch("meeting", change)
    assert status == 403
    assert body["error"]["errors"][0]["reason"] in (
        "forbiddenForNonOrganizer",
        "forbidden",
    )
    assert paul.get("meeting")[1]["summary"] == "M"


@pytest.mark.parametrize(
    "change",
    [
        {"colorId": "7"},
        {"reminders": {"useDefault": False}},
        {"extendedProperties": {"private": {"mine": "1"}}},
        {"transparency": "transparent"},
        {"summary": "M"},
    ],
)
def test_guest_may_change_what_is_personal(meeting, google, paul, change):
    before = google.get("meeting")[1]
    status, copy = paul.patch("meeting", change)
    assert status == 200
    for key, value in change.items():
        if key != "extendedProperties":
            assert copy[key] == value
    assert google.get("meeting")[1] == before


def test_answer_reaches_the_organizer(meeting, google, paul):
    people = [{"email": PAUL, "responseStatus": "accepted"}, {"email": OUTSIDE}]
    assert paul.patch("meeting", {"attendees": people})[0] == 200
    assert response(google.get("meeting")[1], PAUL) == "accepted"


def test_answer_alone_with_attendees_omitted(meeting, google, paul):
    body = {
        "attendeesOmitted": True,
        "attendees": [{"email": PAUL, "responseStatus": "tentative"}],
    }
    assert paul.patch("meeting", body)[0] == 200
    seen = google.get("meeting")[1]
    assert response(seen, PAUL) == "tentative"
    assert len(seen["attendees"]) == 2


def test_guests_can_modify(google, paul):
    google.insert(
        id="open1", summary="M", attendees=[{"email": PAUL}], guestsCanModify=True
    )
    assert paul.patch("open1", {"summary": "by Paul"})[0] == 200
    assert google.get("open1")[1]["summary"] == "by Paul"


def test_hidden_guest_list(google, paul):
    google.insert(
        id="hidden",
        attendees=[{"email": PAUL}, {"email": OUTSIDE}],
        guestsCanSeeOtherGuests=False,
    )
    assert [p["email"] for p in paul.get("hidden")[1]["attendees"]] == [PAUL]
    assert len(google.get("hidden")[1]["attendees"]) == 2


def test_guest_deletes_for_oneself_only(meeting, google, paul):
    assert paul.delete("meeting")[0] == 204
    assert paul.get("meeting")[1]["status"] == "cancelled"
    _, seen = google.get("meeting")
    assert seen["status"] == "confirmed"
    assert response(seen, PAUL) == "declined"
    google.patch("meeting", {"summary": "M3"})
    assert paul.get("meeting")[1]["status"] == "cancelled", "stays removed"
    assert reason(paul.patch("meeting", {"status": "confirmed"})) == (403, "forbidden")


def test_organizer_deletes_for_everybody(meeting, google, paul):
    google.delete("meeting")
    assert paul.get("meeting")[1]["status"] == "cancelled"


def test_occurrence_cancelled_for_all_or_for_one(google, paul):
    people = [{"email": PAUL}]
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=4"], attendees=people)
    second, third = "serie_20300507T080000Z", "serie_20300508T080000Z"
    google.delete(second)
    assert paul.get(second)[1]["status"] == "cancelled"
    paul.delete(third)
    seen = google.get(third)[1]
    assert seen["status"] == "confirmed"
    assert response(seen, PAUL) == "declined"
    assert response(google.get("serie")[1], PAUL) == "needsAction"


def test_guest_of_one_occurrence_only(google, paul):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
    second = "serie_20300507T080000Z"
    google.patch(second, {"attendees": [{"email": PAUL}]})
    _, copy = paul.get(second)
    assert copy["recurringEventId"] == "serie"
    assert paul.get("serie")[0] == 404, "the series is not theirs to see"


@pytest.mark.parametrize("how", ["delete", "new rule"])
def test_guest_of_one_occurrence_loses_it_with_the_series(google, paul, how):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
    second = "serie_20300507T080000Z"
    google.patch(second, {"attendees": [{"email": PAUL}]})
    if how == "delete":
        google.delete("serie")
    else:
        google.patch("serie", slot(start="12:00", end="13:00"))
    assert paul.get(second)[1]["status"] == "cancelled"


def test_private_copy_invites_nobody(google, paul, world):
    google.insert(id="priv1", privateCopy=True, attendees=[{"email": PAUL}])
    assert paul.get("priv1")[0] == 404


def mails(world):
    return [(item["kind"], item["to"]) for item in world.mails.items]


def test_mails_are_counted_by_recipient(google, world):
    people = {"attendees": [{"email": PAUL}, {"email": OUTSIDE}, {"email": MARIE}]}
    google.call("POST", "", {**slot(), "id": "mail1", **people}, sendUpdates="all")
    assert mails(world) == [("invitation", [OUTSIDE, PAUL])]
    assert world.mails.count == 2
    google.patch("mail1", {"summary": "x"}, sendUpdates="externalOnly")
    assert mails(world)[-1] == ("update", [OUTSIDE])
    google.delete("mail1", sendUpdates="all")
    assert mails(world)[-1][0] == "cancellation"
    assert world.mails.by_mode == {"all": 4, "externalOnly": 1}


def test_removed_guests_are_told_as_well(google, meeting, world):
    google.patch("meeting", {"attendees": [{"email": PAUL}]}, sendUpdates="all")
    assert mails(world) == [("update", [OUTSIDE, PAUL])]


def test_no_mail_without_guests_or_wish(google, meeting, paul, world):
    google.call("POST", "", slot(), sendUpdates="all")
    google.patch("meeting", {"summary": "x"}, sendUpdates="none")
    assert world.mails.count == 0
    world.reset_counters()
    google.patch("meeting", {"summary": "y"})
    assert world.mails.count == 0
    assert len(world.warnings) == 1, "a write without sendUpdates is pointed out"


def test_answers_mail_the_organizer_when_wished(meeting, paul, world):
    paul.delete("meeting", sendUpdates="all")
    assert mails(world) == [("response", [MARIE])]


def test_import_invites_and_mails_nobody(google, paul, world):
    body = {**slot(), "iCalUID": "i@x", "attendees": [{"email": PAUL}]}
    google.post("import", body)
    assert paul.items() == []
    assert world.mails.count == 0
