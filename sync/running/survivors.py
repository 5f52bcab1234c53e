"""Rows that outlive their series: an edit beats a deletion for occurrences, too.

What Google deleted, cut off, or forgot, takes with it only what nobody edited in Odoo
since. Whatever goes nevertheless is in the journal as Odoo's row had it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..events.links import Kind, Link, LinkState, OdooEvent, Row
from ..events.plan_removal import edited_since
from ..events.slots import occurrence_values
from ..events.steps import Line, Step, WriteSeries
from ..events.store import Store
from ..series.reading import Children, child_of
from ..series.rows import is_special
from .pushing.renewing import renewed


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


def spared(
    store: Store, step: Step, before: Link, odoo: OdooEvent | None, children: Children
) -> tuple[Step, list[Step], Children]:
    """The step of a series that became shorter, without what somebody edited in it.

    Those rows leave it instead of going; with their steps, and the children that are
    left. An edit of all rows is the series', which has it. before: the link until then.
    """
    write, theirs = step.write, before.guest or before.guard
    if not isinstance(write, WriteSeries) or odoo is None or not odoo.series or theirs:
        return step, [], children
    going = {
        row.event_id: key
        for key, row in odoo.series.rows.items()
        if row.event_id in write.removes and is_special(odoo.series, key, row)
    }
    edited = edited_rows(before, odoo, children) if going else []
    found = [(link, row) for link, row in edited if row.event_id in going]
    kept = {row.event_id for _link, row in found}
    slots = {going[event_id] for event_id in kept}
    removes = tuple(x for x in write.removes if x not in kept)
    left = replace(
        step,
        write=replace(write, removes=removes, leaves=tuple(kept)),
        lines=tuple(x for x in step.lines if not _is_end_of(x, kept)),
    )
    others = {key: child for key, child in children.items() if key not in slots}
    return left, alone(store, found), others


def _is_end_of(line: Line, event_ids: set[int]) -> bool:
    return line.action == "delete" and line.record_id in event_ids


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
