"""Whose account it is: the claims of an id_token that Google itself handed over.

It came from the token endpoint over TLS, so its signature need not be checked; that it
is meant for us must. It must never be used on a token that came by another way.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from google.auth import jwt

ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})
_LEEWAY = timedelta(seconds=60)


@dataclass(frozen=True)
class Identity:
    """`sub` is Google's lasting name for the account; `email` can change."""

    sub: str
    email: str
    verified: bool = True
    """False: Google does not know whether the address is this person's."""


class BadIdentity(ValueError):
    """The id_token is not readable, not meant for us, or too old."""


def read_id_token(
    token: str, *, client_id: str, issuers: Set[str], now: datetime
) -> Identity:
    """The identity in `token`, or BadIdentity; `now` by Google's clock if possible."""
    claims = _decode(token)
    if claims.get("aud") != client_id:
        raise BadIdentity("The identity is meant for another application.")
    if claims.get("iss") not in issuers:
        raise BadIdentity("The identity does not come from Google.")
    if now > _expiry(claims) + _LEEWAY:
        raise BadIdentity("The identity has expired.")
    return read_claims(claims)


def read_claims(claims: Mapping[str, Any]) -> Identity:
    """The identity in claims from an id_token or from the userinfo endpoint."""
    if not claims.get("sub"):
        raise BadIdentity("Google did not say whose account this is.")
    # The userinfo endpoint says it as a word.
    verified = str(claims.get("email_verified", True)).lower() == "true"
    return Identity(str(claims["sub"]), str(claims.get("email") or ""), verified)


def _decode(token: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = jwt.decode(  # type: ignore[no-untyped-call, unused-ignore]
            token, verify=False
        )
    except ValueError:
        # The library's error quotes the token.
        raise BadIdentity("The identity cannot be read.") from None
    return claims


def _expiry(claims: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(claims["exp"], timezone.utc)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BadIdentity("The identity does not say how long it holds.") from None
