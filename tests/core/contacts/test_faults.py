"""Contacts when Google fails in the middle: nothing doubled, nothing lost."""

import pytest

from contacts.world import mail, synced
from google_sync.sync.contacts.store import ContactState
from google_sync.sync.ports import RetryLater


def fault_once(world, name, kind):
    left = [kind]
    world.google.fault = lambda n: left.pop() if n == name and left else None


def test_a_lost_answer_makes_no_double(world):
    partner = world.odoo.people_create(name="A", emails=("a@x.fr",))
    fault_once(world, "create", "after")
    with pytest.raises(RetryLater):
        world.sync()
    world.sync()
    assert len(world.google.people) == 1
    assert world.odoo.link_of(partner).state is ContactState.LINKED


def test_a_lost_create_is_repeated_only_after_a_late_full_list(world):
    world.google.lag = 10
    world.odoo.people_create(name="A", emails=("a@x.fr",))
    world.sync()
    assert len(world.google.people) == 1


def test_an_unknown_create_waits_fifteen_minutes(world):
    partner = world.odoo.people_create(name="A", emails=("a@x.fr",))

    def lost(_bodies):
        raise RetryLater("timeout")

    world.google.create = lost
    with pytest.raises(RetryLater):
        world.sync()
    del world.google.create
    for _ in range(5):
        world.sync()
        assert not world.google.people
    assert world.odoo.link_of(partner).state is ContactState.SENDING
    world.google.tick(15)
    world.sync()
    assert len(world.google.people) == 1


@pytest.mark.parametrize("fault", ["before", "after"])
def test_only_the_create_without_an_answer_is_in_doubt(world, fault):
    for number in range(5):
        world.odoo.people_create(name=f"N{number}", emails=(f"n{number}@x.fr",))
    creates = iter([None, None, fault])
    world.google.fault = lambda name: next(creates) if name == "create" else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    assert world.odoo.count(ContactState.SENDING) == (fault == "after")
    world.sync()
    assert len(world.google.people) == 5
    assert world.odoo.count(ContactState.LINKED) == 5


def test_a_bad_contact_does_not_stop_its_batch(world):
    for number in range(20):
        world.odoo.people_create(name=f"N{number}", emails=(f"n{number}@x.fr",))
    bad = world.odoo.people_create(name="Bad", emails=("bad@",))
    world.sync()
    assert len(world.google.people) == 20
    assert world.odoo.link_of(bad).problem.startswith("refused:")
    writes = world.google.writes
    world.sync()
    assert world.google.writes == writes
    world.odoo.people_edit(bad, emails=("good@x.fr",))
    world.sync()
    assert len(world.google.people) == 21


def test_a_change_between_read_and_write_is_merged(world):
    partner = synced(world)
    name = world.name_of(partner)
    edits = [[mail("jean@x.fr"), mail("tiers@x.fr")]]

    def meanwhile(step):
        if step == "update" and edits:
            world.google.people_edit(name, emailAddresses=edits.pop())

    world.google.fault = meanwhile
    world.odoo.people_edit(partner, emails=("jean@x.fr", "deux@x.fr"))
    world.sync()
    assert sorted(world.values(partner, "emailAddresses")) == [
        "deux@x.fr",
        "jean@x.fr",
        "tiers@x.fr",
    ]


def test_a_lagging_list_undoes_nothing(world):
    world.google.lag = 5
    partner = synced(world, html="<p>un</p>")
    for text in ("deux", "trois"):
        world.odoo.people_edit(partner, html=f"<p>{text}</p>")
        world.sync()
    for _ in range(10):
        world.sync()
    assert world.comment_in_odoo(partner) == world.comment_in_google(partner) == "trois"


def test_everything_is_listed_anew_before_the_token_dies(world):
    synced(world)
    number = world.odoo.cursor().number
    world.google.tick(60 * 24 * 6)
    world.sync()
    assert world.odoo.cursor().number == number + 1
