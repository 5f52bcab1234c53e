"""The door: addresses, proxies, counting, discretion, and what the package imports."""

from __future__ import annotations

import ast
import logging
from pathlib import Path

import pytest

import google_sync
from google_api.wire import Answer, Wire
from google_sync.google_api.calendar import CalendarClient
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import Application
from google_sync.google_api.transport import Transport
from google_sync.sync.ports import AdminNeeded, ReconnectNeeded

PACKAGE = Path(google_sync.__path__[0]) / "google_api"


def test_google_s_own_addresses() -> None:
    google = Endpoints()
    assert google.auth_uri == "https://accounts.google.com/o/oauth2/v2/auth"
    assert google.token_uri == "https://oauth2.googleapis.com/token"
    assert google.revoke_uri == "https://oauth2.googleapis.com/revoke"
    assert google.userinfo_uri == "https://www.googleapis.com/oauth2/v3/userinfo"
    assert google.calendar_root == "https://www.googleapis.com/"
    assert google.people_root == "https://people.googleapis.com/"
    assert not google.is_loopback


def test_api_root_replaces_every_host() -> None:
    sandbox = Endpoints("http://127.0.0.1:8070/")
    assert sandbox.token_uri == "http://127.0.0.1:8070/token"
    assert sandbox.calendar_root == sandbox.people_root == "http://127.0.0.1:8070/"


@pytest.mark.parametrize(
    ("root", "loopback"),
    [
        ("http://127.0.0.1:8070", True),
        ("http://localhost:8070", True),
        ("http://[::1]:8070", True),
        ("http://google.localhost", True),
        ("http://sandbox:8070", False),
        ("https://localhost.example.com", False),
    ],
)
def test_loopback_is_recognised(root: str, loopback: bool) -> None:
    assert Endpoints(root).is_loopback is loopback


@pytest.mark.parametrize(
    ("root", "safe"),
    [
        ("", True),
        ("http://127.0.0.1:8070", True),
        ("http://localhost", True),
        ("https://google.example.com", True),
        ("http://google.example.com", False),
        ("http://192.168.1.4:8070", False),
        ("http://localhost.example.com", False),
        ("http://127.0.0.1@example.com", False),
        ("ftp://example.com", False),
        ("example.com", False),
    ],
)
def test_nothing_is_sent_in_clear_to_another_computer(root: str, safe: bool) -> None:
    endpoints = Endpoints(root)
    assert endpoints.is_safe is safe
    if not safe:
        transport = Transport(endpoints, timeout=0.1)
        with pytest.raises(AdminNeeded) as refused:
            transport.request(endpoints.token_uri, "POST")
        assert refused.value.reason == "unsafeApiRoot"
        assert not transport.requests


def test_proxy_is_for_the_world_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    assert Transport(Endpoints("http://localhost:1"), timeout=1).proxy_info is None
    world = Transport(Endpoints(), timeout=1)
    assert world.proxy_info("https").proxy_host == "proxy.example.com"


def test_requests_and_bytes_are_counted(wire: Wire, endpoints: Endpoints) -> None:
    transport = Transport(endpoints, timeout=5)
    wire.play(Answer(200, "12345"), Answer(404, "123"))
    transport.request(wire.root + "/a")
    transport.request(wire.root + "/b")
    assert (transport.requests, transport.received) == (2, 8)


def test_log_has_the_path_and_no_secret(
    wire: Wire, client: CalendarClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wire.play(
        Answer(401),
        Answer(200, {"access_token": "ya29.second", "expires_in": 3599}),
        Answer(200, {"items": [], "nextSyncToken": "secret-sync"}),
    )
    client.list_events(sync_token="s1")
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("google_sync")]
    assert len(ours) == 3
    assert ours[1].startswith("POST /token -> 200 in ")
    for secret in ("ya29", "1//", "GOCSPX"):
        assert secret not in caplog.text


def test_lost_consent_shows_no_token(
    wire: Wire, client: CalendarClient, tokens: Tokens
) -> None:
    body = {"error": "invalid_grant", "error_description": "Token is expired."}
    wire.play(Answer(401), Answer(400, body))
    with pytest.raises(ReconnectNeeded) as caught:
        client.list_events()
    assert str(caught.value) == "Token is expired."
    assert repr(tokens) == f"Tokens(expiry={tokens.expiry!r})"


def test_expired_token_is_refreshed_before_the_batch(
    wire: Wire, endpoints: Endpoints, application: Application
) -> None:
    from google_sync.sync.ports import Get

    kept: list[Tokens] = []
    old = Tokens("", "1//refresh")
    client = CalendarClient(
        endpoints, application, old, calendar_id="c", on_refresh=kept.append
    )
    wire.play(
        Answer(200, {"access_token": "ya29.n", "refresh_token": "1//rotated"}),
        Answer(503),
    )
    client.call([Get("a"), Get("b")])
    refresh, batch = wire.seen
    assert refresh.path == "/token"
    assert {part.token for part in batch.parts} == {"ya29.n"}
    assert kept == [Tokens("ya29.n", "1//rotated", None)]


def test_without_refresh_token_consent_is_needed(
    endpoints: Endpoints, application: Application
) -> None:
    client = CalendarClient(
        endpoints,
        application,
        Tokens("", ""),
        calendar_id="c",
        on_refresh=lambda tokens: None,
    )
    with pytest.raises(ReconnectNeeded):
        client.list_events()
    assert client.requests == 0


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda p: p.name)
def test_package_imports_nothing_of_ours_but_the_ports(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            roots = {alias.name.split(".")[0] for alias in node.names}
            assert roots.isdisjoint({"odoo", "google_sync", "sandbox"})
        if isinstance(node, ast.ImportFrom):
            assert node.module
            assert node.module.split(".")[0] not in {"odoo", "google_sync", "sandbox"}
            if node.level == 2:
                assert node.module in {"sync.ports", "sync.contacts.ports"}
            assert node.level < 3
