"""Consent, exchange and revocation: what is asked of Google, what is made of it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from google_api.wire import Answer, Wire
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import (
    AGENDA_SCOPES,
    CONTACTS_SCOPES,
    IDENTITY_SCOPES,
    Application,
    Consent,
    ConsentFailed,
    Grant,
    exchange_code,
    revoke,
    start_consent,
)
from google_sync.sync.ports import AdminNeeded, OurBug, RetryLater, Stop

CALLBACK = "https://odoo.example.com/google_sync/oauth2/callback"
SCOPE = "https://www.googleapis.com/auth/"
#: What the scripted Google's Date header says.
GOOGLE_NOW = datetime(2026, 11, 3, 8, tzinfo=timezone.utc)


def consent_query(application: Application, **options: str) -> dict[str, str]:
    consent = start_consent(
        application,
        Endpoints(),
        redirect_uri=CALLBACK,
        scopes=[*IDENTITY_SCOPES, *AGENDA_SCOPES],
        **options,
    )
    return {k: v for k, (v,) in parse_qs(urlsplit(consent.url).query).items()}


def id_token(**changes: object) -> str:
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "123.apps.googleusercontent.com",
        "sub": "1070",
        "email": "ann@example.com",
        "iat": GOOGLE_NOW.timestamp(),
        "exp": (GOOGLE_NOW + timedelta(hours=1)).timestamp(),
    }
    parts = [{"alg": "RS256"}, claims | changes]
    texts = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode() for p in parts]
    return ".".join([*(text.rstrip("=") for text in texts), "c2lnbmVk"])


def token_answer(**changes: object) -> Answer:
    body = {
        "access_token": "ya29.new",
        "expires_in": 3599,
        "refresh_token": "1//new",
        "scope": f"openid email {SCOPE}calendar.events",
        "token_type": "Bearer",
        "id_token": id_token(),
    }
    body.update(changes)
    return Answer(200, {k: v for k, v in body.items() if v is not None})


def exchange(application: Application, endpoints: Endpoints) -> Grant:
    return exchange_code(
        application,
        endpoints,
        redirect_uri=CALLBACK,
        code="4/0code",
        code_verifier="v" * 43,
    )


# -- consent -------------------------------------------------------------------


def test_consent_asks_for_a_lasting_grant_under_pkce(application: Application) -> None:
    consent = start_consent(
        application,
        Endpoints(),
        redirect_uri=CALLBACK,
        scopes=[*IDENTITY_SCOPES, *CONTACTS_SCOPES],
        login_hint="ann@example.com",
    )
    address = urlsplit(consent.url)
    assert address.netloc == "accounts.google.com"
    assert address.path == "/o/oauth2/v2/auth"
    digest = hashlib.sha256(consent.code_verifier.encode()).digest()
    assert {k: v for k, (v,) in parse_qs(address.query).items()} == {
        "client_id": "123.apps.googleusercontent.com",
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": f"openid email {SCOPE}contacts",
        "state": consent.state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
        "login_hint": "ann@example.com",
    }
    assert 43 <= len(consent.code_verifier) <= 128


@pytest.mark.parametrize("kind", ["installed", "web"])
def test_consent_is_for_what_is_asked_for_and_no_more(kind: str) -> None:
    query = consent_query(Application("1.apps.googleusercontent.com", "s", kind))
    assert "include_granted_scopes" not in query
    assert "login_hint" not in query


def test_each_consent_has_its_own_state(application: Application) -> None:
    states = {consent_query(application)["state"] for _ in range(3)}
    assert len(states) == 3


def test_consent_under_an_api_root(application: Application) -> None:
    consent = start_consent(
        application,
        Endpoints("http://127.0.0.1:8070/"),
        redirect_uri=CALLBACK,
        scopes=AGENDA_SCOPES,
    )
    assert consent.url.startswith("http://127.0.0.1:8070/o/oauth2/v2/auth?")


# -- exchange ------------------------------------------------------------------


def test_exchange_sends_the_code_once_and_reads_the_grant(
    wire: Wire, application: Application, endpoints: Endpoints
) -> None:
    environment = dict(os.environ)
    wire.play(token_answer(refresh_token_expires_in=604799))
    grant = exchange(application, endpoints)
    (request,) = wire.seen
    assert (request.method, request.target) == ("POST", "/token")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.form == {
        "grant_type": "authorization_code",
        "client_id": "123.apps.googleusercontent.com",
        "client_secret": "GOCSPX-hidden",
        "redirect_uri": CALLBACK,
        "code": "4/0code",
        "code_verifier": "v" * 43,
    }
    assert (grant.access_token, grant.refresh_token) == ("ya29.new", "1//new")
    assert (grant.sub, grant.email) == ("1070", "ann@example.com")
    assert grant.scopes == {
        "openid",
        SCOPE + "userinfo.email",
        SCOPE + "calendar.events",
    }
    week = grant.grant_expiry - datetime.now(timezone.utc)
    assert timedelta(days=6) < week < timedelta(days=7)
    assert grant.expiry.utcoffset() == timedelta(0)
    assert dict(os.environ) == environment


def test_grant_without_end_and_without_new_refresh_token(
    wire: Wire, application: Application, endpoints: Endpoints
) -> None:
    wire.play(token_answer(refresh_token=None))
    grant = exchange(application, endpoints)
    assert grant.refresh_token == ""
    assert grant.grant_expiry is None


def test_without_id_token_userinfo_says_who_it_is(
    wire: Wire, application: Application, endpoints: Endpoints
) -> None:
    claims = {"sub": "1070", "email": "ann@example.com"}
    wire.play(token_answer(id_token=None), Answer(200, claims))
    grant = exchange(application, endpoints)
    request = wire.seen[1]
    assert (request.method, request.target) == ("GET", "/oauth2/v3/userinfo")
    assert request.token == "ya29.new"
    assert (grant.sub, grant.email) == ("1070", "ann@example.com")


@pytest.mark.parametrize(
    "token",
    [
        id_token(aud="other.apps.googleusercontent.com"),
        id_token(iss="https://evil.example.com"),
        id_token(exp=(GOOGLE_NOW - timedelta(minutes=2)).timestamp()),
        id_token(exp="soon"),
        id_token(sub=""),
        "not.a.token",
        "nonsense",
    ],
)
def test_identity_that_is_not_for_us_fails_the_consent(
    wire: Wire, application: Application, endpoints: Endpoints, token: str
) -> None:
    wire.play(token_answer(id_token=token))
    with pytest.raises(ConsentFailed) as caught:
        exchange(application, endpoints)
    assert caught.value.code == "bad_identity"
    assert token not in str(caught.value)


def test_identity_just_expired_is_within_the_leeway(
    wire: Wire, application: Application, endpoints: Endpoints
) -> None:
    just_before = (GOOGLE_NOW - timedelta(seconds=30)).timestamp()
    wire.play(token_answer(id_token=id_token(exp=just_before)))
    assert exchange(application, endpoints).sub == "1070"


@pytest.mark.parametrize(
    ("answer", "stop"),
    [
        (Answer(401, {"error": "invalid_client"}), AdminNeeded),
        (Answer(400, {"error": "unauthorized_client"}), AdminNeeded),
        (Answer(400, {"error": "invalid_request"}), OurBug),
        (Answer(503), RetryLater),
        (Answer(200, "<html>Portal</html>"), RetryLater),
        (Answer(200, "{", cut=3), RetryLater),
    ],
)
def test_exchange_that_is_not_the_persons_fault(
    wire: Wire,
    application: Application,
    endpoints: Endpoints,
    answer: Answer,
    stop: type[Stop],
) -> None:
    wire.play(answer)
    with pytest.raises(stop):
        exchange(application, endpoints)


def test_used_code_starts_the_consent_again(
    wire: Wire, application: Application, endpoints: Endpoints
) -> None:
    body = {"error": "invalid_grant", "error_description": "Malformed auth code."}
    wire.play(Answer(400, body))
    with pytest.raises(ConsentFailed, match="Malformed auth code") as caught:
        exchange(application, endpoints)
    assert caught.value.code == "invalid_grant"


# -- revocation ----------------------------------------------------------------


def test_revoke_posts_the_token(wire: Wire, endpoints: Endpoints) -> None:
    wire.play(Answer(200, {}))
    assert revoke(endpoints, "1//refresh") is True
    (request,) = wire.seen
    assert (request.method, request.target) == ("POST", "/revoke")
    assert request.form == {"token": "1//refresh"}


def test_revoke_of_a_dead_token(wire: Wire, endpoints: Endpoints) -> None:
    wire.play(Answer(400, {"error": "invalid_token"}))
    assert revoke(endpoints, "1//refresh") is False


def test_revoke_that_did_not_arrive_raises(wire: Wire, endpoints: Endpoints) -> None:
    wire.play(ConnectionResetError(), ConnectionResetError())
    with pytest.raises(RetryLater):
        revoke(endpoints, "1//refresh")


# -- discretion ----------------------------------------------------------------


def test_nothing_secret_in_a_repr(
    wire: Wire, application: Application, endpoints: Endpoints
) -> None:
    wire.play(token_answer())
    grant = exchange(application, endpoints)
    consent = start_consent(
        application, endpoints, redirect_uri=CALLBACK, scopes=AGENDA_SCOPES
    )
    shown = repr([application, grant, consent])
    for secret in ("GOCSPX", "ya29", "1//", consent.state, consent.code_verifier):
        assert secret not in shown
    assert isinstance(consent, Consent)
