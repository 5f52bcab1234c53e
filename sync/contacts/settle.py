"""Settling what Google shows: each contact against its link, as steps for the Store.

Used for the pages of a list and for contacts read again. Writes nothing in Google:
what Google lacks makes the link drift, and the push reads it again and writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..directions import winner
from ..ports import Resource
from .archive import person_to_vcard, to_vcard
from .incoming import NOT_WRITABLE
from .mails import mail_key
from .person import Person, person_keys
from .questions import conflict_question, resolved
from .reconcile import Reconciled, reconcile
from .run import Run, is_old, known
from .store import (
    ContactLine,
    ContactLink,
    ContactState,
    ContactStep,
    OdooContact,
    Sighting,
    UpdateContact,
)
from .unreadable import unread_lines, unread_problem


class Settler:
    """Turns Google's contacts into steps and has them applied."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store

    def settle(
        self, resources: Sequence[Resource], asked: Sequence[str] = ()
    ) -> list[str]:
        """Apply what these contacts ask for; the names that are alive.

        asked: the names that they were asked for by, where they were.
        """
        latest = {x["resourceName"]: x for x in resources if x.get("resourceName")}
        people = self.run.read_all(list(latest.values()))
        if asked:
            before = {
                x.get("resourceName"): name
                for x, name in zip(resources, asked, strict=True)
            }
            people = [_called(p, before[p.resource_name]) for p in people]
        links = self._links(people)
        self._index(people, links)
        self._compare([(p, links[p.resource_name]) for p in people], people)
        return [p.resource_name for p in people if not p.deleted]

    # -- whose contact it is ---------------------------------------------------

    def _links(self, people: Sequence[Person]) -> dict[str, ContactLink | None]:
        """By name, by an earlier name, or by the marker of a create without answer."""
        names = [n for p in people for n in (p.resource_name, *p.names)]
        named = self.store.links(names)
        words = [p.marker.word for p in people if p.marker]
        marked = self.store.links_by_marker(words) if words else {}
        found = {}
        taken: set[int] = set()
        for person in people:
            link = self._link(person, named, marked)
            if link is not None and link.id in taken:
                link = None
            if link is not None:
                taken.add(link.id)
            found[person.resource_name] = link
        return found

    def _link(
        self,
        person: Person,
        named: Mapping[str, ContactLink],
        marked: Mapping[str, ContactLink],
    ) -> ContactLink | None:
        for name in (person.resource_name, *person.names):
            if name in named:
                return named[name]
        link = marked.get(person.marker.word) if person.marker else None
        if link is None or person.deleted:
            return None
        waits = link.state in (ContactState.SENDING, ContactState.GONE)
        unsent = link.state is ContactState.DROPPED and not link.resource_name
        return link if waits or unsent else None

    def _index(
        self, people: Sequence[Person], links: Mapping[str, ContactLink | None]
    ) -> None:
        """Remember who could be adopted, without a word that could be read."""
        region, salt = self.run.settings.region, self.run.settings.marker_key
        cursor = self.store.cursor()
        label = cursor.proposing_id if self.run.settings.propose else ""
        sightings = []
        for person in people:
            if person.deleted or links[person.resource_name] is None:
                found = person_keys(person, region, salt, label)
                keys = () if person.deleted else found
                sightings.append(Sighting(person.resource_name, keys))
            sightings += [Sighting(name) for name in person.names]
        if sightings:
            self.store.index(sightings)

    # -- one contact -----------------------------------------------------------

    def _compare(
        self,
        pairs: Sequence[tuple[Person, ContactLink | None]],
        people: Sequence[Person],
    ) -> None:
        changed, steps = [], []
        for person, link in pairs:
            if link is None:
                continue
            if person.deleted:
                steps.append(self._deleted(person, link, people))
            elif link.state is not ContactState.LINKED:
                steps += self._appeared(person, link)
            elif not is_old(person, link):
                changed.append((person, link))
        odoo = self.store.observe([link for _person, link in changed])
        for person, link in changed:
            if link.contact_id in odoo:
                step, _todo = self.compare(link, odoo[link.contact_id], person)
                steps.append(step)
        self.run.apply(steps)

    def compare(
        self,
        link: ContactLink,
        odoo: OdooContact,
        person: Person,
        *,
        writing: bool = False,
    ) -> tuple[ContactStep, Reconciled]:
        """What Odoo lacks, as a step; what Google lacks makes the link drift.

        writing: Google is about to be written, so it is told what that overwrites.
        """
        link = resolved(self.store, link, odoo)
        settings, updated = self.run.settings, person.updated
        wins = winner(settings.policy, link.edited_at, updated, self.run.skew)
        # Contact groups are looked after by the push, which knows them.
        todo = reconcile(link, odoo, person, wins, self.run.context)
        body = {k: v for k, v in todo.body.items() if k != "memberships"}
        after = replace(
            known(link, person),
            state=ContactState.LINKED,
            base=todo.base,
            drift=bool(body),
            dirty=link.dirty or bool(body),
            contested=todo.contested,
            problem=NOT_WRITABLE
            if todo.unwritable
            else unread_problem(odoo.values, link.base),
        )
        if after.contested and not todo.unwritable:
            self.run.report.questions += 1
            self.store.ask([conflict_question(after, odoo)])
        write = UpdateContact(odoo.contact_id, todo.to_odoo) if todo.to_odoo else None
        lines = _lines(link, odoo, person, todo, writing=writing)
        lines += unread_lines(link, odoo)
        return ContactStep(after, write, lines), todo

    def _appeared(self, person: Person, link: ContactLink) -> list[ContactStep]:
        """Google did create it, or it was taken out of the bin there."""
        after = replace(known(link, person), problem="", tried_at=None)
        if link.state is ContactState.DROPPED:
            return [ContactStep(after)] if after != link else []
        waits = link.state in (ContactState.SENDING, ContactState.GONE)
        if not waits or link.base is None or is_old(person, link):
            return []
        # What happened to it meanwhile is seen against what we meant to write.
        linked = replace(after, state=ContactState.LINKED, dirty=True, drift=True)
        line = ContactLine(
            "create", "google", link.contact_id, person.resource_name, person.title
        )
        return [ContactStep(linked, None, (line,))]

    def _deleted(
        self, person: Person, link: ContactLink, people: Sequence[Person]
    ) -> ContactStep:
        if link.state is ContactState.LINKED:
            survivor = self._survivor(link, people)
            if survivor is not None:
                return _followed(link, survivor)
            return gone_step(link)
        if link.state is ContactState.DROPPED:
            after = replace(link, state=ContactState.OFF, resource_name="", base=None)
            return ContactStep(after)
        return ContactStep(replace(link, resource_name="", etag="", updated=None))

    def _survivor(self, link: ContactLink, people: Sequence[Person]) -> Person | None:
        """Merged in Google: the other one changed in the same page and holds all."""
        mails = {mail_key(x) for x in link.base.values.emails} if link.base else set()
        names = [p.resource_name for p in people if not p.deleted]
        held = self.store.links(names) if mails else {}
        found = [
            p
            for p in people
            if mails
            and not p.deleted
            and p.resource_name not in held
            and mails
            <= {mail_key(str(x.get("value"))) for x in p.section("emailAddresses")}
        ]
        return found[0] if len(found) == 1 else None


