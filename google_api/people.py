"""The `People` port over HTTP: one account's contacts.

It reads, and writes one request after the other; `errors` says what an answer means.
It must never repeat a create by itself, nor call a contact gone that was not looked up.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ..sync.contacts.ports import (
    CREATE_SIZE,
    DELETE_SIZE,
    GET_SIZE,
    LIST_SIZE,
    UPDATE_SIZE,
    Outcome,
    PeoplePage,
    PersonReply,
)
from ..sync.ports import Resource, RetryLater, Stop
from .application import Application
from .credentials import OnRefresh, Tokens
from .endpoints import Endpoints
from .errors import judge_people_list, judge_person
from .failure import Failure
from .people_answers import created, gotten, named_errors, split, updated
from .session import Answer, Session

SOURCES = ["READ_SOURCE_TYPE_CONTACT"]
#: `metadata` brings etags and deletions, `clientData` our marker.
PERSON_FIELDS = ",".join(
    (
        *("addresses", "biographies", "birthdays", "clientData", "emailAddresses"),
        *("memberships", "metadata", "names", "nicknames", "organizations"),
        *("phoneNumbers", "photos", "urls"),
    )
)
_QUIET = {"prettyPrint": False}
_USER_GROUP = "USER_CONTACT_GROUP"


class PeopleClient:
    """One account's contacts in Google. Not to be shared between threads."""

    #: Of everything that must be the same on every list of a chain.
    fingerprint = sha256(
        f"1 {PERSON_FIELDS} {SOURCES} {LIST_SIZE}".encode()
    ).hexdigest()

    def __init__(
        self,
        endpoints: Endpoints,
        application: Application,
        tokens: Tokens,
        *,
        on_refresh: OnRefresh,
        timeout: float = 60.0,
    ) -> None:
        self._session = Session(
            "people",
            endpoints,
            application,
            tokens,
            on_refresh=on_refresh,
            timeout=timeout,
        )
        self._people = self._session.service.people()
        self._groups = self._session.service.contactGroups()
        self.requests = 0

    def close(self) -> None:
        self._session.close()

    # -- reading ---------------------------------------------------------------

    def list_people(self, *, sync_token: str = "", page_token: str = "") -> PeoplePage:
        """One page, of all contacts or of what changed since the token."""
        request = self._people.connections().list(
            resourceName="people/me",
            personFields=PERSON_FIELDS,
            sources=SOURCES,
            pageSize=LIST_SIZE,
            requestSyncToken=True,
            syncToken=sync_token or None,
            pageToken=page_token or None,
            **_QUIET,
        )
        answer = self._ask(request)
        if isinstance(answer, Failure):
            raise judge_people_list(
                answer, sync_token=sync_token, page_token=page_token
            )
        body = answer.resource or {}
        token = body.get("nextSyncToken", "")
        if not token and not body.get("nextPageToken"):
            # Nothing may follow from an emptiness that is not Google's own.
            raise RetryLater("The answer is no list of contacts.", reason="malformed")
        return PeoplePage(
            body.get("connections", ()),
            body.get("nextPageToken", ""),
            token,
            answer.date,
        )

    def get(self, names: Sequence[str]) -> list[PersonReply]:
        """Up to GET_SIZE contacts, each with its own answer, as one request."""
        _check(names, GET_SIZE)
        answer = self._ask(
            self._people.getBatchGet(
                resourceNames=list(names),
                personFields=PERSON_FIELDS,
                sources=SOURCES,
                **_QUIET,
            )
        )
        if isinstance(answer, Failure):
            return self._halved(names, answer, self.get)
        return gotten(answer.resource or {}, names)

    # -- writing ---------------------------------------------------------------

    def create(self, bodies: Sequence[Resource]) -> list[PersonReply]:
        """New contacts; sent once, whatever becomes of the answer."""
        _check(bodies, CREATE_SIZE)
        if len(bodies) == 1:
            request = self._people.createContact(
                body=dict(bodies[0]),
                personFields=PERSON_FIELDS,
                sources=SOURCES,
                **_QUIET,
            )
            return [self._one(request, once=True)]
        answer = self._ask(
            self._people.batchCreateContacts(
                body={
                    "contacts": [{"contactPerson": dict(body)} for body in bodies],
                    "readMask": PERSON_FIELDS,
                    "sources": SOURCES,
                },
                **_QUIET,
            ),
            once=True,
        )
        if isinstance(answer, Failure):
            if errors := named_errors(answer):
                return split(errors, [str(i) for i in range(len(bodies))], is_new=True)
            return self._halved(bodies, answer, self.create)
        return created(answer.resource or {}, bodies)

    def update(
        self, bodies: Sequence[Resource], sections: Sequence[str]
    ) -> list[PersonReply]:
        """Replace the sections, each contact under the etag that its body carries."""
        _check(bodies, UPDATE_SIZE)
        mask = ",".join(sections)
        if len(bodies) == 1:
            request = self._people.updateContact(
                resourceName=bodies[0]["resourceName"],
                body=dict(bodies[0]),
                updatePersonFields=mask,
                personFields=PERSON_FIELDS,
                sources=SOURCES,
                **_QUIET,
            )
            return [self._one(request)]
        names = [body["resourceName"] for body in bodies]
        answer = self._ask(
            self._people.batchUpdateContacts(
                body={
                    "contacts": dict(zip(names, map(dict, bodies), strict=True)),
                    "updateMask": mask,
                    "readMask": PERSON_FIELDS,
                    "sources": SOURCES,
                },
                **_QUIET,
            )
        )
        if isinstance(answer, Failure):
            if errors := named_errors(answer):
                return split(errors, names)
            return self._halved(
                bodies, answer, lambda part: self.update(part, sections)
            )
        return updated(answer.resource or {}, names)

    def delete(self, names: Sequence[str]) -> list[PersonReply]:
        """Delete contacts; what is not there any more is GONE."""
        _check(names, DELETE_SIZE)
        if len(names) == 1:
            request = self._people.deleteContact(resourceName=names[0], **_QUIET)
            return [self._one(request, empty=True)]
        body = {"resourceNames": list(names)}
        answer = self._ask(self._people.batchDeleteContacts(body=body, **_QUIET))
        if isinstance(answer, Failure):
            return self._halved(names, answer, self.delete)
        return [PersonReply(Outcome.DONE)] * len(names)

    def set_photo(self, name: str, data: bytes) -> PersonReply:
        """JPEG or PNG; Google makes its own picture of it."""
        body = {
            "photoBytes": base64.b64encode(data).decode(),
            "personFields": PERSON_FIELDS,
            "sources": SOURCES,
        }
        request = self._people.updateContactPhoto(
            resourceName=name, body=body, **_QUIET
        )
        return self._one(request, inside="person")

    def remove_photo(self, name: str) -> PersonReply:
        """Take the contact's own photo away."""
        request = self._people.deleteContactPhoto(
            resourceName=name, personFields=PERSON_FIELDS, sources=SOURCES, **_QUIET
        )
        return self._one(request, inside="person")

    # -- labels ----------------------------------------------------------------

    def find_label(self, name: str) -> str:
        """The user's own contact group of this name, "" when there is none."""
        page_token = ""
        while True:
            request = self._groups.list(
                pageSize=1000,
                pageToken=page_token or None,
                groupFields="name,groupType",
                **_QUIET,
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
        answer = self._ask(self._groups.create(body=body, **_QUIET))
        if isinstance(answer, Failure):
            if answer.status == 409:
                return ""
            raise judge_people_list(answer)
        return str((answer.resource or {}).get("resourceName", ""))

    # -- the conversation ------------------------------------------------------

    def _ask(self, request: Any, *, once: bool = False) -> Answer:
        transport = self._session.transport
        transport.once = once
        try:
            (answer,) = self._session.run([request])
        finally:
            transport.once = False
            self.requests = transport.requests
        return answer

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


def _reply(judged: PersonReply | Stop) -> PersonReply:
    if isinstance(judged, Stop):
        raise judged
    return judged


def _check(items: Sequence[Any], limit: int) -> None:
    if not 0 < len(items) <= limit:
        raise ValueError(f"{len(items)} contacts, 1 to {limit} fit in a request")
