"""The questions that the engine puts to a person, each with a key of its own.

The same situation gives the same key, so nobody is asked twice; other values give
another key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..asking import Question, digest, many, sides
from ..events.google_event import GoogleEvent
from ..events.links import Link, LinkState, OdooEvent
from ..events.plan_removal import edited_since
from ..events.steps import Candidate, Step
from ..events.values import EventValues

#: It moved where nobody synchronises, and stays in Odoo alone.
STAY = "stay"


def conflict_question(link: Link, odoo: OdooEvent) -> Question:
    """Both sides' values of the contested fields; other values, another question."""
    fields = sides(link.base, odoo.values, link.contested)
    return Question(
        "conflict",
        f"conflict:{link.google_id}:{digest(sorted(fields.items()))}",
        (link.google_id,),
        (odoo.event_id,),
        {"title": odoo.values.title, "fields": fields},
        private=odoo.values.private,
    )


def quarantine_question(step: Step) -> Question:
    link, line = step.link, step.lines[-1]
    return Question(
        "quarantine",
        f"quarantine:{link.google_id}:{link.etag}",
        (link.google_id,),
        (link.event_id,) if link.event_id else (),
        {
            "title": line.title,
            "period": link.base.period if link.base else None,
            "problem": link.problem,
        },
        private=line.private,
    )


def many_question(event: GoogleEvent, limit: int) -> Question:
    """A rule that Odoo cannot express and that would be very many single events."""
    values = event.values
    return Question(
        "quarantine",
        f"many:{event.google_id}",
        (event.google_id,),
        detail={
            "title": values.title if values else "",
            "period": values.period if values else None,
            "many": limit,
        },
        private=bool(values and values.private),
    )


def missing_question(link: Link) -> Question:
    """Google answers 404 for an event in a calendar that can be read."""
    return Question(
        "deletion", f"missing:{link.google_id}", (link.google_id,), (link.event_id,)
    )


def adoption_question(event: GoogleEvent, candidates: Sequence[Candidate]) -> Question:
    """Several events of Odoo could be this one of Google."""
    assert event.values is not None
    return Question(
        "adoption",
        f"adopt:{event.google_id}",
        (event.google_id,),
        tuple(c.odoo.event_id for c in candidates),
        _told_apart_by(event.values),
        private=event.values.private,
    )


def _told_apart_by(values: EventValues) -> dict[str, object]:
    """What a person compares the candidates with."""
    names = ("title", "period", "place", "guests", "description")
    return {name: values.get(name) for name in names}


def moved_question(link: Link, calendar: str) -> Question:
    """Moved in Google to a calendar that is not synchronised; asked always."""
    values = link.base
    return Question(
        "deletion",
        f"moved:{link.google_id}:{link.generation}",
        (link.google_id,),
        (link.event_id,) if link.event_id else (),
        {
            **_deleted(link, values, side="odoo", edited=False),
            "moved_to": calendar,
        },
        private=bool(values and values.private),
    )


def _deleted(
    link: Link, values: EventValues | None, *, side: str, edited: bool
) -> dict[str, Any]:
    """What a person decides with, of what is to go from `side`."""
    return {
        "title": values.title if values else "",
        "period": values.period if values else None,
        "place": values.place if values else "",
        "side": side,
        "edited": edited,
        "kind": link.kind.value,
    }


def on_link(detail: Mapping[str, Any], verdict: str) -> str:
    """What the link is told of the answer to a question about a deletion."""
    return STAY if detail.get("moved_to") and verdict == "keep" else verdict


def brake_question(
    state: LinkState, deletions: int, total: int, now: datetime
) -> Question:
    """So many deletions at once: asked anew each day."""
    side = side_of(state)
    return Question(
        "brake",
        f"brake:{side}:{now:%Y-%m-%d}",
        detail=many(side, deletions, total),
    )


def mails_question(mails: int, now: datetime) -> Question:
    """So many mails to guests at once: asked anew each day."""
    return Question(
        "brake", f"mails:{now:%Y-%m-%d}", detail={"side": "mails", "mails": mails}
    )


def side_of(state: LinkState) -> str:
    """The side that is to be written."""
    return "odoo" if state is LinkState.GONE else "google"


def confirmation(
    link: Link, odoo: OdooEvent | None, *, rows_edited: bool = False
) -> Question:
    """Whether a deletion is to be followed. rows_edited: of a series, some were."""
    values = odoo.values if odoo else link.base
    edited = bool(odoo and odoo.mine and edited_since(link, odoo)) or rows_edited
    return Question(
        "deletion",
        f"delete:{link.google_id}:{link.generation}",
        (link.google_id,),
        (link.event_id,) if link.event_id else (),
        _deleted(link, values, side=side_of(link.state), edited=edited),
        private=bool(values and values.private),
    )
