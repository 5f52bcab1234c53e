"""Contacts on the list and not in Google yet: adopted, asked about or created."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..replies import raise_unanswered
from .archive import person_to_vcard
from .creation import REFUSED, Creation
from .listing import forgotten
from .mails import mail_key
from .matching import Match, match, odoo_keys
from .person import Person
from .ports import CREATE_SIZE, GET_SIZE, Outcome
from .questions import adoption_key, adoption_question
from .run import Run
from .settle import Settler
from .store import (
    ContactLine,
    ContactLink,
    ContactState,
    ContactStep,
    OdooContact,
    Sighting,
)
from .unreadable import UNREADABLE

TRIES = 3


@dataclass
class Sorted:
    """One batch, by what is to be done: link and contact, and in Google which one."""

    steps: list[ContactStep]
    adopt: list[tuple[ContactLink, OdooContact, str]]
    ask: list[tuple[ContactLink, OdooContact, tuple[str, ...]]]
    create: list[tuple[ContactLink, OdooContact]]


class Newcomers:
    """One run's contacts without a partner in Google."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.people = run.people
        self.settler = Settler(run)
        self.creation = Creation(run)

    def take_in(self) -> Iterator[None]:
        """Every contact that is NEW or HELD."""
        for state in (ContactState.NEW, ContactState.HELD):
            after = 0
            while links := self.store.in_state(state, CREATE_SIZE, after):
                after = links[-1].id
                yield from self._batch(links)

    def _batch(self, links: Sequence[ContactLink]) -> Iterator[None]:
        odoo = self.store.observe(links)
        for _try in range(TRIES):
            work = self._sort(links, odoo)
            self.run.apply(work.steps)
            self._ask(work)
            again = self._adopt(work)
            self.store.checkpoint()
            yield
            links = [*again, *(yield from self.creation.create(work.create))]
            if not links:
                return

    # -- what to do with each --------------------------------------------------

    def _sort(
        self, links: Sequence[ContactLink], odoo: Mapping[int, OdooContact]
    ) -> Sorted:
        work = Sorted([], [], [], [])
        ready = []
        for link in links:
            contact = odoo.get(link.contact_id)
            if contact is None:
                off = replace(forgotten(link), state=ContactState.OFF)
                work.steps.append(ContactStep(off))
            elif reason := self._left_alone(link, contact):
                self.run.report.left_alone[reason.split(":")[0]] += 1
                if link.problem != reason:
                    work.steps.append(ContactStep(replace(link, problem=reason)))
            else:
                ready.append((link, contact))
        claimed: set[str] = set()
        for (link, contact), found in zip(ready, self._matches(ready), strict=True):
            self._place(work, link, contact, found, claimed)
        return work

    def _left_alone(self, link: ContactLink, odoo: OdooContact) -> str:
        values = odoo.values
        if odoo.left_alone or not odoo.alive:
            return odoo.left_alone or "archived"
        if link.problem.startswith(REFUSED) and not link.dirty:
            return link.problem
        reachable = values.emails or values.phone or values.mobile
        if self.run.settings.need_address and not reachable:
            return UNREADABLE if values.unread else "no_address"
        return ""

    def _matches(self, ready: Sequence[tuple[ContactLink, OdooContact]]) -> list[Match]:
        region, salt = self.run.settings.region, self.run.settings.marker_key
        keys = [odoo_keys(odoo, region, salt) for _link, odoo in ready]
        found = self.store.find([k for each in keys for k in each.all()])
        mails = {mail_key(m) for _link, odoo in ready for m in odoo.values.emails}
        rivals = self.store.rivals(sorted(mails)) if found else {}
        return [
            Match((link.resource_name,), sure=True)
            if link.resource_name
            else match(odoo, each, found, rivals)
            for (link, odoo), each in zip(ready, keys, strict=True)
        ]

    def _place(
        self,
        work: Sorted,
        link: ContactLink,
        odoo: OdooContact,
        found: Match,
        claimed: set[str],
    ) -> None:
        if not found.names:
            work.create.append((link, odoo))
            return
        if found.sure and found.names[0] not in claimed:
            claimed.add(found.names[0])
            work.adopt.append((link, odoo, found.names[0]))
            return
        work.ask.append((link, odoo, found.names))

    # -- asking ----------------------------------------------------------------

    def _ask(self, work: Sorted) -> None:
        """Several could be it, or one not surely: nothing is written meanwhile."""
        new = [item for item in work.ask if item[0].problem != _held(item[1], item[2])]
        shown = self._fetch([n for *_, names in new for n in names]) if new else {}
        questions = []
        for _link, odoo, names in work.ask:
            there = [shown[name] for name in names if name in shown]
            questions.append(adoption_question(odoo, names, there))
        answers = (
            self.store.ask(questions) if any(names for *_, names in work.ask) else {}
        )
        steps = []
        for (link, odoo, names), question in zip(work.ask, questions, strict=True):
            answer = answers.get(question.key)
            if answer is None:
                self.run.report.left_alone["ambiguous"] += 1
                held = replace(
                    link, state=ContactState.HELD, problem=_held(odoo, names)
                )
                if held != link:
                    self.run.report.questions += 1
                    steps.append(ContactStep(held))
            elif answer.verdict == "pair":
                work.adopt.append((link, odoo, answer.google_id))
            else:
                work.create.append((link, odoo))
        self.run.apply(steps)

    def _fetch(self, names: Sequence[str]) -> dict[str, Person]:
        """Contacts as they stand in Google now; those gone are forgotten."""
        names = list(dict.fromkeys(names))
        found: dict[str, Person] = {}
        for start in range(0, len(names), GET_SIZE):
            part = names[start : start + GET_SIZE]
            replies = self.people.get(part)
            for name, reply in zip(part, replies, strict=True):
                person = self.run.read(reply.person) if reply.person else None
                if person is not None:
                    found[name] = person
                elif reply.outcome is Outcome.GONE:
                    self.store.index([Sighting(name)])
            raise_unanswered(self.store, replies)
        return found

    # -- adopting --------------------------------------------------------------

    def _adopt(self, work: Sorted) -> list[ContactLink]:
        """Pair with contacts that are there; those that are not come back."""
        there = self._fetch([name for *_, name in work.adopt])
        holders = self.store.links([p.resource_name for p in there.values()])
        steps, again = [], []
        for link, odoo, name in work.adopt:
            person = there.get(name)
            holder = holders.get(person.resource_name) if person else None
            if holder is not None and holder.id != link.id:
                if holder.state is not ContactState.OFF:
                    continue
                steps.append(ContactStep(replace(holder, resource_name="", base=None)))
            if person is None:
                bare = replace(link, resource_name="", base=None)
                steps.append(ContactStep(bare))
                again.append(bare)
            else:
                steps.append(self._paired(link, odoo, person))
        self.run.apply(steps)
        return again

    def _paired(
        self, link: ContactLink, odoo: OdooContact, person: Person
    ) -> ContactStep:
        """The fields merge without losing Google's; the push writes what it lacks."""
        step, todo = self.settler.compare(link, odoo, person)
        drift = bool(todo.body)
        after = replace(
            step.link, drift=drift, dirty=drift, photo_due=bool(odoo.values.photo)
        )
        line = ContactLine(
            "adopt",
            "google",
            odoo.contact_id,
            person.resource_name,
            odoo.values.name,
            archive=person_to_vcard(person) if drift else "",
        )
        return replace(step, link=after, lines=(line, *step.lines))


def _held(odoo: OdooContact, names: Sequence[str]) -> str:
    return f"ambiguous:{adoption_key(odoo.contact_id, names).rpartition(':')[2]}"
