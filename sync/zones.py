"""Time zone names that Google and Python both understand."""

from __future__ import annotations

from datetime import timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

#: New spellings that Google's data does not know yet: the older name, same rules.
_OLDER_NAMES = {
    "Europe/Kyiv": "Europe/Kiev",
    "America/Nuuk": "America/Godthab",
    "Pacific/Kanton": "Pacific/Enderbury",
    "Asia/Yangon": "Asia/Rangoon",
}
_UTC_NAMES = frozenset(("UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "Etc/Zulu"))


def google_zone(name: str) -> str:
    """The name to send for a zone, "" when it is none that Google would take.

    Google refuses offsets (`GMT+2`) and Windows names as time zones.
    """
    if name in _UTC_NAMES:
        return "UTC"
    name = _OLDER_NAMES.get(name, name)
    return name if "/" in name and "Etc/" not in name and _exists(name) else ""


def zone(name: str) -> tzinfo:
    """The zone of a name, UTC when it is unknown."""
    return ZoneInfo(name) if name and _exists(name) else timezone.utc


@lru_cache(maxsize=1024)
def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
