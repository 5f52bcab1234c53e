"""Photos: one by one, after everything else, only when Odoo's own picture changed.

A picture that the person chose in Google is not touched while Odoo never sent one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .ports import Outcome, People, PersonReply
from .replies import raise_unanswered
from .run import Run
from .settle import Settler
from .store import ContactLine, ContactLink, ContactStep, OdooContact

#: Links looked at together; each write is a commit of its own.
TOGETHER = 50


class Photos:
    """One run's pictures."""

    def __init__(self, run: Run, people: People, settler: Settler) -> None:
        self.run = run
        self.store = run.store
        self.people = people
        self.settler = settler

    def send(self) -> Iterator[None]:
        """Send every picture that is due."""
        after = 0
        while links := self.store.photos_due(TOGETHER, after):
            after = links[-1].id
            odoo = self.store.observe(links)
            for link in links:
                contact = odoo.get(link.contact_id)
                if contact is not None and link.base is not None:
                    yield from self._one(link, contact)

    def _one(self, link: ContactLink, odoo: OdooContact) -> Iterator[None]:
        assert link.base is not None
        wanted, sent = odoo.values.photo, link.base.values.photo
        data = self.store.photo_bytes(odoo.contact_id) if wanted else b""
        if wanted == sent or not wanted and not sent or wanted and not data:
            self.run.apply([ContactStep(replace(link, photo_due=False))])
            self.store.checkpoint()
            return
        self.store.checkpoint()
        if wanted:
            reply = self.people.set_photo(link.resource_name, data)
        else:
            reply = self.people.remove_photo(link.resource_name)
        self.run.apply(self._outcome(link, odoo, reply))
        self.run.writes += 1
        raise_unanswered(self.store, [reply])
        self.store.checkpoint()
        yield

    def _outcome(
        self, link: ContactLink, odoo: OdooContact, reply: PersonReply
    ) -> list[ContactStep]:
        assert link.base is not None
        line = ContactLine(
            "photo" if odoo.values.photo else "photo_removed",
            "google",
            odoo.contact_id,
            link.resource_name,
            odoo.values.name,
        )
        if reply.outcome is Outcome.GONE:
            # Gone or renamed: reading it again tells.
            return [ContactStep(replace(link, drift=True))]
        if reply.outcome is Outcome.REFUSED:
            after = replace(link, photo_due=False)
            line = replace(
                line, action="error", error=reply.message, reason=reply.reason
            )
            return [ContactStep(after, None, (line,))]
        if reply.outcome is not Outcome.DONE:
            return []
        person = self.run.read(reply.person) if reply.person else None
        values = replace(link.base.values, photo=odoo.values.photo)
        base = replace(link.base, values=values)
        after = replace(link, base=base, photo_due=False)
        if person is None:
            return [ContactStep(after, None, (line,))]
        # No etag guards a photo: what the person changed just before comes with it.
        step, _todo = self.settler.compare(after, odoo, person)
        return [replace(step, lines=(line, *step.lines))]
