"""The one door to the network: time-out, proxies, counting and a redacted log.

Every request of this package passes here, token refreshes included.
It must never retry, sleep, follow a redirect, or log a header, a query or a body.
"""

from __future__ import annotations

import logging
import time
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import httplib2
from google.auth.exceptions import TransportError

from .endpoints import Endpoints

_logger = logging.getLogger(__name__)

#: Google compresses only for agents whose name contains "gzip".
USER_AGENT = "google_sync/19.0 (gzip)"

#: What the libraries raise when no answer, or half an answer, came back.
NETWORK_ERRORS = (OSError, HTTPException, httplib2.HttpLib2Error, TransportError)


class Transport(httplib2.Http):  # type: ignore[misc, unused-ignore]
    """An httplib2 connection pool for one client. Not to be shared between threads.

    `timeout` holds for each socket operation. httplib2 itself sends a request once more
    when a kept connection turns out to be closed; our writes are safe to repeat (own
    ids, etags), so that is left as it is.
    """

    def __init__(self, endpoints: Endpoints, *, timeout: float) -> None:
        # A proxy cannot reach our own loopback, whatever the environment says.
        proxies = httplib2.proxy_info_from_environment
        super().__init__(
            timeout=timeout, proxy_info=None if endpoints.is_loopback else proxies
        )
        # Google's APIs never redirect: a redirect is a captive portal or a gateway.
        self.follow_redirects = False
        self.requests = 0
        self.received = 0
        """Bytes of bodies, after decompression."""

    def request(  # type: ignore[override, unused-ignore]
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """As httplib2.Http.request; google-auth and googleapiclient call it."""
        headers = {**(headers or {}), "user-agent": USER_AGENT}
        self.requests += 1
        start = time.monotonic()
        outcome = "no answer"
        try:
            response, content = super().request(
                uri, method, body=body, headers=headers, **options
            )
            outcome = str(response.status)
            self.received += len(content)
            return response, content
        finally:
            _log(method, uri, outcome, time.monotonic() - start)


def _log(method: str, uri: str, outcome: str, seconds: float) -> None:
    path = urlsplit(uri).path
    _logger.debug("%s %s -> %s in %d ms", method, path, outcome, seconds * 1000)
