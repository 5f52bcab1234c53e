"""The directions of a company for contacts: nothing lost, nothing by itself."""

from __future__ import annotations

import pytest

from contacts.world import ContactWorld, mail, synced
from google_sync.sync.asking import Answer
from google_sync.sync.contacts.ways import choices, ways_of
from google_sync.sync.directions import Direction

BOTH, TO = Direction.BOTH, Direction.TO_GOOGLE
FROM, NONE = Direction.FROM_GOOGLE, Direction.NONE


class Company(ContactWorld):
    """Marie's company, which chooses."""

    def choose(self, **chosen):
        self.options["ways"] = ways_of(chosen)
        self.odoo.mark_all_dirty()

    def edit_odoo(self, partner, **values):
        self.google.tick()
        self.odoo.people_edit(partner, **values)

    def edit_google(self, partner, **sections):
        self.google.tick()
        self.google.people_edit(self.name_of(partner), **sections)

    def quiet(self):
        """Nothing is left to do, however closely one looks."""
        lines = len(self.odoo.t.lines)
        before = repr((self.google.people, self.odoo.t.partners))
        for _ in range(2):
            self.sync(full=True)
        assert repr((self.google.people, self.odoo.t.partners)) == before
        assert self.odoo.t.lines[lines:] == []


@pytest.fixture
def company():
    return Company()


#: A field, a value in Odoo, another one; its section and how Google shows one.
FIELDS = {
    "emails": (("a@x.fr",), ("b@x.fr",), "emailAddresses", mail("g@x.fr")),
    "phone": (
        "+33 1 42 68 53 00",
        "+33 1 42 68 53 01",
        "phoneNumbers",
        {"value": "+33 1 42 68 53 02", "type": "work"},
    ),
    "mobile": (
        "+33 6 12 34 56 78",
        "+33 6 12 34 56 79",
        "phoneNumbers",
        {"value": "+33 6 12 34 56 70", "type": "mobile"},
    ),
    "street": (
        "1 rue A",
        "2 rue B",
        "addresses",
        {"streetAddress": "3 rue C", "type": "work"},
    ),
    "company": (
        "Acme",
        "Beta",
        "organizations",
        {"name": "Gamma", "type": "work"},
    ),
    "comment": (
        "un",
        "deux",
        "biographies",
        {"value": "trois", "contentType": "TEXT_PLAIN"},
    ),
}
each = pytest.mark.parametrize("name", FIELDS)


def given(name, value):
    """What a person types in Odoo."""
    return {"html": f"<p>{value}</p>"} if name == "comment" else {name: value}


def both(company, name):
    mine = FIELDS[name][0]
    emails = {} if name == "emails" else {"emails": ("jean@x.fr",)}
    partner = company.odoo.people_create(
        name="Jean Dupont", **emails, **given(name, mine)
    )
    company.sync()
    return partner


def there(company, partner, name):
    return list(company.person(partner).get(FIELDS[name][2], []))


def in_odoo(company, partner, name):
    if name == "comment":
        return company.comment_in_odoo(partner)
    return company.odoo.t.partners[partner].values.get(name)


@each
def test_what_does_not_travel_stays_in_odoo(company, name):
    company.choose(**{name: NONE})
    partner = both(company, name)
    assert there(company, partner, name) == []
    company.quiet()
    company.edit_odoo(partner, **given(name, FIELDS[name][1]), function="Chef")
    company.sync()
    assert not any(
        FIELDS[name][1] in (x.get("value"), x.get("name"), x.get("streetAddress"))
        for x in there(company, partner, name)
    )
    company.quiet()


@each
def test_what_does_not_travel_stays_in_google(company, name):
    partner = both(company, name)
    company.choose(**{name: NONE})
    company.edit_google(partner, **{FIELDS[name][2]: [FIELDS[name][3]]})
    company.sync()
    company.quiet()
    company.edit_odoo(partner, **given(name, FIELDS[name][1]), name="Jean D.")
    company.sync()
    assert there(company, partner, name) == [FIELDS[name][3]]
    assert in_odoo(company, partner, name) == FIELDS[name][1]
    assert company.person(partner)["names"][0]["unstructuredName"] == "Jean D."
    company.quiet()


