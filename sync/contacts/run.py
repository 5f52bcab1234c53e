"""One run at hand: what it reads, applies and counts; what is old news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ..applying import apply
from ..ports import Resource
from ..report import Report
from .person import Person, parse_person
from .ports import People
from .questions import quarantine_question
from .reconcile import Context
from .settings import ContactSettings
from .store import ContactLine, ContactLink, ContactStep, ContactStore
from .ways import Fields, fields_of


@dataclass
class Run:
    """What one run has at hand; all that a run consists of is made from it alone.

    label_id: the contact group, "" for none or unknown.
    """

    store: ContactStore
    people: People
    settings: ContactSettings
    report: Report
    skew: timedelta = timedelta(0)
    label_id: str = ""
    writes: int = 0

    @property
    def context(self) -> Context:
        settings = self.settings
        return Context(settings.region, settings.marker_key, self.label_id, self.fields)

    @property
    def fields(self) -> Fields:
        """The table of fields, as the account's company has it."""
        return fields_of(self.settings.ways)

    def read(self, resource: Resource) -> Person | None:
        """None for what cannot be understood: left alone, never fatal."""
        try:
            return parse_person(resource, self.settings.marker_key)
        except (KeyError, ValueError, TypeError, AttributeError):
            self.report.left_alone["unreadable"] += 1
            return None

    def read_all(self, resources: Sequence[Resource]) -> list[Person]:
        """Those that can be understood."""
        found = (self.read(resource) for resource in resources)
        return [person for person in found if person is not None]

    def apply(self, steps: Sequence[ContactStep]) -> None:
        """Apply; what Odoo refuses is told with its reason, the others go on."""
        apply(
            self.store,
            steps,
            self.report,
            refused=_refused_by_odoo,
            question=quarantine_question,
        )


def is_old(person: Person, link: ContactLink) -> bool:
    """Google shows what we know, or a state that a later write has replaced."""
    same_name = person.resource_name == link.resource_name
    if person.etag and person.etag == link.etag and same_name:
        return True
    return lags(person, link)


def lags(person: Person, link: ContactLink) -> bool:
    """What Google shows is older than what it answered us already."""
    if person.updated is None or link.updated is None:
        return False
    return person.updated < link.updated


def known(link: ContactLink, person: Person) -> ContactLink:
    """The link once Google's present state is taken note of."""
    return replace(
        link,
        resource_name=person.resource_name,
        etag=person.etag,
        updated=person.updated or link.updated,
    )


def _refused_by_odoo(step: ContactStep, problem: str) -> ContactStep:
    """Odoo would not take it: nothing is agreed on, the next change tries again."""
    link = replace(step.link, problem=f"odoo:{problem}"[:500], dirty=False, drift=False)
    if link.base is not None and step.write is not None:
        kept = {n: None for n in step.write.changes}
        before = step.lines[-1].before if step.lines else {}
        values = link.base.values.with_({n: before.get(n, "") for n in kept})
        link = replace(link, base=replace(link.base, values=values), etag="")
    title = step.lines[-1].title if step.lines else ""
    line = ContactLine(
        "error",
        "odoo",
        link.contact_id,
        link.resource_name,
        title,
        error=problem,
        reason="odoo",
    )
    return ContactStep(link, None, (line,))
