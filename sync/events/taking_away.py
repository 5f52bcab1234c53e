"""Whether an event in Odoo came from one Google account only, so that a reset may take
it away again. If in doubt it stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from .lines import lost
from .links import Link, LinkState, OdooEvent
from .steps import RemoveEvent, Step


@dataclass(frozen=True)
class Beside:
    """What else is known of an event, of all rows of a series together.

    others: somebody else takes part or organises it, in Odoo. linked: another calendar
    has a link to it. worked_on: an edit waits, or people wrote, filed or planned
    something there. differing: fields that are not as both sides agreed.
    """

    others: bool = False
    linked: bool = False
    worked_on: bool = False
    differing: Collection[str] = ()


def may_be_taken_away(
    link: Link, odoo: OdooEvent | None, beside: Beside, *, only_google: bool
) -> bool:
    """only_google: Google made it in Odoo, and no person has edited it there since."""
    if not only_google or link.state is not LinkState.LINKED:
        return False
    if odoo is None or not odoo.mine or link.base is None:
        return False
    if link.dirty or link.contested or link.problem or link.guest:
        return False
    if odoo.values.guests or link.base.guests:
        return False
    return not (beside.others or beside.linked or beside.worked_on or beside.differing)


def taken_away(link: Link, odoo: OdooEvent) -> Step:
    """The deletion in Odoo, with its line in the journal: whole or not at all."""
    gone = replace(link, state=LinkState.DELETED)
    line = lost("odoo", odoo.event_id, link.google_id, odoo.values)
    return Step(gone, RemoveEvent(odoo.event_id, decline=False), (line,))
