"""The one door to the network: time-out, proxies, counting and a redacted log.

Every request of this package passes here, token refreshes included.
It must never retry, sleep, follow a redirect, or log a header, a query or a body.
"""

from __future__ import annotations

import logging
import time
import zlib
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import httplib2
from google.auth.exceptions import TransportError

from ..sync.ports import AdminNeeded
from .endpoints import Endpoints

_logger = logging.getLogger(__name__)

#: Google compresses only for agents whose name contains "gzip".
USER_AGENT = "google_sync/19.0 (gzip)"

#: Why nothing is sent where `api_root` would have it sent in clear.
UNSAFE_ROOT = "unsafeApiRoot"

#: What the libraries raise when no answer, or half an answer, came back.
NETWORK_ERRORS = (OSError, HTTPException, httplib2.HttpLib2Error, TransportError)


class Transport(httplib2.Http):  # type: ignore[misc, unused-ignore]
    """An httplib2 connection pool for one client. Not to be shared between threads.

    `timeout` holds for each socket operation. httplib2 itself sends a request once more
    when a kept connection turns out to be closed; most of our writes are safe to repeat
    (own ids, etags). Those that are not set `once`.
    """

    def __init__(self, endpoints: Endpoints, *, timeout: float) -> None:
        # A proxy cannot reach our own loopback, whatever the environment says.
        proxies = httplib2.proxy_info_from_environment
        super().__init__(
            timeout=timeout, proxy_info=None if endpoints.is_loopback else proxies
        )
        self._safe = endpoints.is_safe
        # Google's APIs never redirect: a redirect is a captive portal or a gateway.
        self.follow_redirects = False
        self.requests = 0
        #: The next request must not be sent twice, whatever becomes of the connection.
        self.once = False
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
        if not self._safe:
            raise AdminNeeded(
                "api_root is plain http and not this computer.", reason=UNSAFE_ROOT
            )
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

    def _conn_request(
        self,
        conn: Any,
        request_uri: str,
        method: str,
        body: str | bytes | None,
        headers: dict[str, str],
    ) -> tuple[httplib2.Response, bytes]:
        """As httplib2's own, which sends again over a second connection by itself."""
        if self.once:
            # A kept connection may be dead already, and would make its loss unclear.
            conn.close()
            conn = _OneConnection(conn)
        try:
            answer: tuple[httplib2.Response, bytes] = super()._conn_request(
                conn, request_uri, method, body, headers
            )
        except (ValueError, zlib.error) as error:
            # httplib2 fails like this on a compressed body that is empty or broken.
            raise httplib2.HttpLib2Error("The body cannot be read.") from error
        return answer


class _OneConnection:
    """An HTTP connection that opens only once."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._opened = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def connect(self) -> None:
        if self._opened:
            raise ConnectionResetError("The connection ended without an answer.")
        self._opened = True
        self._connection.connect()


def _log(method: str, uri: str, outcome: str, seconds: float) -> None:
    path = urlsplit(uri).path
    _logger.debug("%s %s -> %s in %d ms", method, path, outcome, seconds * 1000)
