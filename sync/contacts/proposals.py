"""Contacts of a label in Google that Odoo does not know: proposed, one question each.

Nobody is made in Odoo, paired or put on the list without a person's yes. What was
answered is carried out before the newcomers are paired, what is new is asked after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..asking import Answer
from ..replies import raise_unanswered
from .introducing import mails_of, values_of
from .person import Person, label_key
from .ports import GET_SIZE, Outcome
from .questions import proposal_question
from .run import Run
from .store import ContactCursor, ContactLine, Sighting

#: So many wait at a time: the next ones come as these are answered.
AT_ONCE = 50
_YES = ("pair", "create")


def with_label(run: Run, cursor: ContactCursor) -> ContactCursor:
    """The cursor once it knows whose members are proposed; another label, all anew.

    Who was in it before is not shown again by a list of what changed.
    """
    wanted = run.settings.propose
    if not wanted or wanted == cursor.proposing and _is_sure(run, cursor):
        return cursor
    found = run.people.find_label(wanted)
    if not found and wanted != cursor.proposing:
        line = ContactLine("skip", "google", title=wanted, reason="no_such_label")
        run.store.say(line)
    after = replace(cursor, proposing=wanted, proposing_id=found)
    if not found or found == cursor.proposing_id:
        return after
    return replace(after, sync_token="", page_token="", listing="")


def _is_sure(run: Run, cursor: ContactCursor) -> bool:
    """With each full list it is looked up anew: it may have been deleted and remade."""
    settings = run.settings
    if settings.full or not (cursor.proposing_id and cursor.full_at):
        return False
    return settings.now - cursor.full_at < settings.refresh_after


class Proposals:
    """One run's proposals."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.label_id = run.store.cursor().proposing_id

    def carry_out(self) -> Iterator[None]:
        """Put on the list who was said yes to; the newcomers' turn comes next."""
        told = self.store.proposals() if self.run.settings.propose else {}
        said = {n: x for n, x in told.items() if x is not None and x.verdict in _YES}
        names = sorted(said.keys() - self.store.links(list(said)).keys())
        for part in _parts(names):
            for person in self._fetch(part):
                self._take_in(person, said[person.resource_name])
            self.store.checkpoint()
            yield

    def ask(self) -> Iterator[None]:
        """Ask about who is in the label, and in no way known here."""
        there = self._members()
        told = self.store.proposals()
        waiting = {name for name, answer in told.items() if answer is None}
        self.store.withdraw(sorted(waiting - there))
        room = max(0, AT_ONCE - len(waiting & there))
        for part in _parts(sorted(there - told.keys())[:room]):
            self._propose(self._fetch(part))
            self.store.checkpoint()
            yield
        if not self.run.settings.propose:
            cursor = replace(self.store.cursor(), proposing="", proposing_id="")
            self.store.save_cursor(cursor)

    def _members(self) -> set[str]:
        """Who is in the label and has no link, on the list or off it."""
        if not (self.label_id and self.run.settings.propose):
            return set()
        key = label_key(self.label_id, self.run.settings.marker_key)
        names = self.store.find([key]).get(key, ())
        return {*names} - self.store.links(list(names)).keys()

    def _fetch(self, names: Sequence[str]) -> list[Person]:
        """As they stand in Google now, by the names they were asked for."""
        replies = self.run.people.get(names)
        found = []
        for name, reply in zip(names, replies, strict=True):
            person = self.run.read(reply.person) if reply.person else None
            if person is not None and person.resource_name == name:
                found.append(person)
            elif person is not None or reply.outcome is Outcome.GONE:
                self.store.index([Sighting(name)])
                self.store.withdraw([name])
        raise_unanswered(self.store, replies)
        return found

    def _take_in(self, person: Person, answer: Answer) -> None:
        values = values_of(person, self.run.settings.region)
        name = person.resource_name
        wanted = answer.record_id if answer.verdict == "pair" else 0
        contact_id, problem = self.store.take_in(name, wanted, values)
        line = ContactLine("create", "odoo", contact_id, name, values.name)
        if problem:
            self.store.say(
                replace(line, action="error", error=problem, reason="proposal")
            )
        elif not wanted:
            after = {k: v for k, v in _typed(values.as_dict()).items() if v}
            self.store.say(replace(line, after=after))

    def _propose(self, people: Sequence[Person]) -> None:
        region = self.run.settings.region
        shown = [
            replace(values_of(person, region), emails=mails_of(person))
            for person in people
        ]
        questions = [
            proposal_question(person, values, ids)
            for person, values, ids in zip(
                people, shown, self.store.alike(shown), strict=True
            )
        ]
        self.store.ask(questions)
        self.run.report.questions += len(questions)


def _typed(values: Mapping[str, object]) -> dict[str, object]:
    return {k: v for k, v in values.items() if k not in ("unread", "extra")}


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), GET_SIZE):
        yield names[start : start + GET_SIZE]
