"""What filters leave out: titles with wildcards, both sides, the first one named."""

from __future__ import annotations

import pytest
from world import google_body

from google_sync.sync.events.filters import (
    IN,
    KINDS,
    OUT,
    Filter,
    Subject,
    in_google,
    left_out,
)
from google_sync.sync.events.google_event import CalendarContext, parse_event

PLAIN = Subject("Visite Hôtel des Alpes", private=False, all_day=False, free=False)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("hôtel", True),
        ("HÔTEL  des", True),
        ("visite*alpes", True),
        ("h?tel", True),
        ("alpes*visite", False),
        ("hotel.", False),
        ("(", False),
        ("", False),
    ],
)
def test_titles(text, held):
    assert bool(left_out(PLAIN, [Filter(OUT, "title", text)])) is held


def test_the_first_one_that_holds_is_named():
    subject = Subject("x", private=True, all_day=True, free=True)
    filters = [Filter(OUT, "type", "3"), Filter(OUT, "free"), Filter(OUT, "private")]
    assert left_out(subject, filters) == "out_free"


def test_types():
    subject = Subject("x", private=False, all_day=False, free=False, types={"3"})
    assert left_out(subject, [Filter(OUT, "type", "3")])
    assert not left_out(subject, [Filter(OUT, "type", "33")])
    assert not left_out(subject, [Filter(OUT, "no_type")])
    assert left_out(PLAIN, [Filter(OUT, "no_type")])


def seen(**body):
    context = CalendarContext(primary=False, me=frozenset({"marie@example.com"}))
    resource = {"id": "g1", "etag": '"1"', **google_body("Team", 3), **body}
    return in_google(parse_event(resource, context))


@pytest.mark.parametrize(
    ("kind", "value", "body"),
    [
        ("color", "5", {"colorId": "5"}),
        ("label", "l-1", {"eventLabelId": "L-1", "colorId": "5"}),
        ("free", "", {"transparency": "transparent"}),
        ("private", "", {"visibility": "private"}),
        ("without_me", "", {"creator": {"email": "boss@example.com"}}),
        (
            "declined",
            "",
            {"attendees": [{"self": True, "responseStatus": "declined"}]},
        ),
        ("title", "tea?", {}),
    ],
)
def test_in_google(kind, value, body):
    assert kind in KINDS[IN]
    assert left_out(seen(**body), [Filter(IN, kind, value)])
    if kind != "title":
        assert not left_out(seen(), [Filter(IN, kind, value)])


def test_with_me_where_i_am_invited():
    others = {"creator": {"email": "boss@example.com"}}
    invited = {"attendees": [{"email": "Marie@example.com"}]}
    assert not left_out(seen(**others, **invited), [Filter(IN, "without_me")])
