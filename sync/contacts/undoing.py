"""Taking back what a run did to an account's contacts: the order of steps.

Some contacts at a time: Google is read, written under the etags as they were known,
and Odoo's side noted with it. What comes back goes to Google last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from ..chosen import Chosen
from ..directions import Winner
from ..replies import raise_unanswered
from ..report import Report
from .archive import person_to_vcard
from .newcomers import Newcomers
from .person import Person
from .planned import PlannedContactStore
from .ports import Outcome, People
from .push import Job, Push, body_of, grouped
from .reconcile import reconcile
from .run import Run, known, lags
from .settings import ContactSettings
from .store import (
    ContactLine,
    ContactLink,
    ContactState,
    ContactStep,
    ContactStore,
    OdooContact,
    UpdateContact,
)
from .undo import (
    Deed,
    Past,
    deed_of,
    former,
    former_in_google,
    former_picture,
    why_left_out,
)

#: Contacts looked at between two checkpoints.
TOGETHER = 200
UNDONE = "taken_back"


class Memory(Protocol):
    """What the journal knows of the run that is undone."""

    def next(self, limit: int) -> list[Past]:
        """Contacts of it that were not looked at yet."""

    def looked_at(
        self,
        pasts: Sequence[Past],
        left: Sequence[ContactLine],
        back: Sequence[int],
        off: Sequence[int],
    ) -> None:
        """Not to come again in this undo.

        left: lines of what is left as it is. back: contacts whose link is to be pushed;
        those of them that were off are on the list again. off: taken off it.
        """

    def touched(self) -> frozenset[int]:
        """Ids of all contacts that the push is to look at."""


class OnlyThese(PlannedContactStore):
    """The ContactStore port of the push of an undo."""

    def __init__(self, store: ContactStore, ids: frozenset[int]) -> None:
        super().__init__(store, Chosen(ids), lambda line: line, lambda: None)
        self.apply = store.apply  # type: ignore[method-assign]
        self.ask = store.ask  # type: ignore[method-assign]


def undo_contacts(
    store: ContactStore,
    people: People,
    settings: ContactSettings,
    report: Report,
    memory: Memory,
) -> Iterator[None]:
    """Take back what a run did on one list; as `sync_contacts` otherwise."""
    cursor = store.cursor()
    label_id = cursor.label_id if cursor.label == settings.label else ""
    run = Run(store, people, settings, report, label_id=label_id)
    store.collect_edits()
    undoing = Undoing(run, memory)
    while pasts := memory.next(TOGETHER):
        undoing.take_some(pasts)
        store.checkpoint()
        yield
    ids = memory.touched()
    if ids:
        only = replace(run, store=OnlyThese(store, ids))
        yield from Newcomers(only).take_in()
        yield from Push(only).update()


class Undoing:
    """One undo of one list."""

    def __init__(self, run: Run, memory: Memory) -> None:
        self.run = run
        self.people = run.people
        self.memory = memory

    def take_some(self, pasts: Sequence[Past]) -> None:
        """Some contacts, each looked at once."""
        links = [past.link for past in pasts if past.link]
        odoo = self.run.store.observe(links)
        deeds = {past.contact_id: deed_of(past) for past in pasts}
        left = {
            past.contact_id: why_left_out(past, deed, odoo.get(past.contact_id))
            for past in pasts
            if (deed := deeds[past.contact_id])
        }

        def going(deed: Deed) -> list[Past]:
            wanted = (x for x in pasts if deeds[x.contact_id] is deed)
            return [x for x in wanted if not left[x.contact_id]]

        away = [*going(Deed.WITHDRAW), *going(Deed.PART)]
        there = self._read(away, left)
        off = self._withdraw(going(Deed.WITHDRAW), there, left)
        off += self._part(going(Deed.PART), there, odoo, left)
        back = self._put_back(going(Deed.PUT_BACK), odoo)
        back += self._list(going(Deed.LIST))
        self._note(pasts, left, back, off)

    def _note(
        self,
        pasts: Sequence[Past],
        left: Mapping[int, str],
        back: Sequence[int],
        off: Sequence[int],
    ) -> None:
        self.run.report.left_alone.update(filter(None, left.values()))
        lines = [
            _line(past, "skip", "", reason=reason)
            for past in pasts
            if (reason := left.get(past.contact_id))
        ]
        self.memory.looked_at(pasts, lines, back, off)

    # -- in Google -------------------------------------------------------------

    def _read(self, pasts: Sequence[Past], left: dict[int, str]) -> dict[int, Person]:
        """The contacts as they are now; those edited there since are left."""
        links = [past.link for past in pasts if past.link]
        if not links:
            return {}
        self.run.store.checkpoint()
        replies = self.people.get([link.resource_name for link in links])
        raise_unanswered(self.run.store, replies)
        found = {}
        for link, reply in zip(links, replies, strict=True):
            person = self.run.read(reply.person) if reply.person else None
            if person is None:
                continue
            if person.etag != link.etag and not lags(person, link):
                left[link.contact_id] = "undo_edited_google"
            found[link.contact_id] = person
        return found

    def _withdraw(
        self, pasts: Sequence[Past], there: Mapping[int, Person], left: dict[int, str]
    ) -> list[int]:
        """Delete what the run made there."""
        links = [x.link for x in pasts if x.link and not left[x.contact_id]]
        if not links:
            return []
        names = [link.resource_name for link in links]
        replies = self.people.delete(names)
        by_id = {past.contact_id: past for past in pasts}
        steps, done = [], []
        for link, reply in zip(links, replies, strict=True):
            past, person = by_id[link.contact_id], there.get(link.contact_id)
            if reply.outcome is Outcome.REFUSED:
                left[link.contact_id] = "undo_refused"
            elif not reply.unanswered:
                line = _line(past, "delete", "google", link=link)
                kept = person_to_vcard(person) if person else ""
                steps.append(
                    ContactStep(_off(link), None, (replace(line, archive=kept),))
                )
                done.append(link.contact_id)
        self.run.apply(steps)
        self.run.writes += len(links)
        raise_unanswered(self.run.store, replies)
        return done

    def _part(
        self,
        pasts: Sequence[Past],
        there: Mapping[int, Person],
        odoo: Mapping[int, OdooContact],
        left: dict[int, str],
    ) -> list[int]:
        """Google's contact says again what it said, and is left alone from then on."""
        for past in pasts:
            if not left[past.contact_id] and past.contact_id not in there:
                left[past.contact_id] = "undo_gone"
        ready = [past for past in pasts if not left[past.contact_id]]
        jobs = [job for x in ready if (job := self._job(x, there[x.contact_id]))]
        links = self._rewrite(jobs, left)
        done = []
        for past in ready:
            if left[past.contact_id]:
                continue
            assert past.link is not None
            link = links.get(past.contact_id, past.link)
            self._picture(past, link)
            step = self._parted(past, link, odoo[past.contact_id])
            self.run.apply([step])
            done.append(past.contact_id)
        return done

    def _job(self, past: Past, person: Person) -> Job | None:
        """What Google's contact is to say again; None where nothing differs."""
        link = past.link
        assert link is not None
        assert link.base is not None
        values = former_in_google(past, link.base.values)
        context = replace(self.run.context, label="")
        before = OdooContact(past.contact_id, values)
        todo = reconcile(link, before, person, Winner.ODOO, context)
        return Job(link, before, person, todo) if todo.body else None

    def _rewrite(
        self, jobs: Sequence[Job], left: dict[int, str]
    ) -> dict[int, ContactLink]:
        links = {}
        for mask, part in grouped(jobs):
            replies = self.people.update([body_of(x, mask) for x in part], mask)
            for job, reply in zip(part, replies, strict=True):
                person = self.run.read(reply.person) if reply.person else None
                contact_id = job.odoo.contact_id
                if reply.outcome is Outcome.DONE and person is not None:
                    links[contact_id] = known(job.link, person)
                elif reply.outcome is Outcome.REFUSED:
                    left[contact_id] = "undo_refused"
                elif not reply.unanswered:
                    left[contact_id] = "undo_edited_google"
            self.run.writes += len(part)
            raise_unanswered(self.run.store, replies)
        return links

    def _picture(self, past: Past, link: ContactLink) -> None:
        """The person's own picture again, or none, as it was."""
        picture = former_picture(past)
        if picture is None:
            return
        if picture:
            reply = self.people.set_photo(link.resource_name, picture)
        else:
            reply = self.people.remove_photo(link.resource_name)
        self.run.writes += 1
        raise_unanswered(self.run.store, [reply])

    # -- in Odoo ---------------------------------------------------------------

    def _parted(self, past: Past, link: ContactLink, odoo: OdooContact) -> ContactStep:
        assert link.base is not None
        google = former(past, "google")
        line = replace(
            _line(past, "part", "google", link=link),
            before={n: link.base.values.get(n) for n in google},
            after=google,
        )
        off = replace(_off(link), resource_name=link.resource_name, etag=link.etag)
        notes = former(past, "odoo")
        same = all(odoo.values.get(n) == link.base.values.get(n) for n in notes)
        if not notes or past.shared or not same or not odoo.writable:
            return ContactStep(off, None, (line,))
        changed = self._written(past, link, odoo)
        return ContactStep(off, changed.write, (line, *changed.lines))

    def _put_back(
        self, pasts: Sequence[Past], odoo: Mapping[int, OdooContact]
    ) -> list[int]:
        steps = [
            self._written(past, past.link, odoo[past.contact_id])
            for past in pasts
            if past.link
        ]
        self.run.apply(steps)
        return [past.contact_id for past in pasts]

    def _written(self, past: Past, link: ContactLink, odoo: OdooContact) -> ContactStep:
        values = former(past, "odoo")
        line = replace(
            _line(past, "update", "odoo", link=link),
            before={n: odoo.values.get(n) for n in values},
            after=values,
        )
        after = replace(link, dirty=True, edited_at=self.run.settings.now)
        return ContactStep(after, UpdateContact(past.contact_id, values), (line,))

    def _list(self, pasts: Sequence[Past]) -> list[int]:
        links = [past.link for past in pasts if past.link]
        new = [replace(x, state=ContactState.NEW, problem="", answer="") for x in links]
        self.run.apply([ContactStep(link) for link in new])
        return [link.contact_id for link in new]


def _off(link: ContactLink) -> ContactLink:
    """Off the list; without a contact in Google that would be its own."""
    return ContactLink(link.contact_id, id=link.id, state=ContactState.OFF)


def _line(
    past: Past,
    action: str,
    side: str,
    *,
    link: ContactLink | None = None,
    reason: str = UNDONE,
) -> ContactLine:
    name = link.resource_name if link else ""
    return ContactLine(action, side, past.contact_id, name, past.title, reason=reason)
