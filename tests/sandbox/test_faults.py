"""Quotas and faults on demand."""

import pytest
from conftest import reason, slot

from sandbox.app import Cut
from sandbox.faults import ERRORS


@pytest.mark.parametrize("kind", ERRORS)
def test_error_before_the_work(google, world, kind):
    world.faults.add("calendar.events.insert", kind)
    status, expected, _message = ERRORS[kind]
    assert reason(google.post(body=slot())) == (status, expected)
    assert google.items() == []
    assert google.post(body=slot())[0] == 200, "a fault strikes once"


def test_error_after_the_work(google, world):
    world.faults.add("calendar.events.insert", "backend_error", when="after")
    assert google.post(body={**slot(), "id": "event1"})[0] == 503
    assert reason(google.post(body={**slot(), "id": "event1"})) == (409, "duplicate")


def test_counts_skips_and_matches(google, world):
    world.faults.add("GET *", "rate_limit", times=2, skip=1)
    statuses = [google.get()[0] for _ in range(4)]
    assert statuses == [200, 403, 403, 200]
    world.faults.add("calendar.events.delete", "rate_limit")
    assert google.get()[0] == 200
    assert world.faults.struck == 2
    world.faults.clear()
    assert world.faults.queue == []


def test_retry_after_and_free_choice(http, google, world):
    world.faults.add("*", "too_many_requests", retry_after=7)
    answer = http.get("/calendar/v3/colors")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    world.faults.add("*", "error", status=418, reason="teapot", message="Short")
    assert reason(google.get()) == (418, "teapot")


def test_html_and_broken_bodies(http, google, world):
    headers = {"Authorization": f"Bearer {google.token}"}

    def colors():
        return http.get("/calendar/v3/colors", headers=headers)

    world.faults.add("*", "bad_gateway")
    answer = colors()
    assert (answer.status_code, answer.mimetype) == (502, "text/html")
    whole = colors().data
    world.faults.add("*", "truncated")
    assert colors().data == whole[: len(whole) // 2]
    world.faults.add("*", "malformed")
    answer = colors()
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting"):
        answer.json  # noqa: B018 - reading it is the test
    world.faults.add("*", "empty")
    answer = colors()
    assert (answer.status_code, answer.data) == (503, b"")


def test_cut_after_the_work_leaves_the_work_done(google, world):
    world.faults.add("calendar.events.insert", "cut", when="after")
    with pytest.raises(Cut):
        google.post(body={**slot(), "id": "event1"})
    assert google.get("event1")[0] == 200


def test_faults_of_the_token_endpoint(http, world):
    world.faults.add("oauth.token", "internal_error")
    assert http.post("/token", data={"a": "b"}).status_code == 500
    assert http.post("/token", data={"a": "b"}).status_code == 400


def test_the_queries_of_a_day(google, world):
    world.faults.add(kind="queries_per_day")
    status, body = google.post(body=slot())
    (error,) = body["error"]["errors"]
    assert (status, error["reason"]) == (403, "rateLimitExceeded")
    assert "limit 'Queries per day'" in body["error"]["message"]


def test_a_missing_scope_may_be_told_without_details(google, world):
    world.faults.add(kind="insufficient_scope")
    status, body = google.post(body=slot())
    assert (status, reason((status, body))) == (403, (403, "insufficientPermissions"))
    assert "details" not in body["error"]


def test_unknown_kinds_are_refused(world):
    with pytest.raises(ValueError, match="unknown kind"):
        world.faults.add(kind="earthquake")
    with pytest.raises(ValueError, match="before or after"):
        world.faults.add(when="never")


def test_quota_of_a_user_slides(google, world):
    world.clock.freeze()
    world.quota.enabled = True
    world.quota.per_user = 5
    event = google.insert()  # 1
    assert google.patch(event["id"], {"summary": "x"})[0] == 200  # 3 more
    assert reason(google.patch(event["id"], {})) == (403, "userRateLimitExceeded")
    assert google.get()[0] == 200  # the fifth
    assert google.get()[0] == 403
    world.clock.advance(61)
    assert google.get()[0] == 200


def test_quota_of_the_project_and_429(google, paul, world):
    world.clock.freeze()
    world.quota.enabled = True
    world.quota.per_project = 2
    world.quota.status = 429
    google.get()
    paul.get()
    assert reason(paul.get()) == (429, "rateLimitExceeded")


def test_defaults_are_googles(world):
    assert (world.quota.per_user, world.quota.per_project) == (600, 10_000)
    assert world.quota.enabled is False


def test_faults_count_as_answers(google, world):
    world.faults.add("*", "backend_error")
    google.get()
    assert world.counters.statuses == {503: 1}


def test_requests_are_counted_by_route(google, http, world):
    google.get()
    google.post(body=slot())
    http.get("/o/oauth2/v2/auth")
    http.get("/nowhere")
    assert world.counters.requests == {
        "calendar.events.list": 1,
        "calendar.events.insert": 1,
        "oauth.consent": 1,
        "unknown": 1,
    }
    assert world.counters.statuses == {200: 2, 400: 1, 404: 1}
    assert world.counters.total == 4
    assert world.counters.units == 2


def test_date_header_is_the_worlds_clock(http, world):
    world.clock.advance(86400 * 400)
    answer = http.get("/calendar/v3/colors")
    assert str(world.clock.now().year) in answer.headers["Date"]
