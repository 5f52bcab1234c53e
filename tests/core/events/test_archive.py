"""What the journal keeps can be put back exactly."""

from hypothesis import given
from strategies import event_values
from world import meeting

from google_sync.sync.events.archive import from_ical, to_ical


@given(event_values)
def test_archive_reads_back_unchanged(values):
    assert from_ical(to_ical(values, "uid@odoo")) == values


def test_archive_is_plain_icalendar():
    text = to_ical(meeting("Réunion, avec ; signes", reminders=(15,)), "u1")
    assert "BEGIN:VEVENT" in text
    assert "DTSTART:20260604T090000Z" in text
    assert "SUMMARY:Réunion\\, avec \\; signes" in text
    assert "TRIGGER:-PT15M" in text
