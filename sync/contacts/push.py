"""Odoo to Google: linked contacts that differ, read again and written under the etag.

Lists are replaced whole by Google, so each contact is read before it is written; an
etag that does not hold any more means reading once again.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..replies import raise_unanswered
from .archive import person_to_vcard
from .creation import REFUSED, cut_lines
from .fields import goes
from .incoming import remembered
from .person import Person, identity
from .ports import GET_SIZE, UPDATE_SIZE, WORTH_A_BATCH, Outcome, PersonReply
from .reconcile import Reconciled, agreed_base, changed_fields, in_step
from .run import Run, known, lags
from .sections import fit, sections
from .settle import Settler, gone_step
from .store import (
    ContactLine,
    ContactLink,
    ContactState,
    ContactStep,
    OdooContact,
)
from .unreadable import as_read, unread_lines, unread_problem, with_unread
from .ways import Fields, noted

#: A contact that keeps changing under us is left for the next run.
TRIES = 4
#: Google takes one entry only; sent back unchanged they could be refused or changed.
_SINGLE = ("names", "biographies", "birthdays")


@dataclass
class Job:
    """One contact on its way to Google."""

    link: ContactLink
    odoo: OdooContact
    person: Person
    todo: Reconciled


class Push:
    """One run's updates."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.people = run.people
        self.settler = Settler(run)

    def update(self) -> Iterator[None]:
        """Push until every link was looked at."""
        after = 0
        while links := self.store.dirty(GET_SIZE, after):
            after = links[-1].id
            for _try in range(TRIES):
                links = yield from self._batch(links)
                if not links:
                    break

    def _batch(
        self, links: Sequence[ContactLink]
    ) -> Generator[None, None, list[ContactLink]]:
        """One round; returns the links that are to be read again."""
        odoo = self.store.observe(links)
        differ, steps = [], []
        for link in links:
            step = self._unread(link, odoo.get(link.contact_id))
            if step is None:
                differ.append(link)
            else:
                steps.append(step)
        self.run.apply(steps)
        self.store.checkpoint()
        jobs = self._look(differ, odoo) if differ else []
        self.store.checkpoint()
        yield
        again: list[ContactLink] = []
        for mask, part in grouped(jobs):
            again += self._write(mask, part)
            self.store.checkpoint()
            yield
        return again

    # -- before the call -------------------------------------------------------

    def _unread(
        self, link: ContactLink, odoo: OdooContact | None
    ) -> ContactStep | None:
        """What is known without asking Google; None when it has to be read."""
        off = self.run.settings.delete_dropped
        if odoo is None or not odoo.alive and off:
            return ContactStep(replace(link, state=ContactState.DROPPED, dirty=False))
        if odoo.left_alone or not odoo.alive:
            reason = odoo.left_alone or "archived"
            self.run.report.left_alone[reason] += 1
            return ContactStep(replace(clean(link), problem=reason))
        if link.drift or link.base is None:
            return None
        wanted, _cut = fit(as_read(odoo.values, link.base))
        labelled = link.base.label == self.run.label_id
        fields = self.run.fields
        if not in_step(wanted, link.base, fields) or not labelled:
            return None
        base = noted(link.base, odoo.values, fields)
        due = odoo.values.photo != base.values.photo
        kept = (
            link.problem if link.contested else unread_problem(odoo.values, link.base)
        )
        after = replace(
            clean(link),
            photo_due=due,
            problem=kept,
            base=with_unread(base, odoo.values),
        )
        return ContactStep(after, None, unread_lines(link, odoo))

    def _look(
        self, links: Sequence[ContactLink], odoo: Mapping[int, OdooContact]
    ) -> list[Job]:
        """Read them, settle what Google has to say, and return what Google lacks."""
        replies = self.people.get([link.resource_name for link in links])
        jobs, steps = [], []
        for link, reply in zip(links, replies, strict=True):
            person = self.run.read(reply.person) if reply.person else None
            if reply.outcome is Outcome.GONE:
                steps.append(gone_step(link))
            elif person is not None and not lags(person, link):
                contact = odoo[link.contact_id]
                step, todo = self.settler.compare(link, contact, person, writing=True)
                step = replace(step, link=self._with_photo(step.link, contact))
                due = contact.values.photo != _photo(step.link)
                lacks = bool(todo.body)
                after = replace(
                    step.link, photo_due=due, drift=lacks, dirty=lacks, edited_at=None
                )
                if lacks:
                    after = replace(after, edited_at=link.edited_at)
                    if todo.to_odoo:
                        # Odoo's own value is the new one from now on.
                        values = contact.values.with_(todo.to_odoo)
                        contact = replace(contact, values=values)
                        todo = replace(todo, wanted=todo.wanted.with_(todo.to_odoo))
                    jobs.append(Job(after, contact, person, todo))
                steps.append(replace(step, link=after))
        self.run.apply(steps)
        raise_unanswered(self.store, replies)
        return jobs

    def _with_photo(self, link: ContactLink, odoo: OdooContact) -> ContactLink:
        """A picture that does not travel is agreed on as it stands."""
        assert link.base is not None
        if goes(self.run.fields["photo"].direction):
            return link
        values = replace(link.base.values, photo=odoo.values.photo)
        return replace(link, base=replace(link.base, values=values))

    # -- the call --------------------------------------------------------------

    def _write(self, mask: Sequence[str], jobs: Sequence[Job]) -> list[ContactLink]:
        bodies = [body_of(job, mask) for job in jobs]
        replies = self.people.update(bodies, mask)
        steps, again = [], []
        for job, reply in zip(jobs, replies, strict=True):
            if reply.outcome in (Outcome.STALE, Outcome.UNDONE):
                again.append(job.link)
            else:
                steps += self._outcome(job, reply)
        self.run.apply(steps)
        self.run.writes += len(jobs)
        raise_unanswered(self.store, replies)
        return again

    def _outcome(self, job: Job, reply: PersonReply) -> list[ContactStep]:
        person = self.run.read(reply.person) if reply.person else None
        if reply.outcome is Outcome.DONE and person is not None:
            return [self._written(job, person)]
        if reply.outcome is Outcome.REFUSED:
            refused = replace(clean(job.link), problem=REFUSED + reply.reason)
            line = ContactLine(
                "error",
                "google",
                job.odoo.contact_id,
                job.person.resource_name,
                job.odoo.values.name,
                error=reply.message,
                reason=reply.reason,
            )
            return [ContactStep(refused, None, (line,))]
        # Gone since it was read: the next list says what became of it.
        return []

    def _written(self, job: Job, person: Person) -> ContactStep:
        link, wanted = job.link, job.todo.wanted
        assert link.base is not None
        before = link.base.values
        kept: dict[str, Any] = {"photo": before.photo, "comment": person.comment}
        kept["unread"] = before.unread
        kept |= {name: before.get(name) for name in job.todo.contested}
        apart = link.base.apart
        kept |= {name: before.get(name) for name in apart if name != "comment"}
        values = remembered(wanted.with_(kept), self.run.fields)
        waiting, context = job.todo.contested, self.run.context
        base = agreed_base(values, person, context, before=link.base, waiting=waiting)
        base = replace(base, photo_url=link.base.photo_url, apart=apart)
        done = replace(clean(known(link, person)), base=base, problem=link.problem)
        return ContactStep(done, None, _lines(job, self.run.fields))


