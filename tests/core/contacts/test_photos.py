"""Photos, and the label that the contacts are under."""

import pytest
import vobject

from contacts.world import mail, synced
from google_sync.sync.ports import RetryLater


def test_photo_is_added_changed_and_removed(world):
    partner = synced(world, photo="h1")
    name = world.name_of(partner)
    assert world.google.photos[name].endswith(b"h1")
    requests = world.google.requests
    world.sync()
    assert world.google.requests == requests + 1
    world.odoo.people_edit(partner, photo="h2")
    world.sync()
    assert world.google.photos[name].endswith(b"h2")
    world.odoo.people_edit(partner, photo="")
    world.sync()
    assert name not in world.google.photos


def test_what_changed_just_before_a_photo_is_not_overlooked(world):
    partner = synced(world)
    name = world.name_of(partner)

    def meanwhile(step):
        if step == "photo":
            world.google.people_edit(name, emailAddresses=[], biographies=[mail("n")])

    world.google.fault = meanwhile
    world.odoo.people_edit(partner, photo="h")
    world.sync()
    world.google.fault = lambda step: None
    world.sync()
    assert world.values(partner, "emailAddresses") == ["jean@x.fr"]
    assert world.comment_in_odoo(partner) == "n"


def test_a_persons_own_photo_in_google_is_not_touched(world):
    partner = synced(world)
    world.google.photos[world.name_of(partner)] = b"\x89PNGmine"
    world.odoo.people_edit(partner, name="Autre")
    world.sync()
    assert world.google.photos


def test_a_persons_own_photo_that_gives_way_is_in_the_journal(world):
    partner = synced(world)
    own, name = b"\x89PNGmine", world.name_of(partner)
    for change in ("h1", "h2", ""):
        if change != "h2":
            world.google.photos[name] = own
        world.odoo.people_edit(partner, photo=change)
        world.sync()
    assert name not in world.google.photos
    lines = [x for x in world.odoo.t.lines if x.action.startswith("photo")]
    assert [bool(line.archive) for line in lines] == [True, False, True]
    assert vobject.readOne(lines[0].archive).photo.value == own
    # Our own picture is not fetched to be thrown away.
    assert world.google.downloads == 2


def test_a_photo_waits_until_google_says_what_is_there(world):
    partner = synced(world)
    own = world.google.photos[world.name_of(partner)] = b"\x89PNGmine"
    world.google.fault = lambda step: "before" if step == "get" else None
    world.odoo.people_edit(partner, photo="h1")
    with pytest.raises(RetryLater):
        world.sync()
    assert world.google.photos[world.name_of(partner)] == own
    world.google.fault = lambda step: None
    world.sync()
    (line,) = [x for x in world.odoo.t.lines if x.action == "photo"]
    assert vobject.readOne(line.archive).photo.value == own


def test_a_photo_that_cannot_be_fetched_gives_way_all_the_same(world):
    partner = synced(world)
    world.google.photos[world.name_of(partner)] = b"<html>"
    world.odoo.people_edit(partner, photo="h1")
    world.sync()
    (line,) = [x for x in world.odoo.t.lines if x.action == "photo"]
    assert vobject.readOne(line.archive).photo.value.startswith("https://x/")
    assert world.google.photos[world.name_of(partner)].endswith(b"h1")


def test_label_is_adopted_and_my_contacts_kept(world):
    world.google.groups["contactGroups/old"] = "Acme"
    world.options["label"] = "Acme"
    partner = synced(world)
    groups = [
        x["contactGroupMembership"]["contactGroupResourceName"]
        for x in world.person(partner)["memberships"]
    ]
    assert groups == ["contactGroups/myContacts", "contactGroups/old"]
    world.options["label"] = "Neuf"
    world.sync()
    groups = [
        x["contactGroupMembership"]["contactGroupResourceName"]
        for x in world.person(partner)["memberships"]
    ]
    assert groups == ["contactGroups/myContacts", "contactGroups/g1"]
