"""Pacing never passes Google's limit and wastes little of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from google_sync.google_api.quota import PACED, PacedGoogle, cost, spend, wait
from google_sync.sync.ports import (
    Delete,
    Get,
    Insert,
    Patch,
    Reply,
    RetryLater,
    Verdict,
)


class Counting:
    requests = 0

    def call(self, calls):
        self.requests += 1
        return [Reply(Verdict.DONE) for _call in calls]


def test_patch_costs_three_units():
    calls = [Insert({}), Patch("a", {}, "e"), Delete("b", "e"), Get("c")]
    assert cost(calls) == 6


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 150)), max_size=60))
def test_no_minute_ever_holds_more_than_the_limit(steps):
    now, usage, passed = 0.0, [], []
    for pause, units in steps:
        now += pause
        if wait(usage, units, 600, now) == 0.0:
            usage = spend(usage, units, now)
            passed.append((now, units))
    for moment, _units in passed:
        inside = [u for t, u in passed if moment <= t < moment + 60]
        assert sum(inside) <= 600


@given(st.lists(st.integers(1, 150), min_size=1, max_size=30))
def test_after_the_wait_it_fits(units):
    now, usage = 1000.0, []
    for count in units:
        now += wait(usage, count, 600, now)
        assert wait(usage, count, 600, now + 1e-6) == 0.0
        usage = spend(usage, count, now)


def test_paced_client_refuses_before_calling():
    inner = Counting()
    paced = PacedGoogle(inner, [], 100, clock=lambda: 50.0)
    batch = [Insert({})] * 50
    paced.call(batch)
    paced.call(batch)
    with pytest.raises(RetryLater) as stop:
        paced.call(batch)
    assert (stop.value.reason, inner.requests) == (PACED, 2)
    assert 0 < stop.value.delay <= 61


def test_zero_means_no_pacing():
    paced = PacedGoogle(Counting(), [], 0, clock=lambda: 50.0)
    for _time in range(100):
        paced.call([Insert({})] * 50)


def test_project_limit_counts_the_other_accounts():
    paced = PacedGoogle(
        Counting(), [], 600, clock=lambda: 50.0, others=9990, project_limit=10000
    )
    with pytest.raises(RetryLater):
        paced.call([Insert({})] * 50)
