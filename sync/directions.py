"""Which way a field travels, and who keeps a field that both sides changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum


class Direction(Enum):
    """Which way a field's changes travel."""

    BOTH = "both"
    TO_GOOGLE = "to_google"
    FROM_GOOGLE = "from_google"
    NONE = "none"


def allowed(
    chosen: Mapping[str, Direction],
    choices: Mapping[str, Collection[Direction]],
    together: Mapping[str, Sequence[str]],
) -> dict[str, Direction]:
    """The directions that were chosen, by field; what may not be is as if nobody had.

    choices: by field, what may be chosen. together: fields that follow the first one.
    """
    return {
        name: way
        for first, way in chosen.items()
        if way in choices.get(first, ())
        for name in together.get(first, (first,))
    }


class Winner(Enum):
    """Whose value a conflict keeps; ASK leaves both sides as they are."""

    ODOO = "odoo"
    GOOGLE = "google"
    ASK = "ask"


def winner(
    policy: str,
    edited_at: datetime | None,
    google_updated: datetime | None,
    skew: timedelta,
) -> Winner:
    """Who keeps a field that both sides changed.

    newest: the time a person edited in Odoo (None: nobody did, so Google) against
    Google's `updated`; `skew` is Google's clock minus ours.
    """
    if policy != "newest":
        return Winner(policy)
    if edited_at is None:
        return Winner.GOOGLE
    if google_updated is None:
        return Winner.ODOO
    return Winner.ODOO if edited_at + skew > google_updated else Winner.GOOGLE
