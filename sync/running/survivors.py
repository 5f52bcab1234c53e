"""Rows that outlive their series: an edit beats a deletion for occurrences, too.

What Google deleted, or forgot, takes with it only what nobody edited in Odoo since.
Whatever goes nevertheless is in the journal as Odoo's row had it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..events.links import Kind, Link, LinkState, OdooEvent, Row
from ..events.plan_removal import edited_since
from ..events.slots import occurrence_values
from ..events.steps import Step
from ..events.store import Store
from ..series.reading import Children, child_of
from .push_outcomes import renewed


def edited_rows(
    link: Link, odoo: OdooEvent | None, children: Children
) -> list[tuple[Link, Row]]:
    """The rows that a person edited since Google knew them, each with its link."""
    if odoo is None or odoo.series is None or link.base is None:
        return []
    found = []
    for key, row in odoo.series.rows.items():
        child = children.get(key)
        known = child is not None and child.state is LinkState.LINKED and child.base
        own = child if known and child else child_of(link, key, base=None)
        base = own.base or occurrence_values(link.base, key)
        own = replace(own, base=base, event_id=row.event_id, guard=link.guard)
        values = replace(
            row.values,
            time_zone=base.time_zone,
            guests=base.guests,
            private=base.private,
        )
        seen = replace(odoo, event_id=row.event_id, values=values, series=None)
        if edited_since(own, seen):
            found.append((own, row))
    return found


def alone(store: Store, found: Iterable[tuple[Link, Row]]) -> list[Step]:
    """Each becomes an event of its own, in Google under an id of its own."""
    return [
        Step(
            renewed(
                store,
                replace(link, kind=Kind.SINGLE, parent_id=0, original_start=""),
            )
        )
        for link, _row in found
    ]
