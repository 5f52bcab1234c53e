"""What follows a deletion in Google. Pure, as `plan` is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .agreeing import missing_in_google
from .calendars import FROM_GOOGLE, READ_ONLY, TO_GOOGLE
from .links import Link, OdooEvent


@dataclass(frozen=True)
class RemoveIt:
    """Remove Odoo's event, or only decline it for the user."""

    decline: bool


@dataclass(frozen=True)
class Renew:
    """Put it (back) into Google under a new id."""


@dataclass(frozen=True)
class Settle:
    """Gone on both sides."""


def plan_removal(link: Link, odoo: OdooEvent | None) -> RemoveIt | Renew | Settle:
    """Google deleted the event of a link: what becomes of Odoo's."""
    if odoo is None or not odoo.mine:
        return Settle()
    if odoo.afresh and link.answer != "delete":
        # The organiser's edit beat the deletion: for the guests, too.
        return Renew() if odoo.afresh == "copy" else Settle()
    refused = odoo.mode == FROM_GOOGLE or link.guard in (*READ_ONLY, "not_organizer")
    wanted = link.answer != "delete" and not (refused or odoo.moved)
    if wanted and (odoo.mode == TO_GOOGLE or edited_since(link, odoo)):
        return Renew()
    return RemoveIt(decline=not (odoo.organizer or odoo.sole))


def edited_since(link: Link, odoo: OdooEvent) -> bool:
    """Odoo differs from what both sides agreed on, in a field Google would take.

    A colour may come from an edit of the type: no edit of this event. What a person is
    still asked about is one: Google has nothing any more to choose.
    """
    if link.base is None:
        return False
    lacks = missing_in_google(replace(link, contested={}), odoo)
    return bool(lacks.to_google.keys() - {"color"})
