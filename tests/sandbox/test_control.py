"""The control API: state, switches, acting as the person in Google."""

import pytest
from conftest import MARIE, PAUL, days, slot

EVENTS = f"/accounts/{MARIE}/events"


def test_state_summary(control, google):
    google.insert()
    _, state = control("GET", "/state")
    marie = next(a for a in state["accounts"] if a["email"] == MARIE)
    assert marie["calendars"] == [{"id": MARIE, "summary": MARIE, "events": 1}]
    assert state["counters"]["requests"] == {"calendar.events.insert": 1}
    assert state["switches"]["auto_consent"] is False
    assert "web" in {client["client_id"] for client in state["clients"]}


def test_person_adds_edits_and_deletes(control, google):
    status, event = control("POST", EVENTS, {**slot(), "summary": "By hand"})
    assert status == 200
    token = google.get()[1]["nextSyncToken"]
    path = f"{EVENTS}/{event['id']}"
    assert control("PATCH", path, {"summary": "Edited"})[1]["summary"] == "Edited"
    changed = google.get(syncToken=token)[1]["items"]
    assert [item["summary"] for item in changed] == ["Edited"]
    assert control("DELETE", path)[0] == 200
    assert control("GET", EVENTS)[1]["items"] == []


def test_person_meets_the_same_rules(control):
    assert control("POST", EVENTS, {**days(), "colorId": "99"})[0] == 400
    assert control("POST", EVENTS, {**days(), "colour": "1"})[0] == 400
    assert control("PATCH", f"{EVENTS}/nothing1", {})[0] == 404
    assert control("GET", f"{EVENTS}?maxResults=x")[0] == 400


def test_person_may_send_invitations(control, world):
    body = {**slot(), "attendees": [{"email": PAUL}]}
    control("POST", f"{EVENTS}?sendUpdates=all", body)
    assert control("GET", "/mails")[1]["count"] == 1
    assert control("GET", "/counters")[1]["mails"] == 1


def test_other_calendars(control):
    path = f"/accounts/{MARIE}/calendars"
    _, calendar = control("POST", path, {"summary": "Second"})
    assert len(control("GET", path)[1]["items"]) == 2
    query = f"{EVENTS}?calendar={calendar['id']}"
    control("POST", query, days())
    assert len(control("GET", query)[1]["items"]) == 1
    assert control("GET", EVENTS)[1]["items"] == []


def test_switches(control, world):
    wanted = {
        "auto_consent": True,
        "latency": 0.0,
        "page_size": 10,
        "short_pages": True,
        "empty_pages": True,
        "random_order": 4,
        "quota": True,
        "quota_status": 429,
        "people_lag": 120,
        "people_one_at_a_time": True,
        "people_photo_bytes": 4096,
        "people_contacts": 100,
        "people_quota": True,
    }
    assert control("POST", "/switches", wanted) == (200, wanted)
    assert world.paging.page_size == 10
    assert world.quota.enabled
    assert (world.people_lag, world.people.quota.enabled) == (120, True)
    assert control("POST", "/switches", {"gravity": 0})[0] == 400
    assert control("POST", "/switches", {"quota_status": 500})[0] == 400


def test_faults(control, google):
    plan = {"match": "calendar.events.list", "kind": "rate_limit", "times": 2}
    assert control("POST", "/faults", plan)[1]["kind"] == "rate_limit"
    assert google.get()[0] == 403
    assert len(control("GET", "/faults")[1]["faults"]) == 1
    control("DELETE", "/faults")
    assert google.get()[0] == 200
    assert control("POST", "/faults", {"kind": "flood"})[0] == 400


def test_tokens_expire_and_grants_end(control, google, paul, world):
    control("POST", "/expire_access_tokens", {"account": MARIE})
    assert (google.get()[0], paul.get()[0]) == (401, 200)
    token = paul.get()[1]["nextSyncToken"]
    control("POST", "/expire_sync_tokens")
    assert paul.get(syncToken=token)[0] == 410
    world.oauth.consent(world.clients["web"], world.account(PAUL), [])
    control("POST", "/revoke", {"account": PAUL})
    assert paul.get()[0] == 401
    assert control("POST", "/revoke", {"account": "nobody@example.com"})[0] == 400


def test_clock(control, google):
    control("POST", "/clock", {"advance": 3600})
    assert google.get()[0] == 401


