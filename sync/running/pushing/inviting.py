"""Google invitations, where an account has chosen them: the guest list, and the mails.

The organiser's copy carries the guests. What Google knows of them (answers, rooms,
people whom Odoo does not know) is written back as read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...asking import ask_one
from ...events.google_event import GoogleEvent
from ...events.lines import about
from ...events.links import Link, OdooEvent
from ...events.steps import Step
from ...events.values import EventValues, Period
from ...ports import Resource
from ..questions import mails_question
from ..run import Run

#: What guests are told of: the rest is nobody's news.
_NEWS = frozenset(("guests", "period", "place", "recurrence", "title"))

#: A mail address as Google takes one: a name, and a domain with a dot in it.
_MAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]",
    re.IGNORECASE,
)
#: Where a link keeps whom the person was told about.
_TOLD = "unreachable"


def is_address(text: str) -> bool:
    """Google could invite somebody at it."""
    return bool(_MAIL.fullmatch(text))


def with_unreachable(step: Step, odoo: OdooEvent | None) -> Step:
    """The step that also says, once, who of the guests cannot be invited."""
    names = ", ".join(odoo.unreachable) if odoo else ""
    if odoo is None or names == step.link.told.get(_TOLD, ""):
        return step
    link = replace(step.link, told={**step.link.told, _TOLD: names})
    if not names:
        return replace(step, link=link)
    line = about(
        "skip",
        "google",
        odoo.event_id,
        link.google_id,
        odoo.values,
        error=names,
        reason="guest_address",
    )
    return replace(step, link=link, lines=(*step.lines, line))


def guest_list(
    wanted: Sequence[str], fresh: GoogleEvent | None, agreed: Collection[str]
) -> list[Resource]:
    """The attendees to write; `agreed`: the base's, whom Odoo may have left out."""
    known = list(fresh.attendees) if fresh else []
    gone = set(agreed) - set(wanted)
    kept = [g for g in known if _address(g) not in gone or g.get("resource")]
    have = {_address(guest) for guest in kept}
    return [*kept, *({"email": address} for address in wanted if address not in have)]


def _address(guest: Resource) -> str:
    return str(guest.get("email", "")).lower()


def mails_of(values: EventValues | None, names: Collection[str], now: datetime) -> int:
    """How many guests Google would mail about a change of these fields."""
    if values is None or not _NEWS & set(names) or _is_over(values, now):
        return 0
    return len(values.guests)


def _is_over(values: EventValues, now: datetime) -> bool:
    return not values.recurrence and _end(values.period) < now


def _end(period: Period) -> datetime:
    end: Any = period.end
    if isinstance(end, datetime):
        return end
    return datetime(end.year, end.month, end.day).astimezone()


WAIT = "wait"
#: The problem of a link whose mails wait for an answer.
WAITS = "mails"


class Postage:
    """Counts a run's mails; past the limit a person is asked before any more go."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._answer: str | None = None

    def verdict(self, link: Link, mails: int) -> str:
        """ "mail", "quiet" (write it and mail nobody) or "wait" for an answer."""
        within = self.run.report.mails + mails <= self.run.settings.mail_limit
        verdict = "mail"
        if link.problem == WAITS or not within:
            verdict = {"delete": "mail", "keep": "quiet"}.get(self._asked(mails), WAIT)
        if verdict == "mail":
            self.run.report.mails += mails
        return verdict

    def _asked(self, mails: int) -> str:
        if self._answer is None:
            question = mails_question(mails, self.run.settings.now)
            answer = ask_one(self.run.store, question, self.run.report)
            self._answer = answer.verdict if answer else ""
        return self._answer


def invites(odoo: OdooEvent) -> bool:
    """Google invites the participants of this event."""
    return odoo.invites and bool(odoo.values.guests)
