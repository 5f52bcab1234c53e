"""The calendars that an account sees, to choose one from.

Read whole each time: a few hundred entries at most, and only when a person asks.
It must never change the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .client import Client
from .errors import judge_list
from .failure import Failure
from .session import page_of


@dataclass(frozen=True)
class CalendarEntry:
    """A calendar as this user sees it."""

    id: str
    summary: str
    """The user's own name for it where there is one."""
    primary: bool = False
    access_role: str = ""
    time_zone: str = ""
    background_color: str = ""
    color_id: str = ""
    default_reminders: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    selected: bool = False
    hidden: bool = False


class CalendarListClient(Client):
    """Reads one account's list of calendars; meant for interactive use."""

    date: datetime | None = None
    """Google's clock, as the last answer told it (aware UTC)."""

    def list_calendars(self) -> list[CalendarEntry]:
        """All of them, hidden ones included: a person may type the name of one."""
        entries: list[CalendarEntry] = []
        page_token = ""
        while True:
            page = self._page(page_token)
            entries += map(_entry, page.get("items", []))
            page_token = page.get("nextPageToken", "")
            if not page_token:
                return entries

    def _page(self, page_token: str) -> Mapping[str, Any]:
        request = self._session.resource("calendarList").list(
            maxResults=250,
            showHidden=True,
            pageToken=page_token or None,
            prettyPrint=False,
        )
        answer = self._answer(request)
        if isinstance(answer, Failure):
            raise judge_list(answer, page_token=page_token)
        self.date = answer.date
        return page_of(answer, "calendar#calendarList")


def _entry(resource: Mapping[str, Any]) -> CalendarEntry:
    return CalendarEntry(
        id=resource["id"],
        summary=resource.get("summaryOverride") or resource.get("summary", ""),
        primary=resource.get("primary", False),
        access_role=resource.get("accessRole", ""),
        time_zone=resource.get("timeZone", ""),
        background_color=resource.get("backgroundColor", ""),
        color_id=resource.get("colorId", ""),
        default_reminders=resource.get("defaultReminders", ()),
        selected=resource.get("selected", False),
        hidden=resource.get("hidden", False),
    )
