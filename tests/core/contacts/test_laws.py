"""Laws of the pure parts: round trips, and what is whose in a list."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.generated import values
from google_sync.sync.contacts.archive import from_vcard, person_to_vcard, to_vcard
from google_sync.sync.contacts.comment import (
    comment_from_google,
    comment_from_odoo,
    comment_to_odoo,
)
from google_sync.sync.contacts.mails import mails_from_odoo
from google_sync.sync.contacts.owned import rewrite
from google_sync.sync.contacts.person import parse_person
from google_sync.sync.contacts.phones import is_mobile, phone_key
from google_sync.sync.contacts.sections import fit
from google_sync.sync.contacts.settings import refresh_after
from google_sync.sync.contacts.values import (
    contact_from_json,
    contact_to_json,
    instant,
)


@given(values)
def test_json_and_vcard_bring_everything_back(contact):
    assert contact_from_json(contact_to_json(contact)) == contact
    assert from_vcard(to_vcard(contact, "u", b"\x89PNG")) == contact


@given(st.text())
@example("a  b\r\n\n  <b>&amp; c\t")
@example("• x\n- y\n1. z")
def test_a_comment_is_the_same_after_a_round(text):
    canonical = comment_from_google(text)
    assert comment_from_google(canonical) == canonical
    assert comment_from_odoo(comment_to_odoo(canonical)) == canonical


@given(st.text())
def test_any_html_gives_a_canonical_comment(html):
    canonical = comment_from_odoo(html)
    assert comment_from_google(canonical) == canonical


@given(values)
def test_what_fits_fits_twice(contact):
    short, _names = fit(contact)
    assert fit(short) == (short, ())


# -- lists ---------------------------------------------------------------------

words = st.sampled_from("abcdefgh")
entries = st.lists(words, max_size=4, unique=True)


def as_entries(names, kind="work"):
    return [{"value": name, "type": kind} for name in names]


@given(entries, entries, entries, entries)
def test_foreign_entries_stay_in_order_and_ours_are_there(ours, foreign, new, added):
    foreign = [x for x in foreign if x not in ours]
    added = [x for x in added if x not in {*ours, *foreign}]
    own = as_entries(foreign + added, "home")
    result = rewrite(
        [*own, *as_entries(ours)],
        as_entries(ours),
        as_entries(new),
        foreign,
        lambda entry: entry["value"],
    )
    there = [x["value"] for x in result.entries]
    assert set(new) <= set(there)
    assert len(there) == len(set(there))
    assert [x for x in there if x in foreign + added] == foreign + added
    gone = set(ours) - set(new)
    assert not gone & set(there)
    again = rewrite(
        result.entries,
        as_entries(new),
        as_entries(new),
        [x for x in there if x not in new],
        lambda entry: entry["value"],
    )
    assert not again.changed


@given(entries, entries)
def test_adoption_loses_nothing(google, odoo):
    result = rewrite(
        as_entries(google), [], as_entries(odoo), [], lambda entry: entry["value"]
    )
    there = [x["value"] for x in result.entries]
    assert there[: len(google)] == google
    assert set(there) == {*google, *odoo}


# -- small things --------------------------------------------------------------


def test_numbers_are_the_same_whatever_their_spelling():
    spelt = ("06 12 34 56 78", "+33612345678", "0033 6 12-34-56-78", "06.12.34.56.78")
    assert {phone_key(x, "FR") for x in spelt} == {"+33612345678"}
    assert phone_key("poste 12", "FR") == phone_key("Poste 12", "")
    assert is_mobile("06 12 34 56 78", "FR")
    assert not is_mobile("01 23 45 67 89", "FR")
    assert not is_mobile("", "FR")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.fr", ("a@x.fr",)),
        ('"Dupont, J" <a@x.fr>; b@x.fr, A@x.fr', ("a@x.fr", "b@x.fr")),
        ("néant", ()),
        (None, ()),
    ],
)
def test_mails_of_an_odoo_field(text, found):
    assert mails_from_odoo(text) == found


def test_only_what_google_keeps_as_contact_counts():
    profile = {"metadata": {"source": {"type": "PROFILE"}}}
    person = parse_person(
        {
            "resourceName": "people/c1",
            "names": [{"displayName": "P", **profile}, {"unstructuredName": "C"}],
            "emailAddresses": [
                {"value": "a@x.fr", "formattedType": "Bureau", "metadata": {}}
            ],
            "addresses": [
                {"formattedValue": "seule"},
                {"formattedValue": "x", "city": "Paris"},
            ],
        },
        "k",
    )
    assert person.title == "C"
    assert person.section("emailAddresses") == ({"value": "a@x.fr"},)
    assert person.section("addresses") == (
        {"formattedValue": "seule"},
        {"city": "Paris"},
    )
    assert "a@x.fr" in person_to_vcard(person)


def test_times_and_turns():
    assert instant("2026-06-01T10:00:00.123456789Z").microsecond == 123456
    assert instant("2026-06-01T10:00:00Z").tzinfo
    assert instant("") is None
    ages = {refresh_after(f"account {n}") for n in range(50)}
    assert len(ages) > 40
    assert 5 <= min(ages).days <= max(ages).days < 7
