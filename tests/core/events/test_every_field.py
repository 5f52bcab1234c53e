"""What each synchronised field has to be for: a new one that lacks something fails."""

from datetime import date

import pytest
from hypothesis import find, settings
from strategies import event_values

from google_sync.sync.events.archive import from_ical, to_ical
from google_sync.sync.events.fields import EVENT_FIELDS
from google_sync.sync.events.values import (
    EVENT_ATTRIBUTES,
    EventValues,
    Period,
    event_from_json,
    event_to_json,
)

PLAIN = EventValues(period=Period.days(date(2026, 5, 4), date(2026, 5, 4)))
SAMPLES = {
    "title": "Point",
    "place": "Paris",
    "description": "<p>Ordre du jour</p>",
    "period": Period.days(date(2026, 5, 5), date(2026, 5, 6)),
    "time_zone": "Europe/Paris",
    "recurrence": ("FREQ=DAILY;COUNT=3",),
    "guests": ("ada@example.com",),
    "private": True,
    "busy": False,
    "reminders": (15,),
    "color": "7",
    "video": "https://meet.google.com/a",
    "source": "https://odoo.test/join",
}
#: The first version had these; a base always says them.
OLDEST = {
    "title",
    "place",
    "description",
    "period",
    "time_zone",
    "recurrence",
    "guests",
    "private",
    "busy",
    "reminders",
}


def test_every_field_has_a_sample():
    assert set(SAMPLES) == set(EVENT_FIELDS) == EVENT_ATTRIBUTES - {"mail_reminders"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_base_says_it(name):
    values = PLAIN.with_({name: SAMPLES[name]})
    assert event_from_json(event_to_json(values)).get(name) == SAMPLES[name]


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - OLDEST))
def test_a_base_of_before_says_nothing_of_it(name):
    """Not its empty value: every link of a company would look edited."""
    kept = event_to_json(PLAIN)
    del kept[name]
    assert event_from_json(kept).get(name) is None


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - {"guests"}))
def test_the_archive_says_it(name):
    """Guests are no value of ours to put back."""
    values = PLAIN.with_({name: SAMPLES[name]})
    assert from_ical(to_ical(values, "x")).get(name) == SAMPLES[name]


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - {"guests", "recurrence"}))
def test_random_events_have_it(name):
    """Series and guests have strategies of their own."""
    found = find(
        event_values,
        lambda values: values.get(name) != getattr(PLAIN, name),
        settings=settings(max_examples=2_000, database=None),
    )
    assert found is not None
