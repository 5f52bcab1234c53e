"""The conversation behind the People port: one request at a time, and the labels.

It must never send a create twice (`Transport.once`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..sync.contacts.ports import Outcome, PersonReply
from ..sync.ports import Stop
from .application import Application
from .client import Client
from .credentials import OnRefresh, Tokens
from .endpoints import Endpoints
from .errors import judge_people_list, judge_person
from .failure import Failure
from .session import Answer
from .workspace import Delegation

QUIET = {"prettyPrint": False}
_USER_GROUP = "USER_CONTACT_GROUP"


class Conversation(Client):
    """What every request of one account's contacts has in common."""

    api = "people"

    def __init__(
        self,
        endpoints: Endpoints,
        application: Application | Delegation,
        tokens: Tokens,
        *,
        on_refresh: OnRefresh,
        timeout: float = 60.0,
    ) -> None:
        super().__init__(
            endpoints, application, tokens, on_refresh=on_refresh, timeout=timeout
        )
        self._people = self._session.resource("people")
        self._groups = self._session.resource("contactGroups")

    def _ask(self, request: Any, *, once: bool = False) -> Answer:
        transport = self._session.transport
        transport.once = once
        try:
            return self._answer(request)
        finally:
            transport.once = False

    def _must(self, request: Any) -> Mapping[str, Any]:
        answer = self._ask(request)
        if isinstance(answer, Failure):
            raise judge_people_list(answer)
        return answer.resource or {}

    def _one(
        self,
        request: Any,
        *,
        once: bool = False,
        empty: bool = False,
        inside: str = "",
    ) -> PersonReply:
        answer = self._ask(request, once=once)
        if isinstance(answer, Failure):
            return _reply(judge_person(answer, is_new=once))
        if empty:
            return PersonReply(Outcome.DONE)
        person = answer.resource or {}
        person = person.get(inside) or {} if inside else person
        if "resourceName" not in person:
            return PersonReply(Outcome.UNKNOWN, reason="malformed")
        return PersonReply(Outcome.DONE, person)

    def _halved(
        self,
        items: Sequence[Any],
        failure: Failure,
        do: Callable[[Sequence[Any]], list[PersonReply]],
    ) -> list[PersonReply]:
        """A batch refused without a word of which: surely not done, so ask in parts."""
        reply = _reply(judge_person(failure))
        if reply.outcome in (Outcome.LATER, Outcome.UNKNOWN) or len(items) == 1:
            return [reply] * len(items)
        middle = len(items) // 2
        return do(items[:middle]) + do(items[middle:])

    # -- labels ------------------------------------------------------------------

    def find_label(self, name: str) -> str:
        """The user's own contact group of this name, "" when there is none."""
        page_token = ""
        while True:
            request = self._groups.list(
                pageSize=1000,
                pageToken=page_token or None,
                groupFields="name,groupType",
                **QUIET,
            )
            body = self._must(request)
            for group in body.get("contactGroups", ()):
                mine = group.get("groupType") == _USER_GROUP
                if mine and group.get("name", "").casefold() == name.casefold():
                    return str(group["resourceName"])
            page_token = body.get("nextPageToken", "")
            if not page_token:
                return ""

    def create_label(self, name: str) -> str:
        """Make it; "" when Google says that the name is taken."""
        body = {"contactGroup": {"name": name}, "readGroupFields": "name,groupType"}
        answer = self._ask(self._groups.create(body=body, **QUIET))
        if isinstance(answer, Failure):
            if answer.status == 409:
                return ""
            raise judge_people_list(answer)
        return str((answer.resource or {}).get("resourceName", ""))


def _reply(judged: PersonReply | Stop) -> PersonReply:
    if isinstance(judged, Stop):
        raise judged
    return judged
