"""Other people's calendars: roles, private events, the calendar list."""

import pytest
from conftest import MARIE, PAUL, reason, slot

ROLES = ("freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
SHARED = f"/calendars/{MARIE}/events"


@pytest.fixture
def shared(world, google):
    """Marie's calendar with an open and a private event; give Paul a role."""
    google.insert(id="open1", summary="Open", location="Lyon")
    google.insert(id="secret1", summary="Secret", visibility="private", colorId="3")

    def share(role):
        world.share(world.calendars[MARIE], world.account(PAUL), role)

    return share


def titles(paul):
    status, answer = paul.get(SHARED)
    assert status == 200
    return {item["id"]: item.get("summary") for item in answer["items"]}


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_sees(shared, paul, role):
    shared(role)
    sees_open = role != "freeBusyReader"
    sees_secret = role in ("writer", "owner")
    assert titles(paul) == {
        "open1": "Open" if sees_open else None,
        "secret1": "Secret" if sees_secret else None,
    }
    assert paul.get(SHARED)[1]["accessRole"] == role


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_writes(shared, paul, role):
    shared(role)
    allowed = role in ("writerWithoutPrivateAccess", "writer", "owner")
    answers = {
        "insert": paul.post(SHARED, slot()),
        "patch": paul.patch(f"{SHARED}/open1", {"summary": "x"}),
    }
    for answer in answers.values():
        if allowed:
            assert answer[0] == 200
        else:
            assert reason(answer) == (403, "requiredAccessLevel")
    private = paul.patch(f"{SHARED}/secret1", {"summary": "x"})
    if role in ("writer", "owner"):
        assert private[0] == 200
    else:
        assert reason(private) == (403, "requiredAccessLevel")


def test_blank_has_times_and_nothing_else(shared, paul):
    shared("reader")
    _, blank = paul.get(f"{SHARED}/secret1")
    assert blank["start"]["dateTime"]
    assert blank["visibility"] == "private"
    shown = {"summary", "description", "location", "attendees", "creator", "colorId"}
    assert not shown & set(blank)


def test_guest_of_a_private_event_sees_it(shared, google, paul):
    shared("reader")
    google.patch("secret1", {"attendees": [{"email": PAUL}]})
    assert paul.get(f"{SHARED}/secret1")[1]["summary"] == "Secret"


def test_search_does_not_look_into_blanks(shared, paul):
    shared("reader")
    assert paul.get(SHARED, q="secret")[1]["items"] == []


def test_no_role_means_not_found(shared, paul):
    assert reason(paul.get(SHARED)) == (404, "notFound")
    assert paul.get(f"/calendars/{MARIE}")[0] == 404


def test_reminders_belong_to_each_reader(shared, google, paul):
    shared("writer")
    own = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 3}]}
    paul.patch(f"{SHARED}/open1", {"reminders": own})
    assert paul.get(f"{SHARED}/open1")[1]["reminders"] == own
    assert google.get("open1")[1]["reminders"] == {"useDefault": True}


def test_writer_is_creator_but_not_organizer(shared, paul):
    shared("writer")
    _, event = paul.post(SHARED, slot())
    assert event["creator"]["email"] == PAUL
    assert "self" not in event["creator"]


def test_primary_is_an_alias(google):
    event = google.insert()
    assert google.get(f"{SHARED}/{event['id']}")[1]["id"] == event["id"]
    assert google.get("/calendars/primary")[1]["id"] == MARIE
    _, entry = google.get("/users/me/calendarList/primary")
    assert (entry["id"], entry["primary"], entry["accessRole"]) == (
        MARIE,
        True,
        "owner",
    )


def test_secondary_calendars(google, world):
    body = {"summary": "Trips", "timeZone": "Asia/Tokyo"}
    _, calendar = google.post("/calendars", body)
    assert calendar["id"].endswith("@group.calendar.google.com")
    assert calendar["dataOwner"] == MARIE
    path = f"/calendars/{calendar['id']}/events"
    _, event = google.post(path, slot(zone="Asia/Tokyo"))
    assert event["start"]["dateTime"].endswith("+09:00")
    assert event["organizer"] == {
        "email": calendar["id"],
        "displayName": "Trips",
        "self": True,
    }
    assert google.post("/calendars", {"timeZone": "UTC"})[0] == 400
    assert google.post("/calendars", {**body, "timeZone": "GMT+2"})[0] == 400


def test_deleted_calendar_is_gone_and_reported(google):
    _, calendar = google.post("/calendars", {"summary": "X"})
    _, full = google.get("/users/me/calendarList")
    token = full["nextSyncToken"]
    assert google.delete(f"/calendars/{calendar['id']}")[0] == 204
    assert google.get(f"/calendars/{calendar['id']}/events")[0] == 404
    _, changes = google.get("/users/me/calendarList", syncToken=token)
    assert [(c["id"], c["deleted"]) for c in changes["items"]] == [
        (calendar["id"], True)
    ]
    assert len(google.get("/users/me/calendarList")[1]["items"]) == 1
    assert google.delete("/calendars/primary")[0] == 400


def test_calendar_list_filters_and_pages(google, world):
    paul = world.account(PAUL)
    for number in range(3):
        calendar = world.add_calendar(paul, f"C{number}")
        world.share(calendar, world.account(MARIE), "reader")
    path = "/users/me/calendarList"
    assert len(google.get(path)[1]["items"]) == 4
    assert len(google.get(path, minAccessRole="writer")[1]["items"]) == 1
    _, page = google.get(path, maxResults=3)
    assert len(page["items"]) == 3
    assert "nextSyncToken" not in page
    _, rest = google.get(path, maxResults=3, pageToken=page["nextPageToken"])
    assert len(rest["items"]) == 1
    assert rest["nextSyncToken"]
    token = google.get(path)[1]["nextSyncToken"]
    assert google.get(path, syncToken=token, minAccessRole="reader")[0] == 400
    assert google.get(path, syncToken=token, showDeleted="false")[0] == 400


def test_colors_are_the_classic_ones(google):
    _, colors = google.get("/colors")
    assert len(colors["event"]) == 11
    assert len(colors["calendar"]) == 24
    assert colors["event"]["11"] == {"background": "#dc2127", "foreground": "#1d1d1d"}


def test_settings(google):
    assert google.get("/users/me/settings/timezone")[1]["value"] == "Europe/Paris"
    ids = {s["id"] for s in google.get("/users/me/settings")[1]["items"]}
    assert {"timezone", "locale"} <= ids
    assert google.get("/users/me/settings/unknown")[0] == 404


def test_freebusy_puts_errors_inside(google):
    google.insert()
    google.insert(**slot(start="10:30", end="12:00"))
    google.insert(**slot(start="15:00", end="16:00"), transparency="transparent")
    body = {
        "timeMin": "2030-05-06T00:00:00Z",
        "timeMax": "2030-05-07T00:00:00Z",
        "items": [{"id": "primary"}, {"id": "nobody@example.com"}],
    }
    status, answer = google.post("/freeBusy", body)
    assert status == 200
    assert answer["calendars"]["primary"]["busy"] == [
        {"start": "2030-05-06T08:00:00Z", "end": "2030-05-06T10:00:00Z"}
    ]
    assert (
        answer["calendars"]["nobody@example.com"]["errors"][0]["reason"] == "notFound"
    )
    assert google.post("/freeBusy", {"items": []})[0] == 400
