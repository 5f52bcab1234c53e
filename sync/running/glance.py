"""Whether a poll brings anything: most bring nothing, and are over with one question.

What was read is handed on to the run, when there is something after all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..events.google_event import CalendarContext
from ..events.period import Window
from ..events.store import Cursor
from ..ports import Calendars, Google, ListAsk, Page, Stop
from .pull import ask_of


def ask_for_news(cursor: Cursor, calendar: str, window: Window) -> ListAsk | None:
    """What to ask about a calendar where nothing is left from before; else None."""
    at_rest = (
        cursor.sync_token
        and cursor.window == window
        and not (cursor.listing or cursor.unverified or cursor.slices)
    )
    return ask_of(replace(cursor, listing="delta"), calendar) if at_rest else None


def is_news(page: Page | Stop, known: CalendarContext) -> bool:
    """The page tells of events or of the calendar, is not whole, or is a refusal."""
    if isinstance(page, Stop) or page.items or page.next_page_token:
        return True
    return (
        not page.next_sync_token
        or page.time_zone not in ("", known.time_zone)
        or page.access_role not in ("", known.access_role)
        or tuple(page.default_reminders) not in ((), known.default_reminders)
    )


class AlreadyRead:
    """The Google port of the main calendar, with first pages that were read before.

    google: the port behind it. read: the pages, each given once.
    """

    def __init__(self, google: Google, read: Mapping[ListAsk, Page | Stop]) -> None:
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
