"""Single contacts: what is stored, what is built, what is refused."""

import pytest
from people_client import ALL, INVALID, STALE, given, refusal

MY = "contactGroups/myContacts"


def test_created_contact_has_its_source(people):
    person = people.create()
    assert person["resourceName"].startswith("people/c")
    assert int(person["resourceName"][8:])
    (source,) = person["metadata"]["sources"]
    assert source["type"] == "CONTACT"
    assert source["id"] == f"{int(person['resourceName'][8:]):x}"
    assert source["updateTime"].endswith("Z")
    assert {source["etag"], person["etag"]} & {"", None} == set()
    read = people.get(person["resourceName"])
    assert read.pop("etag") != person["etag"], "another mask, another etag"
    assert read == {
        key: person[key] for key in ("resourceName", *ALL.split(",")) if key in person
    }


def test_default_membership(people):
    (member,) = people.create()["memberships"]
    assert member["contactGroupMembership"] == {
        "contactGroupId": "myContacts",
        "contactGroupResourceName": MY,
    }


def test_items_have_metadata_and_one_primary(people):
    mails = [{"value": f"a{n}@example.net"} for n in range(3)]
    mails[1]["metadata"] = {"sourcePrimary": True}
    person = people.create(emailAddresses=mails)
    primary = [m["metadata"].get("primary", False) for m in person["emailAddresses"]]
    assert primary == [False, True, False]
    for mail in person["emailAddresses"]:
        assert mail["metadata"]["source"] == {
            "type": "CONTACT",
            "id": person["metadata"]["sources"][0]["id"],
        }


@pytest.mark.parametrize(
    ("sent", "parts"),
    [
        ({"unstructuredName": "Zoé"}, ("Zoé", None, None)),
        ({"unstructuredName": "Zoé Le Goff"}, ("Zoé", None, "Le Goff")),
        ({"unstructuredName": "Anna Maria Silva"}, ("Anna", "Maria", "Silva")),
        (
            {"unstructuredName": "Géraud de la Facturation"},
            ("Géraud", None, "de la Facturation"),
        ),
        ({"unstructuredName": "X Y", "givenName": "A"}, ("A", None, None)),
        ({"givenName": "愛子", "familyName": "田中"}, ("愛子", None, "田中")),
    ],
)
def test_names_are_split_and_built(people, sent, parts):
    (name,) = people.create(names=[sent])["names"]
    keys = ("givenName", "middleName", "familyName")
    assert tuple(name.get(key) for key in keys) == parts
    assert name["displayName"] == " ".join(part for part in parts if part)
    assert name["unstructuredName"] == name["displayName"]
    if parts[2]:
        assert name["displayNameLastFirst"].startswith(f"{parts[2]}, ")


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("+1 (650) 253-0000", "+16502530000"),
        ("+33 (0)1 23 45 67 89", "+33123456789"),
        ("01 23 45 67 89", "+33123456789"),
        ("06.12.34.56.78", "+33612345678"),
        ("650 253 0000", None),
        ("12", None),
        ("+33 1", None),
        ("+1234567890123456", None),
        ("demander Paul", None),
        ("+33 1 23 45 67 89 poste 4", None),
    ],
)
def test_canonical_form_of_phones(people, typed, canonical):
    (phone,) = people.create(phoneNumbers=[{"value": typed}])["phoneNumbers"]
    assert (phone["value"], phone.get("canonicalForm")) == (typed, canonical)


def test_what_google_builds(people, world):
    world.account("marie@example.com").locale = "fr"
    person = people.create(
        emailAddresses=[
            {"value": "a@example.net", "type": "work"},
            {"value": "b@example.net", "type": "Chez Maman"},
        ],
        addresses=[{"streetAddress": "1 rue A", "postalCode": "69002", "city": "Lyon"}],
        birthdays=[{"date": {"year": 0, "month": 5, "day": 24}}],
    )
    kinds = [mail["formattedType"] for mail in person["emailAddresses"]]
    assert kinds == ["Professionnel", "Chez Maman"]
    assert person["addresses"][0]["formattedValue"] == "1 rue A\n69002 Lyon"
    assert person["birthdays"][0]["text"] == "5/24"


