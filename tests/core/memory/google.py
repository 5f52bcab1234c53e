"""Google's port in memory: one calendar, with Google's rules and faults on demand."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from google_sync.sync.events.period import Window
from google_sync.sync.events.values import EventValues
from google_sync.sync.ports import (
    BATCH_SIZE,
    Delete,
    Get,
    Insert,
    Move,
    Page,
    PageTokenExpired,
    Patch,
    Reply,
    RetryLater,
    SyncTokenExpired,
    Verdict,
)
from memory.google_series import GoogleSeries

#: What only the organiser may change.
_SHARED = {"summary", "location", "description", "start", "end", "recurrence", "status"}
_EPOCH = datetime(2026, 6, 1, tzinfo=timezone.utc)


class MemoryGoogle(GoogleSeries):
    """`events` by id; `people_*` are what the calendar's owner does by hand.

    fault: called before each call with a name ("list", "call:0"...) and returning
    None, "before" or "after": the call then fails without or with its effect.
    one_etag: a series and its exceptions share theirs (as Google does since 2025).
    """

    def __init__(self, page_size: int = 1000) -> None:
        self.events: dict[str, dict] = {}
        self.log: list[str] = []
        self.requests = 0
        self.default_reminders = ()
        self.lists = 0
        self.page_size = page_size
        self.oldest_token = 0
        self.one_etag = True
        self.fault = lambda name: None
        self.account = None
        self.calendar = ""
        self._clock = 0
        self._pages: dict[str, tuple[list[str], str]] = {}
        self._parsed: dict[str, EventValues] = {}

    # -- the port --------------------------------------------------------------

    def list_events(
        self, *, sync_token="", page_token="", time_min=None, time_max=None
    ) -> Page:
        self.requests += 1
        self.lists += 1
        if self.fault("list"):
            raise RetryLater("503", reason="backendError")
        if page_token:
            if page_token not in self._pages:
                raise PageTokenExpired("page token")
            ids, token = self._pages[page_token]
        elif sync_token:
            if int(sync_token) < self.oldest_token:
                raise SyncTokenExpired("410")
            changed = dict.fromkeys(filter(None, self.log[int(sync_token) :]))
            ids, token = list(changed), self._token()
        else:
            ids, token = self._in_window(time_min, time_max), self._token()
        now, rest = ids[: self.page_size], ids[self.page_size :]
        items = [self._shown(k) for k in now if k in self.events]
        if not rest:
            return Page(
                items,
                next_sync_token=token,
                date=self.now(),
                default_reminders=self.default_reminders,
            )
        name = f"page{len(self._pages)}"
        self._pages[name] = (rest, token)
        return Page(
            items,
            next_page_token=name,
            date=self.now(),
            default_reminders=self.default_reminders,
        )

    def call(self, calls) -> list[Reply]:
        assert 0 < len(calls) <= BATCH_SIZE
        ids = [getattr(c, "google_id", None) or c.body["id"] for c in calls]
        assert len(set(ids)) == len(ids), "two calls on one event in a batch"
        self.requests += 1
        replies = []
        for number, call in enumerate(calls):
            fault = self.fault(f"call:{number}")
            if fault == "before":
                replies.append(Reply(Verdict.RETRY, reason="rateLimitExceeded"))
                continue
            reply = self._do(call)
            lost = Reply(Verdict.RETRY, reason="timeout")
            replies.append(lost if fault == "after" else reply)
        return replies

    # -- what people do in Google ----------------------------------------------

    def people_insert(self, google_id: str, body: dict) -> None:
        self._store(google_id, {**copy.deepcopy(body), "status": "confirmed"})

    def people_edit(self, google_id: str, **changes) -> None:
        if self.is_occurrence(google_id):
            self.change_occurrence(google_id, changes)
            return
        before = self.events[google_id]
        self._store(google_id, {**before, **changes})
        self.after_series(before, google_id)

    def people_delete(self, google_id: str) -> None:
        self._delete(google_id)

    def alive(self) -> dict[str, dict]:
        """Single events and series; exceptions are the series' own matter."""
        return {
            k: e
            for k, e in self.events.items()
            if e["status"] != "cancelled"
            and e.get("recurringEventId") not in self.events
        }

    def now(self) -> datetime:
        return _EPOCH + timedelta(minutes=self._clock)

    def tick(self) -> None:
        self._clock += 1

    # -- inside ----------------------------------------------------------------

    def _token(self) -> str:
        return str(len(self.log))

    def _in_window(self, time_min, time_max) -> list[str]:
        first = time_min.astimezone(timezone.utc).date()
        last = (time_max - timedelta(seconds=1)).astimezone(timezone.utc).date()
        window = Window(first, last)
        return [k for k in self.events if self.is_listed(k, window)]

    def _shown(self, google_id: str) -> dict:
        event = self.events[google_id]
        if event["status"] == "cancelled":
            kept = ("id", "status", "etag", "recurringEventId", "originalStartTime")
            return {k: event[k] for k in kept if k in event}
        return copy.deepcopy(self.resource(google_id))

    def _store(self, google_id: str, event: dict) -> dict:
        event = {k: v for k, v in event.items() if v is not None}
        uid = event.get("iCalUID") or f"{google_id}@google.com"
        event.update(id=google_id, iCalUID=uid)
        event["etag"] = f'"{len(self.log)}"'
        event["updated"] = self.now().isoformat()
        self.log.append(google_id)
        self.events[google_id] = event
        return copy.deepcopy(event)

    def _delete(self, google_id: str) -> None:
        if self.is_occurrence(google_id):
            self.change_occurrence(google_id, {"status": "cancelled"})
            return
        self._store(google_id, {**self.events[google_id], "status": "cancelled"})
        self.forget_exceptions(google_id)

    def _do(self, call) -> Reply:
        if isinstance(call, (Insert, Patch)) and not _may_remind(call.body):
            return Reply(Verdict.REFUSED, reason="invalid")
        if isinstance(call, Insert):
            google_id = call.body["id"]
            if google_id in self.events:
                return Reply(Verdict.TAKEN, reason="duplicate")
            body = {**copy.deepcopy(call.body), "status": "confirmed"}
            return Reply(Verdict.DONE, self._store(google_id, body))
        event = self.resource(call.google_id)
        if event is None:
            return Reply(Verdict.GONE, reason="notFound")
        if isinstance(call, Get):
            return Reply(Verdict.DONE, copy.deepcopy(event))
        if isinstance(call, Move):
            return self.account.move(self, call.google_id, call.destination)
        if isinstance(call, Delete) and event["status"] == "cancelled":
            return Reply(Verdict.GONE, reason="deleted")
        if call.etag and call.etag != event["etag"]:
            return Reply(Verdict.STALE, reason="conditionNotMet")
        if isinstance(call, Delete):
            self._delete(call.google_id)
            return Reply(Verdict.DONE)
        assert isinstance(call, Patch)
        series = self.events.get(self._series_of(call.google_id), event)
        if not _may_change(series) and _SHARED & call.body.keys():
            return Reply(Verdict.REFUSED, reason="forbiddenForNonOrganizer")
        if self.is_occurrence(call.google_id):
            return self.patch_occurrence(call)
        before = self.events[call.google_id]
        after = self._store(call.google_id, _patched(event, call))
        self.after_series(before, call.google_id)
        return Reply(Verdict.DONE, after)


def _may_remind(body: Mapping[str, Any]) -> bool:
    overrides = (body.get("reminders") or {}).get("overrides") or ()
    return len(overrides) <= 5 and all(0 <= r["minutes"] <= 40320 for r in overrides)


def _may_change(event: dict) -> bool:
    organizer = event.get("organizer", {"self": True})
    return bool(organizer.get("self") or event.get("guestsCanModify"))


def _patched(event: dict, call: Patch) -> dict:
    after = copy.deepcopy(event)
    for key, value in call.body.items():
        if isinstance(value, dict) and key != "reminders":
            merged = {**after.get(key, {}), **value}
            after[key] = {k: v for k, v in merged.items() if v is not None}
        else:
            after[key] = copy.deepcopy(value)
    return after
