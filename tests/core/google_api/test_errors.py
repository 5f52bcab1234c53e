"""The catalogue of errors, row by row: bodies as Google writes them, by hand."""

from __future__ import annotations

import json

import pytest

from google_api.failures import (
    DELETE,
    GET,
    INSERT,
    PATCH,
    a_days_limit,
    classic,
    modern,
)
from google_sync.google_api import errors
from google_sync.google_api.errors import (
    judge_batch,
    judge_call,
    judge_list,
    judge_people_list,
    judge_person,
    judge_token,
    settle,
)
from google_sync.google_api.failure import Failure, no_answer, read_failure, scrub
from google_sync.sync.ports import (
    AdminNeeded,
    CalendarLost,
    OurBug,
    PageTokenExpired,
    ReconnectNeeded,
    Reply,
    RetryLater,
    ScopeMissing,
    Stop,
    SyncTokenExpired,
    Verdict,
)

# -- reading -------------------------------------------------------------------


def test_classic_body() -> None:
    failure = classic(400, "invalid", "Bad value", location="syncToken")
    assert (failure.status, failure.reason) == (400, "invalid")
    assert (failure.message, failure.location) == ("Bad value", "syncToken")
    assert failure.is_google


def test_modern_body_prefers_the_telling_reason() -> None:
    failure = modern(403, "PERMISSION_DENIED", "SERVICE_DISABLED")
    assert failure.reasons == ("SERVICE_DISABLED", "PERMISSION_DENIED")
    assert modern(401, "UNAUTHENTICATED").reason == "UNAUTHENTICATED"


def test_both_styles_in_one_body_keep_all_reasons() -> None:
    body = {
        "error": {
            "code": 403,
            "message": "Google Calendar API has not been used in project 1.",
            "errors": [{"reason": "forbidden"}],
            "details": [{"@type": "x"}, {"reason": "SERVICE_DISABLED"}, "?"],
            "status": "PERMISSION_DENIED",
        }
    }
    failure = read_failure(403, {}, json.dumps(body).encode())
    stop = judge_call(INSERT, failure)
    assert isinstance(stop, AdminNeeded)
    assert stop.reason == "SERVICE_DISABLED"
    assert "has not been used" in str(stop)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Sorry</html>", b"null", b"[1]", b'{"error": null}', b"\xff\xfe\x00"],
)
def test_what_is_no_error_of_googles(content: bytes) -> None:
    failure = read_failure(502, {}, content)
    assert (failure.reason, failure.sentence) == ("http502", "HTTP 502")
    assert not failure.is_google


def test_oauth_body() -> None:
    body = b'{"error": "invalid_grant", "error_description": "Token is dead."}'
    failure = read_failure(400, {}, body)
    assert (failure.reason, failure.message) == ("invalid_grant", "Token is dead.")


@pytest.mark.parametrize(
    ("headers", "delay"),
    [
        ({}, 0.0),
        ({"retry-after": "30"}, 30.0),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "soon"}, 0.0),
        (
            {
                "retry-after": "Tue, 03 Nov 2026 08:02:00 GMT",
                "date": "Tue, 03 Nov 2026 08:00:00 GMT",
            },
            120.0,
        ),
        ({"retry-after": "Tue, 03 Nov 2026 08:02:00 GMT"}, 0.0),
    ],
)
def test_retry_after(headers: dict[str, str], delay: float) -> None:
    assert read_failure(503, headers, b"").retry_after == delay


@pytest.mark.parametrize(
    "secret",
    ["ya29.a0Af_b-C", "1//03xYz-Ab_c", "4/0AbCd", "GOCSPX-abc_1", "Bearer whatever"],
)
def test_tokens_never_stay_in_a_sentence(secret: str) -> None:
    body = {"error": "invalid_grant", "error_description": f"Bad token {secret}!"}
    stop = judge_token(read_failure(400, {}, json.dumps(body).encode()))
    assert secret not in str(stop)
    assert "***" in str(stop)


def test_jwt_never_stays_in_a_sentence() -> None:
    assert scrub("Bad eyJhbGciOi.eyJzdWIiOi.c2ln-_x!") == "Bad ***!"