def test_read_only_parts_of_a_body_are_ignored(people):
    person = people.create(
        names=[{"givenName": "A", "displayName": "Wrong"}],
        phoneNumbers=[{"value": "12", "canonicalForm": "+33100000000"}],
        photos=[{"url": "https://example.com/x.png"}],
        metadata={"deleted": True},
    )
    assert person["names"][0]["displayName"] == "A"
    assert "canonicalForm" not in person["phoneNumbers"][0]
    assert person["photos"][0]["default"] is True
    assert "deleted" not in person["metadata"]


def test_empty_items_vanish(people):
    person = people.create(
        phoneNumbers=[{"value": ""}, {"value": None, "type": ""}], urls=[]
    )
    assert not {"phoneNumbers", "urls"} & set(person)


@pytest.mark.parametrize(
    "fields",
    [
        {"names": [{"givenName": "A"}, {"givenName": "B"}]},
        {"biographies": [{"value": "A"}, {"value": "B"}]},
        {"birthdays": [{"date": {"month": 1, "day": 1}}] * 2},
        {"genders": [{"value": "male"}] * 2},
        {"birthdays": [{"date": {"year": 2000, "month": 13, "day": 1}}]},
        {"birthdays": [{"date": {"year": 2000, "month": 1, "day": 32}}]},
        {"events": [{"type": "other"}]},
        {"clientData": [{"value": "no key"}]},
        {"biographies": [{"value": "A", "contentType": "TEXT_RTF"}]},
        {"nickname": "A"},
        {"names": {"givenName": "A"}},
        {"names": [{"firstName": "A"}]},
        {"emailAddresses": [{"value": 5}]},
        {"memberships": [{"contactGroupMembership": {
            "contactGroupResourceName": "contactGroups/none"}}]},
        {"memberships": [{"contactGroupMembership": {
            "contactGroupResourceName": "contactGroups/friends"}}]},
        {"emailAddresses": [
            {"value": v, "metadata": {"sourcePrimary": True}} for v in "ab"]},
        {"nicknames": [{"value": "x" * 1025}]},
        {"urls": [{"value": f"https://example.com/{n}"} for n in range(501)]},
        {"biographies": [{"value": "é" * 66_000}]},
        {"resourceName": "people/c1"},
        {"names": []},
    ],
)  # fmt: skip
def test_refused_contacts(people, world, fields):
    body = {"names": [{"givenName": "A"}], **fields}
    assert refusal(people.call("POST", "people:createContact", body)) == INVALID
    assert people.sync()[0] == {}


def test_what_still_fits(people):
    people.create(
        biographies=[{"value": "x" * 80_000}],
        nicknames=[{"value": "x" * 1024}],
        emailAddresses=[{"value": f"a{n}@example.net"} for n in range(12)],
    )


def test_no_more_contacts_than_allowed(people, world):
    world.people.contacts = 2
    people.create()
    body = {"names": [{"givenName": "A"}]}
    assert refusal(people.batch_create([body, body])) == STALE
    people.create()
    assert refusal(people.call("POST", "people:createContact", body)) == STALE
    assert len(people.sync()[0]) == 2


def test_update_replaces_what_the_mask_lists(people):
    person = people.create(
        names=[{"givenName": "A", "familyName": "B"}],
        nicknames=[{"value": "kept"}],
        urls=[{"value": "cleared"}],
    )
    status, after = people.update(
        person,
        "names,urls",
        names=[{"givenName": "C"}],
        nicknames=[{"value": "not in the mask"}],
    )
    assert status == 200
    assert after["names"][0]["displayName"] == "C"
    assert after["nicknames"][0]["value"] == "kept"
    assert "urls" not in after
    assert after["etag"] != person["etag"]
    assert after["resourceName"] == person["resourceName"]


def test_client_data_is_replaced_as_a_whole(people):
    two = [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]
    person = people.create(clientData=two)
    assert len(person["clientData"]) == 2
    after = people.update(person, "clientData", clientData=[{"key": "b", "value": "3"}])
    assert [item["key"] for item in after[1]["clientData"]] == ["b"]


