"""Contacts that go, are renamed or merged, on either side."""

from contacts.world import synced
from google_sync.sync.asking import Answer
from google_sync.sync.contacts.store import ContactState


def test_deleted_in_google_odoo_is_untouched_and_it_can_be_put_back(world):
    partner = synced(world)
    world.google.people_delete(world.name_of(partner))
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.GONE
    world.odoo.people_choose(partner)
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.LINKED
    assert len(world.google.people) == 1


def test_taken_off_it_stays_in_google_and_is_found_again(world):
    partner = synced(world)
    name = world.name_of(partner)
    world.odoo.people_unchoose(partner)
    world.sync()
    assert name in world.google.people
    world.odoo.people_choose(partner)
    world.sync()
    assert world.name_of(partner) == name
    assert len(world.google.people) == 1


def test_taken_off_and_deleted_when_the_option_says_so(world):
    partner = synced(world)
    world.odoo.people_unchoose(partner)
    world.sync(delete_dropped=True)
    assert not world.google.people
    assert "jean@x.fr" in world.odoo.t.lines[-1].archive


def test_many_deletions_are_braked(world):
    partners = [
        world.odoo.people_create(name=f"N{n}", emails=(f"n{n}@x.fr",))
        for n in range(12)
    ]
    world.sync()
    for partner in partners:
        world.odoo.people_unchoose(partner)
    world.sync(delete_dropped=True)
    assert len(world.google.people) == 12
    (key,) = world.odoo.t.questions
    world.odoo.t.answers[key] = Answer("delete")
    world.sync(delete_dropped=True)
    assert not world.google.people


def test_a_renamed_contact_is_followed(world):
    partner = synced(world)
    new = world.google.people_rename(world.name_of(partner))
    world.odoo.people_edit(partner, phone="01 23 45 67 89")
    world.sync()
    assert world.name_of(partner) == new
    assert world.values(partner, "phoneNumbers") == ["01 23 45 67 89"]


def test_merged_in_google_the_link_follows_the_survivor(world):
    partner = synced(world)
    other = world.google.people_create(names=[{"unstructuredName": "Jeannot"}])
    world.sync()
    world.google.people_merge(other, world.name_of(partner))
    world.sync()
    assert world.name_of(partner) == other
    assert len(world.google.people) == 1


def test_a_full_list_finds_what_was_deleted_meanwhile(world):
    partner, other = synced(world), synced(world, name="B", emails=("b@x.fr",))
    world.google.people_delete(world.name_of(partner))
    world.google.tick(20)
    world.google.oldest_token = len(world.google.log)
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.GONE
    assert world.odoo.link_of(other).state is ContactState.LINKED
