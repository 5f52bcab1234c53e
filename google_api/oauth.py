"""Consent: the address to send a person to, the code that comes back, and its end.

Addresses and the exchange are made here and not by oauthlib: that one raises a bare
Warning when a person grants less than asked, and refuses plain http on loopback, unless
the environment of the whole process is changed. It must never keep a token, or log one.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

from ..sync.ports import ReconnectNeeded, RetryLater, Stop
from .application import Application, BadClientFile, parse_client_file
from .endpoints import Endpoints
from .errors import judge_token
from .failure import json_object, malformed_answer, no_answer, read_date, read_failure
from .identity import ISSUERS, BadIdentity, Identity, read_claims, read_id_token
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
    "Pasted",
    "exchange_code",
    "issuers",
    "parse_client_file",
    "read_pasted",
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
_SHORT_NAMES = {full: short for short, full in _FULL_NAMES.items()}
#: A code as Google makes them, perhaps as it stands in an address.
_CODE = re.compile(r"4(?:/|%2F)[\w.~/%-]{8,}", re.IGNORECASE)


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
    """As Google spells them in full: compare with the constants above."""
    sub: str
    """Google's lasting name for the account; `email` can change."""
    email: str
    verified: bool = True
    """False: Google does not vouch for `email`."""
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
    """Where to send the person. `prompt` makes a refresh token come every time."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": application.client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        # Sign-in scopes are asked for by short names and granted by full ones.
        "scope": " ".join(_SHORT_NAMES.get(scope, scope) for scope in scopes),
        "state": state,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    if login_hint:
        query["login_hint"] = login_hint
    return Consent(f"{endpoints.auth_uri}?{urlencode(query)}", state, verifier)


def issuers(endpoints: Endpoints) -> frozenset[str]:
    """Who may say that the answer comes from Google (`iss`, RFC 9207)."""
    return ISSUERS | ({endpoints.api_root} - {""})


@dataclass(frozen=True)
class Pasted:
    """What a person copied from the address bar; a bare code comes without state."""

    code: str = field(default="", repr=False)
    state: str = field(default="", repr=False)
    error: str = ""
    issuer: str = ""


def read_pasted(text: str) -> Pasted | None:
    """The answer in a pasted address or code; None when there is none in it."""
    text = "".join(text.split()).strip("<>\"'")
    if _CODE.fullmatch(text):
        return Pasted(unquote(text))
    query = parse_qs(text.partition("?")[2] or text)
    names = ("code", "state", "error", "iss")
    found = Pasted(*(query.get(name, [""])[0] for name in names))
    return found if found.code or found.error else None


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
        identity = _identify(application, endpoints, transport, answer)
    except ReconnectNeeded as error:
        raise ConsentFailed(error.reason, str(error)) from error
    except BadIdentity as error:
        raise ConsentFailed("bad_identity", str(error)) from error
    finally:
        transport.close()
    return _grant(answer.body, identity)


def revoke(endpoints: Endpoints, token: str, timeout: float = 10.0) -> bool:
    """End the grant, in every database with this client; False: it had ended before."""
    transport = Transport(endpoints, timeout=timeout)
    try:
        _post(transport, endpoints.revoke_uri, {"token": token})
    except Stop as error:
        if error.reason in ("invalid_token", "invalid_grant"):
            return False
        raise
    finally:
        transport.close()
    return True


@dataclass(frozen=True)
class _Answer:
    body: Mapping[str, Any] = field(repr=False)
    date: datetime | None


def _identify(
    application: Application,
    endpoints: Endpoints,
    transport: Transport,
    answer: _Answer,
) -> Identity:
    body = answer.body
    if not body.get("access_token"):
        failure = malformed_answer(200)
        raise RetryLater(failure.sentence, reason=failure.reason)
    if body.get("id_token"):
        return read_id_token(
            body["id_token"],
            client_id=application.client_id,
            issuers=issuers(endpoints),
            # Google's clock judges Google's claims: ours may be wrong.
            now=answer.date or datetime.now(timezone.utc),
        )
    return read_claims(ask_userinfo(endpoints, transport, body["access_token"]))


def ask_userinfo(
    endpoints: Endpoints, transport: Transport, access_token: str
) -> Mapping[str, Any]:
    """Google's claims about whose token it is, or a Stop."""
    headers = {"authorization": f"Bearer {access_token}"}
    return _send(transport, endpoints.userinfo_uri, "GET", headers=headers).body


def _grant(body: Mapping[str, Any], identity: Identity) -> Grant:
    now = datetime.now(timezone.utc)
    return Grant(
        access_token=body["access_token"],
        refresh_token=body.get("refresh_token", ""),
        expiry=_after(now, body.get("expires_in")),
        scopes=_normalise(body.get("scope", "")),
        sub=identity.sub,
        email=identity.email,
        verified=identity.verified,
        grant_expiry=_after(now, body.get("refresh_token_expires_in")),
    )


def _post(transport: Transport, uri: str, form: Mapping[str, str]) -> _Answer:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return _send(transport, uri, "POST", headers=headers, body=urlencode(form))


def _send(transport: Transport, uri: str, method: str, **options: Any) -> _Answer:
    try:
        response, content = transport.request(uri, method, **options)
    except NETWORK_ERRORS as error:
        failure = no_answer(error)
        raise RetryLater(failure.sentence, reason=failure.reason) from error
    if response.status != 200:
        raise judge_token(read_failure(response.status, response, content))
    return _Answer(json_object(content), read_date(response))


def _normalise(scope: str) -> frozenset[str]:
    return frozenset(_FULL_NAMES.get(name, name) for name in scope.split())


def _after(now: datetime, seconds: object) -> datetime | None:
    try:
        return now + timedelta(seconds=float(str(seconds)))
    except (ValueError, OverflowError):
        return None
