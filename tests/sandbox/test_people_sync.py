"""connections.list: pages, sync tokens, lag, renames and merges, search."""

import pytest
from conftest import MARIE, PAUL
from people_client import INVALID, STALE, People, given, refusal

DAY = 86_400


def expired(answer):
    (info,) = answer[1]["error"]["details"]
    return refusal(answer) == STALE and (info["reason"], info["domain"]) == (
        "EXPIRED_SYNC_TOKEN",
        "people.googleapis.com",
    )


def test_nobody(people):
    status, answer = people.list()
    assert (status, answer) == (200, {})


def test_pages(people):
    for n in range(5):
        people.create(names=[{"givenName": f"N{n}"}])
    first = people.list(pageSize=2)[1]
    assert (given(first["connections"]), first["totalItems"]) == (["N0", "N1"], 5)
    assert "nextSyncToken" not in first
    token = first["nextPageToken"]
    second = people.list(pageSize=2, pageToken=token)[1]
    assert given(second["connections"]) == ["N2", "N3"]
    assert refusal(people.list(pageSize=3, pageToken=token)) == INVALID
    other = people.list(pageSize=2, pageToken=token, personFields="names")
    assert refusal(other) == INVALID
    last = people.list(pageSize=2, pageToken=second["nextPageToken"])[1]
    assert not {"nextPageToken", "nextSyncToken"} & set(last)


def test_default_page_has_a_hundred(people):
    people.batch_create([{"names": [{"givenName": "A"}]}] * 101)
    assert len(people.list()[1]["connections"]) == 100
    assert len(people.list(pageSize=1000)[1]["connections"]) == 101


@pytest.mark.parametrize("size", [-1, 1001])
def test_page_size(people, size):
    assert refusal(people.list(pageSize=size)) == INVALID


def test_only_me_has_connections(people):
    name = people.create()["resourceName"]
    answer = people.call("GET", f"{name}/connections", personFields="names")
    assert refusal(answer) == INVALID


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, ["B", "C", "A"]),
        ("LAST_MODIFIED_DESCENDING", ["A", "C", "B"]),
        ("FIRST_NAME_ASCENDING", ["A", "B", "C"]),
        ("LAST_NAME_ASCENDING", ["C", "A", "B"]),
    ],
)
def test_order(people, order, expected):
    first = people.create(names=[{"givenName": "A", "familyName": "Y"}])
    people.create(names=[{"givenName": "B", "familyName": "Z"}])
    people.create(names=[{"givenName": "C", "familyName": "X"}])
    people.update(first, "urls")
    query = {"sortOrder": order} if order else {}
    found = people.list(**query)[1]["connections"]
    assert [person["names"][0]["givenName"] for person in found] == expected


def test_lists_cut_mails_and_phones(people):
    many = [{"value": f"a{n}@example.net"} for n in range(101)]
    name = people.create(emailAddresses=many)["resourceName"]
    listed = people.list(personFields="emailAddresses")[1]["connections"][0]
    assert len(listed["emailAddresses"]) == 100
    assert len(people.get(name)["emailAddresses"]) == 101


def test_incremental_answers(people):
    kept, changed, deleted = (people.create() for _ in range(3))
    found, token = people.sync()
    assert len(found) == 3
    assert people.sync(token)[0] == {}
    people.update(changed, "names", names=[{"givenName": "B"}])
    people.delete(deleted["resourceName"])
    new = people.create(names=[{"givenName": "New"}])
    found, token = people.sync(token)
    assert set(found) == {p["resourceName"] for p in (changed, deleted, new)}
    gone = found.pop(deleted["resourceName"])
    assert gone["metadata"]["deleted"] is True
    assert "names" not in gone
    assert given(found) == ["B", "New"]
    assert people.sync(token)[0] == {}
    assert people.list(syncToken=token, requestSyncToken="true")[1].keys() == {
        "nextSyncToken"
    }
    assert kept["resourceName"] in people.sync()[0]


