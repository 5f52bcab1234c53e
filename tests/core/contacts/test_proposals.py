"""Contacts of a label in Google are proposed, and come into Odoo by a yes alone."""

from __future__ import annotations

import copy

import pytest

from contacts.world import ContactWorld, mail
from google_sync.sync.asking import Answer
from google_sync.sync.contacts import proposals
from google_sync.sync.contacts.ports import RetryLater

LABEL = "contactGroups/g0"
MINE = "contactGroups/myContacts"


class LabelWorld(ContactWorld):
    def __init__(self, **options):
        super().__init__(**{"propose": "Clients", **options})
        self.google.create_label("Clients")

    def in_google(self, name="Zoé", *mails, groups=(MINE, LABEL), **sections):
        return self.google.people_create(
            names=[{"unstructuredName": name}],
            emailAddresses=[mail(x) for x in mails],
            memberships=_in(groups),
            **sections,
        )

    def label(self, name, *groups):
        self.google.people_edit(name, memberships=_in(groups))

    def proposed(self):
        questions = self.odoo.t.questions.values()
        return {q.google_id: q for q in questions if q.kind == "proposal"}

    def answer(self, name, verdict, record_id=0):
        question = self.proposed()[name]
        answer = Answer(verdict, record_id=record_id)
        self.odoo.people_answer(question.key, answer)

    def names(self):
        return sorted(p.values.name for p in self.odoo.t.partners.values())


def _in(groups):
    return [
        {"contactGroupMembership": {"contactGroupResourceName": group}}
        for group in groups
    ]


@pytest.fixture
def world():
    return LabelWorld()


def still(world):
    """Nothing more is written on either side."""
    odoo, google = repr(world.odoo.t.partners), repr(world.google.people)
    world.sync()
    world.sync(full=True)
    assert repr(world.odoo.t.partners) == odoo
    assert repr(world.google.people) == google


