"""What the discovery document decides: paths, parameters, bodies, masks, scopes."""

import gzip

import pytest
from conftest import MARIE, PREFIX, Google, days, reason, slot

from sandbox.discovery import document


def test_missing_and_wrong_tokens(http, google):
    path = "/calendar/v3/calendars/primary/events"
    answer = http.get(path)
    assert reason((answer.status_code, answer.get_json())) == (
        403,
        "dailyLimitExceededUnreg",
    )
    assert http.get(path, query_string={"key": "k"}).status_code == 400
    google.token = "ya29.wrong"
    answer = http.get(path, headers={"Authorization": "Bearer ya29.wrong"})
    assert reason((answer.status_code, answer.get_json())) == (401, "authError")
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def test_unknown_paths_and_methods(google):
    assert google.get("/nothing")[0] == 404
    assert google.call("PUT", "")[0] == 404
    assert google.get("/calendars/unknown@example.com/events")[0] == 404


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "1"},
        {"maxResults": "0"},
        {"maxResults": "ten"},
        {"singleEvents": "1"},
        {"showDeleted": "yes"},
        {"orderBy": "title"},
        {"eventTypes": ["default", "party"]},
        {"timeMin": "2030-01-01T00:00:00"},
        {"timeMin": "2030-01-01"},
        {"timeMin": "2030-13-01T00:00:00Z"},
        {"timeMax": "2030-01-01T00:00:00+99:00"},
        {"timeMax": "9999-12-31T00:00:00Z"},
        {"updatedMin": "yesterday"},
        {"alt": "xml"},
        {"sendUpdates": "all"},
        {"q": ["a", "b"]},
    ],
)
def test_bad_query_parameters(google, query):
    assert google.get(**query)[0] == 400


def test_missing_required_query_parameter(google):
    event = google.insert()
    assert reason(google.post(f"{event['id']}/move")) == (400, "required")


@pytest.mark.parametrize(
    "change",
    [
        {"sumary": "typo"},
        {"summary": 5},
        {"summary": ["a"]},
        {"attendees": {"email": "a@b.example"}},
        {"attendees": [None]},
        {"attendees": [{"mail": "a@b.example"}]},
        {"start": "2030-01-01"},
        {"guestsCanModify": "true"},
        {"sequence": "1"},
        {"sequence": True},
        {"extendedProperties": {"private": {"k": 1}}},
        {"reminders": {"overrides": [{"method": "popup", "minutes": "5"}]}},
    ],
)
def test_body_of_the_wrong_shape(google, change):
    status, body = google.post(body={**slot(), **change})
    assert status == 400
    assert next(iter(change)) in str(body["error"])


def test_body_must_be_a_json_object(http, google):
    for data, kind in (
        ("{", "application/json"),
        ("[]", "application/json"),
        ("a=1", "text/plain"),
    ):
        answer = http.post(
            "/calendar/v3/calendars/primary/events",
            data=data,
            content_type=kind,
            headers={"Authorization": f"Bearer {google.token}"},
        )
        assert answer.status_code == 400, data
    assert google.post()[0] == 400


def test_read_only_fields_are_ignored(google):
    event = google.insert(
        kind="x", etag='"1"', htmlLink="http://x", created="x", hangoutLink="x"
    )
    assert event["kind"] == "calendar#event"
    assert event["htmlLink"].startswith("https://www.google.com/calendar/event?eid=")
    assert "hangoutLink" not in event


def test_null_in_a_new_event_is_absence(google):
    event = google.insert(location=None, colorId=None, attendees=None)
    assert not {"location", "colorId", "attendees"} & set(event)


def test_fields_mask(google):
    google.insert(summary="A", attendees=[{"email": "x@example.net"}])
    _, answer = google.get(fields="items(summary,attendees/email),nextSyncToken")
    assert set(answer) == {"items", "nextSyncToken"}
    item = answer["items"][0]
    assert item == {"summary": "A", "attendees": [{"email": "x@example.net"}]}
    _, answer = google.get(fields="items/start/*,kind")
    assert set(answer["items"][0]["start"]) == {"dateTime", "timeZone"}
    assert "nextSyncToken" not in answer


