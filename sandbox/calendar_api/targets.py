"""Finding what an event id means: an event, a series, an exception or an instance.

A ``Target`` is the effective state of one addressable event. Its data is shared with
the store, where nothing is ever changed in place: build a new state, then store it.
"""

from dataclasses import dataclass

from ..entities import Event
from . import recurrence, times


@dataclass
class Target:
    """``event`` is None for an instance that was never written."""

    id: str
    data: dict
    event: Event = None
    series: Event = None
    original: dict = None

    @property
    def stored(self):
        """The stored event that carries etag and dates."""
        return self.event or self.series

    @property
    def is_instance(self):
        return self.original is not None

    @property
    def is_exception(self):
        return self.is_instance and self.event is not None

    @property
    def is_lost(self):
        """An exception without a place in its series: readable, never writable."""
        return self.event is not None and self.event.dropped

    @property
    def is_series(self):
        return bool(self.data.get("recurrence"))

    @property
    def cancelled(self):
        return self.data.get("status") == "cancelled"


def find(calendar, event_id):
    """The target with this id, cancelled ones included; None when there is none."""
    event = calendar.events.get(event_id)
    if event and not event.dropped:
        return of_event(calendar, event)
    instance = _virtual(calendar, event_id)
    if instance or not event:
        return instance
    return Target(event.id, event.data, event, None, event.original)


def as_changed(calendar, event_id, target):
    """What an incremental list shows in place of ``target``.

    An exception that lost its place is reported as such, although the rest of a split
    series may have an instance of that id.
    """
    event = calendar.events.get(event_id)
    taken_over = target and target.series and event and event.dropped
    if taken_over and target.series.id != event.series_id:
        return Target(event.id, event.data, event, None, event.original)
    return target


def of_event(calendar, event):
    """The target of a stored event."""
    if not event.series_id:
        return Target(event.id, event.data, event)
    series = calendar.events.get(event.series_id)
    data = effective(event, series)
    return Target(event.id, data, event, series, event.original)


def effective(event, series):
    """The full data of an exception: the series' with its own differences."""
    base = _inherited(series.data) if series else {}
    merged = {**base, **event.data}
    return {key: value for key, value in merged.items() if value is not None}


def differences(data, series):
    """What an exception stores: the inverse of ``effective``."""
    base = _inherited(series.data) if series else {}
    own = {k: v for k, v in data.items() if base.get(k) != v}
    own.update({key: None for key in base if key not in data})
    # Kept even when equal: they say when this occurrence is, whatever the series does.
    own.update(start=data["start"], end=data["end"])
    return own


def _inherited(series_data):
    return {key: v for key, v in series_data.items() if key != "recurrence"}


def _virtual(calendar, event_id):
    parsed = recurrence.parse_instance_id(event_id)
    if parsed is None or recurrence.family_of(parsed[0]) != parsed[0]:
        return None
    makers = [
        series
        for series in calendar.family(parsed[0])
        if series.data.get("recurrence") and recurrence.occurs(series.data, parsed[1])
    ]
    makers.sort(key=lambda series: series.cancelled)
    return instance(makers[0], parsed[1]) if makers else None


def instance(series, original):
    """The instance that the rule makes at ``original``."""
    start = series.data["start"]
    if "dateTime" in original:
        original = {**original, "timeZone": start["timeZone"]}
    data = _inherited(series.data)
    data["start"] = original
    data["end"] = times.shifted(original, times.duration(start, series.data["end"]))
    event_id = recurrence.instance_id(series.id, original)
    return Target(event_id, data, None, series, original)


def instances(calendar, series, after=None, before=None):
    """All instances of a series in a window, exceptions in their place."""
    exceptions = calendar.exceptions_of(series.id)
    taken = {_key(event.original) for event in exceptions}
    for event in exceptions:
        target = of_event(calendar, event)
        if in_window(target.data, calendar.time_zone, after, before):
            yield target
    if series.cancelled:
        return
    for original in recurrence.originals(series.data, after, before):
        if _key(original) not in taken:
            yield instance(series, original)


def _key(moment):
    return moment.get("dateTime") or moment["date"]


def in_window(data, calendar_zone, after, before):
    """Whether an event ends after ``after`` and starts before ``before``."""
    if after and times.instant(data["end"], calendar_zone) <= after:
        return False
    return not before or times.instant(data["start"], calendar_zone) < before


def series_in_window(calendar, series, after, before):
    """Whether any instance of the series falls into the window."""
    if not after and not before:
        return True
    found = instances(calendar, series, after, before)
    return any(not target.cancelled for target in found)
