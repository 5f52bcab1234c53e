"""Google's series in memory: virtual occurrences, exceptions, what wipes them.

An exception keeps only what it says itself; the rest it takes from its series.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rruleset, rrulestr

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.occurrence_ids import family_of, occurrence_id, slot_of
from google_sync.sync.events.recurrence import (
    WEEKDAYS,
    google_lines,
    in_their_words,
    key_of,
    local_day,
    rule_of,
    start_of,
)
from google_sync.sync.events.slots import keys_between, period_at
from google_sync.sync.ports import Page, Reply, Verdict

_NEVER_INHERITED = ("id", "recurrence", "etag", "extendedProperties", "updated")
DAYS = WEEKDAYS
FIRST, LAST = date(2020, 1, 1), date(2030, 1, 1)


class GoogleSeries:
    """Part of `MemoryGoogle`."""

    def instances(self, series_id, *, time_min, time_max, page_token="") -> Page:
        self.requests += 1
        window = (time_min.date(), time_max.date())
        keys = self._keys(series_id, *window)
        shown = [self.resource(occurrence_id(series_id, key)) for key in keys]
        return Page([x for x in shown if x["status"] != "cancelled"], date=self.now())

    def is_occurrence(self, google_id: str) -> bool:
        return bool(self._series_of(google_id))

    def _series_of(self, google_id: str) -> str:
        """The series that has the occurrence, "" for any other id."""
        slot = slot_of(google_id)
        if slot is None:
            return ""
        own = self.events.get(google_id)
        if own is not None:
            series_id = own.get("recurringEventId", "")
            return series_id if series_id in self.events else ""
        family = [
            k
            for k, e in self.events.items()
            if family_of(k) == slot[0] and _is_whole(e)
        ]
        makers = [k for k in family if self._has(k, slot[1])]
        return [*family[:1], *makers][-1] if family else ""

    def resource(self, google_id: str) -> dict | None:
        """The event as Google shows it; an occurrence that nobody touched, too."""
        series_id = self._series_of(google_id)
        own = self.events.get(google_id)
        if not series_id:
            return own
        key = google_id.rpartition("_")[2]
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
            "id": occurrence_id(series_id, key),
            "etag": series["etag"],
            "updated": series["updated"],
            "recurringEventId": series_id,
            "originalStartTime": _edge(period.start, values.time_zone),
            "start": _edge(period.start, values.time_zone),
            "end": _edge(period.end, values.time_zone),
        }

    def _values(self, series_id: str):
        """Start, zone and rule of the series."""
        event = self.events[series_id]
        said = repr([event.get(n) for n in ("start", "end", "recurrence")])
        if said not in self._parsed:
            self._parsed[said] = parse_event(event, CalendarContext()).values
        return self._parsed[said]

    def _has(self, series_id: str, key: str) -> bool:
        if self.events[series_id]["status"] == "cancelled":
            return False
        day = start_of(key)
        return key in self._keys(series_id, day, day)

    def has_slot(self, google_id: str) -> bool:
        series_id = self._series_of(google_id)
        return self._has(series_id, google_id.rpartition("_")[2])

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
        series_id, key = self._series_of(google_id), google_id.rpartition("_")[2]
        inherited = self._inherited(series_id, key)
        own = {**self.events.get(google_id, {}), **copy.deepcopy(changes)}
        own.setdefault("status", "confirmed")
        own["recurringEventId"] = series_id
        own["originalStartTime"] = inherited["originalStartTime"]
        self._store(google_id, own)
        self.events[google_id].pop("iCalUID")
        self._touch_family(google_id)
        return copy.deepcopy(self.resource(google_id))

    def _touch_family(self, google_id: str) -> None:
        """A series and its exceptions have one etag and are listed together."""
        changed = self.events[google_id]
        series_id = changed.get("recurringEventId", google_id)
        members = [k for k in self.events if self._is_of(k, series_id)]
        for member in {*members, series_id} - {google_id}:
            if self.one_etag:
                self.events[member]["etag"] = changed["etag"]
                self.events[member]["updated"] = changed["updated"]
                self.log.append(member)
            elif series_id == google_id:
                # What it takes from its series changed: another etag, no new listing.
                self.events[member]["etag"] = f'"{member}{len(self.log)}"'

    def patch_occurrence(self, call) -> Reply:
        if not self.has_slot(call.google_id):
            return Reply(Verdict.GONE, reason="notFound")
        assert "recurrence" not in call.body, "an occurrence has no rule"
        body = {}
        for name, value in call.body.items():
            if isinstance(value, dict) and name != "reminders":
                value = {k: v for k, v in value.items() if v is not None}
            body[name] = value
        return Reply(Verdict.DONE, self.change_occurrence(call.google_id, body))

    def people_receive_one(self, google_id: str, body: dict) -> None:
        """An invitation to one occurrence of a series that this calendar has not."""
        series_id, key = slot_of(google_id)
        begun = {"dateTime": start_of(key).isoformat()}
        own = {"recurringEventId": series_id, "originalStartTime": begun}
        self._store(google_id, {**copy.deepcopy(body), **own, "status": "confirmed"})
        self.events[google_id]["iCalUID"] = f"{series_id}@google.com"

    def can_split(self, google_id: str) -> bool:
        """It is not the first one: that would be a change of all."""
        series_id, key = self._series_of(google_id), google_id.rpartition("_")[2]
        return key != self._keys(series_id, FIRST, LAST)[0]

    def people_split(self, google_id: str, *lines: str, **changes) -> str:
        """This and following, as Google's page does it; the id of the rest."""
        series_id, key = self._series_of(google_id), google_id.rpartition("_")[2]
        shown = self.resource(google_id)
        begun = self._inherited(series_id, key)
        series = copy.deepcopy(self.events[series_id])
        values = self._values(series_id)
        rule = rule_of(values.recurrence)
        gone = [k for k in self._keys(series_id, FIRST, LAST) if k < key]
        day = local_day(start_of(key), values.time_zone)
        head = rule.ending(until=day - timedelta(days=1))
        rest = rule.ending(rule.count - len(gone)) if rule.count else rule
        dates = values.recurrence[1:]
        cut = replace(values, recurrence=(head.line(), *dates))
        ends = google_lines(cut, values.time_zone)
        ends = in_their_words(
            ends, cut.recurrence, values.recurrence, series["recurrence"]
        )
        self.people_edit(series_id, recurrence=ends)
        tail = replace(values, recurrence=(rest.line(), *dates))
        body = {
            **series,
            "start": begun["start"],
            "end": begun["end"],
            "recurrence": list(lines) or google_lines(tail, values.time_zone),
            **changes,
        }
        assert shown is not None
        stamp = key.rstrip("Z")
        new_id = f"{family_of(series_id)}_R{stamp}"
        if body["start"] != begun["start"]:
            new_id = f"fresh{len(self.log)}of{family_of(series_id)}"
        body.pop("extendedProperties", None)
        self._store(new_id, {**body, "status": "confirmed"})
        return new_id

    def after_series(self, before: dict, series_id: str) -> None:
        """Another start, zone or pattern wipes the exceptions; an end cuts them."""
        if not before.get("recurrence"):
            return
        for google_id in [k for k in self.events if self._is_of(k, series_id)]:
            key = google_id.rpartition("_")[2]
            if self._moved(before, series_id) or not self._has(series_id, key):
                self.events[google_id]["status"] = "cancelled"
                self.events[google_id]["forgotten"] = True
        self._forget()
        self._touch_family(series_id)

    def _moved(self, before: dict, series_id: str) -> bool:
        now = self.events[series_id]
        old = parse_event({**now, **before}, CalendarContext()).values
        new = self._values(series_id)
        starts = [(x.period.start, x.time_zone) for x in (old, new)]
        if not now.get("recurrence") or starts[0] != starts[1]:
            return True
        return _pattern(before["recurrence"]) != _pattern(now["recurrence"])

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
        if series_id in self.events:
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
                own_id = occurrence_id(google_id, key)
                shown = self.resource(own_id)
                if shown["status"] != "cancelled":
                    found[own_id] = shown
        return found

    def _is_of(self, google_id: str, series_id: str) -> bool:
        return self.events[google_id].get("recurringEventId") == series_id


def _pattern(lines) -> list[set[str]]:
    """The rules' words without their ends; another word is another pattern."""
    rules = [x.partition(":")[2].split(";") for x in lines if x.startswith("RRULE")]
    return [{p for p in r if p[:6] not in ("COUNT=", "UNTIL=")} for r in rules]


def _is_whole(event: dict) -> bool:
    return "recurringEventId" not in event and bool(event.get("recurrence"))


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
