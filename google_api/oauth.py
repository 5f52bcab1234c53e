"""Consent: the address to send a person to, the code that comes back, and its end.

Addresses and the exchange are made here and not by oauthlib: that one raises a bare
Warning when a person grants less than asked, and refuses plain http on loopback, unless
the environment of the whole process is changed. It must never keep a token, or log one.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from google.auth import jwt

from ..sync.ports import ReconnectNeeded, RetryLater, Stop
from .application import INSTALLED, Application, BadClientFile, parse_client_file
from .endpoints import Endpoints
from .errors import judge_token
from .failure import json_object, malformed_answer, no_answer, read_failure
from .transport import NETWORK_ERRORS, Transport

__all__ = [
    "AGENDA_SCOPES",
    "CONTACTS_SCOPES",
    "IDENTITY_SCOPES",
    "Application",
    "BadClientFile",
    "Consent",
    "ConsentFailed",
    "Grant",
    "exchange_code",
    "parse_client_file",
    "revoke",
    "start_consent",
]

_SCOPE = "https://www.googleapis.com/auth/"
AGENDA_SCOPES = (_SCOPE + "calendar.events", _SCOPE + "calendar.calendarlist.readonly")
CONTACTS_SCOPES = (_SCOPE + "contacts",)
IDENTITY_SCOPES = ("openid", _SCOPE + "userinfo.email")

_FULL_NAMES = {
    "email": _SCOPE + "userinfo.email",
    "profile": _SCOPE + "userinfo.profile",
}
_ISSUERS = {"https://accounts.google.com", "accounts.google.com"}
_LEEWAY = timedelta(seconds=60)


class ConsentFailed(Exception):
    """The consent must be started again; `code` is Google's word (`invalid_grant`)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Consent:
    """A consent that was started: keep `state` and `code_verifier` for its return."""

    url: str = field(repr=False)
    state: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True)
class Grant:
    """What a person granted. Times are aware UTC."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    """Empty when Google gave none: then keep the one that you have."""
    expiry: datetime | None
    scopes: frozenset[str]
    sub: str
    """Google's lasting name for the account; `email` can change."""
    email: str
    grant_expiry: datetime | None = None
    """When the refresh token itself ends, for grants limited in time."""


def start_consent(
    application: Application,
    endpoints: Endpoints,
    *,
    redirect_uri: str,
    scopes: Iterable[str],
    login_hint: str = "",
) -> Consent:
    """Where to send the person. A refresh token comes at every consent (`prompt`)."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": application.client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": " ".join(scopes),
        "state": state,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    if application.kind != INSTALLED:
        # A second feature is granted beside the first one; not for desktop clients.
        query["include_granted_scopes"] = "true"
    if login_hint:
        query["login_hint"] = login_hint
    return Consent(f"{endpoints.auth_uri}?{urlencode(query)}", state, verifier)


def exchange_code(
    application: Application,
    endpoints: Endpoints,
    *,
    redirect_uri: str,
    code: str,
    code_verifier: str,
    timeout: float = 10.0,
) -> Grant:
    """Turn the code, which works once, into a grant.

    After any failure the consent has to be started again; ConsentFailed says that this
    is all, a Stop that something else is wrong besides.
    """
    transport = Transport(endpoints, timeout=timeout)
    form = {
        "grant_type": "authorization_code",
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "redirect_uri": redirect_uri,
        "code": code,
        "code_verifier": code_verifier,
    }
    try:
        answer = _post(transport, endpoints.token_uri, form)
    except ReconnectNeeded as error:
        raise ConsentFailed(error.reason, str(error)) from error
    return _grant(application, endpoints, transport, answer)


def revoke(endpoints: Endpoints, token: str, timeout: float = 10.0) -> bool:
    """End the grant, in every database with this client; False: it had ended before."""
    transport = Transport(endpoints, timeout=timeout)
    try:
        _post(transport, endpoints.revoke_uri, {"token": token})
    except Stop as error:
        if error.reason in ("invalid_token", "invalid_grant"):
            return False
        raise
    return True


def _grant(
    application: Application,
    endpoints: Endpoints,
    transport: Transport,
    answer: Mapping[str, Any],
) -> Grant:
    access_token = answer.get("access_token")
    if not access_token:
        failure = malformed_answer(200)
        raise RetryLater(failure.sentence, reason=failure.reason)
    now = datetime.now(timezone.utc)
    identity = _read_id_token(application, endpoints, answer.get("id_token"), now)
    if not identity.get("sub") or not identity.get("email"):
        identity = _fetch_identity(endpoints, transport, access_token)
    return Grant(
        access_token=access_token,
        refresh_token=answer.get("refresh_token", ""),
        expiry=_after(now, answer.get("expires_in")),
        scopes=_normalise(answer.get("scope", "")),
        sub=str(identity["sub"]),
        email=str(identity.get("email", "")),
        grant_expiry=_after(now, answer.get("refresh_token_expires_in")),
    )


def _read_id_token(
    application: Application, endpoints: Endpoints, token: object, now: datetime
) -> Mapping[str, Any]:
    """The claims. It came from Google's own hand over TLS: no signature to check."""
    if not token:
        return {}
    try:
        claims: Mapping[str, Any] = jwt.decode(  # type: ignore[no-untyped-call]
            token, verify=False
        )
        fresh = now <= datetime.fromtimestamp(claims["exp"], timezone.utc) + _LEEWAY
    except (ValueError, KeyError, TypeError):
        raise ConsentFailed("bad_id_token", "The identity cannot be read.") from None
    issuers = _ISSUERS | ({endpoints.api_root} - {""})
    if claims.get("aud") != application.client_id or claims.get("iss") not in issuers:
        raise ConsentFailed("bad_id_token", "The identity is not meant for us.")
    if not fresh:
        raise ConsentFailed(
            "bad_id_token", "The identity has expired: check the clock."
        )
    return claims


def _fetch_identity(
    endpoints: Endpoints, transport: Transport, access_token: str
) -> Mapping[str, Any]:
    headers = {"authorization": f"Bearer {access_token}"}
    identity = _send(transport, endpoints.userinfo_uri, "GET", headers=headers)
    if not identity.get("sub"):
        raise ConsentFailed("no_identity", "Google did not say whose account this is.")
    return identity


def _post(transport: Transport, uri: str, form: Mapping[str, str]) -> dict[str, Any]:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return _send(transport, uri, "POST", headers=headers, body=urlencode(form))


def _send(
    transport: Transport, uri: str, method: str, **options: Any
) -> dict[str, Any]:
    try:
        response, content = transport.request(uri, method, **options)
    except NETWORK_ERRORS as error:
        failure = no_answer(error)
        raise RetryLater(failure.sentence, reason=failure.reason) from error
    finally:
        transport.close()
    if response.status != 200:
        raise judge_token(read_failure(response.status, response, content))
    return json_object(content)


def _normalise(scope: str) -> frozenset[str]:
    return frozenset(_FULL_NAMES.get(name, name) for name in scope.split())


def _after(now: datetime, seconds: object) -> datetime | None:
    try:
        return now + timedelta(seconds=float(str(seconds)))
    except (ValueError, OverflowError):
        return None
