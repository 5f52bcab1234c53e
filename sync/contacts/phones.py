"""Telephone numbers and mail addresses: when two of them are the same."""

from __future__ import annotations

import re
from email.utils import getaddresses
from functools import lru_cache

import phonenumbers

_SEPARATOR = re.compile(r"[;\n]+")
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


def mail_key(address: str) -> str:
    """What two spellings of one mail address share."""
    return address.strip().casefold()


def mails_from_odoo(text: str | None) -> tuple[str, ...]:
    """The addresses in an Odoo `email` field, in order, each once.

    What is no address is left out; a field may hold several, with names or without.
    """
    found: dict[str, str] = {}
    for part in _SEPARATOR.split(text or ""):
        for _name, address in getaddresses([part]):
            address = address.strip()
            if "@" in address and " " not in address:
                found.setdefault(mail_key(address), address)
    return tuple(found.values())