def test_mark_up_and_json_are_not_sentences() -> None:
    text = 'You exceeded your <a href="/quota">quota</a>: 1 < 2.'
    assert scrub(text) == "You exceeded your quota: 1 < 2."
    failure = classic(400, "invalid", '{"error": 1}')
    assert failure.sentence == "HTTP 400"


@pytest.mark.parametrize("word", ["<b>x</b>", "a b", "ya29.x/y", "", "x" * 90, "{}"])
def test_a_reason_is_one_word(word: str) -> None:
    body = {"error": word, "error_description": "D."}
    assert read_failure(400, {}, json.dumps(body).encode()).reason == "unknown"


def test_address_to_enable_an_api_stands_in_the_sentence() -> None:
    address = "https://console.developers.google.com/apis/api/x/overview?project=1"
    info = {"reason": "SERVICE_DISABLED", "metadata": {"activationUrl": address}}
    for message in ("Off.", f"Off. Enable it by visiting {address}"):
        error = {"code": 403, "message": message, "details": [info, {"metadata": 1}]}
        failure = read_failure(403, {}, json.dumps({"error": error}).encode())
        assert failure.sentence == f"Off. Enable it by visiting {address}"


def test_long_sentences_are_cut() -> None:
    assert len(scrub("x" * 10_000)) == 500


# -- one call on one event -----------------------------------------------------


