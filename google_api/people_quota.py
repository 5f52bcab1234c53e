"""Staying within People's quotas, which are counted by kind, user and minute.

Google publishes the kinds and not the figures; these are the ones seen in consoles.
A batch costs the same whatever it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from ..sync.contacts.ports import NotSent, People, PeoplePage, PersonReply
from ..sync.ports import Resource
from .quota import PACED, Usage, spend, wait

#: Units a minute and user, by kind.
LIMITS: Mapping[str, int] = MappingProxyType(
    {"reads": 90, "writes": 90, "photos": 50, "groups": 30}
)
_ONE: Mapping[str, int] = MappingProxyType({"reads": 1, "writes": 1})
_BATCH: Mapping[str, int] = MappingProxyType({"reads": 6, "writes": 6})


class PacedPeople:
    """The People port, staying within a number of units a minute of each kind.

    usage: by kind, of this account, as stored; to be stored again afterwards. Raises
    NotSent(reason=PACED) before a request that would not fit. limits: 0 as the
    limit of a kind means none.
    """

    def __init__(
        self,
        people: People,
        usage: Mapping[str, Usage],
        clock: Callable[[], float],
        limits: Mapping[str, int] = LIMITS,
    ) -> None:
        self.people = people
        self.fingerprint = people.fingerprint
        self.usage = dict(usage)
        self.clock = clock
        self.limits = limits

    @property
    def requests(self) -> int:
        """HTTP requests so far."""
        return self.people.requests

    def close(self) -> None:
        """Close the connection behind it."""
        self.people.close()  # type: ignore[attr-defined]

    def list_people(self, *, sync_token: str = "", page_token: str = "") -> PeoplePage:
        """One read."""
        self._pass({"reads": 1})
        return self.people.list_people(sync_token=sync_token, page_token=page_token)

    def get(self, names: Sequence[str]) -> list[PersonReply]:
        """One read."""
        self._pass({"reads": 1})
        return self.people.get(names)

    def create(self, bodies: Sequence[Resource]) -> list[PersonReply]:
        """One read and write, six for a batch."""
        self._pass(_ONE if len(bodies) == 1 else _BATCH)
        return self.people.create(bodies)

    def update(
        self, bodies: Sequence[Resource], sections: Sequence[str]
    ) -> list[PersonReply]:
        """One read and write, six for a batch."""
        self._pass(_ONE if len(bodies) == 1 else _BATCH)
        return self.people.update(bodies, sections)

    def delete(self, names: Sequence[str]) -> list[PersonReply]:
        """One write, ten for a batch."""
        self._pass({"writes": 1 if len(names) == 1 else 10})
        return self.people.delete(names)

    def set_photo(self, name: str, data: bytes) -> PersonReply:
        """One photo."""
        self._pass({"photos": 1})
        return self.people.set_photo(name, data)

    def remove_photo(self, name: str) -> PersonReply:
        """One photo."""
        self._pass({"photos": 1})
        return self.people.remove_photo(name)

    def download(self, url: str) -> bytes:
        """Pictures are not the API's."""
        return self.people.download(url)

    def find_label(self, name: str) -> str:
        """One of the groups' own."""
        self._pass({"groups": 1})
        return self.people.find_label(name)

    def create_label(self, name: str) -> str:
        """One of the groups' own."""
        self._pass({"groups": 1})
        return self.people.create_label(name)

    def _pass(self, units: Mapping[str, int]) -> None:
        now = self.clock()
        delays = [
            wait(self.usage.get(kind, []), cost, self.limits[kind], now)
            for kind, cost in units.items()
            if self.limits.get(kind)
        ]
        if any(delays):
            message = "The quota of this minute is used up."
            raise NotSent(message, reason=PACED, delay=max(delays))
        for kind, cost in units.items():
            self.usage[kind] = spend(self.usage.get(kind, []), cost, now)
