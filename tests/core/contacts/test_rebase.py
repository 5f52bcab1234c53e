"""A change of the code that normalises contacts writes nothing, on either side."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from contacts.generated import texts, values
from contacts.world import ContactWorld
from google_sync.sync.contacts.mails import mails_from_odoo
from google_sync.sync.contacts.rebase import known_base, renormalised
from google_sync.sync.contacts.values import (
    CONTACT_VERSION,
    ContactBase,
    ContactValues,
    base_to_json,
)

mails = st.lists(texts, max_size=4).map(lambda x: mails_from_odoo(", ".join(x)))


@given(values, mails)
def test_todays_values_stay_as_they_are(contact, emails):
    contact = replace(contact, emails=emails)
    assert renormalised(contact) == contact
    base = ContactBase(contact)
    assert known_base(base_to_json(base)) == base


def test_what_an_older_version_kept_is_read_as_today():
    older = ContactValues(name=" Zoé ", emails=("z@x.fr ",), comment="a\t b \r\nc")
    today = ContactValues(name="Zoé", emails=("z@x.fr",), comment="a b\nc")
    assert renormalised(older) == today
    kept = known_base(base_to_json(ContactBase(older, version=CONTACT_VERSION - 1)))
    assert (kept.values, kept.version) == (today, CONTACT_VERSION - 1)


def age(world: ContactWorld) -> None:
    """All bases as another version would have made them: other keys, other shapes."""
    for link in world.odoo.t.links.values():
        if link.base is not None:
            others = {name: ("?",) for name in link.base.others}
            shape = dict.fromkeys(link.base.shape, "?")
            base = replace(
                link.base,
                others=MappingProxyType(others),
                shape=MappingProxyType(shape),
                version=CONTACT_VERSION - 1,
            )
            world.odoo.t.links[link.id] = replace(link, base=base)
    world.odoo.checkpoint()


def world_in_step():
    """Two contacts; of one, Google spells a number its own way, beside its owner's."""
    world = ContactWorld()
    zoe = world.odoo.people_create(
        name="Zoé", emails=("z@x.fr",), phone="01 23 45 67 89", html="<p>a</p>"
    )
    world.odoo.people_create(name="Bob", emails=("b@x.fr",))
    world.sync()
    person = world.google.people[world.name_of(zoe)]
    own = [{"value": "own@x.fr", "type": "home"}]
    world.google.people_edit(
        world.name_of(zoe), emailAddresses=[*person["emailAddresses"], *own]
    )
    world.sync()
    world.sync()
    return world, zoe


def test_older_bases_are_made_anew_and_nothing_is_written():
    world, zoe = world_in_step()
    # Known by its shape when it was written; today's code would take it for an edit.
    world.person(zoe)["phoneNumbers"][0]["value"] = "Google's own spelling"
    writes, lines = world.google.writes, len(world.odoo.t.lines)
    age(world)
    world.google.oldest_token = len(world.google.log)
    world.sync(full=True)
    world.google.people_edit(world.name_of(zoe), nicknames=[{"value": "Z"}])
    world.sync()
    assert (world.google.writes, len(world.odoo.t.lines)) == (writes, lines)
    base = world.odoo.link_of(zoe).base
    assert base.version == CONTACT_VERSION
    assert "?" not in base.shape.values()
    assert base.others["emailAddresses"] != ("?",)


def test_an_edit_after_that_is_written_and_keeps_what_is_theirs():
    world, zoe = world_in_step()
    age(world)
    world.odoo.people_edit(zoe, emails=("new@x.fr",))
    world.sync()
    assert world.values(zoe, "emailAddresses") == ["new@x.fr", "own@x.fr"]
    writes = world.google.writes
    world.sync()
    assert world.google.writes == writes


def test_a_note_changed_in_google_meanwhile_still_arrives():
    world, zoe = world_in_step()
    age(world)
    world.google.people_edit(world.name_of(zoe), biographies=[{"value": "b"}])
    world.sync()
    assert world.comment_in_odoo(zoe) == "b"
