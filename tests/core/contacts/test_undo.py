"""What a run did to contacts is taken back: created, paired, deleted, noted."""

import pytest

from contacts.world import ContactWorld, mail, synced
from google_sync.sync.contacts.settings import ContactSettings
from google_sync.sync.contacts.store import ContactState
from google_sync.sync.contacts.undo import Past, Was
from google_sync.sync.contacts.undoing import undo_contacts
from google_sync.sync.report import Report


class Journal:
    def __init__(self, odoo, lines, later):
        groups: dict[int, list] = {}
        for line in lines:
            if line.action not in ("skip", "error"):
                groups.setdefault(line.record_id, []).append(line)
        since = {x.record_id for x in later}
        self.odoo, self.left, self.ids = odoo, [], set()
        self.pasts = [
            Past(
                key,
                tuple(Was(x.action, x.side, x.before, x.archive) for x in rows),
                odoo.link_of(key),
                rows[0].title,
                later=key in since,
            )
            for key, rows in groups.items()
        ]

    def next(self, limit):
        return self.pasts[:limit]

    def looked_at(self, pasts, left, back, off):
        self.pasts = [x for x in self.pasts if x not in pasts]
        self.left += left
        self.ids |= set(back)

    def touched(self):
        return frozenset(self.ids)


class UndoWorld(ContactWorld):
    def undo(self, lines, later=()):
        begun = len(self.odoo.t.lines)
        journal = Journal(self.odoo, lines, later)
        settings = ContactSettings(self.google.now())
        for _ in undo_contacts(self.odoo, self.google, settings, Report(), journal):
            pass
        self.google.tick()
        return journal, self.odoo.t.lines[begun:]


@pytest.fixture
def world():
    return UndoWorld()


def stays(world):
    lines, people = len(world.odoo.t.lines), dict(world.google.people)
    for options in ({}, {"full": True}):
        world.sync(**options)
        assert len(world.odoo.t.lines) == lines
        assert world.google.people == people


def test_created_contacts_go_from_google_and_the_undo_brings_them(world):
    partners = [
        world.odoo.people_create(name=f"N{n}", emails=(f"n{n}@x.fr",)) for n in range(5)
    ]
    world.sync()
    assert len(world.google.people) == 5
    journal, undone = world.undo(list(world.odoo.t.lines))
    assert not journal.left
    assert not [x for x in world.google.people.values() if not x.get("deleted")]
    states = {world.odoo.link_of(p).state for p in partners}
    assert states == {ContactState.OFF}
    stays(world)
    world.undo(undone)
    world.sync()
    assert {world.odoo.link_of(p).state for p in partners} == {ContactState.LINKED}


def test_a_paired_contact_says_again_what_it_said(world):
    own = b"\x89PNGmine"
    name = world.google.people_create(
        names=[{"displayName": "Jeannot", "unstructuredName": "Jeannot"}],
        emailAddresses=[mail("jean@x.fr")],
        phoneNumbers=[mail("0600000000", "mobile")],
    )
    world.google.photos[name] = own
    world.sync()
    before = dict(world.google.people[name])
    partner = world.odoo.people_create(
        name="Jean Dupont",
        emails=("jean@x.fr",),
        phone="+33 1 23 45 67 89",
        function="Chef",
        photo="h",
    )
    world.sync()
    assert world.google.people[name] != before
    journal, undone = world.undo(list(world.odoo.t.lines))
    assert not journal.left
    after = world.google.people[name]
    for section in ("emailAddresses", "phoneNumbers"):
        mine, theirs = after[section], before[section]
        assert [x["value"] for x in mine] == [x["value"] for x in theirs]
    assert not after.get("organizations")
    assert after["names"][0]["unstructuredName"] == "Jeannot"
    assert world.google.photos[name] == own
    stays(world)
    world.undo(undone)
    world.sync()
    assert world.odoo.link_of(partner).resource_name == name
    assert world.odoo.link_of(partner).state is ContactState.LINKED


def test_what_was_edited_in_google_since_is_left(world):
    partner = synced(world)
    lines = list(world.odoo.t.lines)
    world.google.people_edit(world.name_of(partner), nicknames=[mail("x")])
    journal, _undone = world.undo(lines)
    assert [x.reason for x in journal.left] == ["undo_edited_google"]
    assert world.odoo.link_of(partner).state is ContactState.LINKED


def test_a_note_is_put_back_on_both_sides(world):
    partner = synced(world)
    world.google.people_edit(world.name_of(partner), biographies=[mail("Après")])
    begun = len(world.odoo.t.lines)
    world.sync()
    assert world.comment_in_odoo(partner) == "Après"
    world.undo(world.odoo.t.lines[begun:])
    assert world.comment_in_odoo(partner) == ""
    assert world.comment_in_google(partner) == ""


def test_what_odoo_says_is_left(world):
    partner = synced(world)
    begun = len(world.odoo.t.lines)
    world.odoo.people_edit(partner, phone="+33 1 23 45 67 89")
    world.sync()
    journal, _undone = world.undo(world.odoo.t.lines[begun:])
    assert [x.reason for x in journal.left] == ["undo_contact_said"]
