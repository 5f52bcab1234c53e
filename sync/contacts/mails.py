"""Mail addresses as people type them into one field, read as a person would.

Several with anything between them, names before or around, `mailto:`, full stops at the
end. What is no whole address is not guessed at: it is left unread, and said.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Stand for the signs and spaces that programs paste instead of the plain ones.
_PLAIN = str.maketrans(
    {
        "＠": "@",
        "．": ".",
        "，": ",",
        "；": ";",
        "\u200b": "",
        "\ufeff": "",
        "\u00ad": "",
    }
)
#: A name in front of an address in angle brackets, which may look like one.
_NAMED = re.compile(r"(?:\"[^\"]*\"|«[^»]*»|“[^”]*”)\s*(?=<[^<>\s]*@)")
#: One address with a space beside its sign, and nothing else.
_SPACED = re.compile(r"^\s*([^\s@<>\"]+)\s*@\s*([^\s@<>\"]+)\s*$")
_PARTS = re.compile(r"([,;/|\n]+)")
_TOKEN = re.compile(r"[^\s<>()\[\]{},;:/|\\\"«»“”]*@[^\s<>()\[\]{},;:/|\\\"«»“”]*")
#: Signs before an address (bullets, arrows, pictures) and after it.
_BEFORE = re.compile(r"^[^\w@]+")
_BEHIND = re.compile(r"[^\w@]+$")
#: What people write before an address instead of a colon.
_LABELLED = re.compile(
    r"^(?:e-?mail|mail|courriel|mel|mél|adresse|address|mailto|contact|perso|priv[eé]e?"
    r"|private|home|pro|work|travail|bureau|office|direct)(?:[-_.]?\w+)?=(?=[^@]+@)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?!\.)(?!.*\.\.)[\w.!#$%&'’*+=?^`{|}~-]+(?<!\.)")
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_QUERY = re.compile(r"\?[\w-]+=.*$")
#: What follows where a dot was mistyped: `paul@client,test` is not `paul@client`.
_MISTYPED = re.compile(r"[ \t]*[,;:]?[ \t]*([^\W\d_]{2,24})[ \t]*(?=[.,;:/|\n<(]|$)")
_AND = frozenset({"or", "ou", "and", "et", "und", "oder", "y", "o", "e", "en", "of"})


@lru_cache(maxsize=8192)
def read_mails(text: str) -> tuple[tuple[str, ...], bool]:
    """The addresses in the text, in order, each once; and whether all of it was read.

    A text without any address was not read, an empty one was.
    """
    plain = _NAMED.sub("", (text or "").translate(_PLAIN))
    plain = "".join(_SPACED.sub(r"\1@\2", part) for part in _PARTS.split(plain))
    found: dict[str, str] = {}
    whole = True
    for token in _TOKEN.finditer(plain):
        rest = plain[token.end() :]
        for piece in _pieces(token[0]):
            address = _address(piece, rest)
            whole = whole and bool(address)
            if address:
                found.setdefault(mail_key(address), address)
    return tuple(found.values()), whole and bool(found or not plain.strip())


def mails_from_odoo(text: str | None) -> tuple[str, ...]:
    """The addresses that can be read in an Odoo `email` field."""
    return read_mails(text or "")[0]


def mail_key(address: str) -> str:
    """What two spellings of one mail address share."""
    local, at, domain = address.strip().casefold().rpartition("@")
    if domain.isascii():
        return local + at + domain
    try:
        plain = domain.encode("idna").decode()
    except UnicodeError:
        plain = domain
    return f"{local}{at}{plain}"


def _pieces(token: str) -> list[str]:
    """Several addresses that only `&` or `+` stands between."""
    return re.split(r"[&+]", token) if token.count("@") > 1 else [token]


def _address(token: str, rest: str) -> str:
    """The address, "" when this is none, or not all of one."""
    token = _BEFORE.sub("", _BEHIND.sub("", _QUERY.sub("", token)))
    token = _LABELLED.sub("", token)
    local, _at, domain = token.rpartition("@")
    if "@" in local or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return ""
    if "." not in domain and _is_mistyped(rest):
        return ""
    return token


def _is_mistyped(rest: str) -> bool:
    found = _MISTYPED.match(rest)
    return found is not None and found[1].casefold() not in _AND
