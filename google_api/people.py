"""The `People` port over HTTP: one account's contacts.

It reads, and writes one request after the other; `errors` says what an answer means.
It must never repeat a create by itself, nor call a contact gone that was not looked up.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

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
from ..sync.ports import Resource, RetryLater
from .errors import judge_people_list
from .failure import Failure
from .people_answers import created, gotten, named_errors, split, updated
from .people_talk import QUIET as _QUIET
from .people_talk import Conversation
from .transport import NETWORK_ERRORS

PHOTO_SIZE = 720
_SIZE = re.compile(r"=s\d+[\w-]*$")
SOURCES = ["READ_SOURCE_TYPE_CONTACT"]
#: `metadata` brings etags and deletions, `clientData` our marker.
PERSON_FIELDS = (
    *("addresses", "biographies", "birthdays", "clientData", "emailAddresses"),
    *("memberships", "metadata", "names", "nicknames", "organizations"),
    *("phoneNumbers", "photos", "urls"),
)


class PeopleClient(Conversation):
    """One account's contacts in Google. Not to be shared between threads.

    more: fields of Google that are read beside PERSON_FIELDS.
    """

    def __init__(self, *args: Any, more: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = ",".join(sorted({*PERSON_FIELDS, *more}))
        #: Of everything that must be the same on every list of a chain.
        self.fingerprint = sha256(
            f"1 {self.fields} {SOURCES} {LIST_SIZE}".encode()
        ).hexdigest()

    # -- reading ---------------------------------------------------------------

    def list_people(self, *, sync_token: str = "", page_token: str = "") -> PeoplePage:
        """One page, of all contacts or of what changed since the token."""
        request = self._people.connections().list(
            resourceName="people/me",
            personFields=self.fields,
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
                personFields=self.fields,
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
                personFields=self.fields,
                sources=SOURCES,
                **_QUIET,
            )
            return [self._one(request, once=True)]
        answer = self._ask(
            self._people.batchCreateContacts(
                body={
                    "contacts": [{"contactPerson": dict(body)} for body in bodies],
                    "readMask": self.fields,
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
                personFields=self.fields,
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
                    "readMask": self.fields,
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
            "personFields": self.fields,
            "sources": SOURCES,
        }
        request = self._people.updateContactPhoto(
            resourceName=name, body=body, **_QUIET
        )
        return self._one(request, inside="person")

    def download(self, url: str) -> bytes:
        """A picture at the size that we send; it belongs to no API and needs no token.

        b"" when it cannot be had: a picture must not hold up what it gives way to.
        """
        if not _hosts_pictures(url, self._session.root):
            return b""
        address = _SIZE.sub(f"=s{PHOTO_SIZE}", url)
        try:
            response, content = self._session.transport.request(address)
        except NETWORK_ERRORS:
            return b""
        return content if response.status == 200 else b""

    def remove_photo(self, name: str) -> PersonReply:
        """Take the contact's own photo away."""
        request = self._people.deleteContactPhoto(
            resourceName=name, personFields=self.fields, sources=SOURCES, **_QUIET
        )
        return self._one(request, inside="person")


def _hosts_pictures(url: str, root: str) -> bool:
    """Google's own, or below the root that stands in for it."""
    address = urlsplit(url)
    if url.startswith(root):
        return True
    host = address.hostname or ""
    return address.scheme == "https" and host.endswith(".googleusercontent.com")


def _check(items: Sequence[Any], limit: int) -> None:
    if not 0 < len(items) <= limit:
        raise ValueError(f"{len(items)} contacts, 1 to {limit} fit in a request")
