"""Whether a poll brings anything, and what becomes of what it has read."""

from dataclasses import replace
from datetime import date

import pytest

from google_sync.sync.events.google_event import CalendarContext
from google_sync.sync.events.period import Window
from google_sync.sync.events.store import Cursor
from google_sync.sync.ports import CalendarLost, ListAsk, Page, SyncTokenExpired
from google_sync.sync.running.ahead import AlreadyRead
from google_sync.sync.running.glance import ask_for_news, is_news

WINDOW = Window(date(2026, 1, 1), date(2026, 12, 31), "Europe/Paris")
AT_REST = Cursor(sync_token="s1", window=WINDOW, enrolled=WINDOW)
KNOWN = CalendarContext(
    time_zone="Europe/Paris",
    access_role="owner",
    default_reminders=({"method": "popup", "minutes": 10},),
)
QUIET = Page(
    (),
    next_sync_token="s2",
    time_zone="Europe/Paris",
    access_role="owner",
    default_reminders=({"method": "popup", "minutes": 10},),
)


def test_where_nothing_is_left_the_news_since_the_token_are_asked_for():
    assert ask_for_news(AT_REST, "primary", WINDOW) == ListAsk("primary", "s1")


@pytest.mark.parametrize(
    "left",
    [
        {"sync_token": ""},
        {"window": None},
        {"listing": "full", "page_token": "p"},
        {"listing": "slice", "slices": (WINDOW,)},
        {"unverified": True},
    ],
    ids=str,
)
def test_what_is_left_from_before_is_for_a_run(left):
    assert ask_for_news(replace(AT_REST, **left), "primary", WINDOW) is None


def test_another_period_is_for_a_run():
    wider = replace(WINDOW, last=date(2027, 12, 31))
    assert ask_for_news(AT_REST, "primary", wider) is None


def test_an_empty_whole_page_is_no_news():
    assert not is_news(QUIET, KNOWN)
    # Google leaves out what it has no word for.
    assert not is_news(Page((), next_sync_token="s2"), KNOWN)


@pytest.mark.parametrize(
    "page",
    [
        replace(QUIET, items=({"id": "a"},)),
        replace(QUIET, next_page_token="p", next_sync_token=""),
        replace(QUIET, next_sync_token=""),
        replace(QUIET, time_zone="Europe/Kyiv"),
        replace(QUIET, access_role="reader"),
        replace(QUIET, default_reminders=({"method": "popup", "minutes": 5},)),
        SyncTokenExpired("410"),
        CalendarLost("404"),
    ],
    ids=repr,
)
def test_everything_else_is(page):
    assert is_news(page, KNOWN)


class Listing:
    """A Google that counts what it is asked."""

    def __init__(self):
        self.asked = []

    def list_events(self, **options):
        self.asked.append(options["sync_token"])
        return replace(QUIET, next_sync_token=f"after {options['sync_token']}")

    def lists(self, asks):
        return [self.list_events(sync_token=ask.sync_token) for ask in asks]


def test_a_page_that_was_read_is_given_once():
    behind = Listing()
    google = AlreadyRead(behind, {ListAsk("primary", "s1"): QUIET})
    assert google.list_events(sync_token="s1") is QUIET
    assert not behind.asked
    assert google.list_events(sync_token="s1").next_sync_token == "after s1"
    assert google.asked == ["s1"]


def test_a_refusal_that_was_read_is_raised_once():
    google = AlreadyRead(Listing(), {ListAsk("primary", "s1"): SyncTokenExpired("")})
    with pytest.raises(SyncTokenExpired):
        google.list_events(sync_token="s1")
    assert google.list_events(sync_token="").next_sync_token == "after "


def test_of_several_calendars_only_the_others_are_asked_for():
    behind = Listing()
    first, other = ListAsk("primary", "s1"), ListAsk("team", "t1")
    google = AlreadyRead(behind, {first: QUIET})
    assert google.lists([other, first]) == [
        replace(QUIET, next_sync_token="after t1"),
        QUIET,
    ]
    assert behind.asked == ["t1"]
