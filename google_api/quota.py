"""Google's quotas as pure arithmetic: units in a sliding minute, per user and project.

Nothing sleeps here: a caller is told how long to stay away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from math import floor

from ..sync.ports import (
    Calendars,
    Call,
    Google,
    ListAsk,
    Page,
    Patch,
    Reply,
    Resource,
    RetryLater,
    Stop,
)

WINDOW = 60.0
#: Reason of a pause that we chose ourselves, before Google had to refuse.
PACED = "paced"

Usage = list[list[float]]
"""[[seconds since the epoch, units], ...], oldest first."""


def cost(calls: Sequence[Call]) -> int:
    """Units of these calls: Google counts three for a patch, one for the others."""
    return sum(3 if isinstance(call, Patch) else 1 for call in calls)


def recent(usage: Usage, now: float) -> Usage:
    """What still counts: the last minute."""
    return [entry for entry in usage if entry[0] > now - WINDOW]


def wait(usage: Usage, units: int, limit: int, now: float) -> float:
    """Seconds until `units` more fit below `limit` a minute; 0.0 when they do now."""
    window = recent(usage, now)
    room = limit - sum(entry[1] for entry in window)
    if units <= room or not window:
        return 0.0
    for moment, freed in window:
        room += freed
        if units <= room:
            return max(0.0, moment + WINDOW - now)
    return max(0.0, window[-1][0] + WINDOW - now)


def spend(usage: Usage, units: int, now: float) -> Usage:
    """The usage with `units` more, kept short: an entry a second, dated at its end."""
    window, second = recent(usage, now), float(floor(now) + 1)
    if window and window[-1][0] == second:
        return [*window[:-1], [second, window[-1][1] + units]]
    return [*window, [second, units]]


class PacedGoogle:
    """The Google port, staying within a number of units a minute.

    usage: of this account and project, as stored; `usage` afterwards is to be stored
    again. Raises RetryLater(reason=PACED) before a call that would not fit.
    """

    def __init__(
        self,
        google: Google,
        usage: Usage,
        limit: int,
        clock: Callable[[], float],
        others: int = 0,
        project_limit: int = 0,
    ) -> None:
        self.google = google
        self.usage = usage
        self.limit = limit
        self.clock = clock
        self.others = others
        self.project_limit = project_limit

    @property
    def requests(self) -> int:
        """HTTP requests so far."""
        return self.google.requests

    def close(self) -> None:
        """Close the connection behind it."""
        self.google.close()  # type: ignore[attr-defined]

    def list_events(
        self,
        *,
        sync_token: str = "",
        page_token: str = "",
        time_min: datetime | None = None,
        time_max: datetime | None = None,
    ) -> Page:
        """One page, one unit."""
        self._pass(1)
        return self.google.list_events(
            sync_token=sync_token,
            page_token=page_token,
            time_min=time_min,
            time_max=time_max,
        )

    def instances(
        self,
        series_id: str,
        *,
        time_min: datetime,
        time_max: datetime,
        page_token: str = "",
    ) -> Page:
        """One page, one unit."""
        self._pass(1)
        return self.google.instances(
            series_id, time_min=time_min, time_max=time_max, page_token=page_token
        )

    def call(self, calls: Sequence[Call]) -> list[Reply]:
        """All of the calls, or none when they do not fit now."""
        self._pass(cost(calls))
        return self.google.call(calls)

    # -- several calendars of one account --------------------------------------

    def beside(self, calendar_id: str) -> PacedGoogle:
        """The port to another calendar, which shares the quota."""
        other: Google = self.google.beside(calendar_id)  # type: ignore[attr-defined]
        return _Beside(self, other)

    def lists(self, asks: Sequence[ListAsk]) -> list[Page | Stop]:
        """One page of each, a unit each."""
        self._pass(len(asks))
        account: Calendars = self.google  # type: ignore[assignment]
        return account.lists(asks)

    def find(self, wanted: Sequence[tuple[str, str]]) -> list[Resource | None]:
        """A unit each."""
        self._pass(len(wanted))
        account: Calendars = self.google  # type: ignore[assignment]
        return account.find(wanted)

    def _pass(self, units: int) -> None:
        now = self.clock()
        delay = wait(self.usage, units, self.limit, now) if self.limit else 0.0
        used = sum(entry[1] for entry in recent(self.usage, now))
        if self.project_limit and self.others + used + units > self.project_limit:
            delay = max(delay, WINDOW / 6)
        if delay:
            message = "The quota of this minute is used up."
            raise RetryLater(message, reason=PACED, delay=delay)
        self.usage = spend(self.usage, units, now)


class _Beside(PacedGoogle):
    """Another calendar of the account: what it uses counts with the first one's."""

    def __init__(self, first: PacedGoogle, google: Google) -> None:
        self.first = first
        self.google = google

    def _pass(self, units: int) -> None:
        self.first._pass(units)
