"""Time zone names: which are one zone, and what a name means.

A name that Google sent goes back as it came: nothing here puts another in its place.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_OFFSET = re.compile(r"(?:GMT|UTC|)([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
#: The tz database itself calls two names one zone if they agree since then.
_SINCE, _UNTIL = 1970, 2038
#: Old names without a place are rules that places follow today.
_LATELY = 2015


def zone(name: str) -> tzinfo:
    """The zone of a name, an offset included; UTC when it is unknown."""
    if name and _exists(name):
        return ZoneInfo(name)
    found = _OFFSET.fullmatch(name)
    if not found:
        return timezone.utc
    sign = -1 if found[1] == "-" else 1
    away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(sign * away) if away < timedelta(days=1) else timezone.utc


def same_zone(one: str, other: str) -> bool:
    """Both name one zone: links, other spellings, the many names of UTC.

    An unknown name is the same as itself only.
    """
    if one == other:
        return True
    if not (_means_something(one) and _means_something(other)):
        return False
    since = _SINCE if _is_place(one) and _is_place(other) else _LATELY
    return _offsets(one, since) == _offsets(other, since)


def other_name(name: str) -> str:
    """A place in the same zone, for who does not know the name; "" without one."""
    if not _means_something(name):
        return ""
    places = [x for x in available_timezones() if _is_place(x) and x != name]
    # The same city first; Europe's names are the oldest.
    places.sort(key=lambda x: (not x.endswith(f"/{name}"), x[:7] != "Europe/", x))
    return next((x for x in places if same_zone(x, name)), "")


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith("Etc/")


def _means_something(name: str) -> bool:
    return bool(name) and (_exists(name) or bool(_OFFSET.fullmatch(name)))


@lru_cache(maxsize=2048)
def _offsets(name: str, since: int) -> tuple[timedelta | None, ...]:
    """The distance from UTC, twice a month."""
    there = zone(name)
    moments = (
        datetime(year, month, day, tzinfo=timezone.utc)
        for year in range(since, _UNTIL)
        for month in range(1, 13)
        for day in (4, 20)
    )
    return tuple(moment.astimezone(there).utcoffset() for moment in moments)


@lru_cache(maxsize=1024)
def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
