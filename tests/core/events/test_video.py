"""Meeting addresses: which go along, and that nobody's is overwritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import World, google_body, meeting

from google_sync.sync.events.video import (
    conference_of,
    is_source_owed,
    source_of,
    web_address,
)

links = st.sampled_from(["", "https://a.example/1", "https://b.example/2"])


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("", ""),
        ("https://zoom.us/j/1?pwd=x", "https://zoom.us/j/1?pwd=x"),
        ("HTTP://intranet.example", "HTTP://intranet.example"),
        ("http://visio.example.com:8443/salle", "http://visio.example.com:8443/salle"),
        ("zoom.us/j/1", ""),
        ("skype:ada?call", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("salle de réunion", ""),
        ("https://a b", ""),
    ],
)
def test_only_web_addresses_go_along(typed, sent):
    assert web_address(typed) == sent


def test_reading_googles_conference():
    points = [
        {"entryPointType": "phone", "uri": "tel:+33"},
        {"entryPointType": "video", "uri": "https://zoom.us/1"},
    ]
    assert conference_of({}) == source_of({}) == ""
    assert (
        conference_of({"conferenceData": {"entryPoints": points}}) == points[1]["uri"]
    )
    assert conference_of({"conferenceData": {"entryPoints": points[:1]}}) == ""
    assert conference_of({"hangoutLink": "https://meet.google.com/a"}).endswith("/a")


@given(links, links, links, links)
def test_a_source_that_is_not_ours_stays(odoo, google, told, conference):
    owed = is_source_owed(odoo, google, told, conference)
    if google not in ("", told) or odoo in (google, told):
        assert not owed
    if odoo and odoo == conference:
        assert not owed
    if not odoo:
        assert owed == (google == told != "")
    assert not is_source_owed(odoo, None, told, conference)


def test_a_meet_fills_what_is_empty_and_follows():
    world = World()
    world.google.people_insert(
        "g1", google_body(hangoutLink="https://meet.google.com/a")
    )
    world.sync()
    (event_id,) = world.in_odoo()
    assert world.in_odoo()[event_id].video == "https://meet.google.com/a"
    world.google.people_edit("g1", hangoutLink="https://meet.google.com/b")
    world.sync()
    assert world.in_odoo()[event_id].video == "https://meet.google.com/b"
    world.odoo.people_edit(event_id, video="https://zoom.us/1")
    world.sync()
    world.google.people_edit("g1", hangoutLink="https://meet.google.com/c")
    world.sync()
    assert world.in_odoo()[event_id].video == "https://zoom.us/1"
    assert world.google.events["g1"]["source"]["url"] == "https://zoom.us/1"
    assert world.google.events["g1"]["hangoutLink"] == "https://meet.google.com/c"
    before = world.google.requests
    world.sync()
    assert world.google.requests == before + 1


def test_odoos_address_is_sent_and_taken_back():
    world = World()
    event_id = world.odoo.people_create("marie", meeting(video="https://zoom.us/j/1"))
    world.sync()
    (event,) = world.google.alive().values()
    assert event["source"]["url"] == "https://zoom.us/j/1"
    assert "conferenceData" not in event
    world.odoo.people_edit(event_id, video="")
    world.sync()
    (event,) = world.google.alive().values()
    assert "source" not in event
