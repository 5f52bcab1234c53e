"""A long text in short, for a notice: its first sentences and the page it names."""

import re

_LONGEST = 180
_END = re.compile(r"(?<=[.!?])\s+")
_PAGE = re.compile(r"https://[^\s<>\"”»]+")


def brief(text):
    """(first sentences without an address, the page that is named or "")."""
    found = _PAGE.search(text)
    page = found.group().rstrip(".,;:)") if found else ""
    kept = ""
    for sentence in _END.split(text):
        if kept and len(f"{kept} {sentence}") > _LONGEST:
            break
        if not _PAGE.search(sentence):
            kept = f"{kept} {sentence}".strip()
    return kept or _PAGE.sub("", text).strip(), page