def test_deleted_without_metadata_cannot_be_told(people):
    token = people.sync(personFields="names")[1]
    name = people.create()["resourceName"]
    people.delete(name)
    assert set(people.sync(token, personFields="names")[0][name]) == {
        "resourceName",
        "etag",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"personFields": "names"},
        {"sources": "READ_SOURCE_TYPE_CONTACT"},
        {"sortOrder": "FIRST_NAME_ASCENDING"},
        {"requestSyncToken": None},
    ],
)
def test_sync_token_wants_the_same_parameters(people, change):
    token = people.sync()[1]
    query = {"syncToken": token, "requestSyncToken": "true", **change}
    query = {key: value for key, value in query.items() if value}
    assert refusal(people.list(**query)) == INVALID
    same = people.list(syncToken=token, requestSyncToken="true", pageSize=7)
    assert same[0] == 200, "the page size may change between syncs"


def test_token_lives_seven_days_after_the_full_sync(people, world):
    world.clock.freeze()
    token = people.sync()[1]
    for _ in range(6):
        world.clock.advance(DAY)
        people.token = world.oauth.issue_access(
            "web",
            world.account(MARIE).sub,
            ["https://www.googleapis.com/auth/contacts"],
        )
        token = people.sync(token)[1]
    world.clock.advance(DAY + 1)
    people.token = world.oauth.issue_access(
        "web", world.account(MARIE).sub, ["https://www.googleapis.com/auth/contacts"]
    )
    assert expired(people.list(syncToken=token, requestSyncToken="true"))


def test_tokens_expire_on_demand(people, world, google):
    event_token = google.get()[1]["nextSyncToken"]
    query = {"syncToken": people.sync()[1], "requestSyncToken": "true"}
    world.people.expire_sync_tokens()
    assert expired(people.list(**query))
    assert google.get(syncToken=event_token)[0] == 200
    query["syncToken"] = people.sync()[1]
    world.expire_sync_tokens()
    assert expired(people.list(**query))


def test_tokens_of_others_and_nonsense(people, http, world):
    paul = People(http, world, PAUL)
    for token in (paul.sync()[1], "x", "e30="):
        answer = people.list(syncToken=token, requestSyncToken="true")
        assert refusal(answer) == INVALID
    assert refusal(people.list(pageToken="x")) == INVALID


def contact_etag(person):
    """Of the contact itself: the person's own differs with the mask."""
    return person["metadata"]["sources"][0]["etag"]


def test_writes_show_in_lists_after_the_lag(people, world):
    world.clock.freeze()
    person = people.create()
    token = people.sync()[1]
    world.people_lag = 300
    after = people.update(person, "names", names=[{"givenName": "B"}])[1]
    new = people.create(names=[{"givenName": "New"}])
    assert given([people.get(person["resourceName"])]) == ["B"], "get knows at once"
    found, early = people.sync(token)
    assert found == {}
    assert given(people.sync()[0]) == ["Ann"]
    listed = people.sync()[0][person["resourceName"]]
    assert contact_etag(listed) == contact_etag(person)
    world.clock.advance(299)
    assert people.sync(early)[0] == {}
    world.clock.advance(1)
    found, late = people.sync(early)
    assert given(found) == ["B", "New"]
    assert contact_etag(found[person["resourceName"]]) == contact_etag(after)
    people.delete(new["resourceName"])
    assert new["resourceName"] in people.sync()[0]
    world.people_lag = 0
    assert people.sync(late)[0][new["resourceName"]]["metadata"]["deleted"]


def test_lag_of_two_writes_apart(people, world):
    world.clock.freeze()
    world.people_lag = 100
    person = people.create()
    world.clock.advance(60)
    people.update(person, "names", names=[{"givenName": "B"}])
    world.clock.advance(60)
    found, token = people.sync()
    assert given(found) == ["Ann"]
    world.clock.advance(60)
    assert given(people.sync(token)[0]) == ["B"]


