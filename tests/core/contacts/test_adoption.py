"""Which contact of Google is one of Odoo's: adopted, asked about, made."""

import pytest

from contacts.world import mail, synced
from google_sync.sync.asking import Answer
from google_sync.sync.contacts.store import ContactState


def test_exactly_one_by_mail_is_adopted_and_keeps_googles_own(world):
    name = world.google.people_create(
        names=[{"unstructuredName": "J. D."}],
        emailAddresses=[mail("JEAN@x.fr", "home"), mail("autre@x.fr")],
    )
    partner = synced(world, phone="01 23 45 67 89")
    assert world.name_of(partner) == name
    assert world.values(partner, "emailAddresses") == ["JEAN@x.fr", "autre@x.fr"]
    assert world.values(partner, "phoneNumbers") == ["01 23 45 67 89"]
    assert world.person(partner)["names"] == [{"unstructuredName": "Jean Dupont"}]
    requests = world.google.requests
    world.sync()
    assert world.google.requests == requests + 1


def test_added_later_it_is_still_recognised_without_another_list(world):
    name = world.google.people_create(emailAddresses=[mail("jean@x.fr")])
    world.sync()
    lists = world.google.lists
    partner = synced(world)
    assert world.name_of(partner) == name
    assert world.google.lists == lists + 1


@pytest.mark.parametrize(
    "sections",
    [
        [{"phoneNumbers": [{"value": "+33123456789"}]}],
        [{"names": [{"unstructuredName": "Jean Dupont"}]}],
        [{"emailAddresses": [mail("jean@x.fr")]}] * 2,
    ],
)
def test_anything_weaker_is_asked_once_and_never_created(world, sections):
    names = [world.google.people_create(**x) for x in sections]
    partner = synced(world, phone="01 23 45 67 89")
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.HELD
    assert len(world.google.people) == len(names)
    ((key, question),) = world.odoo.t.questions.items()
    assert sorted(question.google_ids) == sorted(names)
    world.odoo.people_answer(key, Answer("pair", google_id=names[0]))
    world.sync()
    assert world.name_of(partner) == names[0]
    assert len(world.google.people) == len(names)


def test_answered_new_it_is_created(world):
    world.google.people_create(names=[{"unstructuredName": "Jean Dupont"}])
    partner = synced(world)
    (key,) = world.odoo.t.questions
    world.odoo.people_answer(key, Answer("new"))
    world.sync()
    assert len(world.google.people) == 2
    assert world.odoo.link_of(partner).state is ContactState.LINKED


def test_two_of_odoo_with_the_mail_of_one_are_asked(world):
    world.google.people_create(emailAddresses=[mail("jean@x.fr")])
    world.odoo.people_create(name="A", emails=("jean@x.fr",))
    world.odoo.people_create(name="B", emails=("jean@x.fr",))
    world.sync()
    assert len(world.google.people) == 1
    assert len(world.odoo.t.questions) == 2


def test_a_private_note_is_shown_before_it_is_pulled(world):
    world.google.people_create(
        emailAddresses=[mail("jean@x.fr")], biographies=[{"value": "privé"}]
    )
    partner = synced(world)
    assert world.comment_in_odoo(partner) == ""
    (key,) = world.odoo.t.questions
    world.sync()
    assert len(world.odoo.t.questions) == 1
    world.odoo.people_answer(key, Answer("fields", choices={"comment": "google"}))
    world.sync()
    assert world.comment_in_odoo(partner) == "privé"


def test_without_mail_or_phone_it_is_left_out(world):
    partner = synced(world, emails=())
    assert world.odoo.link_of(partner).problem == "no_address"
    assert not world.google.people
