"""Contacts taken off the list: left in Google as they are, or deleted there.

Deletions come after everything else was counted, under the brake, and what is deleted
is kept in the journal first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..asking import ask_one
from ..brake import holds
from ..replies import raise_unanswered
from .archive import person_to_vcard
from .person import Person
from .ports import DELETE_SIZE, GET_SIZE, WORTH_A_BATCH, Outcome, PersonReply
from .questions import brake_question
from .run import Run
from .store import ContactLine, ContactLink, ContactState, ContactStep


class Removal:
    """One run's contacts that left the list."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.people = run.people

    def remove(self) -> Iterator[None]:
        """Let go of them all, or delete those that shall be deleted."""
        braked = self._braked()
        after = 0
        while links := self.store.in_state(ContactState.DROPPED, DELETE_SIZE, after):
            after = links[-1].id
            # A create without an answer: first it must be known what to remove.
            known = [x for x in links if x.resource_name or not x.tried_at]
            doomed = [x for x in known if self._is_doomed(x)]
            self.run.apply([_let_go(x) for x in known if x not in doomed])
            self.store.checkpoint()
            if doomed and not braked:
                yield from self._delete(doomed)
            yield

    def _is_doomed(self, link: ContactLink) -> bool:
        if not link.resource_name:
            return False
        if link.answer:
            return link.answer == "delete"
        return self.run.settings.delete_dropped

    def _braked(self) -> bool:
        """More than a person would take off by hand: stops and asks."""
        doomed, after = 0, 0
        while links := self.store.in_state(ContactState.DROPPED, DELETE_SIZE, after):
            after = links[-1].id
            # What a person has said of one contact needs no second word.
            doomed += sum(self._is_doomed(x) and not x.answer for x in links)
        total = doomed + self.store.count(ContactState.LINKED)
        settings = self.run.settings
        if not doomed or not holds(
            doomed, total, count=settings.brake_count, share=settings.brake_share
        ):
            return False
        question = brake_question(doomed, total, settings.now)
        answer = ask_one(self.store, question, self.run.report)
        return answer is None or answer.verdict != "delete"

    def _delete(self, links: Sequence[ContactLink]) -> Iterator[None]:
        there = self._read(links)
        size = DELETE_SIZE if len(links) >= WORTH_A_BATCH else 1
        for start in range(0, len(links), size):
            part = links[start : start + size]
            names = [
                there[x.id].resource_name if x.id in there else x.resource_name
                for x in part
            ]
            replies = self.people.delete(names)
            steps = []
            for link, reply in zip(part, replies, strict=True):
                person = there.get(link.id)
                archive = person_to_vcard(person) if person else ""
                steps.append(_deleted(link, reply, archive))
            self.run.apply(steps)
            self.run.writes += len(part)
            raise_unanswered(self.store, replies)
            self.store.checkpoint()
            yield

    def _read(self, links: Sequence[ContactLink]) -> dict[int, Person]:
        """The contacts as they are now, perhaps under a new name, by link."""
        found = {}
        for start in range(0, len(links), GET_SIZE):
            part = links[start : start + GET_SIZE]
            replies = self.people.get([link.resource_name for link in part])
            raise_unanswered(self.store, replies)
            for link, reply in zip(part, replies, strict=True):
                person = self.run.read(reply.person) if reply.person else None
                if person is not None:
                    found[link.id] = person
        return found


def _let_go(link: ContactLink) -> ContactStep:
    """Left in Google; the link remembers which one it was."""
    after = replace(
        link,
        state=ContactState.OFF,
        dirty=False,
        drift=False,
        photo_due=False,
        problem="",
        answer="",
        contested={},
    )
    if not link.resource_name:
        return ContactStep(after)
    line = ContactLine(
        "detach", "google", link.contact_id, link.resource_name, _title(link)
    )
    return ContactStep(after, None, (line,))


def _deleted(link: ContactLink, reply: PersonReply, archive: str) -> ContactStep:
    line = ContactLine(
        "delete",
        "google",
        link.contact_id,
        link.resource_name,
        _title(link),
        archive=archive,
    )
    if reply.outcome in (Outcome.DONE, Outcome.GONE):
        off = _let_go(replace(link, resource_name="", etag="", updated=None)).link
        off = replace(off, base=None, marker="")
        return ContactStep(off, None, (line,))
    if reply.outcome is Outcome.REFUSED:
        error = replace(line, action="error", error=reply.message, reason=reply.reason)
        return ContactStep(_let_go(link).link, None, (error,))
    return ContactStep(link)


def _title(link: ContactLink) -> str:
    return link.base.values.name if link.base else ""
