"""Batch methods: limits, all or nothing, contactErrors, masks."""

import pytest
from people_client import INVALID, STALE, given, refusal

TYPE = "type.googleapis.com/google.people.v1."


def bodies(count):
    return [{"names": [{"givenName": f"N{n}"}]} for n in range(count)]


def errors(answer):
    """The contactErrors of a refused batch, and their type."""
    (details,) = answer[1]["error"]["details"]
    return details["@type"].removeprefix(TYPE), details["contactErrors"]


def created(people, count=2):
    answer = people.batch_create(bodies(count))[1]["createdPeople"]
    return [response["person"] for response in answer]


def test_create_answers_in_order(people):
    status, answer = people.batch_create(bodies(200), mask="names,metadata")
    assert status == 200
    found = [r["person"]["names"][0]["givenName"] for r in answer["createdPeople"]]
    assert found == [f"N{n}" for n in range(200)]
    response = answer["createdPeople"][0]
    assert response["requestedResourceName"] == response["person"]["resourceName"]
    assert (response["httpStatusCode"], response["status"]) == (200, {})
    assert "memberships" not in response["person"]


def test_empty_read_mask_answers_nobody(people):
    for mask in ("", None):
        assert people.batch_create(bodies(1), mask=mask) == (200, {})
    found = people.sync(personFields="names,metadata")[0]
    assert len(found) == 2
    assert people.batch_update(found, "names", mask="") == (200, {})


@pytest.mark.parametrize("count", [0, 201])
def test_limits_of_create_and_update(people, count):
    assert refusal(people.batch_create(bodies(count))) == INVALID
    named = {f"people/c{n}": body for n, body in enumerate(bodies(count))}
    assert refusal(people.batch_update(named, "names")) == INVALID
    assert people.sync()[0] == {}


def test_one_bad_contact_refuses_the_whole_create(people):
    two_names = {"names": [{"givenName": "A"}, {"givenName": "B"}]}
    answer = people.batch_create([*bodies(1), two_names, *bodies(1)])
    assert refusal(answer) == INVALID
    kind, failures = errors(answer)
    assert kind == "BatchCreateContactsErrorDetails"
    assert list(failures) == ["1"]
    assert failures["1"]["code"] == 3
    assert "person.names" in failures["1"]["message"]
    assert people.sync()[0] == {}


def test_missing_contact_person(people):
    body = {"contacts": [{}], "readMask": "names"}
    answer = people.call("POST", "people:batchCreateContacts", body)
    assert list(errors(answer)[1]) == ["0"]


def test_update_many(people):
    first, second = created(people)
    changed = {
        first["resourceName"]: {**first, "names": [{"givenName": "A"}]},
        second["resourceName"]: {"etag": second["etag"], "urls": [{"value": "u"}]},
    }
    status, answer = people.batch_update(changed, "names,urls", mask="names,urls")
    assert status == 200
    result = answer["updateResult"]
    assert result[first["resourceName"]]["person"]["names"][0]["givenName"] == "A"
    assert "names" not in result[second["resourceName"]]["person"], "cleared"
    assert result[second["resourceName"]]["person"]["etag"] != second["etag"]


def test_stale_and_unknown_refuse_the_whole_update(people):
    first, second, third = created(people, 3)
    people.update(second, "names", names=[{"givenName": "Meanwhile"}])
    new = {"names": [{"givenName": "X"}]}
    changed = {person["resourceName"]: {**person, **new} for person in (first, second)}
    changed["people/c77"] = {**third, "resourceName": "people/c77", **new}
    answer = people.batch_update(changed, "names")
    assert refusal(answer) == STALE
    kind, failures = errors(answer)
    assert kind == "BatchUpdateContactsErrorDetails"
    codes = {name: failure["code"] for name, failure in failures.items()}
    assert codes == {second["resourceName"]: 9, "people/c77": 5}
    assert given(people.sync()[0]) == ["Meanwhile", "N0", "N2"]


def test_only_unknown_contacts_are_a_404(people):
    body = {"etag": "%x", "names": [{"givenName": "A"}]}
    answer = people.batch_update({"people/c1": body}, "names")
    assert refusal(answer) == (404, "NOT_FOUND")


def test_person_under_another_name(people):
    first, second = created(people)
    answer = people.batch_update({first["resourceName"]: second}, "names")
    assert refusal(answer) == INVALID


def test_same_contact_under_two_names(people, world):
    (person,) = created(people, 1)
    old = person["resourceName"]
    new = world.rename_contact("marie@example.com", old)
    body = {"etag": people.get(new)["etag"], "names": [{"givenName": "A"}]}
    assert refusal(people.batch_update({old: body, new: body}, "names")) == INVALID


def test_update_needs_a_mask(people):
    (person,) = created(people, 1)
    for mask in (None, "", "photos", "names,x"):
        answer = people.batch_update({person["resourceName"]: person}, mask)
        assert refusal(answer) == INVALID


def test_delete_many(people):
    names = [person["resourceName"] for person in created(people, 3)]
    assert people.batch_delete(names[:2]) == (200, {})
    assert list(people.sync()[0]) == names[2:]


def test_one_unknown_name_deletes_nobody(people):
    names = [person["resourceName"] for person in created(people)]
    answer = people.batch_delete([*names, "people/c5"])
    assert refusal(answer) == (404, "NOT_FOUND")
    assert len(people.sync()[0]) == 2


def test_limits_of_delete(people):
    names = []
    for _ in range(3):
        names += [person["resourceName"] for person in created(people, 167)]
    for wrong in ([], names[:501], names[:1] * 2):
        assert refusal(people.batch_delete(wrong)) == INVALID
    assert people.batch_delete(names[:500])[0] == 200


def test_batch_get_has_a_status_for_each(people):
    (person,) = created(people, 1)
    answer = people.ok(
        "GET",
        "people:batchGet",
        personFields="names",
        resourceNames=[person["resourceName"], "people/c5", "people/me"],
    )
    found, missing, me = answer["responses"]
    assert found["person"]["names"] == person["names"]
    assert (missing["requestedResourceName"], missing["status"]["code"]) == (
        "people/c5",
        5,
    )
    assert "person" not in missing
    assert me["person"]["names"][0]["displayName"] == "Marie Durand"


@pytest.mark.parametrize("count", [0, 201])
def test_limits_of_batch_get(people, count):
    names = [f"people/c{n}" for n in range(count)]
    answer = people.call(
        "GET", "people:batchGet", personFields="names", resourceNames=names
    )
    assert refusal(answer) == INVALID
