"""Multipart batches on the wire."""

import json

from conftest import MARIE, PAUL, Google, slot

BATCH = "/batch/calendar/v3"
EVENTS = "/calendar/v3/calendars/primary/events"


def part(number, method, path, token, body=None):
    lines = [
        "--x",
        "Content-Type: application/http",
        f"Content-ID: <uuid + {number}>",
        "",
        f"{method} {path} HTTP/1.1",
        f"authorization: Bearer {token}",
        "content-type: application/json",
        "",
        json.dumps(body) if body else "",
    ]
    return "\r\n".join(lines)


def send(http, parts):
    return http.post(
        BATCH,
        data="\r\n".join([*parts, "--x--", ""]).encode(),
        content_type="multipart/mixed; boundary=x",
    )


def answers(response):
    """{Content-ID: (status, body)}"""
    boundary = response.content_type.partition("boundary=")[2]
    found = {}
    for text in response.text.split(f"--{boundary}")[1:-1]:
        outer, inner, body = text.removesuffix("\r\n").split("\r\n\r\n", 2)
        content_id = outer.partition("Content-ID: ")[2].split("\r\n")[0]
        found[content_id] = (int(inner.split()[1]), json.loads(body) if body else None)
    return found


def test_parts_have_own_tokens_statuses_and_ids(http, google, paul):
    response = send(
        http,
        [
            part(1, "POST", EVENTS, google.token, {**slot(), "id": "mine1"}),
            part(2, "POST", EVENTS, paul.token, {**slot(), "id": "pauls1"}),
            part(3, "GET", f"{EVENTS}/nothing1", google.token),
            part(4, "GET", EVENTS, "ya29.dead"),
            part(5, "GET", "/elsewhere", google.token),
        ],
    )
    assert response.status_code == 200
    found = answers(response)
    statuses = {key: status for key, (status, _body) in found.items()}
    assert statuses == {
        "<response-uuid + 1>": 200,
        "<response-uuid + 2>": 200,
        "<response-uuid + 3>": 404,
        "<response-uuid + 4>": 401,
        "<response-uuid + 5>": 404,
    }
    assert [e["id"] for e in google.items()] == ["mine1"]
    assert [e["id"] for e in paul.items()] == ["pauls1"]


def test_delete_and_if_match_in_a_part(http, google):
    event = google.insert()
    text = part(1, "DELETE", f"{EVENTS}/{event['id']}", google.token)
    stale = text.replace("content-type: application/json", 'If-Match: "1"')
    assert answers(send(http, [stale]))["<response-uuid + 1>"][0] == 412
    assert answers(send(http, [text])) == {"<response-uuid + 1>": (204, None)}


def test_parts_count_singly(http, google, world):
    world.quota.enabled = True
    world.quota.per_user = 3
    parts = [part(n, "GET", EVENTS, google.token) for n in range(5)]
    statuses = sorted(status for status, _ in answers(send(http, parts)).values())
    assert statuses == [200, 200, 200, 403, 403]
    assert world.counters.requests == {"batch": 1}
    assert world.counters.parts == {"calendar.events.list": 5}


def test_more_than_fifty_parts_are_pointed_out(http, google, world):
    parts = [part(n, "GET", "/calendar/v3/colors", google.token) for n in range(51)]
    send(http, parts[:50])
    assert not world.warnings
    assert len(answers(send(http, parts))) == 51
    assert list(world.warnings) == ["batch of more than 50 parts"]


def test_more_than_a_thousand_are_refused(http, google):
    parts = [part(n, "GET", "/calendar/v3/colors", "t") for n in range(1001)]
    assert send(http, parts).status_code == 400


def test_what_is_no_batch(http):
    assert (
        http.post(BATCH, data="{}", content_type="application/json").status_code == 400
    )
    assert send(http, []).status_code == 400
    assert http.get(BATCH).status_code == 404


def test_dropped_and_failing_parts(http, google, world):
    world.faults.add("calendar.events.insert", "drop_part", when="after")
    world.faults.add("calendar.events.insert", "backend_error")
    world.faults.add("calendar.events.get", "auth")
    parts = [
        part(n, "POST", EVENTS, google.token, {**slot(), "id": f"event{n}"})
        for n in range(3)
    ]
    parts.append(part(9, "GET", f"{EVENTS}/event0", google.token))
    found = {key: status for key, (status, _) in answers(send(http, parts)).items()}
    assert found == {
        "<response-uuid + 1>": 503,
        "<response-uuid + 2>": 200,
        "<response-uuid + 9>": 401,
    }
    assert {e["id"] for e in google.items()} == {"event0", "event2"}


def test_outer_fault_runs_nothing(http, google, world):
    world.faults.add("batch", "backend_error")
    parts = [part(1, "POST", EVENTS, google.token, slot())]
    assert send(http, parts).status_code == 503
    assert google.items() == []


def test_two_accounts_in_one_batch_keep_their_quotas(http, world):
    world.quota.enabled = True
    world.quota.per_user = 1
    tokens = [Google(http, world, email).token for email in (MARIE, PAUL)]
    parts = [part(n, "GET", EVENTS, token) for n, token in enumerate(tokens)]
    assert {status for status, _ in answers(send(http, parts)).values()} == {200}
