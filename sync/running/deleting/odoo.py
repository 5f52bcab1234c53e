"""Odoo follows what Google deleted; rows that somebody edited since go on alone."""

from __future__ import annotations

from collections.abc import Sequence

from ...events.links import Kind, Link, OdooEvent
from ...events.observed import observed
from ...events.plan_removal import RemoveIt, Renew, Settle, plan_removal
from ...events.steps import Step
from ...series.reading import Children
from ...series.rows import removed
from ..pushing.renewing import renewed
from ..run import Run
from ..survivors import alone, edited_rows
from .steps import apply_whole, settled


def remove_in_odoo(run: Run, links: Sequence[Link]) -> None:
    """Let Odoo lose what Google has lost."""
    seen = observed(run.store, links)
    family = run.store.children([x for x in links if x.kind is Kind.SERIES])
    steps = []
    for link in links:
        odoo, children = seen.get(link.google_id), family.get(link.id, {})
        kept = _outlive(run, link, odoo, children)
        steps.append(_removal(run, link, odoo, kept))
        asked = [x.google_id for x in (link, *children.values()) if x.contested]
        run.store.close(asked)
    apply_whole(run, steps)


def _outlive(
    run: Run, link: Link, odoo: OdooEvent | None, children: Children
) -> frozenset[int]:
    """The rows that go on by themselves: somebody edited them in Odoo since."""
    match plan_removal(link, odoo):
        case RemoveIt(decline=False) if link.answer != "delete" and not link.guest:
            found = edited_rows(link, odoo, children)
            # Before the series goes: the Store leaves what has a link of its own.
            run.apply(alone(run.store, found))
            return frozenset(row.event_id for _link, row in found)
    return frozenset()


def _removal(
    run: Run, link: Link, odoo: OdooEvent | None, kept: frozenset[int]
) -> Step:
    after = settled(link)
    match plan_removal(link, odoo):
        case Renew():
            return Step(renewed(run.store, link))
        case RemoveIt(decline) if odoo is not None:
            return Step(after, *removed(link, odoo, decline=decline, kept=kept))
        case Settle() | _:
            return Step(after)
