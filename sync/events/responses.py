"""What Google's guests have answered, for whom Odoo has no answer yet.

Whoever declined in Google does not have the event in the agenda, be the own calendar
the first to be read or the last.
"""

from __future__ import annotations

from collections.abc import Mapping

from .google_event import GoogleEvent
from .links import Kind, Link, OdooEvent

ACCEPTED, DECLINED, TENTATIVE = "accepted", "declined", "tentative"
_ANSWERS = frozenset((ACCEPTED, DECLINED, TENTATIVE))


def responses(event: GoogleEvent) -> dict[str, str]:
    """The answers by address; of people, and not of the calendar's owner."""
    return {
        str(guest["email"]).lower(): guest["responseStatus"]
        for guest in event.attendees
        if guest.get("responseStatus") in _ANSWERS and guest.get("email")
        if not guest.get("self") and not guest.get("resource")
    }


def news_of(
    event: GoogleEvent, link: Link, odoo: OdooEvent, *, invited: bool
) -> Mapping[str, str]:
    """The answers that Odoo is to hear of now. invited: somebody is, just now.

    Where a colleague organises it, their calendar says what others answered: nobody
    vouches for what arrives in a guest's. An occurrence's may differ from its series'.
    """
    if event.guard and odoo.led:
        return {}
    wanted = invited or odoo.unanswered or is_first(link)
    return responses(event) if wanted else {}


def is_first(link: Link) -> bool:
    """The occurrence is told apart from its series for the first time."""
    return link.kind is Kind.OCCURRENCE and bool(link.parent_id) and not link.id
