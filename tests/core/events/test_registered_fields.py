"""Fields of events that other addons register, beside ours in one body."""

from datetime import datetime, timezone

import pytest

from google_sync.sync.directions import Direction
from google_sync.sync.events.fields import Field, register, unregister
from google_sync.sync.events.google_body import insert_body, patch_body
from google_sync.sync.events.google_event import Marker
from google_sync.sync.events.values import EventValues, Period


def _shared(name):
    """A field that lies beside others under one key of Google's."""
    return Field(
        name,
        Direction.BOTH,
        name.title(),
        read=lambda event: (
            event.get("extendedProperties", {}).get("shared", {}).get(name, "")
        ),
        body=lambda value: {"extendedProperties": {"shared": {name: value or None}}},
    )


REGISTERED = (_shared("project"), _shared("reference"))
START = datetime(2026, 11, 30, 9, tzinfo=timezone.utc)
VALUES = EventValues(
    title="Point",
    period=Period.timed(START, START.replace(hour=10)),
    extra={"project": "P1", "reference": "A7"},
)


@pytest.fixture(autouse=True)
def registered():
    for field in REGISTERED:
        register(field)
    yield
    for field in REGISTERED:
        unregister(field.name)


def test_an_insert_carries_them_beside_our_marker():
    marker = Marker(1, "2026-11-30", "x")
    body = insert_body(
        VALUES, google_id="x", marker=marker, marker_key="odoo", time_zone="UTC"
    )
    assert body["extendedProperties"] == {
        "private": {"odoo": str(marker)},
        "shared": {"project": "P1", "reference": "A7"},
    }


def test_an_insert_says_nothing_of_an_empty_one():
    body = insert_body(
        VALUES.with_({"project": "", "reference": ""}),
        google_id="x",
        marker=Marker(1, "2026-11-30", "x"),
        marker_key="odoo",
        time_zone="UTC",
    )
    assert body["extendedProperties"].get("shared", {}) == {}


def test_a_patch_carries_two_that_lie_under_one_key():
    body = patch_body(VALUES, ["project", "reference"], time_zone="UTC")
    shared = {"project": "P1", "reference": "A7"}
    assert body == {"extendedProperties": {"shared": shared}}
