"""The questions about contacts that the engine puts to a person, each with a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ..asking import Question, digest, many, sides
from .person import Person
from .store import (
    ContactLink,
    ContactStep,
    ContactStore,
    OdooContact,
)
from .values import ContactValues


def adoption_key(contact_id: int, names: Sequence[str]) -> str:
    """The same contacts in Google give the same question."""
    return f"adopt:{contact_id}:{digest(sorted(names))}"


def adoption_question(
    odoo: OdooContact, names: Sequence[str], people: Sequence[Person]
) -> Question:
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
    return Question(
        "adoption",
        adoption_key(odoo.contact_id, names),
        tuple(names),
        (odoo.contact_id,),
        {"title": odoo.values.name, "candidates": shown},
        private=True,
    )


def proposal_question(
    person: Person, values: ContactValues, contact_ids: Sequence[int]
) -> Question:
    """A contact of the label in Google, and the contacts of Odoo that it may be."""
    numbers = [x.get("value", "") for x in person.section("phoneNumbers")]
    return Question(
        "proposal",
        f"propose:{person.resource_name}",
        (person.resource_name,),
        detail={
            "title": values.name,
            "emails": list(values.emails),
            "phones": numbers,
            "company": values.company,
            "function": values.function,
            "contacts": list(contact_ids),
        },
        private=True,
    )


def conflict_question(link: ContactLink, odoo: OdooContact) -> Question:
    """Both sides' values of the contested fields; other values, another question."""
    base = link.base.values if link.base else None
    fields = sides(base, odoo.values, link.contested)
    return Question(
        "conflict",
        f"contact:{link.contact_id}:{digest(sorted(fields.items()))}",
        (link.resource_name,),
        (link.contact_id,) if link.contact_id else (),
        {"title": odoo.values.name, "fields": fields},
        private=True,
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
    apart = {k: v for k, v in link.base.apart.items() if k not in decided}
    base = replace(link.base, values=link.base.values.with_(decided), apart=apart)
    return replace(link, base=base, contested={}, problem="")


def quarantine_question(step: ContactStep) -> Question:
    link = step.link
    return Question(
        "quarantine",
        f"contact:{link.contact_id}:{digest([link.problem])}",
        (link.resource_name,),
        (link.contact_id,) if link.contact_id else (),
        {"title": step.lines[-1].title, "problem": link.problem},
        private=True,
    )


def brake_question(deletions: int, total: int, now: datetime) -> Question:
    """So many contacts to be deleted in Google at once: asked anew each day."""
    return Question(
        "brake",
        f"brake:contacts:{now:%Y-%m-%d}",
        detail=many("google", deletions, total),
        private=True,
    )
