"""Lines of the journal about one event, whoever writes them.

values: the event as the line names it, None where nothing is known of it; what was
private is for its owner's eyes. google_id, event_id: "" and 0 where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .steps import Line
from .values import EventValues


def about(
    action: str,
    side: str,
    event_id: int,
    google_id: str,
    values: EventValues | None,
    **more: Any,
) -> Line:
    """The line with the event's name; more: the other attributes of `Line`."""
    title = values.title if values else ""
    private = bool(values and values.private)
    return Line(action, side, event_id, google_id, title, private=private, **more)


def lost(
    side: str,
    event_id: int,
    google_id: str,
    values: EventValues | None,
    action: str = "delete",
    reason: str = "",
) -> Line:
    """It leaves this side, and the line keeps all that it was. action: or decline."""
    return about(
        action, side, event_id, google_id, values, reason=reason, archive=values
    )


def written_over(
    action: str,
    event_id: int,
    google_id: str,
    values: EventValues,
    changed: Mapping[str, Any],
    reason: str = "",
) -> Line:
    """Odoo's event `values` gets `changed`; kept whole, as it was, if anything does."""
    return about(
        action,
        "odoo",
        event_id,
        google_id,
        values,
        before=changes(values, changed),
        after=dict(changed),
        reason=reason,
        archive=values if changed else None,
    )


def changes(values: EventValues | None, names: Mapping[str, Any]) -> dict[str, Any]:
    """The values of some fields, as the journal shows them before or after."""
    return {name: values.get(name) for name in names} if values else {}
