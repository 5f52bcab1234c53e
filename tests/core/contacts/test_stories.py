"""Short stories about one list: what people do, one run, what both sides hold."""

import pytest

from contacts.world import mail, synced
from google_sync.sync.asking import Answer


def test_first_push_creates_once_and_the_second_run_is_silent(world):
    partner = synced(world, phone="01 23 45 67 89", company="Acme", function="Chef")
    person = world.person(partner)
    assert person["names"] == [{"unstructuredName": "Jean Dupont"}]
    assert world.values(partner, "emailAddresses") == ["jean@x.fr"]
    assert person["phoneNumbers"] == [{"value": "01 23 45 67 89", "type": "work"}]
    assert person["organizations"] == [
        {"name": "Acme", "title": "Chef", "type": "work"}
    ]
    requests, lines = world.google.requests, len(world.odoo.t.lines)
    world.sync()
    assert world.google.requests == requests + 1
    assert len(world.odoo.t.lines) == lines


def test_two_thousand_contacts_take_ten_writes(world):
    world.odoo.people_import(
        {"name": f"N {number}", "emails": (f"n{number}@x.fr",)}
        for number in range(2000)
    )
    world.sync(label="Acme")
    assert world.google.writes <= 11
    assert len(world.google.people) == 2000
    requests, writes = world.google.requests, world.google.writes
    world.sync(label="Acme")
    assert (world.google.requests, world.google.writes) == (requests + 1, writes)


@pytest.mark.parametrize("name", ["Géraud de la Facturation", "山田 太郎", "محمد علي"])
def test_names_of_the_world(world, name):
    partner = synced(world, name=name)
    assert world.person(partner)["names"] == [{"unstructuredName": name}]


def test_twelve_mails_and_a_long_comment(world):
    mails = tuple(f"m{n}@x.fr" for n in range(12))
    partner = synced(world, emails=mails, html="<p>" + "é" * 40_000 + "</p>")
    assert world.values(partner, "emailAddresses") == list(mails)
    assert world.comment_in_google(partner) == "é" * 40_000


def test_what_google_cannot_hold_is_cut_and_said(world):
    partner = synced(world, street="x" * 2000, html="<p>" + "é" * 80_000 + "</p>")
    assert len(world.person(partner)["addresses"][0]["streetAddress"]) == 1024
    assert ("google", "cut") in world.actions()
    before = world.odoo.t.partners[partner].html
    world.google.people_edit(world.name_of(partner), biographies=[{"value": "court"}])
    world.sync()
    assert world.odoo.t.partners[partner].html == before
    requests = world.google.requests
    world.sync()
    assert world.google.requests == requests + 1


def test_a_lone_mobile_goes_as_mobile(world):
    partner = synced(world, phone="06 12 34 56 78")
    assert world.person(partner)["phoneNumbers"][0]["type"] == "mobile"
    world.odoo.people_edit(partner, phone="+33 6 12 34 56 78")
    world.sync()
    assert world.values(partner, "phoneNumbers") == ["06 12 34 56 78"]


def test_foreign_entries_stay_when_ours_change(world):
    partner = synced(world)
    name = world.name_of(partner)
    world.google.people_edit(
        name,
        emailAddresses=[mail("perso@x.fr", "home"), mail("jean@x.fr", "boulot")],
        nicknames=[{"value": "Jeannot"}],
        clientData=[*world.person(partner)["clientData"], {"key": "o", "value": "1"}],
    )
    world.sync()
    assert world.actions() == [("google", "create")]
    world.odoo.people_edit(partner, emails=("neuf@x.fr",))
    world.sync()
    assert world.person(partner)["emailAddresses"] == [
        mail("perso@x.fr", "home"),
        mail("neuf@x.fr", "boulot"),
    ]
    assert world.person(partner)["nicknames"] == [{"value": "Jeannot"}]
    assert {"key": "o", "value": "1"} in world.person(partner)["clientData"]


