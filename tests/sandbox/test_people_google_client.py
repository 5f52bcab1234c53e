"""Google's own Python client on the People part, over real HTTP."""

import copy
from base64 import b64encode

import pytest
import requests
from conftest import CALLBACK, MARIE, PREFIX
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from people_client import JPEG

from sandbox.discovery import document
from sandbox.server import SandboxServer


@pytest.fixture(scope="module")
def server():
    with SandboxServer() as server:
        yield server


@pytest.fixture
def world(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server.world.reset()
    server.world.add_client("web", "secret", redirect_uris=[CALLBACK])
    server.world.add_account(MARIE, "Marie Durand")
    return server.world


@pytest.fixture
def service(server, world):
    raw = copy.deepcopy(document("people.v1").raw)
    raw["rootUrl"] = raw["baseUrl"] = f"{server.url}/"
    sub = world.account(MARIE).sub
    token = world.oauth.issue_access("web", sub, [f"{PREFIX}contacts"])
    with build_from_document(raw, credentials=Credentials(token)) as service:
        yield service


def test_life_of_a_contact(service):
    people = service.people()
    body = {"names": [{"givenName": "Zoé"}]}
    person = people.createContact(body=body, personFields="names,metadata").execute()
    name = person["resourceName"]
    person["names"] = [{"givenName": "Zoé", "familyName": "Le Goff"}]
    update = people.updateContact(
        resourceName=name, body=person, updatePersonFields="names"
    )
    assert update.execute()["names"][0]["displayName"] == "Zoé Le Goff"
    with pytest.raises(HttpError) as refused:
        update.execute()
    assert refused.value.status_code == 400
    assert "Clear local cache" in refused.value.reason
    assert people.deleteContact(resourceName=name).execute() == {}
    with pytest.raises(HttpError) as missing:
        people.get(resourceName=name, personFields="names").execute()
    assert missing.value.status_code == 404


def test_batches_and_pages(service):
    people = service.people()
    contacts = [
        {"contactPerson": {"names": [{"givenName": f"N{n}"}]}} for n in range(150)
    ]
    body = {"contacts": contacts, "readMask": "names,metadata"}
    created = people.batchCreateContacts(body=body).execute()["createdPeople"]
    connections = people.connections()
    query = {"resourceName": "people/me", "personFields": "names", "pageSize": 100}
    request = connections.list(requestSyncToken=True, **query)
    sizes = []
    while request is not None:
        answer = request.execute()
        sizes.append(len(answer["connections"]))
        request = connections.list_next(request, answer)
    assert sizes == [100, 50]
    names = [response["person"]["resourceName"] for response in created]
    long = people.getBatchGet(resourceNames=names, personFields="names").execute()
    assert len(long["responses"]) == 150, "so long that it went as a POST"
    people.batchDeleteContacts(body={"resourceNames": names}).execute()
    since = answer["nextSyncToken"]
    query.update(pageSize=1000, syncToken=since, requestSyncToken=True)
    assert len(connections.list(**query).execute()["connections"]) == 150


def test_errors_have_their_details(service, world):
    world.people.expire_sync_tokens()
    world.faults.add("people.people.connections.list", "expired_sync_token")
    request = (
        service.people()
        .connections()
        .list(resourceName="people/me", personFields="names")
    )
    with pytest.raises(HttpError) as refused:
        request.execute()
    assert refused.value.error_details[0]["reason"] == "EXPIRED_SYNC_TOKEN"


def test_photo_and_label(service, server):
    people, groups = service.people(), service.contactGroups()
    name = people.createContact(body={"names": [{"givenName": "A"}]}).execute()
    name = name["resourceName"]
    body = {"photoBytes": b64encode(JPEG).decode(), "personFields": "photos"}
    answer = people.updateContactPhoto(resourceName=name, body=body).execute()
    url = answer["person"]["photos"][0]["url"]
    assert url.startswith(server.url)
    served = requests.get(f"{url}?sz=100", timeout=5)
    assert served.headers["Content-Type"] == "image/jpeg"
    group = groups.create(body={"contactGroup": {"name": "Odoo"}}).execute()
    path = group["resourceName"]
    members = {"resourceNamesToAdd": [name]}
    groups.members().modify(resourceName=path, body=members).execute()
    assert groups.get(resourceName=path, maxMembers=9).execute()[
        "memberResourceNames"
    ] == [name]


def test_multipart_batch(service):
    found = []
    batch = service.new_batch_http_request(
        callback=lambda key, answer, error: found.append(error or answer)
    )
    people = service.people()
    batch.add(people.get(resourceName="people/me", personFields="names"))
    batch.add(people.get(resourceName="people/c1", personFields="names"))
    batch.execute()
    assert found[0]["names"][0]["displayName"] == "Marie Durand"
    assert found[1].status_code == 404
