"""Google's ids of series and occurrences: the only place that builds or reads one.

A series that Google split ("this and following") goes on as `<id>_R<start>`; its
occurrences leave that part out. All series that began as one are a *family*: an
occurrence's id tells its family and its slot, not which of its series has it.
"""

from __future__ import annotations

import re

_SPLIT = re.compile(r"(.+)_R\d{8}(?:T\d{6}Z?)?", re.ASCII)
_OCCURRENCE = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)", re.ASCII)


def family_of(series_id: str) -> str:
    """The id that the series began with, before Google split it."""
    found = _SPLIT.fullmatch(series_id)
    return found[1] if found else series_id


def is_split(series_id: str) -> bool:
    """The series is what Google made of the rest of another one."""
    return family_of(series_id) != series_id


def occurrence_id(series_id: str, key: str) -> str:
    """Google's id of the occurrence of a slot, by Google's own rule."""
    return f"{family_of(series_id)}_{key}"


def slot_of(google_id: str) -> tuple[str, str] | None:
    """Family and slot key of an occurrence's id; None for the id of anything else."""
    found = _OCCURRENCE.fullmatch(google_id)
    return (found[1], found[2]) if found else None


def split_id(series_id: str, key: str) -> str:
    """Google's id of the rest of a series that it split at a slot."""
    return f"{family_of(series_id)}_R{key.rstrip('Z')}"


def original_of(key: str) -> dict[str, str]:
    """Google's `originalStartTime` of a slot."""
    day = f"{key[:4]}-{key[4:6]}-{key[6:8]}"
    if "T" not in key:
        return {"date": day}
    return {"dateTime": f"{day}T{key[9:11]}:{key[11:13]}:{key[13:15]}Z"}
