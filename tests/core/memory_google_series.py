"""Google's series in memory: virtual occurrences, exceptions, what wipes them.

An exception keeps only what it says itself; the rest it takes from its series.
"""

from __future__ import annotations

import copy
import re
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rruleset, rrulestr

from google_sync.sync.google_event import CalendarContext, parse_event
from google_sync.sync.ports import Page, Reply, Verdict
from google_sync.sync.recurrence import (
    WEEKDAYS,
    key_of,
    keys_between,
    local_day,
    period_at,
    rule_of,
    start_of,
)

_OCCURRENCE = re.compile(r"(.+)_\d{8}(T\d{6}Z)?")
_NEVER_INHERITED = ("id", "recurrence", "etag", "extendedProperties", "updated")
DAYS = WEEKDAYS
FIRST, LAST = date(2020, 1, 1), date(2030, 1, 1)


class GoogleSeries:
    """Part of `MemoryGoogle`."""

    def instances(self, series_id, *, time_min, time_max, page_token="") -> Page:
        self.requests += 1
        window = (time_min.date(), time_max.date())
        keys = self._keys(series_id, *window)
        shown = [self.resource(f"{series_id}_{key}") for key in keys]
        return Page([x for x in shown if x["status"] != "cancelled"], date=self.now())

    def is_occurrence(self, google_id: str) -> bool:
        found = _OCCURRENCE.fullmatch(google_id)
        return bool(found) and found[1] in self.events

    def resource(self, google_id: str) -> dict | None:
        """The event as Google shows it; an occurrence that nobody touched, too."""
        if not self.is_occurrence(google_id):
            return self.events.get(google_id)
        own = self.events.get(google_id)
        series_id, _, key = google_id.rpartition("_")
        if own is not None and own["status"] == "cancelled":
            return own
        if own is None and not self._has(series_id, key):
            return None
        return {**self._inherited(series_id, key), **(own or {})}

    def _inherited(self, series_id: str, key: str) -> dict:
        series = self.events[series_id]
        kept = {k: v for k, v in series.items() if k not in _NEVER_INHERITED}
        values = self._values(series_id)
        period = period_at(values, key)
        return {
            **copy.deepcopy(kept),
            "id": f"{series_id}_{key}",
            "etag": f'"v{series["etag"]}"',
            "updated": series["updated"],
            "recurringEventId": series_id,
            "originalStartTime": _edge(period.start, values.time_zone),
            "start": _edge(period.start, values.time_zone),
            "end": _edge(period.end, values.time_zone),
        }

    def _values(self, series_id: str):
        return parse_event(self.events[series_id], CalendarContext()).values

    def _has(self, series_id: str, key: str) -> bool:
        if self.events[series_id]["status"] == "cancelled":
            return False
        day = start_of(key)
        return key in self._keys(series_id, day, day)

    def has_slot(self, google_id: str) -> bool:
        return self._has(*google_id.rsplit("_", 1))

    def _keys(self, series_id: str, first, last) -> list[str]:
        series = self.events[series_id]
        if series["status"] == "cancelled" or not series.get("recurrence"):
            return []
        values = self._values(series_id)
        first, last = (
            x if type(x) is date else local_day(x, values.time_zone)
            for x in (first, last)
        )
        if rule_of(values.recurrence) is None:
            return odd_keys(values, first, last)
        return keys_between(values, first, last)

    def change_occurrence(self, google_id: str, changes: dict) -> dict:
        series_id, _, key = google_id.rpartition("_")
        inherited = self._inherited(series_id, key)
        own = {**self.events.get(google_id, {}), **copy.deepcopy(changes)}
        own.setdefault("status", "confirmed")
        own["recurringEventId"] = series_id
        own["originalStartTime"] = inherited["originalStartTime"]
        self._store(google_id, own)
        self.events[google_id].pop("iCalUID")
        return copy.deepcopy(self.resource(google_id))

    def patch_occurrence(self, call) -> Reply:
        if not self._has(*call.google_id.rsplit("_", 1)):
            return Reply(Verdict.GONE, reason="notFound")
        assert "recurrence" not in call.body, "an occurrence has no rule"
        body = {}
        for name, value in call.body.items():
            if isinstance(value, dict) and name != "reminders":
                value = {k: v for k, v in value.items() if v is not None}
            body[name] = value
        return Reply(Verdict.DONE, self.change_occurrence(call.google_id, body))

    def after_series(self, before: dict, series_id: str) -> None:
        """Another start, zone or pattern wipes the exceptions; an end cuts them."""
        if not before.get("recurrence"):
            return
        for google_id in [k for k in self.events if _is_of(k, series_id)]:
            key = google_id.rpartition("_")[2]
            if self._moved(before, series_id) or not self._has(series_id, key):
                self.events[google_id]["status"] = "cancelled"
                self.events[google_id]["forgotten"] = True
            else:
                # What it takes from its series changed: another etag, no new listing.
                self.events[google_id]["etag"] = f'"{google_id}{len(self.log)}"'
        self._forget()

    def _moved(self, before: dict, series_id: str) -> bool:
        now = self.events[series_id]
        if not now.get("recurrence") or before["start"] != now["start"]:
            return True
        old = parse_event({**now, **before}, CalendarContext()).values
        new = self._values(series_id)
        old_rule, new_rule = rule_of(old.recurrence), rule_of(new.recurrence)
        if old_rule is None or new_rule is None:
            return old.recurrence != new.recurrence
        return old_rule.pattern != new_rule.pattern

    def forget_exceptions(self, series_id: str) -> None:
        for event in self.events.values():
            if event.get("recurringEventId") == series_id:
                event["status"] = "cancelled"
                event["forgotten"] = True
        self._forget()

    def _forget(self) -> None:
        """Exceptions without a place are nothing any more, in lists neither."""
        lost = {k for k, e in self.events.items() if e.pop("forgotten", False)}
        for google_id in lost:
            del self.events[google_id]
        self.log = [k if k not in lost else "" for k in self.log]

    def is_listed(self, google_id: str, window) -> bool:
        event = self.events[google_id]
        series_id = event.get("recurringEventId")
        if series_id:
            return self.events[series_id]["status"] != "cancelled"
        if event["status"] == "cancelled":
            return False
        if event.get("recurrence"):
            return bool(self._keys(google_id, window.first, window.last))
        values = parse_event(event, CalendarContext()).values
        return window.holds(values.period)

    def seen(self) -> dict[str, dict]:
        """Everything that a person sees in the calendar, occurrence by occurrence."""
        found = {}
        for google_id, event in self.alive().items():
            if not event.get("recurrence"):
                found[google_id] = event
                continue
            for key in self._keys(google_id, FIRST, LAST):
                shown = self.resource(f"{google_id}_{key}")
                if shown["status"] != "cancelled":
                    found[f"{google_id}_{key}"] = shown
        return found


def _is_of(google_id: str, series_id: str) -> bool:
    found = _OCCURRENCE.fullmatch(google_id)
    return bool(found) and found[1] == series_id


def odd_keys(values, first, last) -> list[str]:
    """What dateutil makes of a rule that Odoo has no words for."""
    rules = rruleset()
    start = values.period.start.replace(tzinfo=None)
    for line in values.recurrence:
        rules.rrule(rrulestr(line, dtstart=start))
    lower = datetime.combine(first, time()) - timedelta(seconds=1)
    upper = datetime.combine(last, time.max)
    return [f"{moment:%Y%m%dT%H%M%SZ}" for moment in rules.between(lower, upper)]


def _edge(moment, zone_name: str) -> dict:
    key = key_of(moment)
    if "T" not in key:
        return {"date": moment.isoformat()}
    return {"dateTime": moment.isoformat(), "timeZone": zone_name or "UTC"}
