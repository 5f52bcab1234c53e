"""The list of calendars on the wire."""

from __future__ import annotations

import pytest

from google_api.wire import Answer, Wire, error
from google_sync.google_api.calendar_list import CalendarEntry, CalendarListClient
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import Application
from google_sync.sync.ports import RetryLater, ScopeMissing


@pytest.fixture
def client(
    endpoints: Endpoints, application: Application, tokens: Tokens
) -> CalendarListClient:
    return CalendarListClient(
        endpoints, application, tokens, on_refresh=lambda tokens: None
    )


def test_all_pages_are_read(wire: Wire, client: CalendarListClient) -> None:
    home = {
        "id": "ann@example.com",
        "summary": "ann@example.com",
        "summaryOverride": "Home",
        "primary": True,
        "accessRole": "owner",
        "timeZone": "Europe/Brussels",
        "backgroundColor": "#9fe1e7",
        "colorId": "14",
        "defaultReminders": [{"method": "popup", "minutes": 30}],
        "selected": True,
    }
    bare = {"id": "x@group.calendar.google.com", "hidden": True}
    wire.play(
        Answer(200, {"items": [home], "nextPageToken": "p2"}),
        Answer(200, {"items": [], "nextPageToken": "p3"}),
        Answer(200, {"items": [bare]}),
    )
    assert client.list_calendars() == [
        CalendarEntry(
            id="ann@example.com",
            summary="Home",
            primary=True,
            access_role="owner",
            time_zone="Europe/Brussels",
            background_color="#9fe1e7",
            color_id="14",
            default_reminders=[{"method": "popup", "minutes": 30}],
            selected=True,
            hidden=False,
        ),
        CalendarEntry("x@group.calendar.google.com", "", hidden=True),
    ]
    assert client.requests == 3
    assert {request.path for request in wire.seen} == {
        "/calendar/v3/users/me/calendarList"
    }
    assert [request.query.get("pageToken") for request in wire.seen] == [
        None,
        "p2",
        "p3",
    ]
    assert wire.seen[0].query["showHidden"] == "true"


@pytest.mark.parametrize(
    ("answer", "stop"),
    [
        (Answer(403, error(403, "insufficientPermissions")), ScopeMissing),
        (Answer(503), RetryLater),
        (Answer(200, "<html>Portal</html>"), RetryLater),
        (Answer(200), RetryLater),
    ],
)
def test_failure_stops(
    wire: Wire, client: CalendarListClient, answer: Answer, stop: type[Exception]
) -> None:
    wire.play(answer)
    with pytest.raises(stop):
        client.list_calendars()
