"""What an account leaves out: of Google, of what Odoo has, and the other way round.

A filter decides about new pairs only, as the period does. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .colours import LABEL
from .google_event import GoogleEvent

OUT = "out"
"""From Odoo to Google."""
IN = "in"
"""From Google to Odoo."""

#: What either side's filters can look at.
KINDS = {
    OUT: ("type", "no_type", "private", "title", "all_day", "free"),
    IN: (
        "title",
        "color",
        "label",
        "private",
        "all_day",
        "free",
        "declined",
        "without_me",
    ),
}
#: Kinds that say nothing without a value.
VALUED = ("title", "color", "label")


@dataclass(frozen=True)
class Filter:
    """value: part of a title (`*` and `?` stand for any), a colour, a label, a type."""

    side: str
    kind: str
    value: str = ""

    @property
    def reason(self) -> str:
        """The word for what it leaves out."""
        return f"{self.side}_{self.kind}"


@dataclass(frozen=True)
class Subject:
    """What filters look at. types: ids of Odoo's types of action, as text."""

    title: str
    private: bool
    all_day: bool
    free: bool
    types: Collection[str] = ()
    color: str = ""
    label: str = ""
    declined: bool = False
    without_me: bool = False


def left_out(subject: Subject, filters: Sequence[Filter]) -> str:
    """The reason of the first filter that leaves it out, or ""."""
    return next((x.reason for x in filters if _holds(x, subject)), "")


def in_google(event: GoogleEvent) -> Subject:
    """An event of Google's, as filters see it."""
    values = event.values
    assert values is not None
    return Subject(
        values.title,
        values.private,
        values.period.all_day,
        not values.busy,
        color=(values.color or "").removeprefix(LABEL),
        label=event.label,
        declined=not event.mine,
        without_me=not event.with_me,
    )


def _holds(filter_: Filter, subject: Subject) -> bool:
    value = filter_.value.strip()
    match filter_.kind:
        case "type":
            return value in subject.types
        case "no_type":
            return not subject.types
        case "title":
            return bool(value) and _pattern(value).search(subject.title) is not None
        case "color":
            return bool(value) and subject.color == value
        case "label":
            return bool(value) and subject.label.casefold() == value.casefold()
    return bool(getattr(subject, filter_.kind))


def _pattern(text: str) -> re.Pattern[str]:
    """Part of a title; capitals are alike."""
    parts = (
        {"*": ".*", "?": "."}.get(sign, re.escape(sign))
        for sign in " ".join(text.split())
    )
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)