@each
def test_another_choice_writes_nothing_by_itself(company, name):
    company.choose(**{name: NONE})
    partner = both(company, name)
    company.edit_odoo(partner, **given(name, FIELDS[name][1]))
    company.sync()
    company.choose()
    company.quiet()
    assert there(company, partner, name) == []
    company.edit_odoo(partner, **given(name, FIELDS[name][0]))
    company.sync()
    assert len(there(company, partner, name)) == 1
    company.quiet()


@each
def test_after_another_choice_our_old_entry_gives_way(company, name):
    partner = both(company, name)
    company.choose(**{name: NONE})
    company.sync()
    company.edit_odoo(partner, **given(name, FIELDS[name][1]))
    company.sync()
    company.choose()
    company.quiet()
    company.edit_odoo(partner, **given(name, ("z@x.fr",) if name == "emails" else "07"))
    company.sync()
    assert len(there(company, partner, name)) == 1
    company.quiet()


@each
def test_an_entry_of_ours_is_put_back_once_it_travels_again(company, name):
    partner = both(company, name)
    before = there(company, partner, name)
    company.choose(**{name: NONE})
    company.sync()
    company.choose(**({name: TO} if name == "comment" else {}))
    company.sync()
    company.edit_google(partner, **{FIELDS[name][2]: []})
    company.sync()
    assert there(company, partner, name) == before
    assert in_odoo(company, partner, name) == FIELDS[name][0]
    company.quiet()


def test_the_picture_that_does_not_travel(company):
    company.choose(photo=NONE)
    partner = synced(company, photo="ours")
    assert "photos" not in company.person(partner)
    company.choose()
    company.quiet()
    company.edit_odoo(partner, photo="another")
    company.sync()
    assert ("google", "photo") in company.actions()


@pytest.mark.parametrize("way", [TO, FROM])
def test_a_note_one_way_is_put_back(company, way):
    partner = synced(company, html="<p>avant</p>")
    company.choose(comment=way)
    if way is TO:
        company.edit_google(partner, biographies=[{"value": "autre"}])
    else:
        company.edit_odoo(partner, html="<p>autre</p>")
    company.sync()
    assert company.comment_in_google(partner) == "avant"
    assert company.comment_in_odoo(partner) == "avant"
    assert company.odoo.t.lines[-1].action in ("put_back", "update")
    company.quiet()


def test_a_note_of_google_only_never_leaves_odoo(company):
    company.choose(comment=FROM)
    partner = synced(company, html="<p>entre nous</p>")
    assert company.comment_in_google(partner) == ""
    company.quiet()
    company.choose(comment=BOTH)
    company.quiet()
    assert company.comment_in_google(partner) == ""
    company.edit_google(partner, biographies=[{"value": "de Google"}])
    company.sync()
    assert company.comment_in_odoo(partner) == "de Google"


def test_at_pairing_each_side_keeps_what_does_not_travel(company):
    company.choose(comment=NONE, phone=NONE)
    company.google.people_create(
        emailAddresses=[mail("jean@x.fr")],
        phoneNumbers=[{"value": "+33142685300"}],
        biographies=[{"value": "de Google"}],
    )
    partner = synced(company, phone="+33 1 42 68 53 09", html="<p>ici</p>")
    assert company.values(partner, "phoneNumbers") == ["+33142685300"]
    assert company.comment_in_google(partner) == "de Google"
    assert company.comment_in_odoo(partner) == "ici"
    company.quiet()


