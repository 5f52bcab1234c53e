"""Fields of contacts as people type them: read like a person would, or said."""

import pytest

from google_sync.sync.contacts.mails import mail_key, read_mails
from google_sync.sync.contacts.numbers import read_numbers


def typed(text):
    """What the shell makes of an `email` field."""
    found, whole = read_mails(text)
    return {"emails": found, "unread": {} if whole else {"emails": text}}


def synced(world, **values):
    partner = world.odoo.people_create(**{"name": "Jean Dupont", **values})
    world.sync()
    return partner


def mails(world, partner):
    return world.values(partner, "emailAddresses")


def assert_quiet(world):
    requests, lines = world.google.requests, len(world.odoo.t.lines)
    world.sync()
    assert world.google.requests == requests + 1
    assert len(world.odoo.t.lines) == lines


def mail(value, kind="work"):
    return {"value": value, "type": kind}


BOTH = ("a@x.fr", "b@y.fr")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.fr / b@y.fr", BOTH),
        ("a@x.fr/b@y.fr", BOTH),
        ("a@x.fr b@y.fr", BOTH),
        ("a@x.fr or b@y.fr", BOTH),
        ("a@x.fr ou b@y.fr", BOTH),
        ("a@x.fr;b@y.fr;", BOTH),
        ("a@x.fr, b@y.fr", BOTH),
        ("a@x.fr\nb@y.fr", BOTH),
        ("a@x.fr\tb@y.fr", BOTH),
        ("a@x.fr | b@y.fr", BOTH),
        ("a@x.fr - b@y.fr", BOTH),
        ("a@x.fr&b@y.fr", BOTH),
        ("<a@x.fr> <b@y.fr>", BOTH),
        ("Anne <a@x.fr>, Bob <b@y.fr>", BOTH),
        ('"Dupont, Anne" <a@x.fr>; Bob (b@y.fr)', BOTH),
        ("bureau : a@x.fr, perso : b@y.fr", BOTH),
        ("a@x / b@x", ("a@x", "b@x")),
        ("a@x, b@x", ("a@x", "b@x")),
        ("Paul Durand paul@x", ("paul@x",)),
        ("Paul paul@x, Anne anne@x", ("paul@x", "anne@x")),
        ("Paul Durand paul@x.fr", ("paul@x.fr",)),
        ('"ancien@x.fr" <neuf@x.fr>', ("neuf@x.fr",)),
        ("mailto:paul@x.fr", ("paul@x.fr",)),
        ("mailto:paul@x.fr?subject=Bonjour", ("paul@x.fr",)),
        ("paul@x.fr.", ("paul@x.fr",)),
        ("« paul@x.fr »", ("paul@x.fr",)),
        ("'paul@x.fr'", ("paul@x.fr",)),
        ("paul @ x.fr", ("paul@x.fr",)),
        ("paul@ x.fr / anne@x.fr", ("paul@x.fr", "anne@x.fr")),
        ("PAUL@X.FR, paul@x.fr", ("PAUL@X.FR",)),
        ("paul@münchen.de", ("paul@münchen.de",)),
        ("o'brien+news@x.ie", ("o'brien+news@x.ie",)),
        ("paul＠x.fr", ("paul@x.fr",)),
        ("_paul_@x.fr", ("_paul_@x.fr",)),
        ("#paul@x.fr", ("paul@x.fr",)),
        ("✉ paul@x.fr", ("paul@x.fr",)),
        ("✉paul@x.fr", ("paul@x.fr",)),
        ("→a@x.fr ~b@y.fr", BOTH),
        ("e-mail=paul@x.fr", ("paul@x.fr",)),
        ("Mail=a@x.fr;courriel=b@y.fr", BOTH),
        ("mail-pro=a@x.fr & perso=b@y.fr", BOTH),
        ("bounce=paul@x.fr", ("bounce=paul@x.fr",)),
        ("", ()),
    ],
)
def test_addresses_are_read_as_a_person_would(text, found):
    assert read_mails(text) == (found, True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paul@", ()),
        ("@client.test", ()),
        ("à demander", ()),
        ("paul@client,test", ()),
        ("paul@client test", ()),
        ("paul@client. test", ()),
        ("a@x.frb@y.fr", ()),
        ("a..b@x.fr", ()),
        ("a@x..fr", ()),
        ("a@x.fr / @y.fr", ("a@x.fr",)),
    ],
)
def test_no_fragment_of_an_address_is_taken_for_one(text, found):
    assert read_mails(text) == (found, False)


def test_one_address_has_one_key():
    keys = {mail_key(x) for x in ("Paul@München.de", "paul@xn--mnchen-3ya.de ")}
    assert keys == {"paul@xn--mnchen-3ya.de"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01 23 45 67 89", [("01 23 45 67 89", "")]),
        (
            "01 23 45 67 89 / 06 12 34 56 78",
            [("01 23 45 67 89", ""), ("06 12 34 56 78", "")],
        ),
        (
            "01.23.45.67.89 ou 06 12 34 56 78",
            [("01.23.45.67.89", ""), ("06 12 34 56 78", "")],
        ),
        (
            "01 23 45 67 89 06 12 34 56 78",
            [("01 23 45 67 89", ""), ("06 12 34 56 78", "")],
        ),
        ("01 23 45 67 89 (bureau)", [("01 23 45 67 89", "work")]),
        (
            "bureau : 01 23 45 67 89, fax : 01 23 45 67 00",
            [("01 23 45 67 89", "work"), ("01 23 45 67 00", "workFax")],
        ),
        ("01 23 45 67 89 poste 12", [("01 23 45 67 89 poste 12", "")]),
        ("+33 1 23 45 67 89 ext. 12", [("+33 1 23 45 67 89 ext. 12", "")]),
        ("01/23/45/67/89", [("01/23/45/67/89", "")]),
        ("01 23 45 67 89/90", [("01 23 45 67 89/90", "")]),
        ("555-1234 / 555-9876", [("555-1234", ""), ("555-9876", "")]),
        ("poste 12", [("poste 12", "")]),
        ("", []),
    ],
)
def test_numbers_are_read_as_a_person_would(text, found):
    assert [(x.value, x.kind) for x in read_numbers(text, "FR")] == found


