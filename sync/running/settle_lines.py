"""Lines of the journal that settling writes besides what it does."""

from __future__ import annotations

from ..directions import Winner
from ..events.google_event import GoogleEvent
from ..events.lines import about, changes
from ..events.links import Link, OdooEvent
from ..events.merge import Conflict
from ..events.steps import Line


def unnoted_patch(link: Link, event: GoogleEvent) -> list[Line]:
    """Our patch whose answer was lost: what it overwrote is in the journal too.

    Where somebody edited or deleted it since, nobody knows: better once too often.
    """
    if link.base is None:
        return []
    base, now = link.base, event.values
    names = {
        name: value
        for name, value in link.sent.items()
        if base.get(name) != value and (now is None or now.get(name) != base.get(name))
    }
    line = about(
        "update",
        "google",
        link.event_id,
        event.google_id,
        base,
        before=changes(base, names),
        after=names,
        archive=base,
    )
    return [line] if names else []


def conflict_line(conflict: Conflict, odoo: OdooEvent, event: GoogleEvent) -> Line:
    """`side` is the one that is overwritten; under ASK none is yet."""
    overwritten = {Winner.ODOO: "google", Winner.GOOGLE: "odoo", Winner.ASK: ""}
    return about(
        "conflict",
        overwritten[conflict.winner],
        odoo.event_id,
        event.google_id,
        odoo.values,
        before={conflict.field: conflict.odoo},
        after={conflict.field: conflict.google},
        archive=event.values if conflict.winner is Winner.ODOO else odoo.values,
    )
