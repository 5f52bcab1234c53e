"""A new event in Odoo: what it gets of Google's values, and what stays there."""

from __future__ import annotations

from .echoes import as_they_stand
from .google_event import GoogleEvent
from .steps import CreateEvent
from .values import EventValues
from .ways import Ways, not_taken, taken


def created(
    google: GoogleEvent,
    values: EventValues,
    ways: Ways,
    here: EventValues | None = None,
) -> CreateEvent:
    """The write that makes it, and what the company leaves in Google as agreed on.

    here: what Odoo has of it already, in another form (rows of another series).
    """
    mine = taken(values, ways, here)
    left = [name for name in not_taken(ways) if mine.get(name) != values.get(name)]
    return CreateEvent(google, mine, told=as_they_stand({}, left, mine, values))