@pytest.mark.parametrize(
    ("call", "failure", "verdict"),
    [
        (INSERT, classic(400, "timeRangeEmpty"), Verdict.REFUSED),
        (INSERT, classic(400, "required"), Verdict.REFUSED),
        (INSERT, classic(400, "parseError"), Verdict.REFUSED),
        (PATCH, classic(400, "invalid"), Verdict.REFUSED),
        (PATCH, classic(400, "cannotChangeOrganizer"), Verdict.REFUSED),
        (PATCH, classic(400, "eventTypeRestriction"), Verdict.REFUSED),
        (INSERT, classic(400, "eventDurationExceedsLimit"), Verdict.REFUSED),
        (PATCH, classic(403, "forbiddenForNonOrganizer"), Verdict.REFUSED),
        (PATCH, classic(403, "requiredAccessLevel"), Verdict.REFUSED),
        (PATCH, classic(403, "forbidden"), Verdict.REFUSED),
        (PATCH, classic(403, "someNewReason"), Verdict.REFUSED),
        (INSERT, classic(413, "uploadTooLarge"), Verdict.REFUSED),
        (INSERT, Failure(413, is_google=False), Verdict.REFUSED),
        (PATCH, classic(403, "rateLimitExceeded"), Verdict.RETRY),
        (PATCH, classic(403, "userRateLimitExceeded"), Verdict.RETRY),
        (PATCH, Failure(403, is_google=False), Verdict.RETRY),
        (PATCH, classic(429, "quotaExceeded"), Verdict.RETRY),
        (
            PATCH,
            modern(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"),
            Verdict.RETRY,
        ),
        (GET, classic(404, "notFound"), Verdict.GONE),
        (DELETE, classic(404, "notFound"), Verdict.GONE),
        (GET, Failure(404, is_google=False), Verdict.RETRY),
        (INSERT, Failure(400, is_google=False), Verdict.RETRY),
        (INSERT, Failure(407, is_google=False), Verdict.RETRY),
        (DELETE, Failure(410, is_google=False), Verdict.GONE),
        (DELETE, classic(410, "deleted"), Verdict.GONE),
        (PATCH, classic(410, "deleted"), Verdict.GONE),
        (INSERT, classic(409, "duplicate"), Verdict.TAKEN),
        (INSERT, Failure(409, is_google=False), Verdict.TAKEN),
        (INSERT, classic(409, "conflict"), Verdict.RETRY),
        (INSERT, modern(409, "ABORTED"), Verdict.RETRY),
        (PATCH, classic(409, "conflict"), Verdict.RETRY),
        (PATCH, classic(412, "conditionNotMet"), Verdict.STALE),
        (DELETE, Failure(412, is_google=False), Verdict.STALE),
        (INSERT, classic(500, "backendError"), Verdict.RETRY),
        (INSERT, classic(503, "backendError"), Verdict.RETRY),
        (INSERT, Failure(502, is_google=False), Verdict.RETRY),
        (INSERT, Failure(408, is_google=False), Verdict.RETRY),
        (GET, Failure(302, is_google=False), Verdict.RETRY),
        (INSERT, no_answer(TimeoutError("timed out")), Verdict.RETRY),
        (INSERT, no_answer(ConnectionResetError(104, "reset")), Verdict.RETRY),
    ],
)
def test_verdict_on_one_event(call: object, failure: Failure, verdict: Verdict) -> None:
    reply = judge_call(call, failure)
    assert isinstance(reply, Reply)
    assert reply.verdict is verdict
    assert reply.reason == failure.reason
    assert reply.message


@pytest.mark.parametrize(
    ("failure", "stop", "reason"),
    [
        (classic(401, "authError"), RetryLater, "authError"),
        (modern(401, "UNAUTHENTICATED"), RetryLater, "authError"),
        (classic(403, "quotaExceeded"), RetryLater, "quotaExceeded"),
        (classic(403, "calendarUsageLimits"), RetryLater, "calendarUsageLimits"),
        (classic(403, "dailyLimitExceeded"), RetryLater, "dailyLimitExceeded"),
        (classic(403, "dailyLimitExceededUnreg"), OurBug, "dailyLimitExceededUnreg"),
        (classic(403, "accessNotConfigured"), AdminNeeded, "accessNotConfigured"),
        (modern(403, "PERMISSION_DENIED", "SERVICE_DISABLED"), AdminNeeded, None),
        (classic(403, "insufficientPermissions"), ScopeMissing, None),
        (
            modern(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
            ScopeMissing,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        ),
        (classic(403, "domainPolicy"), AdminNeeded, "domainPolicy"),
        (classic(403, "notACalendarUser"), AdminNeeded, "notACalendarUser"),
        (classic(403, "forbiddenForServiceAccounts"), AdminNeeded, None),
    ],
)
def test_what_concerns_the_whole_account(
    failure: Failure, stop: type[Stop], reason: str | None
) -> None:
    for outcome in (judge_call(PATCH, failure), judge_list(failure)):
        assert type(outcome) is stop
        assert reason in (None, outcome.reason)


@pytest.mark.parametrize(
    ("word", "stop"),
    [
        ("accessNotConfigured", AdminNeeded),
        ("dailyLimitExceededUnreg", OurBug),
        ("quotaExceeded", RetryLater),
        ("insufficientPermissions", ScopeMissing),
    ],
)
def test_known_words_of_that_domain_keep_their_meaning(
    word: str, stop: type[Stop]
) -> None:
    assert type(judge_list(a_days_limit(403, word, "", "S."))) is stop


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (
            {"www-authenticate": 'Bearer realm="https://x/", error=insufficient_scope'},
            "Request had insufficient authentication scopes.",
        ),
        (
            {"www-authenticate": 'Bearer realm="x", error="insufficient_scope"'},
            "",
        ),
        ({}, "Request had insufficient authentication scopes."),
    ],
)
def test_a_missing_scope_without_particulars(
    headers: dict[str, str], message: str
) -> None:
    body = {"code": 403, "message": message, "status": "PERMISSION_DENIED"}
    failure = read_failure(403, headers, json.dumps({"error": body}))
    for outcome in (
        judge_call(PATCH, failure),
        judge_list(failure),
        judge_person(failure),
        judge_people_list(failure),
    ):
        assert isinstance(outcome, ScopeMissing)


def test_insert_into_nothing_is_a_lost_calendar() -> None:
    assert isinstance(judge_call(INSERT, classic(404, "notFound")), CalendarLost)


def test_refusal_says_where() -> None:
    reply = judge_call(INSERT, classic(400, "invalid", "Bad zone.", location="start"))
    assert reply.message == "Bad zone. (at start)"