@pytest.mark.parametrize("mask", ["item", "items(name)", "items(", "items/", "", "a b"])
def test_unknown_or_broken_mask(google, mask):
    assert google.get(fields=mask)[0] == 400


def test_long_get_sent_as_post(http, google):
    google.insert(summary="A")
    answer = http.post(
        "/calendar/v3/calendars/primary/events",
        data="fields=items(summary)&maxResults=1",
        content_type="application/x-www-form-urlencoded",
        headers={
            "Authorization": f"Bearer {google.token}",
            "X-HTTP-Method-Override": "GET",
        },
    )
    assert answer.get_json() == {"items": [{"summary": "A"}]}


def test_gzip_needs_both_headers(http, google):
    headers = {"Authorization": f"Bearer {google.token}", "Accept-Encoding": "gzip"}
    path = "/calendar/v3/colors"
    assert "Content-Encoding" not in http.get(path, headers=headers).headers
    answer = http.get(path, headers={**headers, "User-Agent": "app (gzip)"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b'"event"' in gzip.decompress(answer.data)


def test_pretty_print(http, google):
    headers = {"Authorization": f"Bearer {google.token}"}
    long = http.get("/calendar/v3/colors", headers=headers).data
    short = http.get("/calendar/v3/colors?prettyPrint=false", headers=headers).data
    assert len(short) < len(long)


CALLS = {
    "calendar.events.list": ("GET", "/calendars/primary/events", None),
    "calendar.events.insert": ("POST", "/calendars/primary/events", days()),
    "calendar.calendarList.list": ("GET", "/users/me/calendarList", None),
    "calendar.calendars.get": ("GET", "/calendars/primary", None),
    "calendar.calendars.insert": ("POST", "/calendars", {"summary": "X"}),
    "calendar.colors.get": ("GET", "/colors", None),
    "calendar.settings.list": ("GET", "/users/me/settings", None),
}
NARROW = (
    "calendar.events",
    "calendar.events.readonly",
    "calendar.events.owned",
    "calendar.readonly",
    "calendar.calendarlist.readonly",
    "calendar.calendars.readonly",
    "calendar.settings.readonly",
    "contacts",
)


@pytest.mark.parametrize("name", NARROW)
@pytest.mark.parametrize("method_id", CALLS)
def test_scope_opens_exactly_what_the_document_lists(http, world, method_id, name):
    method, path, body = CALLS[method_id]
    spec = next(m for m in document("calendar.v3").methods if m.id == method_id)
    narrow = Google(http, world, MARIE, [PREFIX + name])
    status, answer = narrow.call(method, path, body)
    if PREFIX + name in spec.scopes:
        assert status == 200
    else:
        assert reason((status, answer)) == (403, "insufficientPermissions")
        info = answer["error"]["details"][0]
        assert info["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_app_created_reaches_only_what_the_app_created(http, world):
    app = Google(http, world, MARIE, [PREFIX + "calendar.app.created"])
    assert reason(app.get()) == (403, "insufficientPermissions")
    _, calendar = app.post("/calendars", {"summary": "Mine"})
    assert app.get(f"/calendars/{calendar['id']}/events")[0] == 200


def test_owned_scope_stays_out_of_shared_calendars(http, world):
    shared = world.add_calendar(world.account("paul@example.com"), "Paul's")
    world.share(shared, world.account(MARIE), "writer")
    owned = Google(http, world, MARIE, [PREFIX + "calendar.events.owned"])
    assert owned.get()[0] == 200
    assert owned.get(f"/calendars/{shared.id}/events")[0] == 403


def test_api_not_enabled(google, world):
    world.clients["web"].disabled_apis.add("calendar")
    answer = google.get()
    assert reason(answer) == (403, "accessNotConfigured")
    info = answer[1]["error"]["details"][0]
    assert info["reason"] == "SERVICE_DISABLED"
    assert {"service", "consumer", "activationUrl"} <= set(info["metadata"])


def test_account_without_calendar(google, world):
    world.account(MARIE).calendar_user = False
    assert reason(google.get()) == (403, "notACalendarUser")


def test_what_is_not_built_says_so(google):
    assert google.get("/calendars/primary/acl")[0] == 501