def _called(person: Person, name: str) -> Person:
    """The contact answers to this name too."""
    if name in (person.resource_name, *person.names):
        return person
    return replace(person, names=(*person.names, name))


def gone_step(link: ContactLink) -> ContactStep:
    """Deleted in Google: Odoo's contact is untouched, the link says so."""
    after = replace(
        link, state=ContactState.GONE, dirty=False, drift=False, photo_due=False
    )
    title = link.base.values.name if link.base else ""
    line = ContactLine("gone", "google", link.contact_id, link.resource_name, title)
    return ContactStep(after, None, (line,))


def _followed(link: ContactLink, survivor: Person) -> ContactStep:
    after = replace(known(link, survivor), drift=True, dirty=True)
    line = ContactLine(
        "adopt",
        "google",
        link.contact_id,
        survivor.resource_name,
        survivor.title,
        reason="merged",
    )
    return ContactStep(after, None, (line,))


def _lines(
    link: ContactLink,
    odoo: OdooContact,
    person: Person,
    todo: Reconciled,
    *,
    writing: bool,
) -> tuple[ContactLine, ...]:
    line = ContactLine(
        "update", "odoo", odoo.contact_id, person.resource_name, odoo.values.name
    )
    lines = []
    fresh = todo.contested != link.contested
    shown = {
        name: side
        for name, side in todo.conflicts.items()
        if (writing if side == "odoo" else fresh or name not in todo.contested)
    }
    for side in sorted(set(shown.values())):
        kept = person_to_vcard(person) if side == "odoo" else ""
        names = [name for name in shown if shown[name] == side]
        conflict = replace(line, action="conflict", side=side, archive=kept)
        lines.append(_both(conflict, odoo, todo, names))
    if todo.unwritable and fresh:
        names = [name for name in todo.contested if name not in todo.conflicts]
        refused = replace(line, action="skip", reason=NOT_WRITABLE)
        lines.append(_both(refused, odoo, todo, names))
    if todo.to_odoo:
        before = {n: odoo.values.get(n) for n in todo.to_odoo}
        kept = to_vcard(odoo.values, f"contact-{odoo.contact_id}")
        after = dict(todo.to_odoo)
        lines.append(replace(line, before=before, after=after, archive=kept))
    return tuple(lines)


def _both(
    line: ContactLine, odoo: OdooContact, todo: Reconciled, names: Sequence[str]
) -> ContactLine:
    """The line with Odoo's values as before and Google's as after."""
    mine = {name: odoo.values.get(name) for name in names}
    return replace(line, before=mine, after={name: todo.google[name] for name in names})
