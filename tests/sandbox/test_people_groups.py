"""Contact groups: names, members, masks, sync tokens."""

import pytest
from conftest import MARIE
from people_client import INVALID, refusal

MY, STARRED = "contactGroups/myContacts", "contactGroups/starred"


def create(people, name, **more):
    body = {"contactGroup": {"name": name}, **more}
    return people.ok("POST", "contactGroups", body)


def modify(people, group, add=(), remove=()):
    body = {"resourceNamesToAdd": list(add), "resourceNamesToRemove": list(remove)}
    return people.call("POST", f"{group}/members:modify", body)


def groups_of(people, name):
    members = people.get(name, "memberships")["memberships"]
    return [m["contactGroupMembership"]["contactGroupResourceName"] for m in members]


def listed(people, **query):
    answer = people.ok("GET", "contactGroups", **query)
    found = {g["resourceName"]: g for g in answer.get("contactGroups", ())}
    return found, answer.get("nextSyncToken")


def test_system_groups_are_there_and_translated(people, world):
    found = listed(people)[0]
    assert {MY, STARRED, "contactGroups/friends"} <= set(found)
    assert found[MY]["groupType"] == "SYSTEM_CONTACT_GROUP"
    assert (found[MY]["name"], found[MY]["formattedName"]) == (
        "myContacts",
        "My Contacts",
    )
    world.account(MARIE).locale = "fr"
    assert listed(people)[0][STARRED]["formattedName"] == "Favoris"


def test_create_and_rename(people):
    group = create(people, " Odoo ")
    assert group["resourceName"].startswith("contactGroups/")
    assert (group["name"], group["formattedName"]) == ("Odoo", "Odoo")
    assert group["groupType"] == "USER_CONTACT_GROUP"
    assert group["metadata"]["updateTime"]
    body = {"contactGroup": {"name": "Odoo 19", "etag": group["etag"]}}
    renamed = people.ok("PUT", group["resourceName"], body)
    assert (renamed["name"], renamed["etag"] != group["etag"]) == ("Odoo 19", True)
    assert people.ok("GET", group["resourceName"])["name"] == "Odoo 19"
    stale = people.call("PUT", group["resourceName"], body)
    assert refusal(stale) == (409, "ABORTED")


@pytest.mark.parametrize("name", ["Odoo", "odoo", "myContacts", "Friends", "Favoris"])
def test_taken_names(people, name):
    create(people, "Odoo")
    other = create(people, "Other")["resourceName"]
    body = {"contactGroup": {"name": name}}
    for answer in (
        people.call("POST", "contactGroups", body),
        people.call("PUT", other, body),
    ):
        assert refusal(answer) == (409, "ALREADY_EXISTS")


def test_a_deleted_name_is_free_again(people):
    first = create(people, "Odoo")["resourceName"]
    assert people.ok("DELETE", first) == {}
    assert create(people, "Odoo")["resourceName"] != first
    assert refusal(people.call("GET", first)) == (404, "NOT_FOUND")
    assert refusal(people.call("DELETE", first)) == (404, "NOT_FOUND")


@pytest.mark.parametrize("body", [{}, {"contactGroup": {"name": " "}}])
def test_group_without_a_name(people, body):
    assert refusal(people.call("POST", "contactGroups", body)) == INVALID


def test_system_groups_cannot_be_changed(people):
    body = {"contactGroup": {"name": "Mine"}}
    assert refusal(people.call("PUT", MY, body)) == INVALID
    assert refusal(people.call("DELETE", STARRED)) == INVALID


def test_members(people):
    group = create(people, "Odoo")["resourceName"]
    first, second = (people.create()["resourceName"] for _ in range(2))
    etag = people.get(first)["etag"]
    answer = modify(people, group, [first, "people/c5", second])
    assert answer == (200, {"notFoundResourceNames": ["people/c5"]})
    assert groups_of(people, first) == [MY, group]
    assert people.get(first)["etag"] != etag
    shown = people.ok("GET", group, maxMembers=1)
    assert shown["memberCount"] == 2
    assert len(shown["memberResourceNames"]) == 1
    assert "memberResourceNames" not in people.ok("GET", group)
    assert modify(people, group, remove=[first]) == (200, {})
    assert groups_of(people, first) == [MY]


