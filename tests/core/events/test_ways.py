"""The directions of a company: what may be chosen, and what it leaves of a link's."""

import pytest

from google_sync.sync.directions import Direction
from google_sync.sync.events.fields import EVENT_FIELDS
from google_sync.sync.events.ways import choices, narrowed, ways_of

BOTH, TO = Direction.BOTH, Direction.TO_GOOGLE
FROM, NONE = Direction.FROM_GOOGLE, Direction.NONE


def test_the_field_s_own_direction_comes_first():
    for name, allowed in choices().items():
        assert allowed[0] is EVENT_FIELDS[name].direction


def test_start_and_rule_are_chosen_together():
    assert {"time_zone", "recurrence", "guests"}.isdisjoint(choices())
    assert ways_of({"period": TO}) == dict.fromkeys(
        ("period", "time_zone", "recurrence"), TO
    )


@pytest.mark.parametrize("name", ["title", "period", "private"])
def test_no_event_goes_without(name):
    assert NONE not in choices()[name]
    assert ways_of({name: NONE}) == {}


def test_what_is_private_in_odoo_is_private_in_google():
    assert FROM not in choices()["private"]


def test_a_choice_never_widens():
    assert choices()["color"] == (TO, NONE)
    assert ways_of({"color": FROM, "video": TO, "nonsense": NONE}) == {}


@pytest.mark.parametrize(
    ("own", "chosen", "left"),
    [
        (BOTH, TO, TO),
        (BOTH, NONE, NONE),
        (FROM, TO, NONE),
        (FROM, BOTH, FROM),
        (NONE, BOTH, NONE),
        (TO, TO, TO),
    ],
)
def test_what_is_left_of_a_link_s_direction(own, chosen, left):
    assert narrowed({"title": own}, {"title": chosen}) == {"title": left}
