"""Field rules: limits, refusals, silent cuts, special event types."""

import pytest
from conftest import MARIE, days, reason, slot


def insert(google, **fields):
    return google.post(body={**slot(), **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"start": None}, "required"),
        ({"end": None}, "required"),
        ({"start": {}}, "required"),
        ({"end": slot(end="10:00")["end"]}, "timeRangeEmpty"),
        ({"end": slot(end="09:00")["end"]}, "timeRangeEmpty"),
        (days(after="2030-05-06"), "timeRangeEmpty"),
        ({"start": {"date": "2030-05-06"}}, "invalid"),
        ({"start": {"date": "06/05/2030"}}, "invalid"),
        ({"start": {"date": "2030-02-30"}}, "invalid"),
        ({"start": {"dateTime": "2030-05-06 10:00:00"}}, "invalid"),
        ({"start": {"dateTime": "2030-05-06T10:00:00"}}, "invalid"),
        ({"start": {"dateTime": "2030-05-06T25:00:00Z"}}, "invalid"),
        (slot(zone="Europe/Nowhere"), "invalid"),
        (slot(zone="GMT+2"), "invalid"),
        (slot(zone="Romance Standard Time"), "invalid"),
        (slot(zone="europe/paris"), "invalid"),
        ({"colorId": "12"}, "invalid"),
        ({"colorId": "0"}, "invalid"),
        ({"colorId": ""}, "invalid"),
        ({"status": "maybe"}, "invalid"),
        ({"visibility": "secret"}, "invalid"),
        ({"transparency": "busy"}, "invalid"),
        ({"attendees": [{"displayName": "X"}]}, "required"),
        ({"attendees": [{"email": "x"}]}, "invalid"),
        ({"attendees": [{"email": "x@y.zz", "responseStatus": "yes"}]}, "invalid"),
        ({"source": {"title": "x", "url": "ftp://x"}}, "invalid"),
    ],
)
def test_refused_values(google, fields, expected):
    assert reason(insert(google, **fields)) == (400, expected)
    assert google.items() == []


def test_zone_message_is_googles(google):
    _, body = insert(google, **slot(zone="Europe/Nowhere"))
    assert "Invalid time zone definition" in body["error"]["message"]


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "Europe/Kiev", "Pacific/Kanton"])
def test_zones_of_the_tz_database_are_taken(google, zone):
    _, event = insert(google, **slot(zone=zone))
    assert event["start"]["timeZone"] == zone


def test_an_event_was_made_in_a_whole_second(google):
    _, event = insert(google, **slot())
    assert event["created"].endswith(".000Z")


def test_the_defaults_of_an_all_day_event_are_put_into_words(google):
    _, event = insert(google, **days(), reminders={"useDefault": True})
    assert event["reminders"] == {"useDefault": True}
    _, event = google.patch(event["id"], {"summary": "Autre"})
    assert event["reminders"] == {
        "useDefault": False,
        "overrides": [{"method": "popup", "minutes": 420}],
    }


@pytest.mark.parametrize(
    "reminders",
    [
        {"useDefault": True, "overrides": [{"method": "popup", "minutes": 1}]},
        {"useDefault": False, "overrides": [{"method": "popup", "minutes": 1}] * 6},
        {"useDefault": False, "overrides": [{"method": "sms", "minutes": 1}]},
        {"useDefault": False, "overrides": [{"method": "popup", "minutes": -1}]},
        {"useDefault": False, "overrides": [{"method": "popup", "minutes": 40321}]},
        {"useDefault": False, "overrides": [{"method": "popup"}]},
        {"useDefault": False, "overrides": [{"minutes": 1}]},
    ],
)
def test_refused_reminders(google, reminders):
    assert insert(google, reminders=reminders)[0] == 400


def test_reminder_limits_are_inclusive(google):
    overrides = [{"method": "email", "minutes": m} for m in (0, 1, 2, 3, 40320)]
    event = google.insert(reminders={"useDefault": False, "overrides": overrides})
    assert event["reminders"]["overrides"] == overrides
    assert google.patch(event["id"], {"reminders": {"useDefault": True}})[0] == 400
    fixed = {"reminders": {"useDefault": True, "overrides": None}}
    assert google.patch(event["id"], fixed)[1]["reminders"] == {"useDefault": True}


def test_description_is_cut(google):
    event = google.insert(description="é" * 9000)
    assert event["description"] == "é" * 8192


def test_empty_texts_are_absent(google):
    event = google.insert(summary="", location="", description="")
    assert not {"summary", "location", "description"} & set(event)


