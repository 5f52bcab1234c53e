"""CalendarClient's access tokens: renewed once, and only then a trouble."""

from __future__ import annotations

from datetime import timedelta

import pytest

from google_api.wire import EVENT, LIST, RESET, Answer, Request, Wire, batch, error
from google_sync.google_api.calendar import CalendarClient
from google_sync.google_api.errors import AUTH_PAUSE
from google_sync.sync.ports import AdminNeeded, Get, ReconnectNeeded, RetryLater

TOKEN = Answer(200, {"access_token": "ya29.second", "expires_in": 3599})

UNAUTHORIZED = Answer(401, error(401, "authError", "Invalid Credentials"))


def test_401_refreshes_once_and_reports_the_tokens(
    wire: Wire, client: CalendarClient, refreshed: list
) -> None:
    wire.play(UNAUTHORIZED, TOKEN, LIST)
    client.list_events()
    _list, refresh, again = wire.seen
    assert (refresh.method, refresh.path) == ("POST", "/token")
    assert refresh.form == {
        "grant_type": "refresh_token",
        "refresh_token": "1//refresh",
        "client_id": "123.apps.googleusercontent.com",
        "client_secret": "GOCSPX-hidden",
    }
    assert again.token == "ya29.second"
    (tokens,) = refreshed
    assert (tokens.access_token, tokens.refresh_token) == ("ya29.second", "1//refresh")
    assert tokens.expiry.utcoffset() == timedelta(0)
    assert client.requests == 3


def test_401_that_stays_waits_before_anybody_is_disturbed(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(UNAUTHORIZED, TOKEN, UNAUTHORIZED)
    with pytest.raises(RetryLater) as caught:
        client.list_events()
    assert (caught.value.reason, caught.value.delay) == ("authError", AUTH_PAUSE)


@pytest.mark.parametrize(
    ("answer", "stop"),
    [
        (Answer(400, {"error": "invalid_grant"}), ReconnectNeeded),
        (Answer(401, {"error": "invalid_client"}), AdminNeeded),
        (Answer(401, {"error": "unauthorized_client"}), AdminNeeded),
        (Answer(503, {"error": "invalid_grant"}), RetryLater),
        (Answer(400, {"error": "temporarily_unavailable"}), RetryLater),
        (Answer(500, "<html>Oops</html>"), RetryLater),
        (Answer(200, "<html>Portal</html>"), RetryLater),
        (Answer(403, "<html>Proxy</html>"), RetryLater),
    ],
)
def test_refresh_that_fails_stops_after_one_request(
    wire: Wire,
    client: CalendarClient,
    refreshed: list,
    answer: Answer,
    stop: type[Exception],
) -> None:
    wire.play(UNAUTHORIZED, answer)
    with pytest.raises(stop):
        client.list_events()
    assert len(wire.seen) == 2
    assert refreshed == []


def test_network_trouble_during_refresh_keeps_the_account(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(UNAUTHORIZED, RESET, RESET)
    with pytest.raises(RetryLater):
        client.call([Get("e1")])


def test_401_in_one_part_is_refreshed_and_sent_again(
    wire: Wire, client: CalendarClient, refreshed: list
) -> None:
    def one_unsigned(request: Request) -> Answer:
        first, second = request.parts
        return batch(first.reply(200, EVENT), second.reply(401, UNAUTHORIZED.body))

    def signed(request: Request) -> Answer:
        (part,) = request.parts
        assert part.token == "ya29.second"
        return batch(part.reply(200, {"id": "e2"}))

    wire.play(one_unsigned, TOKEN, signed)
    replies = client.call([Get("e1"), Get("e2")])
    assert [reply.resource["id"] for reply in replies] == ["e1", "e2"]
    assert len(refreshed) == 1


def test_consent_lost_in_the_middle_of_a_batch_is_raised(
    wire: Wire, client: CalendarClient
) -> None:
    def one_unsigned(request: Request) -> Answer:
        first, second = request.parts
        return batch(first.reply(200, EVENT), second.reply(401, UNAUTHORIZED.body))

    wire.play(one_unsigned, Answer(400, {"error": "invalid_grant"}))
    with pytest.raises(ReconnectNeeded):
        client.call([Get("e1"), Get("e2")])
    assert client.requests == 2
