"""Photos: one by one, after everything else, only when Odoo's own picture changed.

A picture that the person chose in Google is not touched while Odoo never sent one; when
it has to give way, it is kept in the journal first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..replies import raise_unanswered
from .archive import person_to_vcard
from .person import Person
from .ports import Outcome, PersonReply
from .run import Run
from .settle import Settler
from .store import ContactLine, ContactLink, ContactStep, OdooContact
from .unreadable import UNREADABLE_PHOTO, with_unread

#: Links looked at together; each write is a commit of its own.
TOGETHER = 50
#: Bytes of a picture that the journal keeps.
MOST = 1_000_000
_PICTURES = (b"\xff\xd8", b"\x89PNG")


class Photos:
    """One run's pictures."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store
        self.people = run.people
        self.settler = Settler(run)

    def send(self) -> Iterator[None]:
        """Send every picture that is due."""
        after = 0
        while links := self.store.photos_due(TOGETHER, after):
            after = links[-1].id
            odoo = self.store.observe(links)
            steps = [(x, odoo[x.contact_id]) for x in links if x.contact_id in odoo]
            ready = [(x, contact) for x, contact in steps if x.base is not None]
            there = self._there([x for x, contact in ready if _differs(x, contact)])
            for link, contact in ready:
                yield from self._one(link, contact, there.get(link.id))

    def _there(self, links: Sequence[ContactLink]) -> dict[int, Person]:
        """The contacts whose picture is about to give way, by link."""
        if not links:
            return {}
        self.store.checkpoint()
        replies = self.people.get([link.resource_name for link in links])
        raise_unanswered(self.store, replies)
        people = [self.run.read(x.person) if x.person else None for x in replies]
        found = zip(links, people, strict=True)
        return {link.id: person for link, person in found if person is not None}

    def _one(
        self, link: ContactLink, odoo: OdooContact, person: Person | None
    ) -> Iterator[None]:
        wanted = odoo.values.photo
        data = self.store.photo_bytes(odoo.contact_id) if wanted else b""
        if not _differs(link, odoo):
            self.run.apply([ContactStep(replace(link, photo_due=False))])
            self.store.checkpoint()
            return
        if wanted and not data:
            self.run.apply([_unreadable(link, odoo)])
            self.store.checkpoint()
            return
        self.store.checkpoint()
        archive = self._keep(link, person) if person else ""
        if wanted:
            reply = self.people.set_photo(link.resource_name, data)
        else:
            reply = self.people.remove_photo(link.resource_name)
        self.run.apply(self._outcome(link, odoo, reply, archive))
        self.run.writes += 1
        raise_unanswered(self.store, [reply])
        self.store.checkpoint()
        yield

    def _keep(self, link: ContactLink, person: Person) -> str:
        """The vCard with the person's own picture; "" when there is ours, or none."""
        assert link.base is not None
        url, ours = person.photo_url, link.base.photo_url
        if not url or url == ours or link.base.values.photo and not ours:
            return ""
        picture = self.people.download(url)
        known = picture.startswith(_PICTURES) and len(picture) <= MOST
        return person_to_vcard(person, picture if known else b"")

    def _outcome(
        self, link: ContactLink, odoo: OdooContact, reply: PersonReply, archive: str
    ) -> list[ContactStep]:
        assert link.base is not None
        line = ContactLine(
            "photo" if odoo.values.photo else "photo_removed",
            "google",
            odoo.contact_id,
            link.resource_name,
            odoo.values.name,
            archive=archive,
        )
        if reply.outcome is Outcome.GONE:
            # Gone or renamed: reading it again tells.
            return [ContactStep(replace(link, drift=True))]
        if reply.outcome is Outcome.REFUSED:
            after = replace(link, photo_due=False)
            line = replace(
                line,
                action="error",
                error=reply.message,
                reason=reply.reason,
                archive="",
            )
            return [ContactStep(after, None, (line,))]
        if reply.outcome is not Outcome.DONE:
            return []
        person = self.run.read(reply.person) if reply.person else None
        values = replace(link.base.values, photo=odoo.values.photo)
        url = person.photo_url if person and values.photo else ""
        base = replace(link.base, values=values, photo_url=url)
        after = replace(link, base=base, photo_due=False)
        if person is None:
            return [ContactStep(after, None, (line,))]
        # No etag guards a photo: what the person changed just before comes with it.
        step, _todo = self.settler.compare(after, odoo, person)
        return [replace(step, lines=(line, *step.lines))]


def _unreadable(link: ContactLink, odoo: OdooContact) -> ContactStep:
    """A file that is no picture, or none that can be drawn: said once."""
    assert link.base is not None
    said = link.base.values.unread.get("photo") == odoo.values.photo
    line = ContactLine(
        "skip",
        "google",
        odoo.contact_id,
        link.resource_name,
        odoo.values.name,
        reason=UNREADABLE_PHOTO,
    )
    after = replace(
        link,
        photo_due=False,
        base=with_unread(link.base, odoo.values, odoo.values.photo),
        problem=link.problem or UNREADABLE_PHOTO,
    )
    return ContactStep(after, None, () if said else (line,))


def _differs(link: ContactLink, odoo: OdooContact) -> bool:
    """Odoo has another picture than the one that was sent, or none any more."""
    return link.base is not None and odoo.values.photo != link.base.values.photo
