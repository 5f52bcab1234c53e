"""The questions about contacts that the engine puts to a person, each with a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from .person import Person
from .store import (
    ContactLink,
    ContactQuestion,
    ContactStep,
    ContactStore,
    OdooContact,
)


def adoption_key(contact_id: int, names: Sequence[str]) -> str:
    """The same contacts in Google give the same question."""
    return f"adopt:{contact_id}:{_digest(sorted(names))}"


def adoption_question(
    odoo: OdooContact, names: Sequence[str], people: Sequence[Person]
) -> ContactQuestion:
    """Several contacts of Google could be this one, or one not surely."""
    shown = [
        {
            "resource_name": person.resource_name,
            "name": person.title,
            "emails": [x.get("value", "") for x in person.section("emailAddresses")],
            "phones": [x.get("value", "") for x in person.section("phoneNumbers")],
        }
        for person in people
    ]
    return ContactQuestion(
        "adoption",
        adoption_key(odoo.contact_id, names),
        odoo.contact_id,
        tuple(names),
        {"title": odoo.values.name, "candidates": shown},
    )


def conflict_question(link: ContactLink, odoo: OdooContact) -> ContactQuestion:
    """Both sides' values of the contested fields; other values, another question."""
    fields = {
        name: {
            "base": link.base.values.get(name) if link.base else None,
            "odoo": odoo.values.get(name),
            "google": theirs,
        }
        for name, theirs in link.contested.items()
    }
    return ContactQuestion(
        "conflict",
        f"contact:{link.contact_id}:{_digest(sorted(fields.items()))}",
        link.contact_id,
        (link.resource_name,),
        {"title": odoo.values.name, "fields": fields},
    )


def resolved(store: ContactStore, link: ContactLink, odoo: OdooContact) -> ContactLink:
    """The link with the person's decision as its base, once there is one.

    The side that was not chosen counts as unchanged: so the other's value flows.
    """
    if not link.contested or link.base is None:
        return link
    question = conflict_question(link, odoo)
    answer = store.ask([question]).get(question.key)
    if answer is None:
        return link
    decided = {
        name: odoo.values.get(name)
        if answer.choices.get(name) == "google"
        else link.contested[name]
        for name in link.contested
    }
    base = replace(link.base, values=link.base.values.with_(decided))
    return replace(link, base=base, contested={}, problem="")


def quarantine_question(step: ContactStep) -> ContactQuestion:
    link = step.link
    return ContactQuestion(
        "quarantine",
        f"contact:{link.contact_id}:{_digest([link.problem])}",
        link.contact_id,
        (link.resource_name,),
        {"title": step.lines[-1].title, "problem": link.problem},
    )


def brake_question(deletions: int, total: int, now: datetime) -> ContactQuestion:
    """So many contacts to be deleted in Google at once: asked anew each day."""
    return ContactQuestion(
        "brake",
        f"brake:contacts:{now:%Y-%m-%d}",
        detail={"side": "google", "deletions": deletions, "total": total},
    )


def _digest(parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]
