"""What settling adds for series: rows to write, exceptions to read or forget.

The settler decides as for any event; here its steps are put in terms of rows.
"""

from __future__ import annotations

from dataclasses import replace

from ..events.google_event import GoogleEvent
from ..events.links import Kind, Link, LinkState, OdooEvent, Span, is_expanded
from ..events.newcomer import created
from ..events.observed import observed
from ..events.period import Window
from ..events.recurrence import rule_of
from ..events.steps import (
    CreateEvent,
    RemoveEvent,
    Step,
    UpdateEvent,
    WriteSeries,
)
from ..events.store import Store
from ..events.values import EventValues
from ..series.occurrences import after_change, as_void
from ..series.reading import Children
from ..series.rows import changed, new_rows, removed, row_lines
from ..series.spans import odoo_rule, span_in
from .settings import Settings
from .survivors import spared


def is_odd(values: EventValues | None) -> bool:
    """A series whose rule Odoo cannot express: it gets single occurrences."""
    return bool(values and values.recurrence and rule_of(values.recurrence) is None)


def in_rows(
    store: Store,
    step: Step,
    event: GoogleEvent,
    before: Link | None,
    odoo: OdooEvent | None,
    children: Children,
    settings: Settings,
) -> list[Step]:
    """The settler's step for a series (or what becomes one), with all it entails."""
    window = settings.window
    if step.link.kind is Kind.OCCURRENCE or step.link.state is not LinkState.LINKED:
        return [*_children_gone(step, before, children), step]
    if is_odd(event.values):
        return _kept_in_google(step, odoo, children)
    if before is not None and is_expanded(before):
        return _now_expressible(store, step, event, children, settings)
    if not (before and before.base and _is_changed(before, event.values)):
        return [written(step, odoo, children, window)]
    assert event.values is not None
    whole = written(step, odoo, children, window)
    whole, alone, left = spared(store, whole, before, odoo, children)
    after = after_change(step.link, before.base, event.values, left, ours=False)
    return [whole, *after, *alone]


def _is_changed(before: Link, now: EventValues | None) -> bool:
    return before.kind is Kind.SERIES and now is not None and before.base != now


def _now_expressible(
    store: Store,
    step: Step,
    event: GoogleEvent,
    children: Children,
    settings: Settings,
) -> list[Step]:
    """The single occurrences make room for a series."""
    assert event.values is not None
    link = replace(step.link, dirty=False, event_id=0)
    singles = observed(store, [child for child in children.values() if child.event_id])
    here = next((odoo.values for odoo in singles.values()), None)
    write = created(event, event.values, settings.ways, here)
    removed = [
        Step(
            as_void(child),
            RemoveEvent(child.event_id, decline=False) if child.event_id else None,
        )
        for child in children.values()
    ]
    whole = Step(link, write, step.lines)
    return [*removed, written(whole, None, {}, settings.window)]


def written(
    step: Step, odoo: OdooEvent | None, children: Children, window: Window
) -> Step:
    """The step with its write in terms of rows, where it is about a series."""
    write = step.write
    if isinstance(write, CreateEvent) and is_odd(write.values):
        # Its single occurrences come with the next listing that shows it.
        return Step(replace(step.link, event_id=0, span=None, dirty=False, etag=""))
    if isinstance(write, CreateEvent) and write.values.recurrence:
        span = span_in(write.values, window)
        rows = tuple(new_rows(write.values, span, children))
        rule = odoo_rule(write.values, span)
        link = replace(step.link, span=span)
        if not rows:
            # Every occurrence was cancelled: there is nothing to see.
            return Step(replace(link, event_id=0, dirty=False))
        return replace(step, link=link, write=replace(write, rows=rows, rule=rule))
    if not isinstance(write, UpdateEvent) or odoo is None:
        return step
    if odoo.series is None and not write.changes.get("recurrence"):
        return step
    rows_write, held = changed(odoo, write.changes, window, children)
    lines = step.lines
    if odoo.series is not None:
        lines += row_lines(odoo.series, rows_write, step.link.google_id)
    link = as_written(step.link, rows_write, held)
    return Step(
        link, replace(rows_write, join=write.join, responses=write.responses), lines
    )


def as_written(link: Link, write: WriteSeries, held: Span | None) -> Link:
    """The link of a series once its rows are written; `held`: its new span."""
    if write.single:
        # The row that stays need not be the one that the series was named by.
        return replace(link, event_id=write.event_id, span=None)
    return replace(link, span=held or link.span)


def _kept_in_google(
    step: Step, odoo: OdooEvent | None, children: Children
) -> list[Step]:
    """The series' link without a record in Odoo; what Odoo had of it goes."""
    link = replace(step.link, event_id=0, span=None, dirty=False, contested={})
    steps = [Step(as_void(c)) for c in children.values() if odoo is not None]
    if odoo is None:
        return [Step(link)]
    decline = not (odoo.organizer or odoo.sole)
    going, lines = removed(link, odoo, reason="rule_not_in_odoo")
    return [*steps, Step(link, replace(going, decline=decline), lines)]


def _children_gone(step: Step, before: Link | None, children: Children) -> list[Step]:
    """Single occurrences follow their series when it is deleted in Google.

    One that Odoo keeps is an event of its own from then on.
    """
    if step.link.state is not LinkState.GONE or not (before and is_expanded(before)):
        return []
    return [
        Step(
            replace(
                child,
                state=LinkState.GONE,
                kind=Kind.SINGLE,
                parent_id=0,
                original_start="",
            )
        )
        for child in children.values()
        if child.state is LinkState.LINKED
    ]


def children_forgotten(children: Children) -> list[Step]:
    """Once a series is deleted on both sides, its exceptions are nothing any more.

    Single occurrences of an odd rule are still on their way out of Odoo (GONE).
    """
    return [
        Step(as_void(child))
        for child in children.values()
        if child.state not in (LinkState.VOID, LinkState.GONE)
    ]
