"""One account's authorised conversation with one of Google's APIs.

It makes requests by the packaged discovery document and runs them, one alone or several
as a batch, to answers. It must never judge an answer (see `errors`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import google_auth_httplib2
from googleapiclient.discovery import (
    build_from_document,
)
from googleapiclient.discovery_cache import (
    get_static_doc,
)
from googleapiclient.errors import HttpError

from ..sync.ports import RetryLater
from .application import Application
from .batch import WholeBatch
from .credentials import OnRefresh, Tokens
from .endpoints import Endpoints
from .errors import judge_batch
from .failure import Failure, malformed_answer, no_answer, read_date, read_failure
from .storable import storable
from .transport import NETWORK_ERRORS, Transport
from .workspace import Delegation, credentials_for

_VERSIONS = {"calendar": "v3", "people": "v1"}


@dataclass(frozen=True)
class Success:
    """A good answer: its resource (None when Google sends none) and Google's clock."""

    resource: Mapping[str, Any] | None
    date: datetime | None = None


Answer = Success | Failure


def page_of(answer: Success, kind: str) -> Mapping[str, Any]:
    """The list in `answer`; nothing must follow from an emptiness not Google's own."""
    body = answer.resource or {}
    if "items" not in body and body.get("kind") != kind:
        raise RetryLater(f"The answer is no {kind}.", reason="malformed")
    return body


class Session:
    """Not to be shared between threads; the run's Stop may come out of any request."""

    def __init__(
        self,
        api: str,
        endpoints: Endpoints,
        application: Application | Delegation,
        tokens: Tokens,
        *,
        on_refresh: OnRefresh,
        timeout: float,
    ) -> None:
        self.transport = Transport(endpoints, timeout=timeout)
        self._quota_user = ""
        if isinstance(application, Delegation):
            self._quota_user = application.quota_user
        credentials = credentials_for(
            tokens, application, endpoints, self.transport, on_refresh
        )
        # One refresh is enough: a 401 that a fresh token does not cure will stay.
        self._http = google_auth_httplib2.AuthorizedHttp(
            credentials, http=self.transport, max_refresh_attempts=1
        )
        self._api: tuple[str, str] = api, getattr(endpoints, f"{api}_root")

    @property
    def root(self) -> str:
        """Where the API is."""
        return self._api[1]

    def close(self) -> None:
        """Close the sockets; they open again by themselves when needed."""
        self.transport.close()

    def resource(self, name: str) -> Any:
        """The collection that makes requests, such as "events"; `run` sends them."""
        return _resource(*self._api, name)

    def run(self, requests: Sequence[Any]) -> list[Answer]:
        """Answers in the order of `requests`, which Google may run in any order."""
        for request in requests:
            request.http = self._http
            if self._quota_user:
                mark = "&" if "?" in request.uri else "?"
                request.uri += f"{mark}quotaUser={self._quota_user}"
        if len(requests) > 1:
            return self._run_batch(requests)
        return [_run_alone(request) for request in requests]

    def _run_batch(self, requests: Sequence[Any]) -> list[Answer]:
        answers: dict[str, Answer] = {}

        def keep(part: str, body: Any, error: HttpError | None) -> None:
            answers[part] = _failure(error) if error else _success(body)

        batch = _service(*self._api).new_batch_http_request(callback=keep)
        for part, request in enumerate(requests):
            batch.add(request, request_id=str(part))
        try:
            batch.execute(http=WholeBatch(self._http))
        except HttpError as error:
            return [judge_batch(_failure(error))] * len(requests)
        except NETWORK_ERRORS as error:
            return [no_answer(error)] * len(requests)
        return [answers[str(part)] for part in range(len(requests))]


def _run_alone(request: Any) -> Answer:
    headers: dict[str, Any] = {}
    request.add_response_callback(headers.update)
    try:
        body = request.execute(num_retries=0)
    except HttpError as error:
        return _failure(error)
    except NETWORK_ERRORS as error:
        return no_answer(error)
    return _success(body, read_date(headers))


def _success(body: Any, date: datetime | None = None) -> Answer:
    if isinstance(body, Mapping):
        return Success(storable(body) or None, date)
    # The library hands over what is not JSON as it came.
    return malformed_answer(200) if body else Success(None, date)


def _failure(error: HttpError) -> Failure:
    return read_failure(error.resp.status, error.resp, error.content)


class _NoConnection:
    """Stands where a shared service would have the connection of one account."""

    def request(self, *_args: Any, **_options: Any) -> Any:
        raise RuntimeError("A request is sent by the Session of its account.")


# Reading a document and making its methods takes longer than most requests. They know
# nothing of an account, so a process has them once.


@lru_cache(maxsize=8)
def _service(api: str, root: str) -> Any:
    document = json.loads(get_static_doc(api, _VERSIONS[api]))
    # The batch address is made from rootUrl: the library's own `api_endpoint` option
    # would leave it pointing to Google.
    document["rootUrl"] = root
    document["baseUrl"] = root + document["servicePath"]
    return build_from_document(document, http=_NoConnection())


@lru_cache(maxsize=32)
def _resource(api: str, root: str, name: str) -> Any:
    return getattr(_service(api, root), name)()