def test_ours_changed_in_google_is_put_back_in_its_place(world):
    partner = synced(world)
    world.google.people_edit(
        world.name_of(partner), emailAddresses=[mail("change@x.fr")]
    )
    world.sync()
    assert world.values(partner, "emailAddresses") == ["jean@x.fr"]
    assert ("google", "put_back") in world.actions()
    assert "change@x.fr" in world.odoo.t.lines[-1].archive


def test_a_job_changed_in_google_is_put_back(world):
    partner = synced(world, company="Acme", function="Chef")
    world.google.people_edit(
        world.name_of(partner), organizations=[{"name": "Acme", "title": "Boss"}]
    )
    world.sync()
    assert world.person(partner)["organizations"][0]["title"] == "Chef"


# -- the comment ---------------------------------------------------------------


def test_comment_travels_both_ways_without_losing_formatting(world):
    html = "<p>Bon <b>client</b></p>"
    partner = synced(world, html=html)
    assert world.comment_in_google(partner) == "Bon client"
    name = world.name_of(partner)
    world.google.people_edit(name, nicknames=[{"value": "x"}])
    world.sync()
    assert world.odoo.t.partners[partner].html == html
    world.google.people_edit(name, biographies=[{"value": "Très\nbon"}])
    world.sync()
    assert world.odoo.t.partners[partner].html == "<p>Très<br>bon</p>"
    world.odoo.people_edit(partner, html="<p>Neuf</p>")
    world.sync()
    assert world.comment_in_google(partner) == "Neuf"


@pytest.mark.parametrize(("odoo_first", "kept"), [(True, "Google"), (False, "Odoo")])
def test_newest_comment_wins(world, odoo_first, kept):
    partner = synced(world, html="<p>avant</p>")
    for odoo in (odoo_first, not odoo_first):
        world.google.tick(2)
        if odoo:
            world.odoo.people_edit(partner, html="<p>Odoo</p>")
        else:
            world.google.people_edit(
                world.name_of(partner), biographies=[{"value": "Google"}]
            )
    world.sync()
    assert world.comment_in_google(partner) == world.comment_in_odoo(partner) == kept
    assert "conflict" in [a for _s, a in world.actions()]


def test_asked_conflict_leaves_both_sides_until_answered(world):
    partner = synced(world, html="<p>avant</p>")
    world.google.people_edit(world.name_of(partner), biographies=[{"value": "Google"}])
    world.odoo.people_edit(partner, html="<p>Odoo</p>", name="Jean D.")
    for _ in range(2):
        world.sync(policy="ask")
    assert world.comment_in_odoo(partner) == "Odoo"
    assert world.comment_in_google(partner) == "Google"
    assert world.person(partner)["names"] == [{"unstructuredName": "Jean D."}]
    (key,) = world.odoo.t.questions
    world.odoo.people_answer(key, Answer("fields", choices={"comment": "google"}))
    world.sync(policy="ask")
    assert world.comment_in_odoo(partner) == "Google"


def test_a_comment_that_may_not_be_written_stays_in_google(world):
    partner = synced(world, html="<p>avant</p>")
    world.odoo.t.partners[partner].writable = False
    world.google.people_edit(world.name_of(partner), biographies=[{"value": "Google"}])
    for _ in range(2):
        world.sync()
        world.google.people_edit(world.name_of(partner), nicknames=[{"value": "x"}])
    world.odoo.people_edit(partner, name="Autre")
    world.sync()
    assert world.comment_in_google(partner) == "Google"
    assert world.comment_in_odoo(partner) == "avant"
    assert world.actions().count(("odoo", "skip")) == 1


def test_odoo_that_refuses_a_comment_is_told_and_others_go_on(world):
    one, two = synced(world), synced(world, name="Autre", emails=("b@x.fr",))
    world.odoo.broken.add("Jean Dupont")
    for partner in (one, two):
        world.google.people_edit(world.name_of(partner), biographies=[{"value": "N"}])
    world.sync()
    assert world.comment_in_odoo(two) == "N"
    assert ("odoo", "error") in world.actions()
    assert world.comment_in_google(one) == "N"
