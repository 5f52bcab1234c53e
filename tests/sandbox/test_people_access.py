"""Scopes, error bodies, quotas, faults, turns and multipart batches of People."""

import re
import threading

import pytest
from conftest import MARIE, PAUL, PREFIX
from people_client import INVALID, People, refusal

from sandbox.discovery import document

CALLS = {
    "people.people.get": ("GET", "people/c1", None, {"personFields": "names"}),
    "people.people.getBatchGet": (
        "GET",
        "people:batchGet",
        None,
        {"personFields": "names", "resourceNames": "people/c1"},
    ),
    "people.people.connections.list": (
        "GET",
        "people/me/connections",
        None,
        {"personFields": "names"},
    ),
    "people.people.searchContacts": (
        "GET",
        "people:searchContacts",
        None,
        {"query": "", "readMask": "names"},
    ),
    "people.people.createContact": (
        "POST",
        "people:createContact",
        {"names": [{"givenName": "A"}]},
        {},
    ),
    "people.people.deleteContact": ("DELETE", "people/c1:deleteContact", None, {}),
    "people.contactGroups.list": ("GET", "contactGroups", None, {}),
    "people.contactGroups.create": (
        "POST",
        "contactGroups",
        {"contactGroup": {"name": "A"}},
        {},
    ),
}
NARROW = ("contacts", "contacts.readonly", "calendar", "userinfo.profile")


