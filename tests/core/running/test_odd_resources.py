"""Resources that cannot be understood are left alone, each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import World, google_body

ODD = [
    {"start": {"dateTime": "9999-12-31T23:59:00-12:00"}},
    {"start": {"dateTime": "0001-01-01T00:00:00+12:00"}},
    {"start": {"date": "0001-01-01"}, "end": {"date": "0001-01-01"}},
    {"start": {"date": "10000-01-01"}},
    {"start": {}},
    {"start": None},
    {"reminders": {"overrides": [{"method": "popup", "minutes": "soon"}]}},
    {"attendees": ["somebody"]},
    {"organizer": "somebody"},
    {"recurrence": [5]},
]


def shown_as(monkeypatch, world, odd):
    """Google lists its event "odd" like that."""
    listed = world.google.list_events

    def list_events(**options):
        page = listed(**options)
        items = [{**x, **odd} if x["id"] == "odd" else x for x in page.items]
        return replace(page, items=items)

    monkeypatch.setattr(world.google, "list_events", list_events)


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_one_odd_resource_stops_nobody(odd, monkeypatch):
    world = World()
    world.google.people_insert("before", google_body("Before"))
    world.google.people_insert("odd", google_body("Odd"))
    world.google.people_insert("later", google_body("Later"))
    shown_as(monkeypatch, world, odd)
    world.sync()
    titles = {values.title for values in world.in_odoo().values()}
    assert {"Before", "Later"} <= titles
    world.sync()


def test_an_id_longer_than_google_s_is_left_alone(monkeypatch):
    world = World()
    world.google.people_insert("odd", google_body("Odd"))
    shown_as(monkeypatch, world, {"id": "x" * 3000})
    world.google.people_insert("later", google_body("Later"))
    report = world.sync()
    assert [values.title for values in world.in_odoo().values()] == ["Later"]
    assert report.left_alone["unreadable"] == 1


@pytest.mark.parametrize("marker", ["9" * 400 + "/a/odd", "\u00b2/a/odd", "-1/a/odd"])
def test_a_marker_that_is_none_is_none(marker):
    world = World()
    world.google.people_insert("odd", google_body("Odd"))
    marked = {"private": {"gsync_test": marker}}
    world.google.events["odd"]["extendedProperties"] = marked
    world.sync()
    assert [values.title for values in world.in_odoo().values()] == ["Odd"]


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231T235959", "99991231"])
def test_a_series_until_the_last_day_there_is(until):
    """Some calendars write that for "for ever"."""
    world = World()
    rule = {"recurrence": [f"RRULE:FREQ=DAILY;UNTIL={until}"]}
    world.google.people_insert("odd", {**google_body("Daily"), **rule})
    report = world.sync()
    assert not report.left_alone
    assert {values.title for values in world.in_odoo().values()} == {"Daily"}
