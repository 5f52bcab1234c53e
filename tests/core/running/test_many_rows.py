"""Rules that become very many rows: asked about, and written a part at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from series.world import SeriesWorld

from google_sync.sync.asking import Answer
from google_sync.sync.events.period import window
from google_sync.sync.events.values import EventValues, Period
from google_sync.sync.running import companions, pull
from google_sync.sync.series import spans
from google_sync.sync.series.rows import extended, new_rows
from google_sync.sync.series.spans import span_in

ODD = "RRULE:FREQ=DAILY;COUNT=40;BYHOUR=10"


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(companions, "MANY", 10)
    monkeypatch.setattr(companions, "MOST", 30)
    monkeypatch.setattr(pull, "ITEMS_TOGETHER", 7)
    return SeriesWorld()


def test_a_rule_of_very_many_events_is_asked_about(world):
    google_id = world.google_series(ODD)
    report = world.sync()
    assert world.in_odoo() == {}
    assert report.left_alone["too_many"] == 1
    (key,) = world.odoo.tables.questions
    assert key == f"many:{google_id}"
    world.sync()
    assert world.in_odoo() == {}


def test_who_wants_them_gets_them_in_parts_and_never_too_many(world):
    google_id = world.google_series(ODD)
    world.sync()
    world.store.answer(f"many:{google_id}", Answer("retry"))
    world.sync()
    assert len(world.in_odoo()) == 30
    world.sync()
    assert len(world.in_odoo()) == 30


def test_few_are_taken_in_unasked(world):
    world.google_series("RRULE:FREQ=DAILY;COUNT=9;BYHOUR=10")
    world.sync()
    assert len(world.in_odoo()) == 9
    assert not world.odoo.tables.questions


@pytest.mark.parametrize("rule", ["RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY;COUNT=5000"])
def test_a_long_period_is_filled_some_rows_at_a_time(rule):
    today = date(2026, 11, 30)
    far = window(today, 1, 240, "Europe/Paris")
    start = today + timedelta(days=1)
    values = EventValues(Period.days(start, start), "Daily", recurrence=(rule,))
    span = span_in(values, far)
    made = [row.values.period.start for row in new_rows(values, span, {})]
    assert len(made) <= spans.TOGETHER + 1
    for _step in range(20):
        rows, span = extended(values, span, far, {})
        if not rows:
            break
        assert len(rows) <= spans.TOGETHER
        made += [row.values.period.start for row in rows]
    assert len(set(made)) == len(made)
    count = min((far.last - start).days + 1, 5000 if "COUNT" in rule else 10**6)
    assert len(made) == count
    assert replace(span, first=span.first) == span