def test_what_may_be_chosen():
    may = choices()
    assert may["comment"] == (BOTH, TO, FROM, NONE)
    assert may["photo"] == (TO, NONE)
    assert may["website"] == (NONE, BOTH, TO, FROM)
    assert may["title"] == (NONE,)
    assert may["name"] == (TO, BOTH, FROM)
    assert may["phone"] == (TO, BOTH, FROM, NONE)
    assert "function" not in may
    assert ways_of({"street": NONE})["city"] is NONE
    assert ways_of({"name": NONE, "city": NONE}) == {}


# -- from Google ---------------------------------------------------------------

#: What Google says and what Odoo then holds.
COMING = {
    "name": ({"unstructuredName": "Jeanne"}, "Jeanne", "names"),
    "emails": (mail("g@x.fr"), ("g@x.fr",), "emailAddresses"),
    "phone": (
        {"value": "01 42 68 53 02", "type": "work"},
        "01 42 68 53 02",
        "phoneNumbers",
    ),
    "mobile": (
        {"value": "06 12 34 56 70", "type": "mobile"},
        "06 12 34 56 70",
        "phoneNumbers",
    ),
}
MINE = {
    "name": "Jean Dupont",
    "emails": ("a@x.fr",),
    "phone": "01 42 68 53 00",
    "mobile": "06 12 34 56 78",
}
OTHER = {
    "name": "Jeannot",
    "emails": ("o@x.fr",),
    "phone": "01 42 68 53 09",
    "mobile": "06 12 34 56 79",
}
coming = pytest.mark.parametrize("name", COMING)


def full(company):
    partner = company.odoo.people_create(**MINE)
    company.sync()
    return partner


def edited(company, partner, name):
    """The section as a person leaves it who writes over our entry."""
    section = COMING[name][2]
    kind = COMING[name][0].get("type")
    entries = list(company.person(partner)[section])
    place = [x.get("type") for x in entries].index(kind)
    entries[place] = COMING[name][0]
    return {section: entries}


@coming
@pytest.mark.parametrize("way", [BOTH, FROM])
def test_an_edit_in_google_reaches_odoo(company, name, way):
    company.choose(**{name: way})
    partner = synced(company, **MINE)
    if way is FROM:
        company.choose()
        company.sync()
        company.edit_odoo(partner, **{name: OTHER[name]})
        company.sync()
        company.choose(**{name: way})
    company.sync()
    lines = len(company.odoo.t.lines)
    company.edit_google(partner, **edited(company, partner, name))
    company.sync()
    values = company.odoo.t.partners[partner].values
    assert values == values.with_({**MINE, name: COMING[name][1]})
    (line,) = company.odoo.t.lines[lines:]
    assert (line.side, line.action) == ("odoo", "update")
    company.quiet()


@coming
def test_both_ways_an_edit_in_odoo_reaches_google(company, name):
    company.choose(**{name: BOTH})
    partner = full(company)
    section = COMING[name][2]
    count = len(company.person(partner)[section])
    company.edit_odoo(partner, **{name: OTHER[name]})
    company.sync()
    entries = company.person(partner)[section]
    assert len(entries) == count
    value = OTHER[name][0] if name == "emails" else OTHER[name]
    assert any(value in x.values() for x in entries)
    company.quiet()


@coming
def test_from_google_only_odoos_edit_is_put_back(company, name):
    partner = full(company)
    company.choose(**{name: FROM})
    company.sync()
    before = repr(company.google.people)
    company.edit_odoo(partner, **{name: OTHER[name]})
    company.sync()
    assert company.odoo.t.partners[partner].values.get(name) == MINE[name]
    assert repr(company.google.people) == before
    company.quiet()


@coming
@pytest.mark.parametrize("policy", ["odoo", "google", "ask"])
def test_both_edited_is_a_conflict(company, name, policy):
    company.options["policy"] = policy
    company.choose(**{name: BOTH})
    partner = full(company)
    company.edit_odoo(partner, **{name: OTHER[name]})
    company.edit_google(partner, **edited(company, partner, name))
    company.sync()
    mine, theirs = OTHER[name], COMING[name][1]
    held = company.odoo.t.partners[partner].values.get(name)
    assert held == (theirs if policy == "google" else mine)
    assert any(x.action == "conflict" for x in company.odoo.t.lines)
    if policy == "ask":
        (key,) = company.odoo.t.questions
        company.odoo.people_answer(key, Answer("fields", choices={name: "google"}))
        company.sync()
        assert company.odoo.t.partners[partner].values.get(name) == theirs
    company.quiet()


