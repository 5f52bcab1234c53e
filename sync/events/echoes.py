"""What Google made of what Odoo said: an answer is an answer, even another value.

Google may store what it is sent in a form of its own. The same value is not sent again
for that: Odoo says it, Google holds its form of it, until one of them says otherwise.
Kept in `Link.told` under names of their own, as texts of both values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .fields import EVENT_FIELDS
from .values import EventValues

_MARK = "="
#: What Google makes of reminders has rules of its own.
_ELSEWHERE = frozenset(("reminders",))


def answers(
    told: Mapping[str, Any],
    names: Iterable[str],
    odoo: EventValues,
    google: EventValues,
) -> dict[str, Any]:
    """`told` once Google answered to these fields of Odoo's with these values."""
    asked = [
        name
        for name in names
        if EVENT_FIELDS[name].owed is None and name not in _ELSEWHERE
    ]
    return as_they_stand(told, asked, odoo, google)


def as_they_stand(
    told: Mapping[str, Any],
    names: Iterable[str],
    odoo: EventValues,
    google: EventValues,
) -> dict[str, Any]:
    """`told` once both sides' values of these fields are agreed on, though they differ.

    Of a field that is told once only, Odoo's value counts as told.
    """
    kept = dict(told)
    for name in names:
        if EVENT_FIELDS[name].owed is not None:
            kept[name] = odoo.get(name)
            continue
        kept.pop(_MARK + name, None)
        if odoo.get(name) != google.get(name):
            kept[_MARK + name] = [str(odoo.get(name)), str(google.get(name))]
    return kept


def as_answered(
    told: Mapping[str, Any], odoo: EventValues, google: EventValues | None
) -> EventValues:
    """Odoo's values, with Google's form where it stands for the very same."""
    if google is None:
        return odoo
    same = {
        name: google.get(name)
        for key, pair in told.items()
        if (name := key.removeprefix(_MARK)) != key and name in EVENT_FIELDS
        if pair == [str(odoo.get(name)), str(google.get(name))]
    }
    return odoo.with_(same) if same else odoo