# -- stories -------------------------------------------------------------------


def test_both_addresses_of_a_field_go_and_pair(world):
    name = world.google.people_create(emailAddresses=[mail("B@y.fr", "home")])
    partner = synced(world, **typed("a@x.fr / b@y.fr"))
    assert world.name_of(partner) == name
    assert len(world.google.people) == 1
    assert sorted(mails(world, partner)) == ["B@y.fr", "a@x.fr"]
    assert_quiet(world)


def test_two_numbers_of_a_field_go_and_are_known(world):
    partner = synced(world, phone="01 23 45 67 89 / 06 12 34 56 78")
    assert world.person(partner)["phoneNumbers"] == [
        {"value": "01 23 45 67 89", "type": "work"},
        {"value": "06 12 34 56 78", "type": "mobile"},
    ]
    world.odoo.people_edit(partner, phone="01 23 45 67 89", mobile="06 12 34 56 78")
    world.sync()
    assert len(world.person(partner)["phoneNumbers"]) == 2
    assert_quiet(world)


def test_what_cannot_be_read_is_said_once_and_left_in_google(world):
    partner = synced(world, **typed("jean@x.fr"))
    world.odoo.people_edit(partner, **typed("jean@client,test"))
    world.sync()
    assert mails(world, partner) == ["jean@x.fr"]
    assert world.odoo.t.lines[-1].after == {"emails": "jean@client,test"}
    assert world.odoo.t.lines[-1].reason == "unreadable_mail"
    assert world.odoo.link_of(partner).problem == "unreadable_mail"
    assert_quiet(world)
    lines = len(world.odoo.t.lines)
    world.odoo.people_edit(partner, function="Chef")
    world.sync()
    assert mails(world, partner) == ["jean@x.fr"]
    assert len(world.odoo.t.lines) == lines + 1
    assert world.odoo.link_of(partner).problem == "unreadable_mail"
    world.odoo.people_edit(partner, **typed("jean@client.test"))
    world.sync()
    assert mails(world, partner) == ["jean@client.test"]
    assert world.odoo.link_of(partner).problem == ""
    assert_quiet(world)


def test_a_new_contact_goes_without_what_cannot_be_read(world):
    partner = synced(world, phone="01 23 45 67 89", **typed("paul@"))
    assert "emailAddresses" not in world.person(partner)
    assert ("google", "skip") in world.actions()
    assert_quiet(world)


def test_a_fragment_of_before_gives_way_to_what_is_read_now(world):
    """Earlier versions sent "@client.test" to Google."""
    partner = synced(world, emails=("@client.test",))
    world.odoo.people_edit(partner, **typed("a@client.test / b@client.test"))
    world.sync()
    assert mails(world, partner) == ["a@client.test", "b@client.test"]


def test_what_the_person_typed_first_stays_when_odoo_drops_it(world):
    partner = synced(world, emails=("jean@x.fr",))
    world.google.people_edit(
        world.name_of(partner),
        emailAddresses=[mail("jean@x.fr", "work"), mail("perso@x.fr", "home")],
    )
    world.sync()
    world.odoo.people_edit(partner, emails=("jean@x.fr", "perso@x.fr"))
    world.sync()
    world.odoo.people_edit(partner, function="Chef")
    world.sync()
    world.odoo.people_edit(partner, emails=("jean@x.fr",))
    world.sync()
    assert mails(world, partner) == ["jean@x.fr", "perso@x.fr"]
    assert_quiet(world)


def test_a_photo_that_cannot_be_sent_is_said_once(world):
    world.odoo.photo_bytes = lambda contact_id: b""
    partner = synced(world, emails=("j@x.fr",), photo="svg")
    assert ("google", "skip") in world.actions()
    assert world.odoo.link_of(partner).problem == "unreadable_photo"
    assert_quiet(world)
    lines = len(world.odoo.t.lines)
    world.odoo.people_edit(partner, function="Chef")
    world.sync()
    assert len(world.odoo.t.lines) == lines + 1
    assert world.odoo.link_of(partner).problem == "unreadable_photo"
    world.odoo.people_edit(partner, photo="")
    world.sync()
    assert ("google", "photo_removed") not in world.actions()
    assert world.odoo.link_of(partner).problem == ""


def test_a_label_that_google_keeps_for_itself_has_another_name(world):
    world.google.groups["contactGroups/friends"] = "Friends"
    world.google.own_groups = {"contactGroups/friends"}
    partner = world.odoo.people_create(name="Jean", emails=("j@x.fr",))
    world.sync(label="Friends")
    (label,) = (k for k, v in world.google.groups.items() if v == "Friends (Odoo)")
    groups = [x["contactGroupMembership"] for x in world.person(partner)["memberships"]]
    assert {"contactGroupResourceName": label} in groups
    assert [x.reason for x in world.odoo.t.lines] == ["label_taken", ""]
    requests = world.google.requests
    world.sync(label="Friends")
    assert world.google.requests == requests + 1


@pytest.mark.parametrize("length", [1024, 1025])
def test_names_as_long_as_google_takes_them(world, length):
    partner = synced(world, name="é" * length, emails=("j@x.fr",))
    assert world.person(partner)["names"] == [{"unstructuredName": "é" * 1024}]
    assert (("google", "cut") in world.actions()) == (length > 1024)
    assert_quiet(world)