@coming
def test_who_may_not_write_the_contact_leaves_it_in_google(company, name):
    company.choose(**{name: BOTH})
    partner = full(company)
    company.odoo.t.partners[partner].writable = False
    company.edit_google(partner, **edited(company, partner, name))
    company.sync()
    assert company.odoo.t.partners[partner].values.get(name) == MINE[name]
    assert COMING[name][0] in company.person(partner)[COMING[name][2]]
    assert company.odoo.t.lines[-1].reason == "not_writable"
    company.quiet()
    company.odoo.t.partners[partner].writable = True
    company.edit_google(partner, nicknames=[{"value": "Z"}])
    company.sync()
    assert company.odoo.t.partners[partner].values.get(name) == COMING[name][1]
    company.quiet()


@pytest.mark.parametrize("name", ["emails", "phone", "mobile"])
def test_what_the_person_keeps_beside_ours_stays_there(company, name):
    company.choose(**{name: BOTH})
    partner = full(company)
    section = COMING[name][2]
    own = {"value": "p@x.fr" if name == "emails" else "03 88 00 00 00", "type": "home"}
    company.edit_google(partner, **{section: [own, *company.person(partner)[section]]})
    company.sync()
    assert company.odoo.t.partners[partner].values.get(name) == MINE[name]
    company.quiet()
    company.edit_google(partner, **edited(company, partner, name))
    company.sync()
    assert company.odoo.t.partners[partner].values.get(name) == COMING[name][1]
    assert own in company.person(partner)[section]
    company.quiet()
    company.edit_odoo(partner, **{name: OTHER[name]})
    company.sync()
    assert own in company.person(partner)[section]
    company.quiet()


@pytest.mark.parametrize("name", ["phone", "mobile"])
def test_at_pairing_what_odoo_lacks_comes_from_google(company, name):
    company.choose(**{name: BOTH})
    company.google.people_create(
        names=[{"unstructuredName": MINE["name"]}],
        emailAddresses=[mail("g@x.fr")],
        phoneNumbers=[COMING["phone"][0], COMING["mobile"][0]],
    )
    given = {"name": MINE["name"], "emails": ("g@x.fr",), "phone": "01 42 68 53 02"}
    partner = company.odoo.people_create(**{**given, name: ""})
    company.sync()
    assert len(company.google.people) == 1
    assert company.odoo.t.partners[partner].values.get(name) == COMING[name][1]
    company.quiet()


def test_a_name_removed_in_google_is_given_again(company):
    company.choose(name=BOTH)
    partner = full(company)
    company.edit_google(partner, names=[])
    company.sync()
    assert company.odoo.t.partners[partner].values.name == MINE["name"]
    assert company.person(partner)["names"][0]["unstructuredName"] == MINE["name"]
    company.quiet()


def test_a_fax_is_nobodys_telephone(company):
    company.choose(phone=BOTH)
    partner = synced(company)
    company.edit_google(
        partner, phoneNumbers=[{"value": "01 42 68 53 02", "type": "workFax"}]
    )
    company.sync()
    assert company.odoo.t.partners[partner].values.phone == ""
    company.quiet()


def test_mails_that_could_not_be_read_are_not_written_over(company):
    company.choose(emails=BOTH)
    unread = {"emails": "a@x.fr, b chez x"}
    partner = synced(company, emails=("a@x.fr",), unread=unread)
    company.edit_google(partner, emailAddresses=[mail("g@x.fr")])
    company.sync()
    assert company.odoo.t.partners[partner].values.emails == ("a@x.fr",)
    company.quiet()
