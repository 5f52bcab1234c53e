"""The Store port of contacts in memory; `crash` throws away what was not committed."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from google_sync.sync.asking import Answer
from google_sync.sync.contacts.comment import comment_from_odoo, comment_to_odoo
from google_sync.sync.contacts.mails import mail_key
from google_sync.sync.contacts.store import (
    ContactCursor,
    ContactLink,
    ContactState,
    OdooContact,
)
from google_sync.sync.contacts.values import ContactValues, base_from_json, base_to_json
from memory.asking import ask


@dataclass
class Partner:
    """One res.partner; its comment is HTML."""

    values: ContactValues
    html: str = ""
    alive: bool = True
    writable: bool = True


@dataclass
class _Tables:
    partners: dict[int, Partner] = field(default_factory=dict)
    links: dict[int, ContactLink] = field(default_factory=dict)
    cursor: ContactCursor = field(default_factory=ContactCursor)
    index: dict[str, tuple] = field(default_factory=dict)
    pending: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    sequence: int = 0


def _copy(t: _Tables) -> _Tables:
    partners = {k: replace(p) for k, p in t.partners.items()}
    shallow = {
        name: copy.copy(getattr(t, name))
        for name in ("links", "index", "pending", "lines", "questions", "answers")
    }
    return replace(t, partners=partners, **shallow)


class MemoryContacts:
    """One account's list, and Odoo's contacts."""

    def __init__(self, clock) -> None:
        self.t = _Tables()
        self.clock = clock
        self.broken: set[str] = set()
        self.read = 0
        self.checkpoint()

    # -- what people do in Odoo ------------------------------------------------

    def people_create(self, html="", **values) -> int:
        partner_id = self._add(html, values)
        self.checkpoint()
        return partner_id

    def people_import(self, rows) -> None:
        """Many at once: one commit."""
        for values in rows:
            self._add("", values)
        self.checkpoint()

    def _add(self, html, values) -> int:
        partner_id, link_id = self._next(), self._next()
        self.t.partners[partner_id] = Partner(ContactValues(**values), html)
        self.t.links[link_id] = ContactLink(partner_id, id=link_id, dirty=True)
        return partner_id

    def people_choose(self, partner_id: int) -> None:
        link = self.link_of(partner_id) or ContactLink(partner_id, id=self._next())
        self.t.links[link.id] = replace(link, state=ContactState.NEW, dirty=True)
        self.checkpoint()

    def people_unchoose(self, partner_id: int, answer="") -> None:
        link = self.link_of(partner_id)
        if link is None or link.state is ContactState.OFF:
            return
        dropped = replace(link, state=ContactState.DROPPED, answer=answer)
        self.t.links[link.id] = dropped
        self.checkpoint()

    def people_edit(self, partner_id, at: datetime | None = None, **changes) -> None:
        partner = self.t.partners[partner_id]
        partner.html = changes.pop("html", partner.html)
        partner.values = partner.values.with_(changes)
        self.t.pending.append((partner_id, at or self.clock()))
        self.checkpoint()

    def people_delete(self, partner_id) -> None:
        del self.t.partners[partner_id]
        self.t.pending.append((partner_id, self.clock()))
        self.checkpoint()

    def people_answer(self, key, answer) -> None:
        self.t.answers[key] = answer
        for contact_id in self.t.questions[key].record_ids:
            if link := self.link_of(contact_id):
                self.t.links[link.id] = replace(link, dirty=True, drift=True)
        self.checkpoint()

    def link_of(self, partner_id) -> ContactLink | None:
        """The one link of a partner."""
        found = [x for x in self.t.links.values() if x.contact_id == partner_id]
        assert len(found) <= 1
        return found[0] if found else None

    def crash(self) -> None:
        self.t = _copy(self._committed)

    def _next(self) -> int:
        self.t.sequence += 1
        return self.t.sequence

    # -- the port --------------------------------------------------------------

    def cursor(self) -> ContactCursor:
        return self.t.cursor

    def save_cursor(self, cursor) -> None:
        self.t.cursor = cursor

    def checkpoint(self) -> None:
        self._committed = _copy(self.t)

    def now(self) -> datetime:
        return self.clock()

    def new_marker(self) -> str:
        return f"w{self._next()}"

    def links(self, names):
        wanted = set(names) - {""}
        return {
            x.resource_name: x
            for x in self.t.links.values()
            if x.resource_name in wanted
        }

    def links_by_marker(self, markers):
        wanted = set(markers)
        return {x.marker: x for x in self.t.links.values() if x.marker in wanted}

    def observe(self, links):
        return {
            x.contact_id: self._contact(x.contact_id)
            for x in links
            if x.contact_id in self.t.partners
        }

    def _contact(self, partner_id) -> OdooContact:
        self.read += 1
        partner = self.t.partners[partner_id]
        values = replace(partner.values, comment=comment_from_odoo(partner.html))
        return OdooContact(
            partner_id,
            values,
            alive=partner.alive,
            writable=partner.writable,
            created="2026-01-01 00:00:00",
        )

    def apply(self, steps):
        return [self._apply(step) for step in steps]

    def _apply(self, step) -> str:
        link, write = step.link, step.write
        assert link.id in self.t.links
        if link.base is not None:
            assert base_from_json(base_to_json(link.base)) == link.base
        if write is not None:
            if self.t.partners[write.contact_id].values.name in self.broken:
                return "broken"
            partner, changes = self.t.partners[write.contact_id], dict(write.changes)
            if "comment" in changes:
                partner.html = comment_to_odoo(changes.pop("comment"))
            partner.values = partner.values.with_(changes)
        name = link.resource_name
        if name and name != self.t.links[link.id].resource_name:
            assert not self.links([name]), f"two links for {name}"
        self.t.links[link.id] = link
        self.t.lines += step.lines
        return ""

    def say(self, line) -> None:
        self.t.lines.append(line)

    def collect_edits(self) -> None:
        for partner_id, at in self.t.pending:
            link = self.link_of(partner_id)
            if link is not None:
                edited = max(filter(None, (link.edited_at, at)))
                link = replace(link, dirty=True, edited_at=edited)
                self.t.links[link.id] = link
        self.t.pending = []

    def mark_all_dirty(self) -> None:
        for link in self.t.links.values():
            if link.state is ContactState.LINKED:
                self.t.links[link.id] = replace(link, dirty=True)

    def _where(self, test, limit, after):
        ids = sorted(k for k, x in self.t.links.items() if k > after and test(x))
        return [self.t.links[k] for k in ids[:limit]]

    def in_state(self, state, limit, after=0):
        return self._where(lambda x: x.state is state, limit, after)

    def count(self, state) -> int:
        return sum(x.state is state for x in self.t.links.values())

    def dirty(self, limit, after=0):
        linked = ContactState.LINKED
        return self._where(
            lambda x: x.state is linked and (x.dirty or x.drift), limit, after
        )

    def photos_due(self, limit, after=0):
        linked = ContactState.LINKED
        return self._where(lambda x: x.state is linked and x.photo_due, limit, after)

    def photo_bytes(self, contact_id) -> bytes:
        photo = self.t.partners[contact_id].values.photo
        return b"\x89PNG" + photo.encode() if photo else b""

    def unseen(self, number, limit, after=0):
        linked = ContactState.LINKED
        return self._where(
            lambda x: x.state is linked and x.seen != number, limit, after
        )

    def see(self, names, number) -> None:
        for link in self.links(names).values():
            self.t.links[link.id] = replace(link, seen=number)

    def rivals(self, emails):
        count = dict.fromkeys(emails, 0)
        for link in self.t.links.values():
            if link.state in (ContactState.NEW, ContactState.HELD):
                partner = self.t.partners.get(link.contact_id)
                for mail in partner.values.emails if partner else ():
                    if mail_key(mail) in count:
                        count[mail_key(mail)] += 1
        return count

    def index(self, sightings) -> None:
        for sighting in sightings:
            self.t.index.pop(sighting.resource_name, None)
            if sighting.keys:
                self.t.index[sighting.resource_name] = sighting.keys

    def find(self, keys):
        off = ContactState.OFF
        held = {x.resource_name for x in self.t.links.values() if x.state is not off}
        found: dict[str, tuple] = {}
        wanted = set(keys)
        for name, owned in self.t.index.items():
            if name not in held:
                for key in wanted & set(owned):
                    found[key] = (*found.get(key, ()), name)
        return found

    def forget_index(self) -> None:
        self.t.index.clear()

    def ask(self, questions):
        return ask(self.t, questions)

    # -- proposals -------------------------------------------------------------

    def proposals(self):
        asked = (q for q in self.t.questions.values() if q.kind == "proposal")
        return {q.google_id: self.t.answers.get(q.key) for q in asked}

    def withdraw(self, names) -> None:
        for key, question in list(self.t.questions.items()):
            if question.kind == "proposal" and question.google_id in names:
                del self.t.questions[key]
                self.t.answers.pop(key, None)

    def alike(self, contacts):
        def is_alike(mine, theirs) -> bool:
            same = set(mine.emails) & set(theirs.emails) or mine.name == theirs.name
            return bool(same or (mine.phone and mine.phone == theirs.phone))

        return [
            tuple(k for k, p in self.t.partners.items() if is_alike(p.values, values))
            for values in contacts
        ]

    def take_in(self, name, contact_id, values):
        if values.name in self.broken:
            self.withdraw([name])
            return 0, "broken"
        if not contact_id:
            contact_id = self._next()
            self.t.partners[contact_id] = Partner(values)
        link = self.link_of(contact_id) or ContactLink(contact_id, id=self._next())
        assert not link.resource_name
        link = replace(link, state=ContactState.NEW, resource_name=name, dirty=True)
        self.t.links[link.id] = link
        (question,) = (q for q in self.t.questions.values() if q.google_id == name)
        self.t.answers[question.key] = Answer("ignore")
        return contact_id, ""
