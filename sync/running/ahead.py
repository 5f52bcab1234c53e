"""The first pages of several calendars, in one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..ports import BATCH_SIZE, Calendars, Google, ListAsk, Page, Stop
from .pull import ask_of
from .run import Run

Read = tuple[ListAsk, Page | Stop]


def read_ahead(runs: Sequence[Run], account: Calendars) -> Mapping[str, Read]:
    """What is to be listed next of each calendar, where there are several."""
    asks = [
        ask_of(cursor, run.settings.calendar)
        for run in runs
        if (cursor := run.store.cursor()).listing
    ]
    if len(asks) < 2:
        return {}
    pages: list[Page | Stop] = []
    for first in range(0, len(asks), BATCH_SIZE):
        pages += account.lists(asks[first : first + BATCH_SIZE])
    return {ask.calendar: (ask, page) for ask, page in zip(asks, pages, strict=True)}


@dataclass
class Ahead:
    """A Google port that has read one page already."""

    google: Google
    read: Read | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.google, name)

    def list_events(
        self,
        *,
        sync_token: str = "",
        page_token: str = "",
        time_min: datetime | None = None,
        time_max: datetime | None = None,
    ) -> Page:
        """The page that was read, once; else Google is asked."""
        read, self.read = self.read, None
        if read and read[0] == ListAsk(
            read[0].calendar, sync_token, page_token, time_min, time_max
        ):
            if isinstance(read[1], Stop):
                raise read[1]
            return read[1]
        return self.google.list_events(
            sync_token=sync_token,
            page_token=page_token,
            time_min=time_min,
            time_max=time_max,
        )