def test_people_and_clients(control, world):
    control("POST", "/accounts", {"email": "new@example.com", "name": "New"})
    control(
        "PATCH", "/accounts/new@example.com", {"grants_only": ["a"], "refuses": True}
    )
    account = world.account("new@example.com")
    assert (account.grants_only, account.refuses) == ({"a"}, True)
    assert control("PATCH", "/accounts/new@example.com", {"sub": "1"})[0] == 400
    client = {
        "client_id": "c2",
        "secret": "s",
        "redirect_uris": ["https://a.example.com"],
    }
    assert control("POST", "/clients", client)[0] == 200
    client["redirect_uris"] = ["http://a.example.com"]
    assert control("POST", "/clients", client)[0] == 400


def test_reset(control, world):
    status, state = control("POST", "/reset")
    assert (status, state["accounts"]) == (200, [])
    _, state = control("POST", "/reset", {"seed": "demo"})
    assert len(state["accounts"]) == 2


def test_counters_reset(control, google):
    google.get()
    control("DELETE", "/counters")
    assert control("GET", "/counters")[1]["total"] == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_other_sites_forms_are_kept_out(http, kind):
    answer = http.post(
        "/sandbox/api/switches", data='{"auto_consent": true}', content_type=kind
    )
    assert answer.status_code == 400


def test_unknown_route(control):
    assert control("GET", "/nothing")[0] == 404
    assert control("PUT", "/state")[0] == 405


# -- several calendars ---------------------------------------------------------


@pytest.fixture
def second(control):
    return control("POST", f"/accounts/{MARIE}/calendars", {"summary": "Second"})[1]


def listed(control, email=MARIE):
    items = control("GET", f"/accounts/{email}/calendars")[1]["items"]
    return {item["id"]: item for item in items}


def test_person_moves_an_event_there_and_back(control, google, second):
    event = control("POST", EVENTS, {**slot(), "summary": "Moved"})[1]
    path = f"{EVENTS}/{event['id']}/move"
    moved = control("POST", path, {"destination": second["id"]})[1]
    assert (moved["id"], moved["organizer"]["email"]) == (event["id"], second["id"])
    assert google.get(event["id"])[1]["status"] == "cancelled"
    back = {"destination": MARIE}
    assert control("POST", f"{path}?calendar={second['id']}", back)[0] == 200
    assert google.get(event["id"])[1]["status"] == "confirmed"
    assert control("POST", path, back)[0] == 409


def test_a_calendar_is_shared_and_not_any_more(control, second):
    path = f"/accounts/{MARIE}/calendars/{second['id']}/share"
    assert control("POST", path, {"with": PAUL, "role": "reader"})[0] == 200
    assert listed(control, PAUL)[second["id"]]["accessRole"] == "reader"
    query = f"/accounts/{PAUL}/events?calendar={second['id']}"
    assert control("GET", query)[0] == 200
    assert control("POST", query, slot())[0] == 403
    assert control("POST", path, {"with": PAUL})[0] == 200
    assert second["id"] not in listed(control, PAUL)
    assert control("GET", query)[0] == 404
    assert control("POST", path, {"with": PAUL, "role": "boss"})[0] == 400


def test_a_calendar_gets_another_name_and_colour(control, second):
    path = f"/accounts/{MARIE}/calendars/{second['id']}"
    control("POST", f"{path}/share", {"with": PAUL, "role": "writer"})
    control("PATCH", path, {"summary": "Renamed", "color_id": "3"})
    found = listed(control)[second["id"]]
    assert (found["summary"], found["colorId"]) == ("Renamed", "3")
    others = path.replace(MARIE, PAUL)
    assert control("PATCH", others, {"summary": "Of Marie"})[0] == 200
    assert listed(control, PAUL)[second["id"]]["summaryOverride"] == "Of Marie"
    assert listed(control)[second["id"]]["summary"] == "Renamed"
    assert control("PATCH", others, {"time_zone": "UTC"})[0] == 400
    assert control("PATCH", path, {"id": "x"})[0] == 400


def test_a_calendar_is_deleted_for_everybody_or_left_by_one(control, second):
    path = f"/accounts/{MARIE}/calendars/{second['id']}"
    control("POST", f"{path}/share", {"with": PAUL, "role": "writer"})
    control("DELETE", path.replace(MARIE, PAUL))
    assert second["id"] not in listed(control, PAUL)
    assert second["id"] in listed(control)
    assert control("DELETE", path)[0] == 200
    assert second["id"] not in listed(control)