def test_rename(people, world):
    old = people.create()["resourceName"]
    token = people.sync()[1]
    new = world.rename_contact(MARIE, old)
    assert new != old
    (person,) = people.sync(token)[0].values()
    assert person["resourceName"] == new
    assert person["metadata"]["previousResourceNames"] == [old]
    assert "previousResourceNames" not in people.sync()[0][new]["metadata"]
    assert people.get(old)["resourceName"] == new
    answer = people.ok(
        "GET", "people:batchGet", personFields="names", resourceNames=old
    )["responses"][0]
    assert (answer["requestedResourceName"], answer["person"]["resourceName"]) == (
        old,
        new,
    )
    body = {old: {"etag": person["etag"], "names": [{"givenName": "B"}]}}
    result = people.batch_update(body, "names")[1]["updateResult"][old]
    assert (result["requestedResourceName"], result["person"]["resourceName"]) == (
        old,
        new,
    )
    newest = world.rename_contact(MARIE, new)
    assert people.get(old)["resourceName"] == newest
    last = people.sync(token)[0][newest]
    assert last["metadata"]["previousResourceNames"] == [old, new]


def test_rename_that_forgets_the_old_name(people, world):
    old = people.create()["resourceName"]
    world.rename_contact(MARIE, old, follow=False)
    assert refusal(people.call("GET", old, personFields="names"))[0] == 404


def test_merge(people, world):
    keep = people.create(emailAddresses=[{"value": "a@example.net"}])
    other = people.create(
        names=[{"givenName": "Anne"}],
        emailAddresses=[{"value": "a@example.net"}, {"value": "b@example.net"}],
    )
    token = people.sync()[1]
    names = keep["resourceName"], other["resourceName"]
    merged = world.merge_contacts(MARIE, *names)
    assert [name["givenName"] for name in merged["names"]] == ["Ann"]
    mails = [mail["value"] for mail in merged["emailAddresses"]]
    assert mails == ["a@example.net", "b@example.net"]
    found = people.sync(token)[0]
    assert set(found) == set(names)
    assert found[names[1]]["metadata"]["deleted"]
    assert "previousResourceNames" not in found[names[0]]["metadata"]
    assert refusal(people.call("GET", names[1], personFields="names"))[0] == 404


def test_merge_that_tells_the_former_name(people, world):
    names = [people.create()["resourceName"] for _ in range(2)]
    token = people.sync()[1]
    world.merge_contacts(MARIE, *names, renames=True)
    found = people.sync(token)[0]
    assert found[names[0]]["metadata"]["previousResourceNames"] == [names[1]]
    assert people.get(names[1])["resourceName"] == names[0]


def test_random_order_and_short_pages(people, world):
    for n in range(6):
        people.create(names=[{"givenName": f"N{n}"}])
    world.paging.random_order, world.paging.short_pages = 1, True
    world.paging.empty_pages = True
    assert "connections" not in people.list()[1]
    found = people.sync(pageSize=3)[0]
    names = [person["names"][0]["givenName"] for person in found.values()]
    assert sorted(names) == [f"N{n}" for n in range(6)]
    assert names != sorted(names)


def test_search_knows_what_the_empty_query_has_put_by(people):
    def search(query, **more):
        query = {"query": query, "readMask": "names", **more}
        answer = people.ok("GET", "people:searchContacts", **query)
        return given([hit["person"] for hit in answer.get("results", ())])

    people.create(
        names=[{"givenName": "Foo", "familyName": "Name"}],
        emailAddresses=[{"value": "bar@example.net"}],
        organizations=[{"name": "Northwind Ltd"}],
    )
    assert search("foo") == []
    assert search("") == []
    for text in ("f", "foo n", "NAM", "bar@", "ltd"):
        assert search(text) == ["Foo"], text
    assert search("oo n") == []
    for _ in range(31):
        people.create(names=[{"givenName": "Foo"}])
    assert len(search("foo")) == 1
    search("")
    assert (len(search("foo")), len(search("foo", pageSize=99))) == (10, 30)
    answer = people.call("GET", "people:searchContacts", query="f")
    assert refusal(answer) == INVALID


def test_other_contacts_are_none(http, world):
    scope = "https://www.googleapis.com/auth/contacts.other.readonly"
    other = People(http, world, MARIE, [scope])
    assert other.ok("GET", "otherContacts", readMask="names") == {}
    assert refusal(other.call("GET", "otherContacts", readMask="urls")) == INVALID
