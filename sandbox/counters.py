"""What the sandbox counted: requests, bytes, mails, warnings."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Counters:
    """``requests`` by route (a method id, ``batch``, ``oauth.token``...).

    Parts of a batch count under their method id in ``parts``, not in ``requests``;
    both cost ``units`` of quota.
    """

    requests: Counter = field(default_factory=Counter)
    parts: Counter = field(default_factory=Counter)
    statuses: Counter = field(default_factory=Counter)
    units: int = 0
    bytes_in: int = 0
    bytes_out: int = 0

    @property
    def total(self):
        return sum(self.requests.values())

    def summary(self):
        return {
            "total": self.total,
            "requests": dict(self.requests),
            "parts": dict(self.parts),
            "statuses": {str(key): value for key, value in self.statuses.items()},
            "units": self.units,
            "bytes_in": self.bytes_in,
            "bytes_out": self.bytes_out,
        }


class Mails:
    """The mails that Google would have sent; ``items`` are dicts, newest last."""

    def __init__(self, clock):
        self.items = []
        self._clock = clock

    @property
    def count(self):
        """Number of recipients over all items: mails, not occasions."""
        return sum(len(item["to"]) for item in self.items)

    @property
    def by_mode(self):
        """The same number by the ``sendUpdates`` that caused it."""
        modes = Counter()
        for item in self.items:
            modes[item["sendUpdates"]] += len(item["to"])
        return modes

    def add(self, kind, sender, recipients, target, mode):
        self.items.append(
            {
                "at": self._clock.now().isoformat(),
                "kind": kind,
                "from": sender,
                "to": recipients,
                "event": target.id,
                "summary": target.data.get("summary", ""),
                "sendUpdates": mode,
            }
        )
