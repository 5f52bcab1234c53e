"""An account's tokens, and their refresh through our own door.

google-auth decides when to refresh; what came back is reported so that it can be kept.
It must never ask for scopes, retry, or take a consent for lost but on `invalid_grant`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import google_auth_httplib2
import httplib2
from google.auth.transport import Response
from google.oauth2.credentials import Credentials

from ..sync.ports import ReconnectNeeded, RetryLater
from .application import Application
from .endpoints import Endpoints
from .errors import judge_token
from .failure import json_object, malformed_answer, no_answer, read_failure
from .transport import NETWORK_ERRORS, Transport


@dataclass(frozen=True)
class Tokens:
    """What is kept of a consent. `expiry` is aware UTC, None when unknown."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expiry: datetime | None = None


OnRefresh = Callable[[Tokens], None]


class AccountCredentials(Credentials):  # type: ignore[misc, unused-ignore]
    """google-auth's credentials with our time-out, errors and report on refresh."""

    def __init__(
        self,
        tokens: Tokens,
        application: Application,
        endpoints: Endpoints,
        transport: Transport,
        on_refresh: OnRefresh,
    ) -> None:
        super().__init__(  # type: ignore[no-untyped-call, unused-ignore]
            tokens.access_token or None,
            refresh_token=tokens.refresh_token or None,
            token_uri=endpoints.token_uri,
            client_id=application.client_id,
            client_secret=application.client_secret,
            # With scopes Google may refuse what the user did not tick.
            scopes=None,
            expiry=naive(tokens.expiry),
        )
        self._transport = transport
        self._on_refresh = on_refresh

    def refresh(self, request: object) -> None:
        """Fetch a new access token.

        `request` is ignored: inside a batch the library brings one without a time-out,
        and every request must pass the same door.
        """
        if not self.refresh_token:
            text = "There is no refresh token: consent is needed again."
            raise ReconnectNeeded(text, reason="no_refresh_token")
        super().refresh(self._ask)  # type: ignore[no-untyped-call, unused-ignore]
        refresh_token = str(self.refresh_token)
        self._on_refresh(Tokens(str(self.token), refresh_token, aware(self.expiry)))

    def _ask(self, url: str, method: str, **options: Any) -> Response:
        return ask_token(self._transport, url, method, **options)


def ask_token(transport: Transport, url: str, method: str, **options: Any) -> Response:
    """One request to the token endpoint, judged here: a good answer or a Stop.

    google-auth would repeat a failed one, sleeping in between, and would mix up a
    portal's page with a refusal.
    """
    request = google_auth_httplib2.Request(transport)
    try:
        response: Response = request(url, method, **options)
    except NETWORK_ERRORS as error:
        failure = no_answer(error)
        raise RetryLater(failure.sentence, reason=failure.reason) from error
    if response.status != 200:
        raise judge_token(
            read_failure(response.status, _headers(response), response.data)
        )
    if "access_token" not in json_object(response.data):
        failure = malformed_answer(200)
        raise RetryLater(failure.sentence, reason=failure.reason)
    return response


def _headers(response: Response) -> httplib2.Response:
    headers: httplib2.Response = response.headers
    return headers


def naive(expiry: datetime | None) -> datetime | None:
    """The time as google-auth keeps it."""
    # google-auth compares with a naive UTC clock and fails on an aware time.
    return expiry and expiry.astimezone(timezone.utc).replace(tzinfo=None)


def aware(expiry: datetime | None) -> datetime | None:
    """The time as we keep it."""
    return expiry and expiry.replace(tzinfo=timezone.utc)
