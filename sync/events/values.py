"""Canonical values: what both sides agree on, in one form.

Plain frozen dataclasses, checked at birth. Two mappers build them (from an Odoo
record, from a Google resource) so that equal things compare equal. No Odoo, no I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

#: Raised when the same input would give other canonical values than before. A link
#: whose base was made by another version is re-based without writing anything.
VALUES_VERSION = 2

MAX_REMINDERS = 5
MAX_REMINDER_MINUTES = 40320

UTC = timezone.utc
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Period:
    """When an event takes place.

    Timed: `start` and `end` are aware UTC datetimes without microseconds.
    All-day: plain dates. `end` is exclusive in both (Google's rule; Odoo's
    `stop_date` is inclusive). `end` is always after `start`: Google refuses less.
    """

    start: date | datetime
    end: date | datetime

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise ValueError("start and end must be both dates or both datetimes")
        for moment in (self.start, self.end):
            if isinstance(moment, datetime) and moment.utcoffset() != timedelta(0):
                raise ValueError("a datetime must be in UTC")
        if self.end <= self.start:
            raise ValueError("end must be after start")

    @property
    def all_day(self) -> bool:
        """True when start and end are dates."""
        return not isinstance(self.start, datetime)

    @property
    def length(self) -> timedelta:
        """From start to end."""
        # mypy does not know that both are of one kind.
        return self.end - self.start  # type: ignore[operator]

    @classmethod
    def timed(cls, start: datetime, end: datetime) -> Period:
        """Naive datetimes are UTC (Odoo's form); an empty period lasts one minute."""
        first, last = as_utc(start), as_utc(end)
        return cls(first, max(last, first + timedelta(minutes=1)))

    @classmethod
    def days(cls, first: date, last: date) -> Period:
        """All-day, from `first` to `last`, both included."""
        return cls(first, max(first, last) + timedelta(days=1))


def as_utc(moment: datetime) -> datetime:
    """The same instant, aware, in UTC, to the second; naive input is UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class EventValues:
    """One event or one series, in canonical form.

    period: of a series, its first occurrence's by the rule.

    title, place: stripped text, "" when empty.
    description: canonical text of `description.description_from_*`, "" when empty.
    time_zone: IANA name the event is shown in; "" for all-day or when unknown. Odoo
        does not store one for single events: the link's base remembers Google's.
    guests: addresses of Google's guests, the account's own and rooms left out; Odoo's
        are no guests of Google's: `observed` takes them from the link's base.
    recurrence: canonical lines of `recurrence`, () for a single event.
    private: Odoo's effective privacy is private or confidential; Google's visibility
        is private or confidential.
    busy: the time counts as taken (Google: opaque).
    reminders: minutes before the start of popup reminders, ascending: in Odoo all that
        it has, in Google what that can hold, see `fit_reminders`. mail_reminders: how
        many Google has of its own beside them; no difference between two events.
    color: one of Google's colours or "", see `colours.colour_of`. video: address of the
        video meeting. source: Odoo's own meeting address, as Google's source. These
        three are None in a base made before they were synchronised: not known.
    extra: values of fields that other addons registered, by field name.
    """

    period: Period
    title: str = ""
    place: str = ""
    description: str = ""
    time_zone: str = ""
    private: bool = False
    busy: bool = True
    reminders: tuple[int, ...] = ()
    recurrence: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    color: str | None = ""
    video: str | None = ""
    source: str | None = ""
    mail_reminders: int = field(default=0, compare=False)
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def get(self, name: str) -> Any:
        """Value of a field by its name, registered fields included."""
        return getattr(self, name) if name in EVENT_ATTRIBUTES else self.extra.get(name)

    def as_dict(self) -> dict[str, Any]:
        """Every value by field name, registered fields included."""
        return {**{n: getattr(self, n) for n in sorted(EVENT_ATTRIBUTES)}, **self.extra}

    def with_(self, changes: Mapping[str, Any]) -> EventValues:
        """A copy with other values of the named fields."""
        own = {k: v for k, v in changes.items() if k in EVENT_ATTRIBUTES}
        added = {k: v for k, v in changes.items() if k not in EVENT_ATTRIBUTES}
        if added:
            own["extra"] = MappingProxyType({**self.extra, **added})
        return replace(self, **own)


EVENT_ATTRIBUTES = frozenset(f.name for f in fields(EventValues)) - {"extra"}
#: Fields that bases and archives of before know nothing of: read as None from there,
#: or every link would look edited. A new field is added here.
LATER = ("color", "video", "source")


def reminder_minutes(minutes: set[int]) -> tuple[int, ...]:
    """Canonical reminders, nearest to the start first."""
    return tuple(sorted(m for m in minutes if m >= 0))


def fit_reminders(minutes: tuple[int, ...], mails: int) -> tuple[int, ...]:
    """Those that Google can hold beside so many mail reminders of its own."""
    valid = [m for m in minutes if m <= MAX_REMINDER_MINUTES]
    return tuple(valid[: max(MAX_REMINDERS - mails, 0)])


# -- as JSON, for the link's base ----------------------------------------------


def event_to_json(values: EventValues) -> dict[str, Any]:
    """Plain JSON of the values; `event_from_json` reads it back unchanged."""
    data = {name: getattr(values, name) for name in EVENT_ATTRIBUTES - {"period"}}
    data["reminders"] = list(values.reminders)
    data["recurrence"] = list(values.recurrence)
    data["guests"] = list(values.guests)
    data["start"] = values.period.start.isoformat()
    data["end"] = values.period.end.isoformat()
    data["extra"] = dict(values.extra)
    return data


def event_from_json(data: Mapping[str, Any]) -> EventValues:
    """Read what `event_to_json` wrote; keys that nobody knows any more are ignored."""
    known = {k: v for k, v in data.items() if k in EVENT_ATTRIBUTES - {"period"}}
    known["reminders"] = tuple(known.get("reminders", ()))
    known["recurrence"] = tuple(known.get("recurrence", ()))
    known["guests"] = tuple(known.get("guests", ()))
    for name in LATER:
        known.setdefault(name, None)
    return EventValues(
        period=Period(_moment(data["start"]), _moment(data["end"])),
        extra=MappingProxyType(dict(data.get("extra", {}))),
        **known,
    )


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
