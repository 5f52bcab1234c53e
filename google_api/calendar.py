"""The `Google` port over HTTP: one account's events in one calendar.

It lists and runs calls, alone or as one batch, and returns what errors.py decides.
It must never mail a guest, write without an etag, or call events lost that are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime, timezone
from typing import Any

from ..sync.ports import (
    BATCH_SIZE,
    CalendarLost,
    Call,
    Delete,
    Get,
    Insert,
    ListAsk,
    Move,
    OurBug,
    Page,
    PageTokenExpired,
    Patch,
    Reply,
    Resource,
    RetryLater,
    Stop,
    SyncTokenExpired,
    Verdict,
)
from .application import Application
from .client import Client
from .credentials import OnRefresh, Tokens
from .endpoints import Endpoints
from .errors import judge_call, judge_list, settle
from .failure import Failure, malformed_answer
from .session import Answer, Success, page_of
from .workspace import Delegation

#: Google allows 2,500; smaller pages keep memory and slices of work small.
PAGE_SIZE = 1000
#: Occurrences of one series are few.
INSTANCES_SIZE = 2500

#: What stops one calendar's listing and none of the others.
_OF_ONE_CALENDAR = (CalendarLost, PageTokenExpired, SyncTokenExpired)

_EXISTS = {Verdict.DONE, Verdict.STALE, Verdict.TAKEN}


class CalendarClient(Client):
    """One account's Google, bound to one calendar. Not to be shared between threads."""

    def __init__(
        self,
        endpoints: Endpoints,
        application: Application | Delegation,
        tokens: Tokens,
        *,
        calendar_id: str,
        on_refresh: OnRefresh,
        timeout: float = 30.0,
    ) -> None:
        super().__init__(
            endpoints, application, tokens, on_refresh=on_refresh, timeout=timeout
        )
        self._events = self._session.resource("events")
        self._calendar_id = calendar_id

    def beside(self, calendar_id: str) -> CalendarClient:
        """Another calendar of the account, over the same connection."""
        other = copy(self)
        other._calendar_id = calendar_id
        return other

    # -- several calendars at once ---------------------------------------------

    def lists(self, asks: Sequence[ListAsk]) -> list[Page | Stop]:
        """One page of each calendar, as one request."""
        answers = self._session.run(
            [
                self.beside(ask.calendar)._list_request(**_parameters(ask))
                for ask in asks
            ]
        )
        pages: list[Page | Stop] = []
        for ask, answer in zip(asks, answers, strict=True):
            if not isinstance(answer, Failure):
                pages.append(_page(answer))
                continue
            stop = judge_list(
                answer, sync_token=ask.sync_token, page_token=ask.page_token
            )
            if not isinstance(stop, _OF_ONE_CALENDAR):
                raise stop
            pages.append(stop)
        return pages

    def find(self, wanted: Sequence[tuple[str, str]]) -> list[Resource | None]:
        """The events of these (calendar, id); None where there is none to be seen."""
        found: list[Resource | None] = []
        for first in range(0, len(wanted), BATCH_SIZE):
            part = wanted[first : first + BATCH_SIZE]
            requests = [
                self.beside(calendar)._request(Get(google_id))
                for calendar, google_id in part
            ]
            for (_calendar, google_id), answer in zip(
                part, self._session.run(requests), strict=True
            ):
                found.append(_found(Get(google_id), answer))
        return found

    # -- this calendar ---------------------------------------------------------

    def list_events(
        self,
        *,
        sync_token: str = "",
        page_token: str = "",
        time_min: datetime | None = None,
        time_max: datetime | None = None,
    ) -> Page:
        """One page. The window belongs to a chain without sync token, on every page."""
        if sync_token and (time_min or time_max):
            text = "A list with a sync token takes no window."
            raise OurBug(text, reason="windowWithSyncToken")
        ask = ListAsk(self._calendar_id, sync_token, page_token, time_min, time_max)
        answer = self._list(**_parameters(ask))
        if isinstance(answer, Failure):
            raise judge_list(answer, sync_token=sync_token, page_token=page_token)
        return _page(answer)

    def instances(
        self,
        series_id: str,
        *,
        time_min: datetime,
        time_max: datetime,
        page_token: str = "",
    ) -> Page:
        """One page of a series' occurrences; none when the series is gone meanwhile."""
        request = self._events.instances(
            calendarId=self._calendar_id,
            eventId=series_id,
            showDeleted=False,
            maxResults=INSTANCES_SIZE,
            timeMin=_instant(time_min),
            timeMax=_instant(time_max),
            pageToken=page_token or None,
            prettyPrint=False,
        )
        answer = self._ask([request])[0]
        if isinstance(answer, Failure):
            if answer.status not in (404, 410):
                raise judge_list(answer, page_token=page_token)
            self._require_calendar([])
            return Page([])
        return _page(answer)

    def call(self, calls: Sequence[Call]) -> list[Reply]:
        """Run up to BATCH_SIZE calls as one request; replies in their order.

        A Stop that concerns some calls only is raised when no call was answered on its
        merits; else those calls come back as RETRY (`errors.settle`). When the refresh
        of the tokens fails in the middle of a batch, that is raised: what the other
        parts did is then found out by repeating them (409, 410, 412).
        """
        if len(calls) > BATCH_SIZE:
            raise ValueError(f"{len(calls)} calls, at most {BATCH_SIZE} fit in a batch")
        outcomes = self._send(calls)
        missing = [i for i, outcome in enumerate(outcomes) if _is_missing(outcome)]
        if missing:
            self._require_calendar(outcomes)
            self._look_again(calls, outcomes, missing)
        return settle(outcomes)

    def _send(self, calls: Sequence[Call]) -> list[Reply | Stop]:
        ready = [call for call in calls if not _lacks_etag(call)]
        answers = iter(self._ask([self._request(call) for call in ready]))
        unread = Reply(Verdict.STALE, reason="noEtag", message="Read it first.")
        return [
            unread if _lacks_etag(call) else _outcome(call, next(answers))
            for call in calls
        ]

    def _require_calendar(self, outcomes: Sequence[Reply | Stop]) -> None:
        """A 404 is about the event only where the calendar itself can be read.

        Another event's answer in the same batch proves it; else one small list does.
        """
        if any(isinstance(o, Reply) and o.verdict in _EXISTS for o in outcomes):
            return
        answer = self._list(maxResults=1)
        if isinstance(answer, Failure):
            raise judge_list(answer)

    def _look_again(
        self, calls: Sequence[Call], outcomes: list[Reply | Stop], missing: list[int]
    ) -> None:
        """Repeat reads and edits once: just after a creation, a 404 can be a lag."""
        again = [i for i in missing if not isinstance(calls[i], Delete)]
        found = self._send([calls[i] for i in again])
        for i, outcome in zip(again, found, strict=True):
            outcomes[i] = outcome

    def _list(self, **parameters: Any) -> Answer:
        return self._ask([self._list_request(**parameters)])[0]

    def _list_request(self, **parameters: Any) -> Any:
        # These must be the same on every list of a chain. showDeleted: a full list then
        # brings the proof of a deletion, which absence would not be.
        return self._events.list(
            calendarId=self._calendar_id,
            singleEvents=False,
            showDeleted=True,
            prettyPrint=False,
            **parameters,
        )

    def _ask(self, requests: Sequence[Any]) -> list[Answer]:
        return self._session.run(requests)

    def _request(self, call: Call) -> Any:
        place: dict[str, Any] = {"calendarId": self._calendar_id}
        if isinstance(call, Get):
            place["eventId"] = call.google_id
            return self._events.get(**place, prettyPrint=False)
        # Always said: Google's default is not stated everywhere.
        place |= {
            "sendUpdates": "all" if call.notify else "none",
            "prettyPrint": False,
        }
        if isinstance(call, Insert):
            return self._events.insert(**place, body=dict(call.body))
        place["eventId"] = call.google_id
        if isinstance(call, Move):
            return self._events.move(**place, destination=call.destination)
        if isinstance(call, Patch):
            request = self._events.patch(**place, body=dict(call.body))
        else:
            request = self._events.delete(**place)
        request.headers["If-Match"] = call.etag
        return request


