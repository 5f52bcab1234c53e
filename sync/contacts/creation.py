"""Creating contacts in Google, once.

A create has no id of our own and no second try: its intent and marker are committed
before the call, and a create without an answer waits until a list proves it undone.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..ports import Stop
from ..replies import raise_unanswered
from .incoming import remembered
from .listing import forgotten
from .person import Marker, Person
from .ports import (
    CREATE_SIZE,
    WORTH_A_BATCH,
    NotSent,
    Outcome,
    PersonReply,
)
from .reconcile import agreed_base, changed_fields
from .run import Run, known
from .sections import create_body, fit, region_of
from .store import ContactLine, ContactLink, ContactState, ContactStep, OdooContact
from .unreadable import unread_lines, unread_problem
from .values import ContactBase, ContactValues
from .ways import set_apart

Job = tuple[ContactLink, OdooContact, Mapping[str, Any]]
#: Prefix of a link's problem: Google would not have this contact as it is.
REFUSED = "refused:"


class Creation:
    """One run's creates."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.people = run.people

    def create(
        self, pairs: Sequence[tuple[ContactLink, OdooContact]]
    ) -> Generator[None, None, list[ContactLink]]:
        """Create them; returns the links that are to be tried again."""
        jobs = [self._intent(link, odoo) for link, odoo in pairs]
        self.run.apply([ContactStep(link) for link, _odoo, _body in jobs])
        self.store.checkpoint()
        size = CREATE_SIZE if len(jobs) >= WORTH_A_BATCH else 1
        again: list[ContactLink] = []
        for start in range(0, len(jobs), size):
            part = jobs[start : start + size]
            try:
                replies = self.people.create([body for _link, _odoo, body in part])
            except Stop as stop:
                # What was not sent need not wait for a list to prove it undone.
                self._take_back(jobs[start + size * (not isinstance(stop, NotSent)) :])
                raise
            steps = [
                self._outcome(link, odoo, reply)
                for (link, odoo, _body), reply in zip(part, replies, strict=True)
            ]
            self.run.apply(steps)
            self.run.writes += len(part)
            again += [
                step.link
                for step, reply in zip(steps, replies, strict=True)
                if reply.outcome is Outcome.UNDONE
            ]
            if any(reply.unanswered for reply in replies):
                self._take_back(jobs[start + size :])
            raise_unanswered(self.store, replies)
            self.store.checkpoint()
            yield
        return again

    def _take_back(self, jobs: Sequence[Job]) -> None:
        """They were about to be created, and were not: as if nothing had begun."""
        new = [replace(forgotten(x), state=ContactState.NEW) for x, *_rest in jobs]
        self.run.apply([ContactStep(link) for link in new])
        self.store.checkpoint()

    def _intent(self, link: ContactLink, odoo: OdooContact) -> Job:
        values, _cut = fit(odoo.values)
        word = self.store.new_marker()
        settings = self.run.settings
        body = create_body(
            values,
            region=region_of(values, settings.region),
            marker=(
                settings.marker_key,
                str(Marker(odoo.contact_id, odoo.created, word)),
            ),
            label=self.run.label_id,
            fields=self.run.fields,
        )
        sending = replace(
            link,
            state=ContactState.SENDING,
            marker=word,
            tried_at=self.store.now(),
            base=self._base(values),
            problem="",
        )
        return sending, odoo, body

    def _base(self, values: ContactValues) -> ContactBase:
        """What both sides have once it was created."""
        fields = self.run.fields
        return ContactBase(
            remembered(values, fields, new=True),
            label=self.run.label_id,
            apart=set_apart(None, values, fields),
        )

    def _outcome(
        self, link: ContactLink, odoo: OdooContact, reply: PersonReply
    ) -> ContactStep:
        line = ContactLine(
            "create",
            "google",
            odoo.contact_id,
            title=odoo.values.name,
            reason=reply.reason,
        )
        person = self.run.read(reply.person) if reply.person else None
        if reply.outcome is Outcome.DONE and person is not None:
            return self._created(link, odoo, person, line)
        if reply.outcome in (Outcome.DONE, Outcome.UNKNOWN):
            return ContactStep(link)
        new = replace(forgotten(link), state=ContactState.NEW)
        if reply.outcome in (Outcome.UNDONE, Outcome.LATER):
            return ContactStep(new)
        refused = replace(new, problem=REFUSED + reply.reason, dirty=False)
        line = replace(line, action="error", error=reply.message)
        return ContactStep(refused, None, (line,))

    def _created(
        self, link: ContactLink, odoo: OdooContact, person: Person, line: ContactLine
    ) -> ContactStep:
        values, cut = fit(odoo.values)
        meant = self._base(values)
        done = replace(
            known(link, person),
            state=ContactState.LINKED,
            base=replace(
                agreed_base(meant.values, person, self.run.context), apart=meant.apart
            ),
            tried_at=None,
            dirty=False,
            drift=False,
            edited_at=None,
            photo_due=values.photo != meant.values.photo,
            problem=unread_problem(values),
        )
        _before, after = changed_fields(None, values, self.run.fields)
        line = replace(line, google_id=person.resource_name, after=after)
        said = unread_lines(replace(done, base=None), odoo)
        return ContactStep(done, None, (line, *cut_lines(line, cut), *said))


def cut_lines(line: ContactLine, names: Sequence[str]) -> tuple[ContactLine, ...]:
    """Said once for each write: Google has not all of these fields."""
    if not names:
        return ()
    return (
        replace(
            line,
            action="cut",
            before={},
            after=dict.fromkeys(names, ""),
            reason="too_long",
            archive="",
        ),
    )
