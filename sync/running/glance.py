"""Whether a poll brings anything: most bring nothing, and are over with one question.

What was read is handed on to the run (`ahead`), when there is something after all.
"""

from __future__ import annotations

from dataclasses import replace

from ..events.google_event import CalendarContext
from ..events.period import Window
from ..events.store import Cursor
from ..ports import ListAsk, Page, Stop
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