def _parameters(ask: ListAsk) -> dict[str, Any]:
    return {
        "maxResults": PAGE_SIZE,
        "syncToken": ask.sync_token or None,
        "pageToken": ask.page_token or None,
        "timeMin": _instant(ask.time_min),
        "timeMax": _instant(ask.time_max),
    }


def _found(call: Get, answer: Answer) -> Resource | None:
    """The event; a Stop or a failure that may pass is raised."""
    outcome = _outcome(call, answer)
    if isinstance(outcome, Stop) and not isinstance(outcome, _OF_ONE_CALENDAR):
        raise outcome
    if isinstance(outcome, Reply) and outcome.unanswered:
        raise RetryLater(
            outcome.message, reason=outcome.reason, delay=outcome.retry_after
        )
    return outcome.resource if isinstance(outcome, Reply) else None


def _lacks_etag(call: Call) -> bool:
    return isinstance(call, (Patch, Delete)) and not call.etag


def _is_missing(outcome: Reply | Stop) -> bool:
    return (
        isinstance(outcome, Reply)
        and outcome.verdict is Verdict.GONE
        and outcome.reason in ("notFound", "NOT_FOUND", "http404")
    )


def _outcome(call: Call, answer: Answer) -> Reply | Stop:
    if isinstance(answer, Failure):
        return judge_call(call, answer)
    if isinstance(call, Delete):
        return Reply(Verdict.DONE)
    if not answer.resource or "id" not in answer.resource:
        return judge_call(call, malformed_answer(200))
    return Reply(Verdict.DONE, answer.resource)


def _page(answer: Success) -> Page:
    body = page_of(answer, "calendar#events")
    return Page(
        items=body.get("items", []),
        next_page_token=body.get("nextPageToken", ""),
        next_sync_token=body.get("nextSyncToken", ""),
        date=answer.date,
        time_zone=body.get("timeZone", ""),
        access_role=body.get("accessRole", ""),
        default_reminders=body.get("defaultReminders", ()),
    )


def _instant(time: datetime | None) -> str | None:
    if time is None:
        return None
    if time.tzinfo is None:
        raise ValueError("a window is given in aware times")
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