def test_who_is_in_the_label_is_proposed_and_nobody_made(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.in_google("Max", "max@x.fr", groups=(MINE,))
    report = world.sync()
    assert list(world.proposed()) == [zoe]
    assert world.proposed()[zoe].detail["emails"] == ["zoe@x.fr"]
    assert report.questions == 1
    assert not world.odoo.t.partners
    assert not world.odoo.t.links
    still(world)


def test_without_the_option_nobody_is_proposed():
    world = LabelWorld(propose="")
    world.in_google("Zoé", "zoe@x.fr")
    requests = world.google.requests
    world.sync()
    assert not world.proposed()
    assert world.google.requests == requests + 1


def test_create_makes_one_contact_that_is_in_step(world):
    zoe = world.in_google(
        "Zoé",
        "zoe@x.fr",
        "private@x.fr",
        phoneNumbers=[
            {"value": "06 12 34 56 78", "type": "home"},
            {"value": "01 42 68 53 00", "type": "work"},
            {"value": "01 42 68 53 99", "type": "workFax"},
        ],
        organizations=[{"name": "Sud SA", "title": "Chef"}],
    )
    world.sync()
    before = copy.deepcopy(world.google.people)
    world.answer(zoe, "create")
    world.sync()
    (partner,) = world.odoo.t.partners
    values = world.odoo.t.partners[partner].values
    assert (values.name, values.emails) == ("Zoé", ("zoe@x.fr",))
    assert (values.phone, values.mobile) == ("01 42 68 53 00", "06 12 34 56 78")
    assert (values.company, values.function) == ("Sud SA", "Chef")
    assert world.odoo.link_of(partner).state.value == "linked"
    assert world.google.people == before
    assert ("odoo", "create") in world.actions()
    still(world)


def test_a_pair_is_merged_and_nobody_made(world):
    partner = world.odoo.people_create(name="Zoé", emails=("zoe@x.fr",))
    del world.odoo.t.links[world.odoo.link_of(partner).id]
    world.odoo.people_create(name="Max", emails=("max@x.fr",))
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    assert world.proposed()[zoe].detail["contacts"] == [partner]
    world.answer(zoe, "pair", partner)
    world.sync()
    assert world.odoo.link_of(partner).resource_name == zoe
    assert len(world.odoo.t.partners) == 2
    still(world)


def test_ignored_is_not_asked_again(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    world.answer(zoe, "ignore")
    before = repr(world.google.people)
    world.sync()
    world.google.people_edit(zoe, nicknames=[{"value": "Z"}])
    report = world.sync(full=True)
    assert report.questions == 0
    assert not world.odoo.t.partners
    assert "Zoé" in before


def test_who_is_found_by_mail_is_paired_and_not_proposed(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    partner = world.odoo.people_create(name="Zoé", emails=("zoe@x.fr",))
    world.sync()
    assert world.odoo.link_of(partner).resource_name == zoe
    assert not world.proposed()


def test_taken_off_the_list_is_not_proposed(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    partner = world.odoo.people_create(name="Zoé", emails=("zoe@x.fr",))
    world.sync()
    world.odoo.people_unchoose(partner)
    world.sync()
    world.sync(full=True)
    assert zoe in world.google.people
    assert not world.proposed()


@pytest.mark.parametrize("how", ["label", "deleted", "option", "paired"])
def test_what_does_not_stand_any_more_is_withdrawn(world, how):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    if how == "label":
        world.label(zoe, MINE)
    elif how == "deleted":
        world.google.people_delete(zoe)
    elif how == "option":
        world.options["propose"] = ""
    else:
        world.odoo.people_create(name="Zoé", emails=("zoe@x.fr",))
    world.sync()
    assert not world.proposed()
    if how == "option":
        world.options["propose"] = "Clients"
        world.sync()
        assert list(world.proposed()) == [zoe]


def test_put_into_the_label_later(world):
    zoe = world.in_google("Zoé", "zoe@x.fr", groups=(MINE,))
    world.sync()
    assert not world.proposed()
    world.label(zoe, MINE, LABEL)
    world.sync()
    assert list(world.proposed()) == [zoe]


def test_another_label(world):
    world.google.create_label("Amis")
    zoe = world.in_google("Zoé", "zoe@x.fr")
    max_ = world.in_google("Max", "max@x.fr", groups=(MINE, "contactGroups/g1"))
    world.sync()
    world.options["propose"] = "Amis"
    world.sync()
    assert list(world.proposed()) == [max_]
    assert zoe in world.google.people


def test_no_such_label_is_said_once(world):
    world.options["propose"] = "Nobody"
    world.sync()
    world.sync()
    assert [x.reason for x in world.odoo.t.lines] == ["no_such_label"]
    world.google.create_label("Nobody")
    world.in_google("Zoé", groups=("contactGroups/g1",))
    world.sync()
    assert len(world.proposed()) == 1


def test_so_many_at_a_time(world, monkeypatch):
    monkeypatch.setattr(proposals, "AT_ONCE", 3)
    names = [world.in_google(f"P{n}", f"p{n}@x.fr") for n in range(5)]
    world.sync()
    first = list(world.proposed())
    assert len(first) == 3
    world.answer(first[0], "ignore")
    world.answer(first[1], "create")
    world.sync()
    assert set(world.proposed()) == set(names)
    assert len(world.odoo.t.partners) == 1


def test_what_odoo_refuses_is_said_and_asked_again(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    world.odoo.broken.add("Zoé")
    world.answer(zoe, "create")
    world.sync()
    assert ("odoo", "error") in world.actions()
    assert not world.odoo.t.partners
    assert list(world.proposed()) == [zoe]


def test_gone_before_the_yes_was_carried_out(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    world.answer(zoe, "create")
    world.google.people_delete(zoe)
    world.sync()
    assert not world.odoo.t.partners
    assert not world.proposed()


@pytest.mark.parametrize("at", range(12))
def test_killed_at_any_checkpoint_makes_one_contact(world, at):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    world.answer(zoe, "create")
    for step, _ in enumerate(world.steps()):
        if step == at:
            break
    world.odoo.crash()
    world.sync()
    assert world.names() == ["Zoé"]
    assert list(world.google.people) == [zoe]
    still(world)


def test_a_deleted_contact_is_not_made_anew(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.sync()
    world.answer(zoe, "create")
    world.sync()
    (partner,) = world.odoo.t.partners
    world.odoo.people_delete(partner)
    world.sync()
    world.sync(full=True)
    assert not world.odoo.t.partners


def test_a_nameless_contact_is_called_as_it_can_be(world):
    zoe = world.google.people_create(
        emailAddresses=[mail("zoe@x.fr")], memberships=_in([LABEL])
    )
    world.sync()
    assert world.proposed()[zoe].detail["title"] == "zoe@x.fr"


def test_faults_of_google_propose_later(world):
    zoe = world.in_google("Zoé", "zoe@x.fr")
    world.google.fault = lambda name: "before" if name == "get" else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    world.sync()
    assert list(world.proposed()) == [zoe]


def test_a_label_that_was_made_anew(world):
    zoe = world.in_google("Zoé", "zoe@x.fr", groups=(MINE,))
    world.sync()
    del world.google.groups[LABEL]
    world.google.groups["contactGroups/new"] = "Clients"
    world.label(zoe, MINE, "contactGroups/new")
    world.sync()
    assert not world.proposed()
    world.sync(full=True)
    assert list(world.proposed()) == [zoe]
    still(world)
