"""Fixtures: a scripted Google, and an account with an access token for an hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from google_api.wire import Wire
from google_sync.google_api.calendar import CalendarClient
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import Application

APPLICATION = Application("123.apps.googleusercontent.com", "GOCSPX-hidden")


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    # A proxy that would refuse: nothing on loopback may try it.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    wire = Wire()
    yield wire
    wire.close()
    assert wire.complaints == []


@pytest.fixture
def endpoints(wire: Wire) -> Endpoints:
    return Endpoints(wire.root)


@pytest.fixture
def application() -> Application:
    return APPLICATION


@pytest.fixture
def tokens() -> Tokens:
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    return Tokens("ya29.first", "1//refresh", later)


@pytest.fixture
def refreshed() -> list[Tokens]:
    return []


@pytest.fixture
def client(
    endpoints: Endpoints, tokens: Tokens, refreshed: list[Tokens]
) -> Iterator[CalendarClient]:
    client = CalendarClient(
        endpoints,
        APPLICATION,
        tokens,
        calendar_id="home#1@group.calendar.google.com",
        on_refresh=refreshed.append,
        timeout=5.0,
    )
    yield client
    client.close()
