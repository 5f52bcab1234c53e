"""What the clients of all of Google's APIs have in common: one account's session."""

from __future__ import annotations

from typing import Any, ClassVar

from .application import Application
from .credentials import OnRefresh, Tokens
from .endpoints import Endpoints
from .session import Answer, Session
from .workspace import Delegation


class Client:
    """One account's way to one API. Not to be shared between threads."""

    api: ClassVar[str] = "calendar"

    def __init__(
        self,
        endpoints: Endpoints,
        application: Application | Delegation,
        tokens: Tokens,
        *,
        on_refresh: OnRefresh,
        timeout: float = 30.0,
    ) -> None:
        self._session = Session(
            self.api,
            endpoints,
            application,
            tokens,
            on_refresh=on_refresh,
            timeout=timeout,
        )

    @property
    def requests(self) -> int:
        """HTTP requests of the whole connection so far."""
        return self._session.transport.requests

    def close(self) -> None:
        self._session.close()

    def _answer(self, request: Any) -> Answer:
        """Of one request, sent by itself."""
        (answer,) = self._session.run([request])
        return answer