def test_defaults_are_absent(google):
    event = google.insert(
        visibility="default", transparency="opaque", guestsCanInviteOthers=True
    )
    assert not {"visibility", "transparency", "guestsCanInviteOthers"} & set(event)


def test_extended_property_limits(google):
    event = google.insert(
        extendedProperties={"private": {"k" * 44: "v" * 2000, "k" * 45: "lost"}}
    )
    assert event["extendedProperties"] == {"private": {"k" * 44: "v" * 1024}}
    many = {f"k{n}": "" for n in range(301)}
    assert insert(google, extendedProperties={"shared": many})[0] == 400
    large = {f"k{n}": "v" * 1024 for n in range(33)}
    assert insert(google, extendedProperties={"private": large})[0] == 400


def test_source_is_for_its_creator(google, world):
    world.share(world.calendars[MARIE], world.account("paul@example.com"), "writer")
    event = google.insert(source={"title": "Odoo", "url": "https://odoo.example.com/1"})
    assert event["source"]["title"] == "Odoo"
    seen = world.person("paul@example.com").get(event["id"], MARIE)
    assert "source" not in seen


def test_event_type_cannot_change(google):
    event = google.insert()
    answer = google.patch(event["id"], {"eventType": "birthday"})
    assert reason(answer) == (400, "eventTypeRestriction")
    assert google.patch(event["id"], {"eventType": "default"})[0] == 200


@pytest.mark.parametrize("kind", ["outOfOffice", "focusTime", "workingLocation"])
def test_workspace_types_are_for_workspace(google, kind):
    assert reason(insert(google, eventType=kind)) == (400, "eventTypeRestriction")


def test_workspace_types_and_their_forms(google, world):
    world.account(MARIE).workspace = True
    assert google.insert(eventType="outOfOffice", outOfOfficeProperties={})
    answer = insert(google, eventType="outOfOffice", **days())
    assert reason(answer) == (400, "malformedOutOfOfficeEvent")
    answer = insert(google, eventType="workingLocation")
    assert reason(answer) == (400, "malformedWorkingLocationEvent")
    home = {"type": "homeOffice", "homeOffice": {}}
    assert google.insert(
        **days(),
        eventType="workingLocation",
        visibility="public",
        transparency="transparent",
        workingLocationProperties=home,
    )
    second = world.add_calendar(world.account(MARIE), "Second")
    body = {**slot(), "eventType": "focusTime"}
    answer = google.post(f"/calendars/{second.id}/events", body)
    assert reason(answer) == (400, "eventTypeRestriction")


BIRTHDAY = {
    **days(),
    "eventType": "birthday",
    "summary": "Sophie",
    "visibility": "private",
    "transparency": "transparent",
    "recurrence": ["RRULE:FREQ=YEARLY"],
}


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "default"},
        {"transparency": "opaque"},
        {"recurrence": ["RRULE:FREQ=MONTHLY"]},
        {"recurrence": None},
        days(after="2030-05-08"),
        slot(),
    ],
)
def test_malformed_birthday(google, change):
    assert google.post(body={**BIRTHDAY, **change})[0] == 400


def test_birthday_changes_little(google):
    event = google.insert(**BIRTHDAY)
    assert google.patch(event["id"], {"summary": "S.", "colorId": "3"})[0] == 200
    answer = google.patch(event["id"], {"location": "Lyon"})
    assert reason(answer) == (400, "eventTypeRestriction")
    leap = days("2028-02-29", "2028-03-01")
    rule = ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"]
    assert google.post(body={**BIRTHDAY, **leap})[0] == 400
    assert google.post(body={**BIRTHDAY, **leap, "recurrence": rule})[0] == 200


def test_mail_made_events_are_nearly_frozen(google, world):
    assert reason(insert(google, eventType="fromGmail")) == (
        400,
        "eventTypeRestriction",
    )
    event = world.person(MARIE).book({**slot(), "summary": "Flight"})
    assert event["organizer"]["email"] == "unknownorganizer@calendar.google.com"
    assert "self" not in event["organizer"]
    assert google.get(event["id"])[1] == event
    assert google.patch(event["id"], {"colorId": "5"})[0] == 200
    assert google.patch(event["id"], {"summary": "x"})[0] == 400
    assert google.delete(event["id"])[0] == 204


def test_locked_copy(google, world):
    event = google.insert(summary="A")
    world.calendars[MARIE].events[event["id"]].data["locked"] = True
    assert google.patch(event["id"], {"summary": "B"})[0] == 403
    assert google.patch(event["id"], {"colorId": "2"})[0] == 200


def test_private_copy_is_for_ever(google):
    event = google.insert(privateCopy=True)
    assert google.patch(event["id"], {"privateCopy": False})[0] == 400
