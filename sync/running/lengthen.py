"""The occurrences that each day adds to the period, in series that Odoo holds in part.

Google is not asked: the rule says them, and exceptions are listed with the period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..events.links import Span
from ..events.observed import observed
from ..events.steps import Step, WriteSeries
from ..ports import BATCH_SIZE
from ..series.rows import extended
from ..series.spans import TOGETHER
from .run import Run


def lengthen(run: Run) -> Iterator[None]:
    """Give every series its rows up to the end of the period."""
    store, settings = run.store, run.settings
    if not settings.series:
        return
    tried: set[int] = set()
    left: dict[int, Span] = {}
    while links := store.short_of(settings.window, BATCH_SIZE, frozenset(tried)):
        seen = observed(store, links)
        family = store.children(links)
        steps = []
        for link in links:
            odoo = seen.get(link.google_id)
            if odoo is None or odoo.series is None or link.span is None:
                tried.add(link.id)
                continue
            held = odoo.series.span
            rows, span = extended(
                odoo.values, held, settings.window, family.get(link.id, {})
            )
            if len(rows) < TOGETHER or left.get(link.id) == link.span:
                # All that the period has; or nothing came of what was tried.
                tried.add(link.id)
            left[link.id] = link.span
            write = WriteSeries(odoo.event_id, creates=rows) if rows else None
            # Rows that another calendar's link made are compared.
            dirty = link.dirty or held != link.span
            steps.append(Step(replace(link, span=span, dirty=dirty), write))
        run.apply(steps)
        store.checkpoint()
        yield
