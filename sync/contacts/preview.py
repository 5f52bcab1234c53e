"""A run that writes nothing in Google: read once, its writes imagined.

The engine runs as ever, in a transaction that the caller rolls back; what it would have
done is in the lines it leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..ports import Resource
from .ports import Outcome, People, PeoplePage, PersonReply

IMAGINED = "imagined"


class PreviewPeople:
    """The People port: lists and contacts come from the first time they were asked."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.fingerprint = people.fingerprint
        self._pages: dict[tuple[str, str], PeoplePage] = {}
        self._known: dict[str, PersonReply] = {}
        self._made = 0

    @property
    def requests(self) -> int:
        """HTTP requests so far."""
        return self.people.requests

    def list_people(self, *, sync_token: str = "", page_token: str = "") -> PeoplePage:
        """The page, asked for once; after imagined writes there is nothing new."""
        if sync_token == IMAGINED:
            return PeoplePage((), next_sync_token=IMAGINED)
        key = (sync_token, page_token)
        if key not in self._pages:
            self._pages[key] = self.people.list_people(
                sync_token=sync_token, page_token=page_token
            )
        return self._pages[key]

    def get(self, names: Sequence[str]) -> list[PersonReply]:
        """Real, but for what was imagined."""
        unknown = [name for name in names if name not in self._known]
        if unknown:
            replies = self.people.get(unknown)
            self._known.update(zip(unknown, replies, strict=True))
        return [self._known[name] for name in names]

    def create(self, bodies: Sequence[Resource]) -> list[PersonReply]:
        """As if Google had made them."""
        return [self._imagine(body) for body in bodies]

    def update(
        self, bodies: Sequence[Resource], sections: Sequence[str]
    ) -> list[PersonReply]:
        """As if Google had replaced the sections."""
        return [
            self._store(
                body["resourceName"], {name: body.get(name, ()) for name in sections}
            )
            for body in bodies
        ]

    def delete(self, names: Sequence[str]) -> list[PersonReply]:
        """As if they were gone."""
        self._known.update(dict.fromkeys(names, PersonReply(Outcome.GONE)))
        return [PersonReply(Outcome.DONE)] * len(names)

    def set_photo(self, name: str, data: bytes) -> PersonReply:
        """As if Google had taken it."""
        return PersonReply(Outcome.DONE)

    def remove_photo(self, name: str) -> PersonReply:
        """As if it were gone."""
        return PersonReply(Outcome.DONE)

    def download(self, url: str) -> bytes:
        """A plan keeps no pictures."""
        return b""

    def find_label(self, name: str) -> str:
        """Real."""
        return self.people.find_label(name)

    def create_label(self, name: str) -> str:
        """As if Google had made it."""
        return f"contactGroups/{IMAGINED}"

    def _imagine(self, body: Resource) -> PersonReply:
        self._made += 1
        return self._store(f"people/{IMAGINED}{self._made}", body)

    def _store(self, name: str, sections: Resource) -> PersonReply:
        before: dict[str, Any] = dict(self._before(name))
        source = {"type": "CONTACT", "id": name, "etag": IMAGINED}
        person = {**before, **sections, "resourceName": name, "etag": IMAGINED}
        person["metadata"] = {"sources": [source]}
        self._known[name] = PersonReply(Outcome.DONE, person)
        return self._known[name]

    def _before(self, name: str) -> Resource:
        reply = self._known.get(name)
        return reply.person or {} if reply else {}
