"""Moments of events: ``{date}`` or ``{dateTime, timeZone}``.

Stored form: ``dateTime`` in UTC with ``Z`` plus the IANA zone; answers carry it in the
reader's zone with an offset, as Google does, whatever offset was sent.
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ..errors import invalid, required

UTC = timezone.utc
STORED = "%Y-%m-%dT%H:%M:%SZ"
DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)?$", re.ASCII
)
NOT_IANA = {"localtime", "Factory", "posixrules"}


@cache
def known_zones():
    return available_timezones() - NOT_IANA


@cache
def zone(name):
    return ZoneInfo(name)


def check_zone(name, which=""):
    if name not in known_zones():
        suffix = f" for {which} time" if which else ""
        raise invalid(f"Invalid time zone definition{suffix}.", which)
    return name


def parse_rfc3339(text):
    """An aware datetime; the caller has checked the form (it has an offset)."""
    return _moment(*DATE_TIME.match(text).groups())


def _moment(day, clock, offset):
    text = f"{day}T{clock}{'+00:00' if offset in ('Z', 'z') else offset or ''}"
    return datetime.fromisoformat(text)


def normalise(raw, default_zone, which):
    """The stored form of a start or end as sent; refused as Google refuses it."""
    raw = {key: value for key, value in (raw or {}).items() if value is not None}
    if "date" not in raw and "dateTime" not in raw:
        raise required(f"Missing {which} time.", which)
    if "date" in raw and "dateTime" in raw:
        raise invalid(f"Invalid {which} time.", which)
    name = raw.get("timeZone")
    if name is not None:
        check_zone(name, which)
    if "date" in raw:
        return {"date": _date(raw["date"], which)}
    moment = _date_time(raw["dateTime"], name, which)
    return {
        "dateTime": moment.astimezone(UTC).strftime(STORED),
        "timeZone": name or default_zone,
    }


def _date(text, which):
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError(text)
        return _computable(date.fromisoformat(text)).isoformat()
    except ValueError:
        raise invalid(f"Invalid {which} time.", which) from None


def _computable(moment):
    """ValueError at the ends of the calendar, where zones cannot be computed."""
    if not 1 < moment.year < 9999:
        raise ValueError(moment)
    return moment


def _date_time(text, zone_name, which):
    found = DATE_TIME.match(text)
    try:
        moment = _computable(_moment(*found.groups())) if found else None
    except ValueError:
        moment = None
    if moment is None:
        raise invalid(f"Invalid {which} time.", which)
    if moment.tzinfo:
        return moment
    if not zone_name:
        raise invalid(f"Missing time zone definition for {which} time.", which)
    return moment.replace(tzinfo=zone(zone_name))


def instant(moment, calendar_zone="UTC"):
    """The aware UTC moment of a stored start or end; dates in the calendar's zone."""
    if "date" in moment:
        day = datetime.fromisoformat(moment["date"])
        return day.replace(tzinfo=zone(calendar_zone)).astimezone(UTC)
    return _read(moment["dateTime"])


def _read(text):
    """A stored dateTime; strptime would be ten times slower."""
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


def stored(moment, zone_name):
    return {"dateTime": moment.astimezone(UTC).strftime(STORED), "timeZone": zone_name}


def local(moment):
    """A stored moment as naive wall-clock time in its own zone."""
    if "date" in moment:
        return datetime.fromisoformat(moment["date"])
    aware = _read(moment["dateTime"])
    return aware.astimezone(zone(moment["timeZone"])).replace(tzinfo=None)


def from_local(naive, like):
    """The stored moment of a wall-clock time, of the kind and zone of ``like``."""
    if "date" in like:
        return {"date": naive.date().isoformat()}
    aware = naive.replace(tzinfo=zone(like["timeZone"]))
    return stored(aware, like["timeZone"])


def rendered(moment, zone_name):
    """A stored moment as the answer shows it to a reader in ``zone_name``."""
    if "date" in moment:
        return {"date": moment["date"]}
    aware = _read(moment["dateTime"])
    text = aware.astimezone(zone(zone_name)).isoformat()
    return {
        "dateTime": text.replace("+00:00", "Z"),
        "timeZone": moment["timeZone"],
    }


def duration(start, end):
    """Length of a stored pair, for the instances of a series."""
    if "date" in start:
        return date.fromisoformat(end["date"]) - date.fromisoformat(start["date"])
    return instant(end) - instant(start)


def shifted(start, length):
    """The end of an instance that starts at ``start``."""
    if "date" in start:
        return {"date": (date.fromisoformat(start["date"]) + length).isoformat()}
    return stored(instant(start) + length, start["timeZone"])


def check_order(start, end):
    """Both of one kind, and the end after the start."""
    if ("date" in start) != ("date" in end):
        raise invalid("Invalid start time.", "start")
    if duration(start, end) <= timedelta(0):
        raise invalid(
            "The specified time range is empty.", "timeRange", "timeRangeEmpty"
        )
