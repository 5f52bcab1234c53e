"""A service account to which a Workspace administrator has delegated the domain.

It signs in as each user without a consent: a signed request brings an access token for
an hour, there is nothing to refresh. Google's word for whatever lacks is for the
administrator: no user can mend it by a consent.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from google.auth import jwt
from google.auth.credentials import Credentials
from google.auth.crypt import RSASigner

from ..sync.ports import AdminNeeded, ReconnectNeeded
from .application import SERVICE, Application, BadClientFile, read_json, required
from .credentials import AccountCredentials, OnRefresh, Tokens, ask_token, naive
from .endpoints import Endpoints
from .failure import json_object
from .identity import BadIdentity, Identity, read_claims
from .oauth import ask_userinfo
from .transport import Transport

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: Whoever asks another host for Google says so, too.
_AUDIENCE = "https://oauth2.googleapis.com/token"
#: Google takes no request that is good for longer (seconds).
_LIFE = 3600
#: What is wrong, from Google's sentence beside `invalid_grant`.
_SENTENCES = (
    ("signature", "keyGone"),
    ("timeframe", "clockSkew"),
    ("short-lived", "clockSkew"),
    ("email or user id", "unknownSubject"),
    ("account not found", "keyGone"),
)


@dataclass(frozen=True)
class ServiceAccount:
    """The key file of a service account. client_id: the number that is delegated."""

    client_email: str
    client_id: str
    key_id: str
    private_key: str = field(repr=False)


@dataclass(frozen=True)
class Delegation:
    """A service account acting as one user; stands where an `Application` does."""

    account: ServiceAccount
    subject: str
    scopes: tuple[str, ...]

    @property
    def client_id(self) -> str:
        return self.account.client_id

    @property
    def kind(self) -> str:
        return SERVICE

    @property
    def quota_user(self) -> str:
        """Whose quota a request counts for; not the address, which logs would show."""
        return hashlib.sha256(self.subject.encode()).hexdigest()[:40]

    def with_scopes(self, scopes: Iterable[str]) -> Delegation:
        return replace(self, scopes=tuple(scopes))


def parse_key_file(text: str) -> ServiceAccount:
    """The account in a service account's JSON key, or BadClientFile."""
    content = read_json(text)
    if content.get("type") != "service_account":
        known = "client_file" if {"web", "installed"} & set(content) else "unknown_kind"
        raise BadClientFile(known)
    key = str(content.get("private_key") or "")
    try:
        RSASigner.from_string(key)
    except (ValueError, TypeError):
        # The library's error may quote the key.
        raise BadClientFile("missing_field", "private_key") from None
    return ServiceAccount(
        required(content, "client_email"),
        required(content, "client_id"),
        required(content, "private_key_id"),
        key,
    )


def to_json(account: ServiceAccount) -> str:
    """As a key file has it, for `parse_key_file`."""
    return json.dumps(_info(account))


def _info(account: ServiceAccount) -> dict[str, str]:
    return {
        "type": "service_account",
        "client_email": account.client_email,
        "client_id": account.client_id,
        "private_key_id": account.key_id,
        "private_key": account.private_key,
    }


class DelegatedCredentials(Credentials):  # type: ignore[misc, unused-ignore]
    """Signs in as the delegation's user, through our own door.

    Not google-auth's own class: its refresh would ask other hosts besides.
    """

    def __init__(
        self,
        tokens: Tokens,
        delegation: Delegation,
        endpoints: Endpoints,
        transport: Transport,
        on_refresh: OnRefresh,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self.token = tokens.access_token or None
        self.expiry = naive(tokens.expiry)
        self._delegation = delegation
        self._endpoints = endpoints
        self._transport = transport
        self._on_refresh = on_refresh

    def refresh(self, request: object) -> None:
        """Sign in anew. `request` is ignored: every request passes the same door."""
        form = {"grant_type": _GRANT, "assertion": self._assertion()}
        response = self._ask(
            self._endpoints.token_uri,
            "POST",
            headers={"content-type": "application/x-www-form-urlencoded"},
            body=urlencode(form),
        )
        answer = json_object(response.data)
        life = timedelta(seconds=float(answer.get("expires_in") or 0))
        expiry = datetime.now(timezone.utc) + life
        self.token, self.expiry = str(answer["access_token"]), naive(expiry)
        self._on_refresh(Tokens(self.token, "", expiry))

    def _assertion(self) -> str:
        account, now = self._delegation.account, int(time.time())
        claims = {
            "iss": account.client_email,
            "sub": self._delegation.subject,
            "scope": " ".join(self._delegation.scopes),
            "aud": _AUDIENCE,
            "iat": now,
            "exp": now + _LIFE,
        }
        signer = RSASigner.from_string(account.private_key, account.key_id)
        signed: bytes = jwt.encode(signer, claims)
        return signed.decode()

    def _ask(self, url: str, method: str, **options: Any) -> Any:
        try:
            return ask_token(self._transport, url, method, **options)
        except ReconnectNeeded as stop:
            raise AdminNeeded(str(stop), reason=_reason(str(stop))) from stop
        except AdminNeeded as stop:
            known = {"unauthorized_client": "notDelegated", "invalid_client": "keyGone"}
            reason = known.get(stop.reason, stop.reason)
            raise AdminNeeded(str(stop), reason=reason) from stop


def _reason(sentence: str) -> str:
    said = sentence.lower()
    return next((name for word, name in _SENTENCES if word in said), "notDelegated")


def credentials_for(
    tokens: Tokens,
    application: Application | Delegation,
    endpoints: Endpoints,
    transport: Transport,
    on_refresh: OnRefresh,
) -> AccountCredentials | DelegatedCredentials:
    """What requests are signed with: a consent's tokens, or the delegation."""
    if isinstance(application, Delegation):
        return DelegatedCredentials(
            tokens, application, endpoints, transport, on_refresh
        )
    return AccountCredentials(tokens, application, endpoints, transport, on_refresh)


def sign_in(
    delegation: Delegation, endpoints: Endpoints, timeout: float = 10.0
) -> tuple[Tokens, Identity]:
    """An access token as this user, and whose account it is; else the Stop.

    Two requests. AdminNeeded `unknownSubject` where Google's answer is about another
    person than the one asked for.
    """
    transport = Transport(endpoints, timeout=timeout)
    fetched: list[Tokens] = []
    try:
        DelegatedCredentials(
            Tokens("", ""), delegation, endpoints, transport, fetched.append
        ).refresh(None)
        claims = ask_userinfo(endpoints, transport, fetched[0].access_token)
        identity = read_claims(claims)
    except BadIdentity as error:
        raise AdminNeeded(str(error), reason="unknownSubject") from error
    finally:
        transport.close()
    if identity.email.lower() != delegation.subject.lower():
        text = f"Google signed in {identity.email}."
        raise AdminNeeded(text, reason="unknownSubject")
    return fetched[0], identity
