"""The People client and the engine against the sandbox: real HTTP, Google's rules."""

from __future__ import annotations

from datetime import timezone
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest
from memory.contacts import MemoryContacts

from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import (
    AGENDA_SCOPES,
    CONTACTS_SCOPES,
    IDENTITY_SCOPES,
    Application,
    exchange_code,
    start_consent,
)
from google_sync.google_api.people import PeopleClient
from google_sync.sync.contacts.engine import sync_contacts
from google_sync.sync.contacts.ports import Outcome
from google_sync.sync.contacts.settings import ContactSettings
from google_sync.sync.contacts.store import ContactState
from google_sync.sync.ports import RetryLater, ScopeMissing, SyncTokenExpired
from google_sync.sync.report import Report
from sandbox.server import SandboxServer

APPLICATION = Application("1-abc.apps.googleusercontent.com", "GOCSPX-sandbox")
CALLBACK = "http://localhost:8069/google_sync/oauth2/callback"
ANN = "ann@example.com"
KEY = "gsync_0123abcd"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"
    b"\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe"
    b"\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(scope="module")
def server():
    with SandboxServer() as server:
        yield server


@pytest.fixture
def google(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    world = server.world
    world.reset()
    world.add_client(
        APPLICATION.client_id, APPLICATION.client_secret, redirect_uris=[CALLBACK]
    )
    world.add_account(ANN, "Ann Example", auto_consent=True)
    return server


@pytest.fixture
def client(google):
    client = connect(google, CONTACTS_SCOPES)
    yield client
    client.close()


def connect(google, scopes) -> PeopleClient:
    endpoints = Endpoints(google.url)
    consent = start_consent(
        APPLICATION,
        endpoints,
        redirect_uri=CALLBACK,
        scopes=[*IDENTITY_SCOPES, *scopes],
        login_hint=ANN,
    )
    address = urlsplit(consent.url)
    connection = HTTPConnection(address.netloc, timeout=5)
    connection.request("GET", f"{address.path}?{address.query}")
    location = connection.getresponse().headers["location"]
    connection.close()
    back = {k: v for k, (v,) in parse_qs(urlsplit(location).query).items()}
    grant = exchange_code(
        APPLICATION,
        endpoints,
        redirect_uri=CALLBACK,
        code=back["code"],
        code_verifier=consent.code_verifier,
    )
    return PeopleClient(
        endpoints,
        APPLICATION,
        Tokens(grant.access_token, grant.refresh_token, grant.expiry),
        on_refresh=lambda tokens: None,
        timeout=10.0,
    )


def body(number, **sections):
    return {
        "names": [{"unstructuredName": f"Nom {number}"}],
        "emailAddresses": [{"value": f"n{number}@x.fr", "type": "work"}],
        "clientData": [{"key": KEY, "value": f"{number}/2026/w{number}"}],
        **sections,
    }


def same(person, **sections):
    source = person["metadata"]["sources"][0]
    kept = {k: source[k] for k in ("type", "id", "etag")}
    return {
        "resourceName": person["resourceName"],
        "etag": person["etag"],
        "metadata": {"sources": [kept]},
        **sections,
    }


# -- the client ----------------------------------------------------------------


def test_create_list_get_update_delete(client):
    (one,) = client.create([body(1)])
    many = client.create([body(n) for n in range(2, 10)])
    assert {r.outcome for r in [one, *many]} == {Outcome.DONE}
    values = [r.person["clientData"][0]["value"] for r in many]
    assert values == [f"{n}/2026/w{n}" for n in range(2, 10)]
    page = client.list_people()
    assert len(page.people) == 9
    assert page.next_sync_token
    assert page.date.tzinfo is timezone.utc
    names = [p["resourceName"] for p in page.people]
    gotten = client.get([*names, "people/c1"])
    assert [r.outcome for r in gotten] == [Outcome.DONE] * 9 + [Outcome.GONE]
    people = [r.person for r in gotten[:9]]
    new = [{"value": "06", "type": "mobile"}]
    replies = client.update(
        [same(p, phoneNumbers=new) for p in people], ["phoneNumbers"]
    )
    assert {r.outcome for r in replies} == {Outcome.DONE}
    delta = client.list_people(sync_token=page.next_sync_token)
    assert len(delta.people) == 9
    assert client.delete(names[:1])[0].outcome is Outcome.DONE
    assert client.delete(names[:1])[0].outcome is Outcome.GONE
    outcomes = [r.outcome for r in client.delete(names)]
    assert outcomes == [Outcome.GONE] + [Outcome.DONE] * 8
    assert not client.list_people().people


def test_a_stale_etag_names_its_contact_and_the_others_are_undone(client):
    people = [r.person for r in client.create([body(n) for n in range(3)])]
    client.update([same(people[1], nicknames=[{"value": "x"}])], ["nicknames"])
    new = [{"value": "y"}]
    replies = client.update([same(p, nicknames=new) for p in people], ["nicknames"])
    undone, stale = Outcome.UNDONE, Outcome.STALE
    assert [r.outcome for r in replies] == [undone, stale, undone]
    (alone,) = client.update([same(people[1], nicknames=new)], ["nicknames"])
    assert alone.outcome is stale


def test_a_bad_contact_is_named_and_the_others_are_undone(client):
    bad = body(2, biographies=[{"value": "a"}, {"value": "b"}])
    replies = client.create([body(1), bad, body(3)])
    outcomes = [r.outcome for r in replies]
    assert outcomes == [Outcome.UNDONE, Outcome.REFUSED, Outcome.UNDONE]
    assert not client.list_people().people


def test_two_hundred_names_fit_in_one_question(client):
    people = [r.person for r in client.create([body(n) for n in range(200)])]
    requests = client.requests
    replies = client.get([p["resourceName"] for p in people])
    assert {r.outcome for r in replies} == {Outcome.DONE}
    assert client.requests == requests + 1


def test_an_expired_token_means_a_full_list(client, google):
    token = client.list_people().next_sync_token
    google.world.people.expire_sync_tokens()
    with pytest.raises(SyncTokenExpired):
        client.list_people(sync_token=token)


def test_photo_and_label(client):
    (made,) = client.create([body(1)])
    reply = client.set_photo(made.person["resourceName"], PIXEL)
    assert reply.outcome is Outcome.DONE
    assert not reply.person["photos"][0].get("default")
    assert reply.person["etag"] != made.person["etag"]
    reply = client.remove_photo(made.person["resourceName"])
    assert reply.outcome is Outcome.DONE
    assert client.set_photo("people/c1", PIXEL).outcome is Outcome.GONE
    assert client.find_label("Acme") == ""
    label = client.create_label("Acme")
    assert client.find_label("acme") == label
    assert client.create_label("Acme") == ""


def test_the_scope_that_was_not_granted_is_said(google):
    client = connect(google, AGENDA_SCOPES)
    with pytest.raises(ScopeMissing):
        client.list_people()
    client.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_trouble_on_a_create_is_unknown_and_sent_once(client, google, when):
    google.world.faults.add("people.people.createContact", "backend_error", when=when)
    (reply,) = client.create([body(1)])
    assert reply.outcome is Outcome.UNKNOWN
    made = len(client.list_people().people)
    assert made == (1 if when == "after" else 0)


# -- the engine over it --------------------------------------------------------


class Sync:
    def __init__(self, client, google):
        self.client, self.google = client, google
        self.odoo = MemoryContacts(google.world.clock.now)
        self.odoo.photo_bytes = lambda contact_id: PIXEL

    def run(self, **options):
        settings = ContactSettings(
            self.google.world.clock.now(), marker_key=KEY, brake_count=10**6, **options
        )
        report = Report()
        before = self.client.requests
        for _ in sync_contacts(self.odoo, self.client, settings, report):
            pass
        assert not report.errors, self.odoo.t.lines
        return self.client.requests - before


@pytest.fixture
def sync(client, google):
    google.world.people.quota.enabled = False
    return Sync(client, google)


def full(number):
    return {
        "name": f"Géraud {number}",
        "emails": (f"g{number}@x.fr", f"h{number}@x.fr"),
        "phone": "01 23 45 67 89",
        "mobile": "06 12 34 56 78",
        "street": "1, rue X",
        "street2": "Bât. B",
        "zip": "75001",
        "city": "Paris",
        "country": "France",
        "country_code": "FR",
        "company": "Acme",
        "function": "Chef",
        "photo": "h" if number == 1 else "",
    }


def test_two_runs_against_the_sandbox(sync):
    sync.odoo.people_import(full(n) for n in range(450))
    partner = sync.odoo.people_create(html="<p>é</p>", **full(1000))
    sync.run(label="Acme")
    states = {x.state for x in sync.odoo.t.links.values()}
    assert states == {ContactState.LINKED}
    lines = len(sync.odoo.t.lines)
    assert sync.run(label="Acme") == 1
    assert len(sync.odoo.t.lines) == lines
    for number in (1, 20):
        sync.odoo.people_edit(partner, name=f"Neuf {number}", street="2, rue Y")
        sync.run(label="Acme")
        assert sync.run(label="Acme") == 1
    sync.run(label="Acme", full=True)
    assert len(sync.odoo.t.lines) == lines + 2
    person = sync.client.get([sync.odoo.link_of(partner).resource_name])[0].person
    assert len(person["addresses"]) == 1
    assert person["addresses"][0]["streetAddress"] == "2, rue Y"
    assert person["names"][0]["unstructuredName"] == "Neuf 20"


def test_many_edits_go_as_batches(sync):
    sync.odoo.people_import(full(n) for n in range(30))
    sync.run()
    for partner_id in list(sync.odoo.t.partners):
        sync.odoo.people_edit(partner_id, function="Autre", name=f"N {partner_id}")
    assert sync.run() == 3
    assert sync.run() == 1


def test_off_the_list_and_back_with_deletion(sync):
    ids = [sync.odoo.people_create(**full(n)) for n in range(10)]
    sync.run()
    for partner_id in ids:
        sync.odoo.people_unchoose(partner_id, "delete")
    sync.run()
    assert not sync.client.list_people().people
    for partner_id in ids:
        sync.odoo.people_choose(partner_id)
    sync.run()
    assert len(sync.client.list_people().people) == 10


def test_a_lost_batch_is_found_again_without_a_double(sync):
    sync.google.world.faults.add(
        "people.people.batchCreateContacts", "backend_error", when="after"
    )
    sync.odoo.people_import(full(n) for n in range(20))
    with pytest.raises(RetryLater):
        sync.run()
    sync.run()
    assert len(sync.client.list_people().people) == 20
    assert {x.state for x in sync.odoo.t.links.values()} == {ContactState.LINKED}
