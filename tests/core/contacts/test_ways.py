"""The directions of a company for contacts: nothing lost, nothing by itself."""

from __future__ import annotations

import pytest

from contacts.world import ContactWorld, mail, synced
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
    assert NONE not in may["name"]
    assert "function" not in may
    assert ways_of({"street": NONE})["city"] is NONE
    assert ways_of({"name": NONE, "city": NONE}) == {}