# -- lists ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "sync_token", "page_token", "stop"),
    [
        (classic(410, "fullSyncRequired"), "s", "", SyncTokenExpired),
        (classic(410, "updatedMinTooLongAgo"), "s", "p", SyncTokenExpired),
        (classic(410, "gone"), "s", "p", PageTokenExpired),
        (classic(410, "gone"), "s", "", SyncTokenExpired),
        (classic(400, "invalid", location="syncToken"), "s", "", SyncTokenExpired),
        (classic(400, "invalid", location="syncToken"), "s", "p", SyncTokenExpired),
        (classic(400, "invalid", location="pageToken"), "", "p", PageTokenExpired),
        (classic(400, "badRequest"), "s", "p", PageTokenExpired),
        (classic(400, "timeRangeEmpty"), "", "", OurBug),
        (classic(400, "badRequest"), "s", "", OurBug),
        (classic(404, "notFound"), "s", "p", CalendarLost),
        (classic(403, "forbidden"), "s", "", CalendarLost),
        (classic(403, "requiredAccessLevel"), "", "", CalendarLost),
        (modern(403, "PERMISSION_DENIED"), "", "", AdminNeeded),
        (classic(403, "rateLimitExceeded"), "s", "p", RetryLater),
        (classic(429, "rateLimitExceeded"), "", "", RetryLater),
        (Failure(403, is_google=False), "s", "", RetryLater),
        (Failure(404, is_google=False), "s", "", RetryLater),
        (classic(503, "backendError"), "s", "p", RetryLater),
        (no_answer(TimeoutError()), "", "", RetryLater),
    ],
)
def test_why_a_list_did_not_come(
    failure: Failure, sync_token: str, page_token: str, stop: type[Stop]
) -> None:
    outcome = judge_list(failure, sync_token=sync_token, page_token=page_token)
    assert type(outcome) is stop


# -- envelopes of batches ------------------------------------------------------


def test_transient_trouble_of_an_envelope_is_that_of_its_parts() -> None:
    failure = classic(503, "backendError")
    assert judge_batch(failure) is failure


@pytest.mark.parametrize(
    ("failure", "stop"),
    [
        (classic(403, "accessNotConfigured"), AdminNeeded),
        (classic(401, "authError"), RetryLater),
        (classic(404, "notFound"), OurBug),
        (classic(400, "badRequest"), OurBug),
        (classic(410, "deleted"), OurBug),
    ],
)
def test_refused_envelope_stops(failure: Failure, stop: type[Stop]) -> None:
    with pytest.raises(stop):
        judge_batch(failure)


def test_settle_keeps_real_answers_and_their_order() -> None:
    replies = settle(
        [Reply(Verdict.REFUSED), RetryLater("Wait.", reason="quotaExceeded", delay=9)]
    )
    assert replies == [
        Reply(Verdict.REFUSED),
        Reply(Verdict.RETRY, None, "quotaExceeded", "Wait.", 9),
    ]


def test_settle_raises_when_nothing_was_answered() -> None:
    with pytest.raises(ScopeMissing):
        settle([Reply(Verdict.RETRY), RetryLater("a"), ScopeMissing("b")])


# -- token endpoint ------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "word", "stop"),
    [
        (400, "invalid_grant", ReconnectNeeded),
        (401, "invalid_client", AdminNeeded),
        (401, "deleted_client", AdminNeeded),
        (400, "unauthorized_client", AdminNeeded),
        (400, "redirect_uri_mismatch", AdminNeeded),
        (400, "restricted_client", AdminNeeded),
        (400, "admin_policy_enforced", AdminNeeded),
        (403, "access_denied", AdminNeeded),
        (400, "invalid_scope", ScopeMissing),
        (400, "invalid_request", OurBug),
        (400, "unsupported_grant_type", OurBug),
        (400, "internal_failure", RetryLater),
        (400, "new_word", RetryLater),
        (429, "invalid_grant", RetryLater),
        (500, "invalid_grant", RetryLater),
        (503, "temporarily_unavailable", RetryLater),
    ],
)
def test_only_invalid_grant_disconnects(
    status: int, word: str, stop: type[Stop]
) -> None:
    failure = read_failure(status, {}, json.dumps({"error": word}).encode())
    outcome = judge_token(failure)
    assert type(outcome) is stop
    assert outcome.reason == word


def test_page_of_a_proxy_disconnects_nobody() -> None:
    for status in (302, 400, 403, 407, 502):
        failure = read_failure(status, {}, b"<html>Proxy</html>")
        assert isinstance(errors.judge_token(failure), RetryLater)