def test_last_group_stays_inside_a_200(people):
    name = people.create()["resourceName"]
    answer = modify(people, MY, remove=[name])
    assert answer == (200, {"canNotRemoveLastContactGroupResourceNames": [name]})
    assert groups_of(people, name) == [MY]
    assert modify(people, STARRED, add=[name]) == (200, {})
    assert modify(people, MY, remove=[name]) == (200, {})
    assert groups_of(people, name) == [STARRED]


def test_who_accepts_members(people):
    name = people.create()["resourceName"]
    assert refusal(modify(people, "contactGroups/friends", [name])) == INVALID
    assert modify(people, "contactGroups/friends", remove=[name])[0] == 200
    assert refusal(modify(people, "contactGroups/none", [name]))[0] == 404


def test_limits_of_modify(people):
    group = create(people, "Odoo")["resourceName"]
    names = [f"people/c{n}" for n in range(1001)]
    assert refusal(modify(people, group, names)) == INVALID
    assert refusal(modify(people, group)) == INVALID
    assert modify(people, group, names[:500], names[500:1000])[0] == 200


def test_membership_written_with_the_contact(people):
    group = create(people, "Odoo")["resourceName"]
    member = {"contactGroupMembership": {"contactGroupResourceName": group}}
    person = people.create(memberships=[member])
    assert groups_of(people, person["resourceName"]) == [group]


def test_deleting_a_label(people):
    group = create(people, "Odoo")["resourceName"]
    member = {"contactGroupMembership": {"contactGroupResourceName": group}}
    only = people.create(memberships=[member])["resourceName"]
    both = people.create()["resourceName"]
    modify(people, group, [both])
    people.ok("DELETE", group)
    assert groups_of(people, both) == [MY]
    assert list(people.sync()[0]) == [both]
    assert refusal(people.call("GET", only, personFields="names"))[0] == 404


def test_deleting_a_label_with_its_people(people):
    group = create(people, "Odoo")["resourceName"]
    name = people.create()["resourceName"]
    modify(people, group, [name])
    people.ok("DELETE", group, deleteContacts="true")
    assert people.sync()[0] == {}


def test_pages_and_sync_tokens(people):
    token = listed(people)[1]
    group = create(people, "Odoo")["resourceName"]
    found, after = listed(people, syncToken=token)
    assert list(found) == [group]
    people.ok("DELETE", group)
    found = listed(people, syncToken=after)[0]
    assert found[group]["metadata"]["deleted"] is True
    assert group not in listed(people)[0]
    first = people.ok("GET", "contactGroups", pageSize=3)
    assert len(first["contactGroups"]) == 3
    assert "nextSyncToken" not in first
    page = {"pageSize": 3, "pageToken": first["nextPageToken"]}
    assert people.ok("GET", "contactGroups", **page)["contactGroups"]
    for query in ({"pageSize": 1001}, {"syncToken": "x"}, {"groupFields": "x"}):
        assert refusal(people.call("GET", "contactGroups", **query)) == INVALID


def test_lag_holds_for_labels_too(people, world):
    world.clock.freeze()
    world.people_lag = 60
    group = create(people, "Odoo")["resourceName"]
    assert people.ok("GET", group)["name"] == "Odoo"
    assert group not in listed(people)[0]
    world.clock.advance(60)
    assert group in listed(people)[0]


def test_batch_get(people):
    group = create(people, "Odoo")["resourceName"]
    answer = people.ok(
        "GET", "contactGroups:batchGet", resourceNames=[group, "contactGroups/none"]
    )
    found, missing = answer["responses"]
    assert found["contactGroup"]["name"] == "Odoo"
    assert missing["status"]["code"] == 5
    assert refusal(people.call("GET", "contactGroups:batchGet")) == INVALID


def test_group_masks(people):
    shown = people.ok("GET", MY, groupFields="name")
    assert set(shown) == {"resourceName", "etag", "name", "formattedName"}
    body = {"contactGroup": {"name": "A"}, "readGroupFields": "x"}
    assert refusal(people.call("POST", "contactGroups", body)) == INVALID
    assert "A" not in {group["name"] for group in listed(people)[0].values()}
    group = create(people, "A")["resourceName"]
    body = {"contactGroup": {"name": "B"}, "updateGroupFields": "metadata"}
    assert refusal(people.call("PUT", group, body)) == INVALID
