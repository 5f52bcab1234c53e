"""A service account with domain-wide delegation, against the sandbox's strictness."""

import json
import time
from datetime import datetime, timedelta, timezone

import pytest

from google_api.wire import Answer
from google_sync.google_api.application import BadClientFile
from google_sync.google_api.calendar_list import CalendarListClient
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import AGENDA_SCOPES, IDENTITY_SCOPES
from google_sync.google_api.workspace import (
    Delegation,
    parse_key_file,
    sign_in,
    to_json,
)
from google_sync.sandbox.server import SandboxServer
from google_sync.sync.ports import AdminNeeded

ADA, NUMBER = "ada@firm.example", "104857600000000000001"
SCOPES = (*IDENTITY_SCOPES, *AGENDA_SCOPES)


@pytest.fixture(scope="module")
def google():
    server = SandboxServer(seed="empty").start()
    server.world.add_account(ADA, "Ada", workspace=True)
    server.world.add_account("eve@gmail.com", "Eve")
    yield server
    server.stop()


@pytest.fixture
def delegation(google):
    key = google.world.add_service_account(NUMBER, "sync@firm.iam", SCOPES)
    return Delegation(parse_key_file(json.dumps(key)), ADA, SCOPES)


def why(google, delegation):
    with pytest.raises(AdminNeeded) as caught:
        sign_in(delegation, Endpoints(google.url))
    assert "PRIVATE KEY" not in str(caught.value)
    return caught.value.reason


def test_it_signs_in_as_the_user(google, delegation):
    tokens, identity = sign_in(delegation, Endpoints(google.url))
    assert identity.email == ADA
    assert identity.sub == google.world.accounts_by_email[ADA].sub
    assert tokens.refresh_token == ""
    kept = []
    client = CalendarListClient(
        Endpoints(google.url),
        delegation,
        Tokens("", ""),
        on_refresh=kept.append,
        timeout=5,
    )
    assert [entry.id for entry in client.list_calendars()] == [ADA]
    client.close()
    assert len(kept) == 1


def test_a_request_counts_for_its_user(wire, delegation):
    wire.play(Answer(200, {"kind": "calendar#calendarList", "items": []}))
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    client = CalendarListClient(
        Endpoints(wire.root),
        delegation,
        Tokens("ya29.x", "", later),
        on_refresh=lambda tokens: None,
    )
    client.list_calendars()
    client.close()
    assert wire.seen[0].query["quotaUser"] == delegation.quota_user
    assert ADA not in wire.seen[0].target


def test_one_scope_that_was_not_delegated_is_one_too_many(google, delegation):
    google.world.clients[NUMBER].delegated = set(SCOPES[:-1])
    assert why(google, delegation) == "notDelegated"


def test_a_user_of_another_domain(google, delegation):
    for subject in ("eve@gmail.com", "nobody@firm.example"):
        other = Delegation(delegation.account, subject, SCOPES)
        assert why(google, other) == "unknownSubject"


def test_a_key_that_was_deleted(google, delegation):
    google.world.clients[NUMBER].keys = {}
    assert why(google, delegation) == "keyGone"
    del google.world.clients[NUMBER]
    assert why(google, delegation) == "keyGone"


def test_a_clock_that_is_wrong(google, delegation, monkeypatch):
    now = time.time()
    for shift in (7200, -7200):
        monkeypatch.setattr(time, "time", lambda shift=shift: now + shift)
        assert why(google, delegation) == "clockSkew"


def test_a_key_file_is_read_and_kept(delegation):
    assert parse_key_file(to_json(delegation.account)) == delegation.account
    assert "PRIVATE" not in repr(delegation)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", "not_json"),
        ('{"web": {"client_id": "x"}}', "client_file"),
        ('{"type": "authorized_user"}', "unknown_kind"),
        ('{"type": "service_account", "private_key": "x"}', "missing_field"),
    ],
)
def test_another_file_is_said(text, code):
    with pytest.raises(BadClientFile) as caught:
        parse_key_file(text)
    assert caught.value.code == code
