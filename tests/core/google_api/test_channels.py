"""Channels: what is asked, and what each refusal means."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from google_api.failures import classic
from google_api.wire import Answer, Wire, error
from google_sync.google_api.channels import (
    ChannelClient,
    Opened,
    WatchRefused,
    judge_watch,
)
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import Application
from google_sync.sync.ports import AdminNeeded, CalendarLost, RetryLater, Stop

ADDRESS = "https://odoo.example.com/google_sync/notify?db=one"


@pytest.fixture
def client(
    endpoints: Endpoints, application: Application, tokens: Tokens
) -> ChannelClient:
    return ChannelClient(endpoints, application, tokens, on_refresh=lambda tokens: None)


def watch(client: ChannelClient) -> Opened:
    return client.watch(
        "home#1", channel_id="c1", token="secret", address=ADDRESS, life=3600
    )


def test_a_channel_is_asked_for_as_google_wants_it(
    wire: Wire, client: ChannelClient
) -> None:
    wire.play(Answer(200, {"resourceId": "r1", "expiration": "1796678324374"}))
    assert watch(client) == Opened(
        "r1", datetime.fromtimestamp(1796678324.374, timezone.utc)
    )
    [request] = wire.seen
    assert request.path == "/calendar/v3/calendars/home%231/events/watch"
    assert request.json == {
        "id": "c1",
        "type": "web_hook",
        "address": ADDRESS,
        "token": "secret",
        "params": {"ttl": "3600"},
    }


@pytest.mark.parametrize(
    "answer", [{}, {"resourceId": "r1"}, {"resourceId": "r", "expiration": "soon"}]
)
def test_what_is_no_channel_is_none(
    wire: Wire, client: ChannelClient, answer: dict
) -> None:
    wire.play(Answer(200, {"kind": "api#channel", **answer}))
    with pytest.raises(WatchRefused):
        watch(client)


@pytest.mark.parametrize(
    ("status", "reason", "stop"),
    [
        (401, "push.webhookUrlUnauthorized", WatchRefused),
        (400, "push.webhookUrlNotHttps", WatchRefused),
        (400, "push.somethingNew", WatchRefused),
        (400, "channelIdNotUnique", WatchRefused),
        (400, "pushNotSupportedForRequestedResource", WatchRefused),
        (400, "invalid", WatchRefused),
        (403, "rateLimitExceeded", RetryLater),
        (503, "backendError", RetryLater),
        (404, "notFound", CalendarLost),
        (403, "accessNotConfigured", AdminNeeded),
    ],
)
def test_what_each_refusal_means(status: int, reason: str, stop: type[Stop]) -> None:
    judged = judge_watch(classic(status, reason))
    assert type(judged) is stop
    assert judged.reason == reason


def test_ending_what_has_ended_is_no_trouble(wire: Wire, client: ChannelClient) -> None:
    wire.play(Answer(204), Answer(404, error(404, "notFound")))
    client.stop("c1", "r1")
    client.stop("c1", "r1")
    assert {request.path for request in wire.seen} == {"/calendar/v3/channels/stop"}
    assert wire.seen[0].json == {"id": "c1", "resourceId": "r1"}


def test_trouble_in_ending_is_told(wire: Wire, client: ChannelClient) -> None:
    wire.play(Answer(503, error(503, "backendError")))
    with pytest.raises(RetryLater):
        client.stop("c1", "r1")
