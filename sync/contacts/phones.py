"""Telephone numbers: when two of them are the same."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

_NOISE = re.compile(r"[^\d+*#a-z]")


def phone_key(number: str, region: str) -> str:
    """What two spellings of one number share: E.164, else its bare characters.

    region: alpha-2 country by which a national number is read.
    """
    parsed = _parse(number, region)
    if parsed is None:
        return _NOISE.sub("", number.casefold())
    form = phonenumbers.PhoneNumberFormat.E164
    key = str(phonenumbers.format_number(parsed, form))
    return key + (f";ext={parsed.extension}" if parsed.extension else "")


def is_mobile(number: str, region: str) -> bool:
    """The numbering plan says that this is a mobile, and can only be one."""
    parsed = _parse(number, region)
    if parsed is None:
        return False
    kind = phonenumbers.number_type(parsed)
    return bool(kind == phonenumbers.PhoneNumberType.MOBILE)


@lru_cache(maxsize=8192)
def _parse(number: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None