def clean(link: ContactLink) -> ContactLink:
    """Nothing is left to be compared."""
    return replace(link, dirty=False, drift=False, edited_at=None)


def grouped(jobs: Sequence[Job]) -> list[tuple[tuple[str, ...], list[Job]]]:
    """Jobs by what one request can hold: one mask for all, singles when few.

    Lists are in the mask of a batch as soon as one contact needs them (each sends its
    own back, whole); what allows one entry only is sent where it changes.
    """
    by_single: dict[tuple[str, ...], list[Job]] = {}
    for job in jobs:
        single = tuple(n for n in _SINGLE if n in job.todo.body)
        by_single.setdefault(single, []).append(job)
    groups: list[tuple[tuple[str, ...], list[Job]]] = []
    for same in by_single.values():
        size = UPDATE_SIZE if len(same) >= WORTH_A_BATCH else 1
        for start in range(0, len(same), size):
            part = same[start : start + size]
            groups.append((_mask(part), part))
    return groups


def _mask(jobs: Sequence[Job]) -> tuple[str, ...]:
    return tuple(sorted({name for job in jobs for name in job.todo.body}))


def body_of(job: Job, mask: Sequence[str]) -> dict[str, Any]:
    """The contact with every section of the mask whole, ours or as it was read."""
    body: dict[str, Any] = identity(job.person)
    for name in mask:
        entries = job.todo.body.get(name)
        body[name] = list(job.person.section(name)) if entries is None else entries
    return body


def _photo(link: ContactLink) -> str:
    return link.base.values.photo if link.base else ""


def _lines(job: Job, fields: Fields) -> tuple[ContactLine, ...]:
    base = job.link.base
    before, after = changed_fields(
        base.values if base else None, job.todo.wanted, fields
    )
    # A section is ours in part: what was put back did not differ from the base.
    names = _fields_of(job.todo.body, fields) - set(base.apart if base else ())
    line = ContactLine(
        "update",
        "google",
        job.odoo.contact_id,
        job.person.resource_name,
        job.odoo.values.name,
        {k: v for k, v in before.items() if k in names},
        {k: v for k, v in after.items() if k in names},
        archive=person_to_vcard(job.person),
    )
    lines = [line] if line.after or not job.todo.put_back else []
    if job.todo.put_back:
        back = {name: job.todo.wanted.get(name) for name in job.todo.put_back}
        lines.append(replace(line, action="put_back", before={}, after=back))
    cut = [name for name in job.todo.cut if name in names]
    return (*lines, *cut_lines(line, cut))


def _fields_of(body: Mapping[str, Any], fields: Fields) -> set[str]:
    names = {"comment"} if "biographies" in body else set()
    for section in sections(fields):
        names |= set(section.fields) if section.name in body else set()
    return names
