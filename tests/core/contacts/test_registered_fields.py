"""Fields of other addons: to Google, back to Odoo, or both, by the same laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from strategies import LONG

from contacts.convergence import Convergence, picks
from contacts.world import ContactWorld
from google_sync.sync.asking import Answer
from google_sync.sync.contacts.fields import (
    CONTACT_FIELDS,
    ContactField,
    register,
    unregister,
)
from google_sync.sync.directions import Direction

_value = st.integers(1, 9)


def _first(entries):
    return next((x["value"] for x in entries if x.get("value")), "")


#: Google takes one entry; it is Odoo's or Google's.
HOBBY = ContactField(
    "hobby",
    Direction.BOTH,
    "Hobby",
    "interests",
    lambda value: {"value": value},
    lambda entry: entry["value"].casefold(),
    single=True,
    read=_first,
)
NICK = ContactField("nick", Direction.FROM_GOOGLE, "Nickname", "nicknames", read=_first)
SITE = replace(CONTACT_FIELDS["website"], direction=Direction.BOTH)
REGISTERED = (HOBBY, NICK, SITE)


def _register():
    for field in REGISTERED:
        register(field)


def _unregister():
    for field in REGISTERED:
        unregister(field.name)


@pytest.fixture
def world():
    _register()
    yield ContactWorld()
    _unregister()


def odoo(world, partner):
    return dict(world.odoo.t.partners[partner].values.extra)


def google(world, partner, section):
    return [x["value"] for x in world.person(partner).get(section, ())]


def edit_google(world, partner, **sections):
    world.google.tick()
    told = {name: [{"value": v} for v in values] for name, values in sections.items()}
    world.google.people_edit(world.name_of(partner), **told)


def edit_odoo(world, partner, **values):
    world.google.tick()
    world.odoo.people_edit(partner, **values)


def new(world, **values):
    partner = world.odoo.people_create(name="Zoé", emails=("z@x.fr",), **values)
    world.sync()
    return partner


# -- stories -------------------------------------------------------------------


def test_both_ways_and_no_echo(world):
    partner = new(world, extra={"hobby": "golf", "website": "z.fr"})
    assert google(world, partner, "interests") == ["golf"]
    edit_google(world, partner, interests=["ski"], urls=["zoe.fr"])
    world.sync()
    assert odoo(world, partner) == {"hobby": "ski", "website": "zoe.fr"}
    edit_odoo(world, partner, hobby="", website="https://z.fr")
    world.sync()
    assert google(world, partner, "interests") == []
    assert google(world, partner, "urls") == ["https://z.fr"]
    lines = len(world.odoo.t.lines)
    world.sync()
    assert len(world.odoo.t.lines) == lines


def test_what_comes_from_google_only_is_never_sent_and_put_back(world):
    partner = new(world, extra={"nick": "Z"})
    assert "nicknames" not in world.person(partner)
    assert odoo(world, partner)["nick"] == "Z"
    edit_google(world, partner, nicknames=["Zozo"])
    world.sync()
    assert odoo(world, partner)["nick"] == "Zozo"
    edit_odoo(world, partner, nick="Zaza")
    world.sync()
    assert odoo(world, partner)["nick"] == "Zozo"
    assert google(world, partner, "nicknames") == ["Zozo"]


def test_what_a_person_added_beside_ours_is_theirs(world):
    partner = new(world, extra={"website": "z.fr"})
    edit_google(world, partner, urls=["own.fr", "z.fr"])
    world.sync()
    assert odoo(world, partner)["website"] == "z.fr"
    edit_odoo(world, partner, website="zoe.fr")
    world.sync()
    assert google(world, partner, "urls") == ["own.fr", "zoe.fr"]


def test_ours_deleted_in_google_is_not_replaced_by_theirs(world):
    partner = new(world, extra={"website": "z.fr"})
    edit_google(world, partner, urls=["own.fr", "z.fr"])
    world.sync()
    edit_google(world, partner, urls=["own.fr"])
    world.sync()
    assert odoo(world, partner)["website"] == ""
    assert google(world, partner, "urls") == ["own.fr"]


@pytest.mark.parametrize(("odoo_last", "kept"), [(True, "golf"), (False, "ski")])
def test_a_conflict_is_decided_by_the_newest_and_told(world, odoo_last, kept):
    partner = new(world, extra={"hobby": "go"})
    if odoo_last:
        edit_google(world, partner, interests=["ski"])
        edit_odoo(world, partner, hobby="golf")
    else:
        edit_odoo(world, partner, hobby="golf")
        edit_google(world, partner, interests=["ski"])
    world.sync()
    assert odoo(world, partner)["hobby"] == kept
    assert google(world, partner, "interests") == [kept]
    (line,) = [x for x in world.odoo.t.lines if x.action == "conflict"]
    assert (line.before, line.after) == ({"hobby": "golf"}, {"hobby": "ski"})


def test_a_conflict_that_is_asked_waits_for_the_answer(world):
    world.options["policy"] = "ask"
    partner = new(world, extra={"hobby": "go"})
    edit_odoo(world, partner, hobby="golf")
    edit_google(world, partner, interests=["ski"])
    world.sync()
    assert odoo(world, partner)["hobby"] == "golf"
    assert google(world, partner, "interests") == ["ski"]
    (key,) = world.odoo.t.questions
    answer = Answer("fields", choices={"hobby": "google"})
    world.odoo.people_answer(key, answer)
    world.sync()
    assert odoo(world, partner)["hobby"] == "ski"


def test_at_adoption_an_empty_side_takes_the_others_value(world):
    world.google.people_create(
        emailAddresses=[{"value": "z@x.fr"}],
        interests=[{"value": "ski"}],
        urls=[{"value": "own.fr"}],
    )
    partner = new(world, extra={"website": "z.fr"})
    assert odoo(world, partner)["hobby"] == "ski"
    assert google(world, partner, "urls") == ["own.fr", "z.fr"]


def test_who_may_not_write_the_contact_leaves_it_in_google(world):
    partner = new(world, extra={"hobby": "golf"})
    world.odoo.t.partners[partner].writable = False
    edit_google(world, partner, interests=["ski"])
    for _ in range(2):
        world.sync()
        assert odoo(world, partner)["hobby"] == "golf"
        assert google(world, partner, "interests") == ["ski"]
    edit_odoo(world, partner, name="Zoé L.")
    world.sync()
    assert google(world, partner, "interests") == ["ski"]


def test_a_field_registered_later_erases_nothing():
    world = ContactWorld()
    partner = new(world, extra={"hobby": "golf", "nick": "Z"})
    _register()
    try:
        edit_odoo(world, partner, name="Zoé L.")
        world.sync()
        assert odoo(world, partner)["hobby"] == "golf"
        assert odoo(world, partner)["nick"] == "Z"
        assert google(world, partner, "interests") == ["golf"]
    finally:
        _unregister()


def test_a_half_that_is_missing_is_refused():
    with pytest.raises(ValueError, match="needs read"):
        register(replace(HOBBY, read=None))
    with pytest.raises(ValueError, match="needs entry"):
        register(replace(HOBBY, key=None))
    with pytest.raises(ValueError, match="cannot come"):
        register(replace(CONTACT_FIELDS["phone"], direction=Direction.BOTH))
    with pytest.raises(ValueError, match="already"):
        register(replace(CONTACT_FIELDS["phone"], section="urls"))


# -- any history ---------------------------------------------------------------


class RegisteredConvergence(Convergence):
    """People edit these fields too, between faults and kills."""

    def __init__(self):
        super().__init__()
        _register()

    @rule(pick=picks, name=st.sampled_from(["hobby", "nick", "website"]), empty=_value)
    def edit_registered_in_odoo(self, pick, name, empty):
        if partner := self._partner(pick):
            value = "" if empty == 1 else f"{name}{self._next()}"
            self.odoo.people_edit(partner, **{name: value})

    @rule(pick=picks, section=st.sampled_from(["interests", "urls"]), empty=_value)
    def edit_registered_in_google(self, pick, section, empty):
        if name := self._contact(pick):
            value = [] if empty == 1 else [{"value": f"{section}{self._next()}"}]
            self.google.people_edit(name, **{section: value})

    def _check_pair(self, link):
        super()._check_pair(link)
        person = self.google.people[link.resource_name]
        extra = self.odoo.t.partners[link.contact_id].values.extra
        there = {
            name: [x["value"] for x in person.get(name, ())]
            for name in ("interests", "urls", "nicknames")
        }
        hobby = extra.get("hobby", "")
        assert there["interests"] == ([hobby] if hobby else [])
        site = extra.get("website", "")
        assert not site or site in there["urls"]
        assert len(there["urls"]) == len(set(there["urls"]))
        if there["nicknames"]:
            assert extra.get("nick", "") == there["nicknames"][0]

    def teardown(self):
        super().teardown()
        _unregister()


RegisteredConvergence.TestCase.settings = settings(
    max_examples=50_000 if LONG else 80,
    stateful_step_count=60 if LONG else 30,
    deadline=timedelta(seconds=60),
    report_multiple_bugs=False,
)
TestRegisteredConvergence = RegisteredConvergence.TestCase
