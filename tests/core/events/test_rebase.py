"""A change of the code that normalises writes nothing."""

from dataclasses import replace

from hypothesis import given
from strategies import event_values
from world import meeting

from google_sync.sync.events.rebase import renormalised


@given(event_values)
def test_todays_values_stay_as_they_are(values):
    assert renormalised(values) == values


def test_what_an_older_version_kept_is_read_as_today():
    older = replace(
        meeting("  Deux   espaces "), description="a&nbsp;b<br>", reminders=(30, 15)
    )
    today = meeting("Deux espaces", description="a b", reminders=(15, 30))
    assert renormalised(older) == today


def test_a_base_loses_odoos_words_about_the_organiser():
    words = "<b>Organized by</b>\nAda\nada@x.org"
    older = meeting("Point", description=f"a\n\n{words}")
    assert renormalised(older) == meeting("Point", description="a")