@pytest.mark.parametrize("name", NARROW)
@pytest.mark.parametrize("method_id", CALLS)
def test_scope_opens_what_the_document_lists(http, world, method_id, name):
    method, path, body, query = CALLS[method_id]
    spec = next(m for m in document("people.v1").methods if m.id == method_id)
    narrow = People(http, world, MARIE, [PREFIX + name])
    status, answer = narrow.call(method, path, body, **query)
    sign_in_only = name == "userinfo.profile"  # reaches people/me alone
    if PREFIX + name in spec.scopes and not sign_in_only:
        assert status in (200, 404)
        return
    assert refusal((status, answer)) == (403, "PERMISSION_DENIED")
    (info,) = answer["error"]["details"]
    assert info["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert info["metadata"]["service"] == "people.googleapis.com"


def test_sign_in_scope_reads_the_own_profile(http, world):
    profile = People(http, world, MARIE, [PREFIX + "userinfo.profile"])
    assert profile.get("people/me", "names")["names"]


def test_tokens(http, people, world):
    answer = http.get("/v1/people/me?personFields=names")
    assert refusal((answer.status_code, answer.json)) == (403, "PERMISSION_DENIED")
    assert "unregistered callers" in answer.json["error"]["message"]
    world.oauth.expire_access_tokens()
    answer = people.call("GET", "people/me", personFields="names")
    assert refusal(answer) == (401, "UNAUTHENTICATED")


def test_api_not_enabled(people, world):
    world.clients["web"].disabled_apis.add("people")
    answer = people.list()
    assert refusal(answer) == (403, "PERMISSION_DENIED")
    (info,) = answer[1]["error"]["details"]
    assert info["reason"] == "SERVICE_DISABLED"


def test_accounts_do_not_see_each_other(people, http, world):
    name = people.create()["resourceName"]
    paul = People(http, world, PAUL)
    assert refusal(paul.call("GET", name, personFields="names"))[0] == 404
    assert paul.sync()[0] == {}


@pytest.mark.parametrize(
    ("method", "path", "query", "expected"),
    [
        ("GET", "people/me/connections", {"pageSize": "x"}, INVALID),
        ("GET", "people/me/connections", {"maxResults": "1"}, INVALID),
        ("GET", "people/me/connections", {"sortOrder": "NAME"}, INVALID),
        ("GET", "people/me/connections", {"sources": ["CONTACT"]}, INVALID),
        ("GET", "people/me/connections", {"requestSyncToken": "1"}, INVALID),
        ("GET", "persons/me", {}, (404, "NOT_FOUND")),
        ("POST", "people/me", {}, (404, "NOT_FOUND")),
        ("GET", "people:listDirectoryPeople", {}, (403, "PERMISSION_DENIED")),
    ],
)
def test_what_the_document_decides(people, method, path, query, expected):
    query = {"personFields": "names", **query} if method == "GET" else query
    if "Directory" in path:
        query = {}
    if path == "persons/me":
        assert people.call(method, path, **query)[0] == 404
    else:
        assert refusal(people.call(method, path, **query)) == expected


def test_field_violations_and_the_classic_list(people):
    status, answer = people.list(personFields="nam")
    (details,) = answer["error"]["details"]
    assert details["fieldViolations"][0]["field"] == "personFields"
    status, answer = people.list(personFields="nam", **{"$.xgafv": "1"})
    assert answer["error"]["errors"][0]["reason"] == "badRequest"
    assert answer["error"]["status"] == "INVALID_ARGUMENT"


def test_fields_parameter(people):
    people.create()
    answer = people.list(fields="connections(names/givenName),nextPageToken")
    assert answer == (200, {"connections": [{"names": [{"givenName": "Ann"}]}]})
    assert people.list(fields="connections/name")[0] == 400


def quota(people, world, **limits):
    world.people.quota.enabled = True
    world.people.quota.limits.update(limits)


def exceeded(answer):
    (info,) = answer[1]["error"]["details"]
    assert refusal(answer) == (429, "RESOURCE_EXHAUSTED")
    assert info["reason"] == "RATE_LIMIT_EXCEEDED"
    return info["metadata"]["quota_limit"]


def test_costs(people, world):
    people.create()
    people.batch_create([{"names": [{"givenName": "A"}]}])
    names = list(people.sync()[0])
    people.set_photo(names[0])
    people.delete(names[0])
    people.batch_delete(names[1:])
    people.ok("GET", "contactGroups")
    people.ok("POST", "contactGroups", {"contactGroup": {"name": "A"}})
    assert world.people.quota.spent == {
        "critical_reads": 1 + 6 + 1,
        "critical_writes": 1 + 6 + 1 + 10,
        "daily_writes": 1 + 200 + 1 + 10,
        "photo_writes": 1,
        "full_syncs": 1,
        "group_reads": 1,
        "group_writes": 1,
    }


def test_per_minute_and_user(people, world, http):
    world.clock.freeze()
    quota(people, world, critical_writes=7)
    body = [{"names": [{"givenName": "A"}]}]
    assert people.batch_create(body)[0] == 200
    name = people.create()["resourceName"]
    limit = exceeded(people.delete(name))
    assert limit == "CriticalWritesPerMinutePerProjectPerUser"
    assert people.get(name), "reads have their own limit"
    People(http, world, PAUL).create()
    world.clock.advance(60)
    assert people.delete(name)[0] == 200


def test_daily_writes(people, world):
    world.clock.freeze()
    quota(people, world, daily_writes=200)
    assert people.batch_create([{"names": [{"givenName": "A"}]}])[0] == 200
    world.clock.advance(120)
    body = {"names": [{"givenName": "A"}]}
    limit = exceeded(people.call("POST", "people:createContact", body))
    assert limit == "DailyWritesPerDayPerProjectPerUser"


def test_repeated_full_syncs(people, world):
    world.clock.freeze()
    quota(people, world, full_syncs=1)
    token = people.sync()[1]
    exceeded(people.list())
    assert people.list(syncToken=token, requestSyncToken="true")[0] == 200


def test_faults_before_and_after(people, world):
    for when, count in (("before", 0), ("after", 1)):
        world.faults.add("people.people.createContact", when=when)
        body = {"names": [{"givenName": "A"}]}
        answer = people.call("POST", "people:createContact", body)
        assert refusal(answer) == (503, "UNAVAILABLE")
        assert len(people.sync()[0]) == count
    assert world.counters.requests["people.people.createContact"] == 2


@pytest.mark.parametrize(
    ("kind", "expected", "reason"),
    [
        ("too_many_requests", (429, "RESOURCE_EXHAUSTED"), "RATE_LIMIT_EXCEEDED"),
        ("expired_sync_token", (400, "FAILED_PRECONDITION"), "EXPIRED_SYNC_TOKEN"),
        ("failed_precondition", (400, "FAILED_PRECONDITION"), None),
        ("conflict", (409, "ABORTED"), None),
        ("auth", (401, "UNAUTHENTICATED"), "ACCESS_TOKEN_EXPIRED"),
    ],
)
def test_faults_speak_the_newer_style(people, world, kind, expected, reason):
    world.faults.add("people.*", kind)
    answer = people.list()
    assert refusal(answer) == expected
    details = answer[1]["error"].get("details", [{}])
    assert details[0].get("reason") == reason


def test_writes_of_one_account_at_the_same_time(people, http, world, monkeypatch):
    world.people.one_at_a_time = True
    world.faults.add("people.people.createContact", kind="slow", seconds=0.5)
    writing, go_on = threading.Event(), threading.Event()

    def hold(_seconds):
        writing.set()
        assert go_on.wait(60)

    monkeypatch.setattr(world.clock, "pause", hold)
    running = threading.Thread(target=people.create)
    running.start()
    assert writing.wait(60)
    body = {"names": [{"givenName": "B"}]}
    assert refusal(people.call("POST", "people:createContact", body)) == (
        409,
        "ABORTED",
    )
    assert people.list()[0] == 200, "reading is free"
    People(http, world, PAUL).create()
    world.people.one_at_a_time = False
    assert people.call("POST", "people:createContact", body)[0] == 200
    go_on.set()
    running.join()
    people.create()
    assert sum(world.warnings.values()) == 2
    assert len(people.sync()[0]) == 3


def test_multipart_batch(people, http, world):
    name = people.create()["resourceName"]
    parts = [
        f"GET /v1/{name}?personFields=names HTTP/1.1",
        "GET /v1/people/c1?personFields=names HTTP/1.1",
        f"DELETE /v1/{name}:deleteContact HTTP/1.1",
    ]
    lines = "".join(
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <id + {n}>\r\n\r\n"
        f"{part}\r\nAuthorization: Bearer {people.token}\r\n\r\n\r\n"
        for n, part in enumerate(parts)
    )
    answer = http.post(
        "/batch", data=f"{lines}--b--", content_type="multipart/mixed; boundary=b"
    )
    assert answer.status_code == 200
    assert re.findall(r"HTTP/1.1 (\d+)", answer.text) == ["200", "404", "200"]
    assert '"status": "NOT_FOUND"' in answer.text
    assert world.counters.requests["people.batch"] == 1
    assert world.counters.parts["people.people.get"] == 2
    assert world.warnings["People write inside a multipart batch"] == 1
