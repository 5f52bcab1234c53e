"""Zones under several names, and a Google that stores what it is sent otherwise."""

from __future__ import annotations

import copy

import pytest
from memory.google import MemoryGoogle
from series.world import SeriesWorld
from world import World, google_body, meeting

from google_sync.sync.events.zones import other_name, same_zone, zone
from google_sync.sync.ports import Insert, Patch, Reply, Verdict

PAIRS = [
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Singapore", "Asia/Singapore"),
    ("CET", "Europe/Brussels"),
    ("Etc/GMT-3", "GMT+03:00"),
    ("Etc/UTC", "UTC"),
    ("GMT", "Etc/UTC"),
    ("Zulu", "Etc/GMT"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("US/Eastern", "America/New_York"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_names_of_one_zone(one: str, other: str) -> None:
    assert same_zone(one, other)
    assert same_zone(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Europe/Paris", "Europe/Berlin"),
        ("Europe/London", "GMT"),
        ("", "UTC"),
        ("Romance Standard Time", "Europe/Paris"),
        ("Nowhere", "UTC"),
    ],
)
def test_different_zones(one: str, other: str) -> None:
    assert not same_zone(one, other)


def test_offsets_and_unknown_names() -> None:
    start = meeting().period.start
    for name, hours in (("GMT-03:00", -3), ("UTC+2", 2), ("+05:30", 5.5), ("X", 0)):
        assert start.astimezone(zone(name)).utcoffset().total_seconds() == hours * 3600


@pytest.mark.parametrize("name", ["CET", "Singapore", "Etc/GMT-3", "Europe/Kyiv"])
def test_another_name_is_of_the_same_zone(name: str) -> None:
    assert other_name(name) != name
    assert same_zone(other_name(name), name)


class NamingGoogle(MemoryGoogle):
    """Names zones its own way, and refuses those it does not know."""

    def __init__(self, names=(), unknown=()) -> None:
        super().__init__()
        self.names, self.unknown = dict(names), set(unknown)
        self.patches = 0

    def _do(self, call) -> Reply:
        body = getattr(call, "body", {})
        asked = {body.get(x, {}).get("timeZone") for x in ("start", "end")}
        if asked & self.unknown:
            message = "Invalid time zone definition for start time."
            return Reply(Verdict.REFUSED, reason="invalid", message=message)
        self.patches += isinstance(call, Patch)
        return super()._do(call)

    def _store(self, google_id, event):
        event = copy.deepcopy(event)
        for edge in ("start", "end"):
            when = event.get(edge) or {}
            if when.get("timeZone") in self.names:
                when["timeZone"] = self.names[when["timeZone"]]
        return super()._store(google_id, event)


class ZoneWorld(SeriesWorld):
    def __init__(self, names=(), unknown=()) -> None:
        super().__init__()
        self.google = NamingGoogle(names, unknown)

    def settled(self) -> None:
        for _ in range(3):
            self.sync()
        self.assert_same()
        before = self.google.patches
        for options in ({}, {"full": True}, {"sweep": True}, {}):
            assert self.sync(**options).unsettled == 0
        assert self.google.patches == before


@pytest.mark.parametrize(("ours", "googles"), PAIRS)
@pytest.mark.parametrize("refuses", [False, True])
def test_a_series_of_odoo_whose_zone_google_names_otherwise(
    ours: str, googles: str, refuses: bool
) -> None:
    world = ZoneWorld({ours: googles}, {ours} if refuses else ())
    world.series(zone=ours)
    world.settled()
    for row in world.rows()[:1]:
        world.odoo.people_edit(row, title="Neu")
    world.settled()
    assert world.google.patches < 4


@pytest.mark.parametrize(("googles", "later"), PAIRS)
@pytest.mark.parametrize("lines", [["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO"], []])
def test_an_event_of_google_goes_back_under_its_own_name(
    googles: str, later: str, lines: list[str]
) -> None:
    world = ZoneWorld()
    body = google_body(day=0)
    body["start"]["timeZone"] = body["end"]["timeZone"] = googles
    world.google.people_insert("g", {**body, "recurrence": lines or None})
    world.settled()
    assert world.google.patches == 0
    if not lines:
        [row] = world.rows()
        world.odoo.people_edit(row, period=meeting(day=1).period)
        world.settled()
        assert world.google.events["g"]["start"]["timeZone"] == googles
    start = {**world.google.events["g"]["start"], "timeZone": later}
    end = {**world.google.events["g"]["end"], "timeZone": later}
    patches = world.google.patches
    world.google.people_edit("g", start=start, end=end)
    world.settled()
    assert world.google.patches == patches


class ShoutingGoogle(MemoryGoogle):
    """Stores some values in a form of its own that nothing of ours foresees."""

    writes = 0

    def _do(self, call) -> Reply:
        self.writes += isinstance(call, (Patch, Insert))
        return super()._do(call)

    def _store(self, google_id, event):
        event = copy.deepcopy(event)
        if event.get("summary"):
            event["summary"] = event["summary"].upper()
        if event.get("location"):
            event["location"] = f"{event['location'][:8]}."
        return super()._store(google_id, event)


@pytest.mark.parametrize("series", [False, True])
def test_a_value_is_not_sent_again_because_google_changed_it(series: bool) -> None:
    world = SeriesWorld() if series else World()
    world.google = ShoutingGoogle()
    values = {"title": "Point", "place": "12 rue du Lac"}
    if series:
        world.series(**values)
        row = world.rows()[0]
    else:
        row = world.odoo.people_create("marie", meeting(**values))
    world.sync()
    world.sync()
    writes = world.google.writes
    for options in ({}, {"sweep": True}, {"full": True}, {"sweep": True}):
        assert world.sync(**options).unsettled == 0
    assert world.google.writes == writes
    assert world.in_odoo()[row].title == "Point"
    # What a person says next is said.
    key = next(iter(world.google.alive()))
    world.google.people_edit(key, summary="DE GOOGLE")
    world.sync()
    assert world.in_odoo()[row].title == "DE GOOGLE"
    if not series:
        world.odoo.people_edit(row, title="Point")
        world.sync()
        assert world.google.events[key]["summary"] == "POINT"
        writes = world.google.writes
        world.sync(sweep=True)
        assert world.google.writes == writes