def test_stale_etags(people):
    person = people.create()
    new = people.update(person, "names", names=[{"givenName": "B"}])[1]
    old = {"names": [{"givenName": "C"}]}
    for body, name in (
        ({"etag": person["etag"]}, "person.etag"),
        ({"metadata": person["metadata"]}, "person.metadata.sources.etag"),
        ({"etag": new["etag"], "metadata": person["metadata"]}, "sources.etag"),
    ):
        answer = people.update(person, "names", **{**old, "etag": None, **body})
        assert refusal(answer) == STALE
        assert name in answer[1]["error"]["message"]
        assert "Clear local cache" in answer[1]["error"]["message"]
    body = {"etag": None, "metadata": new["metadata"]}
    assert people.update(new, "names", **old, **body)[0] == 200


def test_update_without_an_etag_or_contact_source(people):
    person = people.create()
    profile = {"sources": [{"type": "PROFILE", "id": "1", "etag": "x"}]}
    for body in ({}, {"metadata": profile, "etag": person["etag"]}):
        body = {"etag": None, **body}
        assert refusal(people.update(person, "names", **body)) == INVALID


@pytest.mark.parametrize(
    "mask", [None, "", "name", "metadata", "photos", "names, urls"]
)
def test_update_masks(people, mask):
    person = people.create()
    query = {} if mask is None else {"updatePersonFields": mask}
    path = f"{person['resourceName']}:updateContact"
    answer = people.call("PATCH", path, {"etag": person["etag"]}, **query)
    assert refusal(answer) == INVALID


@pytest.mark.parametrize(
    "mask", [None, "", "nam", "names,,urls", "names, urls", "names.givenName"]
)
def test_read_masks(people, mask):
    name = people.create()["resourceName"]
    query = {} if mask is None else {"personFields": mask}
    for path in (name, "people/me", "people/me/connections"):
        assert refusal(people.call("GET", path, **query)) == INVALID
    answer = people.call("GET", "people:batchGet", resourceNames=name, **query)
    assert refusal(answer) == INVALID


def test_only_what_the_mask_names_comes(people):
    name = people.create()["resourceName"]
    assert set(people.get(name, "names")) == {"resourceName", "etag", "names"}
    old = people.ok("GET", name, **{"requestMask.includeField": "person.names"})
    assert "names" in old


def test_last_membership_stays(people):
    person = people.create()
    assert refusal(people.update(person, "memberships", memberships=[])) == INVALID
    assert refusal(people.update(person, "memberships")) == INVALID


def test_deleted_contact_is_gone(people):
    person = people.create()
    assert people.delete(person["resourceName"]) == (200, {})
    assert refusal(people.delete(person["resourceName"])) == (404, "NOT_FOUND")
    answer = people.call("GET", person["resourceName"], personFields="names")
    assert refusal(answer) == (404, "NOT_FOUND")
    assert refusal(people.update(person, "names"))[0] == 404


def test_profile_is_readable_only(people, world):
    me = people.get("people/me", "names,emailAddresses,metadata")
    assert me["emailAddresses"][0]["value"] == "marie@example.com"
    assert me["metadata"]["sources"][0]["type"] == "PROFILE"
    answer = people.update({**me, "resourceName": "people/me"}, "names")
    assert refusal(answer) == INVALID


def test_merged_profile_data_is_told_apart(people, world):
    person = people.create()
    page = world.person("marie@example.com").contacts
    page.link_profile(person["resourceName"], {"names": [{"givenName": "Annie"}]})
    both = people.get(person["resourceName"])
    kinds = [name["metadata"]["source"]["type"] for name in both["names"]]
    assert kinds == ["CONTACT", "PROFILE"]
    assert [n["metadata"].get("primary") for n in both["names"]] == [True, None]
    assert refusal(people.update(both, "names", names=both["names"])) == INVALID
    only = people.ok(
        "GET",
        person["resourceName"],
        personFields="names,metadata",
        sources="READ_SOURCE_TYPE_CONTACT",
    )
    assert given([only]) == ["Ann"]
    assert len(only["names"]) == len(only["metadata"]["sources"]) == 1
    profile = people.ok(
        "GET",
        person["resourceName"],
        personFields="names,memberships",
        sources="READ_SOURCE_TYPE_PROFILE",
    )
    assert given([profile]) == ["Annie"]
    assert "memberships" not in profile
