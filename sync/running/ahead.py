"""Pages read before a run comes to them: of several calendars in one request, or by a
glance (`glance`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..ports import BATCH_SIZE, Calendars, Google, ListAsk, Page, Stop
from .pull import ask_of
from .run import Run

Read = Mapping[ListAsk, Page | Stop]


def read_ahead(runs: Sequence[Run], account: Calendars) -> Mapping[str, Read]:
    """By calendar, what is to be listed next of it, where there are several."""
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
    return {ask.calendar: {ask: page} for ask, page in zip(asks, pages, strict=True)}


class AlreadyRead:
    """The Google port of one calendar, with first pages that were read before.

    google: the port behind it. read: the pages, each given once.
    """

    def __init__(self, google: Google, read: Read) -> None:
        self.google = google
        self.read = dict(read)

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
        """The page that was read; else Google is asked."""
        wanted = (sync_token, page_token, time_min, time_max)
        for ask in self.read:
            if (ask.sync_token, ask.page_token, ask.time_min, ask.time_max) == wanted:
                page = self.read.pop(ask)
                if isinstance(page, Stop):
                    raise page
                return page
        return self.google.list_events(
            sync_token=sync_token,
            page_token=page_token,
            time_min=time_min,
            time_max=time_max,
        )

    def lists(self, asks: Sequence[ListAsk]) -> list[Page | Stop]:
        """The pages that were read; Google is asked for the others, in one request."""
        left = [ask for ask in asks if ask not in self.read]
        account: Calendars = self.google  # type: ignore[assignment]
        fresh = iter(account.lists(left) if left else ())
        return [self.read.pop(a) if a in self.read else next(fresh) for a in asks]
