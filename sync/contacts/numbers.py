"""Telephone numbers as people type them into one field: one or several, with notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

#: What people write before an extension, in words that `phonenumbers` knows.
_EXTENSION = re.compile(
    r"(?:[-,;/]\s*)?\b(?:poste|interne|int|durchwahl|dw|extension|ext|p)\b[.:]?\s*"
    r"(\d{1,7})(?!\d)",
    re.IGNORECASE,
)
_LONG = re.compile(r"\d(?:\D*\d){5}")
_PARTS = re.compile(
    r"\s*(?:[;,|\n]|/+|&|\b(?:or|ou|and|et|und|oder)\b)\s*", re.IGNORECASE
)
_KINDS = {
    "fax": "workFax",
    "telecopie": "workFax",
    **dict.fromkeys(("mobile", "mob", "portable", "port", "cell", "gsm"), "mobile"),
    **dict.fromkeys(("bureau", "office", "work", "pro", "travail"), "work"),
    **dict.fromkeys(("domicile", "home", "perso", "maison", "privat"), "home"),
}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Number:
    """One number. value: as typed, without notes; kind: Google's type, or ""."""

    value: str
    kind: str = ""


@lru_cache(maxsize=8192)
def read_numbers(text: str, region: str) -> tuple[Number, ...]:
    """The numbers in a field, in order; what cannot be taken apart stays as typed.

    region: alpha-2 country by which national numbers are read.
    """
    text = (text or "").strip()
    if not text:
        return ()
    whole = _EXTENSION.sub(r" ext. \1", text)
    found = list(phonenumbers.PhoneNumberMatcher(whole, region or None))
    if found and not re.search(r"\d", _without(whole, found)):
        if len(found) == 1 and not _WORD.search(_without(whole, found)):
            return (Number(text),)
        return tuple(_number(whole, found, n) for n in range(len(found)))
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) > 1 and all(_LONG.search(part) for part in parts):
        return tuple(x for part in parts for x in read_numbers(part, region))
    return _halves(text, region) or (Number(text),)


def _halves(text: str, region: str) -> tuple[Number, ...]:
    """Two numbers with no more than a space between them; () when it is not that."""
    words = text.split()
    found = []
    for place in range(1, len(words)):
        halves = (" ".join(words[:place]), " ".join(words[place:]))
        if all(_is_valid(half, region) for half in halves):
            found.append(halves)
    return tuple(Number(half) for half in found[0]) if len(found) == 1 else ()


def _is_valid(text: str, region: str) -> bool:
    try:
        parsed = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(parsed))


def _without(text: str, found: list[phonenumbers.PhoneNumberMatch]) -> str:
    for match in reversed(found):
        text = text[: match.start] + " " + text[match.end :]
    return text


def _number(
    text: str, found: list[phonenumbers.PhoneNumberMatch], place: int
) -> Number:
    """The number with what the words beside it call it: after it, or before it."""
    match = found[place]
    end = found[place + 1].start if place + 1 < len(found) else len(text)
    start = found[place - 1].end if place else 0
    after = _first_kind(re.split(r"[,;/|\n]", text[match.end : end])[0])
    before = _first_kind(re.split(r"[,;/|\n)]", text[start : match.start])[-1])
    return Number(match.raw_string.strip(), before or after)


def _first_kind(words: str) -> str:
    kinds = (_KINDS.get(word.casefold(), "") for word in _WORD.findall(words))
    return next((kind for kind in kinds if kind), "")
