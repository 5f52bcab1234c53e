"""Occurrences that Google showed without their series, and the series once it comes.

Somebody was invited to one of them only. In Odoo it is a row of the series.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState
from ..events.occurrence_ids import occurrence_id
from ..events.recurrence import key_of
from ..events.steps import CreateEvent, NewRow, Step
from ..events.store import Store
from ..series.occurrences import is_slot


def found_parents(store: Store, events: Sequence[GoogleEvent]) -> list[Step]:
    """The links of occurrences that came before their series, now below it.

    They are read again, as exceptions.
    """
    ids = [e.google_id for e in events if e.kind == Kind.SERIES and not e.gone]
    orphans = store.orphans(ids) if ids else []
    if not orphans:
        return []
    parents = store.links(ids)
    steps = []
    for link in orphans:
        for parent in parents.values():
            own = occurrence_id(parent.google_id, link.original_start)
            if own == link.google_id and _has_slot(parent, link):
                steps.append(Step(replace(link, parent_id=parent.id, etag="")))
    return steps


def with_strays(store: Store, steps: Sequence[Step]) -> list[Step]:
    """New series, with the events of Odoo that are occurrences of them as rows."""
    writes = [step.write for step in steps if isinstance(step.write, CreateEvent)]
    new = [write.google for write in writes if write.rows]
    found = store.strays(new) if new else {}
    return [_with_strays(step, found) for step in steps]


def _with_strays(step: Step, found: Mapping[str, Mapping[str, int]]) -> Step:
    write = step.write
    if not isinstance(write, CreateEvent) or write.google.google_id not in found:
        return step
    slots = found[write.google.google_id]
    rows = tuple(_stray(row, slots) for row in write.rows)
    return replace(step, write=replace(write, rows=rows))


def _stray(row: NewRow, slots: Mapping[str, int]) -> NewRow:
    """At its slot, where its series looks for it; Google says where it moved to."""
    event_id = slots.get(key_of(row.values.period.start), 0)
    if not event_id or row.child_id:
        return row
    return replace(row, event_id=event_id, changes={"period": row.values.period})


def _has_slot(parent: Link, link: Link) -> bool:
    if parent.state is not LinkState.LINKED or parent.base is None:
        return False
    return is_slot(parent.base, link.original_start)
