"""Honest questions to Google about an application, without harm to any connection.

Each makes one request. Nothing here may store, change or delete anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from ..sync.ports import ReconnectNeeded, RetryLater, Stop
from .application import Application
from .credentials import OnRefresh, Tokens
from .endpoints import Endpoints
from .errors import judge_people_list, judge_token
from .failure import Failure, no_answer, read_failure
from .session import Session
from .transport import NETWORK_ERRORS, Transport
from .workspace import Delegation, credentials_for

CALENDAR, PEOPLE = "calendar", "people"

#: What becomes of a key: Google takes it, does not know it, keeps it from this server
#: or API, or its project has not enabled the API; or nobody could tell.
ACCEPTED, INVALID, RESTRICTED, API_OFF, UNKNOWN = (
    "accepted",
    "invalid",
    "restricted",
    "api_off",
    "unknown",
)
#: No grant has it: Google looks at the client first, and then refuses this.
_NO_TOKEN = "1//google-sync-check"
_KEY_PATHS = {
    CALENDAR: "calendar/v3/users/me/calendarList?maxResults=1",
    PEOPLE: "v1/people/me?personFields=metadata",
}


def check_client(
    application: Application, endpoints: Endpoints, timeout: float = 10.0
) -> Stop | None:
    """None when Google knows the client and its secret; else why not (or not known)."""
    form = {
        "grant_type": "refresh_token",
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "refresh_token": _NO_TOKEN,
    }
    answer = _send(
        endpoints,
        endpoints.token_uri,
        "POST",
        timeout,
        body=urlencode(form),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    if answer is None:
        return RetryLater("Google accepted what nobody granted.", reason="malformed")
    stop = judge_token(answer)
    return None if isinstance(stop, ReconnectNeeded) else stop


def check_key(key: str, endpoints: Endpoints, api: str, timeout: float = 10.0) -> str:
    """What Google says of an API key, asked without anybody's token."""
    root = endpoints.calendar_root if api == CALENDAR else endpoints.people_root
    path = _KEY_PATHS[api]
    answer = _send(endpoints, f"{root}{path}&{urlencode({'key': key})}", "GET", timeout)
    if answer is None or answer.status == 401:
        # It wants a person as well: the key itself was let through.
        return ACCEPTED
    said = set(answer.reasons)
    if answer.status == 400 and (
        "API_KEY_INVALID" in said or "api key" in answer.message.lower()
    ):
        return INVALID
    if said & {"SERVICE_DISABLED", "accessNotConfigured"}:
        return API_OFF
    blocked = any(word.startswith("API_KEY_") for word in said)
    if blocked or said & {"ipRefererBlocked", "keyExpired"}:
        return RESTRICTED
    return UNKNOWN


def refresh(
    application: Application | Delegation,
    endpoints: Endpoints,
    tokens: Tokens,
    on_refresh: OnRefresh,
    timeout: float = 10.0,
) -> None:
    """Fetch a new access token, or raise the Stop that says why there is none."""
    transport = Transport(endpoints, timeout=timeout)
    try:
        credentials_for(tokens, application, endpoints, transport, on_refresh).refresh(
            None
        )
    finally:
        transport.close()


def check_people(
    application: Application | Delegation,
    endpoints: Endpoints,
    tokens: Tokens,
    on_refresh: OnRefresh,
    timeout: float = 10.0,
) -> datetime | None:
    """Google's clock, as the People API told it; a Stop when it does not answer."""
    session = Session(
        PEOPLE, endpoints, application, tokens, on_refresh=on_refresh, timeout=timeout
    )
    try:
        groups: Any = session.resource("contactGroups")
        request = groups.list(pageSize=1, groupFields="name", prettyPrint=False)
        (answer,) = session.run([request])
    finally:
        session.close()
    if isinstance(answer, Failure):
        raise judge_people_list(answer)
    return answer.date


def _send(
    endpoints: Endpoints, uri: str, method: str, timeout: float, **options: Any
) -> Failure | None:
    """The failure, None for a success."""
    transport = Transport(endpoints, timeout=timeout)
    try:
        response, content = transport.request(uri, method, **options)
    except NETWORK_ERRORS as error:
        return no_answer(error)
    finally:
        transport.close()
    if response.status == 200:
        return None
    return read_failure(response.status, response, content)
