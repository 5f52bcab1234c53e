"""Limits and pauses: of a minute, of a day, of an account, of the application."""

from __future__ import annotations

import json

import pytest

from google_api.failures import DELETE, GET, INSERT, PATCH, a_days_limit, classic
from google_sync.google_api.errors import (
    QUOTA_PAUSE,
    judge_call,
    judge_list,
    judge_people_list,
    judge_person,
)
from google_sync.google_api.failure import read_failure
from google_sync.sync.ports import RetryLater, Verdict


def test_abuse_limit_and_daily_limit_wait_long() -> None:
    quota = judge_call(INSERT, classic(403, "quotaExceeded"))
    assert quota.delay == QUOTA_PAUSE >= 3600


PER_DAY = (
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service"
    " 'calendar-json.googleapis.com' for consumer 'project_number:1'."
)


@pytest.mark.parametrize(
    ("date", "hours"),
    [
        ("Mon, 30 Nov 2026 14:00:00 GMT", 18),
        ("Mon, 30 Nov 2026 07:00:00 GMT", 1),
        ("Mon, 30 Nov 2026 08:00:00 GMT", 24),
        ("Wed, 01 Jul 2026 06:00:00 GMT", 1),
        # The nights in which California changes its clocks.
        ("Sun, 08 Mar 2026 09:00:00 GMT", 22),
        ("Sun, 01 Nov 2026 08:00:00 GMT", 24),
        ("Sun, 01 Nov 2026 10:00:00 GMT", 22),
    ],
)
def test_the_applications_day_ends_at_midnight_in_california(
    date: str, hours: int
) -> None:
    for status, reason, message in (
        (403, "dailyLimitExceeded", "Daily Limit Exceeded"),
        (403, "rateLimitExceeded", PER_DAY),
        (429, "rateLimitExceeded", PER_DAY),
        (403, "quotaExceeded", "Quota exceeded."),
    ):
        failure = a_days_limit(status, reason, date, message)
        for stop in (
            judge_call(PATCH, failure),
            judge_list(failure),
            judge_people_list(failure),
        ):
            assert isinstance(stop, RetryLater)
            if reason == "quotaExceeded":
                assert stop.delay == QUOTA_PAUSE
            else:
                assert (stop.reason, stop.delay) == ("dailyLimitExceeded", hours * 3600)


def test_a_day_that_is_used_up_stops_contacts_too() -> None:
    date = "Mon, 30 Nov 2026 14:00:00 GMT"
    stop = judge_person(a_days_limit(403, "rateLimitExceeded", date, PER_DAY))
    assert isinstance(stop, RetryLater)
    assert stop.delay == 18 * 3600


def test_without_googles_clock_ours_counts() -> None:
    body = {"error": {"errors": [{"reason": "dailyLimitExceeded"}], "code": 403}}
    stop = judge_list(read_failure(403, {}, json.dumps(body)))
    assert isinstance(stop, RetryLater)
    assert 0 < stop.delay <= 25 * 3600


def test_a_limit_a_minute_is_no_days_limit() -> None:
    date = "Mon, 30 Nov 2026 14:00:00 GMT"
    message = PER_DAY.replace("per day", "per minute per user")
    failure = a_days_limit(403, "rateLimitExceeded", date, message)
    assert judge_call(PATCH, failure).verdict is Verdict.RETRY
    assert judge_list(failure).delay == 0


@pytest.mark.parametrize(
    "word", ["concurrentLimitExceeded", "variableTermLimitExceeded", "limitX", "x y"]
)
@pytest.mark.parametrize("status", [400, 403, 429])
def test_any_other_limit_is_never_the_records_fault(status: int, word: str) -> None:
    failure = a_days_limit(status, word, "", "Limit exceeded.")
    for call in (INSERT, PATCH, DELETE, GET):
        assert judge_call(call, failure).verdict is Verdict.RETRY
    assert isinstance(judge_list(failure), RetryLater)
