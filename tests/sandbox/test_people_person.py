"""The human at the contacts page: Python, control API, web page, seed, state."""

import html
import json
import re
from base64 import b64encode
from urllib.parse import urlsplit

import pytest
from conftest import MARIE
from people_client import PNG, People, given
from werkzeug.test import Client

from sandbox.app import App
from sandbox.errors import ApiError
from sandbox.seed import plant
from sandbox.state import dump, load
from sandbox.world import World

CONTACTS = f"/accounts/{MARIE}/contacts"
DEMO = "marie.durand@example.com"


@pytest.fixture
def page(world):
    return world.person(MARIE).contacts


@pytest.fixture(scope="module")
def demo():
    world = World()
    plant(world, "demo")
    world.add_client("web", "secret")
    return world


def test_by_hand_and_over_the_api_it_is_one_book(page, people):
    person = page.insert(
        {"names": [{"givenName": "Ann"}], "nicknames": [{"value": "x"}]}
    )
    name = person["resourceName"]
    token = people.sync()[1]
    page.edit(name, {"names": [{"givenName": "Zoé"}]})
    assert given(people.sync(token)[0]) == ["Zoé"]
    assert page.get(name)["nicknames"][0]["value"] == "x"
    page.edit(name, {"nicknames": []})
    assert "nicknames" not in page.get(name)
    page.photo(name, PNG)
    assert "default" not in people.get(name, "photos")["photos"][0]
    page.photo(name, None)
    assert people.get(name, "photos")["photos"][0]["default"]
    page.delete(name)
    assert page.list() == []
    for refused in (
        lambda: page.get(name),
        lambda: page.insert({"names": [{"first": "A"}]}),
        lambda: page.edit(name, {}),
    ):
        with pytest.raises(ApiError):
            refused()


def test_what_the_person_gets_is_a_copy(page):
    born = {"date": {"year": 1980, "month": 5, "day": 24}}
    person = page.insert({"names": [{"givenName": "Ann"}], "birthdays": [born]})
    person["names"][0]["givenName"] = "Changed"
    person["birthdays"][0]["date"].clear()
    after = page.get(person["resourceName"])
    assert given([after]) == ["Ann"]
    assert after["birthdays"][0]["date"] == born["date"]
    assert page.labels()


def test_labels_by_hand(page, people):
    name = page.insert({"names": [{"givenName": "Ann"}]})["resourceName"]
    path = page.label(name, "Clients")
    assert page.label(name, "Clients") == path
    assert people.ok("GET", path)["memberCount"] == 1
    page.unlabel(name, "Clients")
    assert "memberCount" not in people.ok("GET", path)
    with pytest.raises(ApiError):
        page.unlabel(name, "myContacts")


def test_control_routes(control, people):
    status, person = control("POST", CONTACTS, {"names": [{"givenName": "Ann"}]})
    assert status == 200
    name = person["resourceName"]
    one = f"{CONTACTS}/{name.partition('/')[2]}"
    assert control("GET", one)[1] == person
    control("PATCH", one, {"names": [{"givenName": "Zoé"}]})
    assert given(control("GET", CONTACTS)[1]["items"]) == ["Zoé"]
    photo = {"photoBytes": b64encode(PNG).decode()}
    assert "default" not in control("PUT", f"{one}/photo", photo)[1]["photos"][0]
    assert control("DELETE", f"{one}/photo")[1]["photos"][0]["default"]
    path = control("POST", f"{one}/labels", {"label": "Odoo"})[1]["resourceName"]
    labels = control("GET", f"/accounts/{MARIE}/labels")[1]["items"]
    assert path in [label["resourceName"] for label in labels]
    assert control("DELETE", f"{one}/labels", {"label": "Odoo"})[0] == 200
    control("POST", f"{one}/profile", {"fields": {"urls": [{"value": "u"}]}})
    assert people.get(name, "urls")["urls"]
    new = control("POST", f"{one}/rename", {})[1]["resourceName"]
    assert people.get(name)["resourceName"] == new
    other = people.create()["resourceName"]
    one = f"{CONTACTS}/{new.partition('/')[2]}"
    assert control("POST", f"{one}/merge", {"others": [other]})[0] == 200
    assert control("GET", "/state")[1]["accounts"][0]["contacts"] == 1
    assert control("DELETE", one)[0] == 200
    assert control("DELETE", one)[0] == 404
    assert control("POST", CONTACTS, {"names": [{"x": 1}]})[0] == 400


def test_control_quota_and_tokens(control, people):
    query = {"syncToken": people.sync()[1], "requestSyncToken": "true"}
    assert control("GET", "/people_quota")[1]["spent"]["critical_reads"] == 1
    assert control("POST", "/people_quota", {"group_reads": 0})[0] == 200
    control("POST", "/switches", {"people_quota": True})
    assert people.call("GET", "contactGroups")[0] == 429
    assert control("POST", "/people_quota", {"gravity": 1})[0] == 400
    control("POST", "/expire_people_sync_tokens")
    assert people.list(**query)[0] == 400


def show(http, lang="en", **query):
    query = {"view": "contacts", "account": MARIE, **query}
    answer = http.get("/", query_string=query, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    return html.unescape(answer.text)


def submit(http, **form):
    form = {"account": MARIE, "back": "/?view=contacts", **form}
    answer = http.post("/sandbox/page", data=form)
    assert answer.status_code == 302
    return answer.headers["Location"]


FORM = {
    "action": "save_contact",
    "givenName": "Zoé",
    "familyName": "Le Goff",
    "job_name": "Northwind",
    "job_title": "CEO",
    "mails": "work: zoe@example.net\r\nhttp: a: b\r\n\r\nzoe@example.org",
    "phones": "mobile: +33 6 12 34 56 78",
    "note": "One\r\nTwo",
    "labels": "Clients, VIP",
}


def test_page_adds_and_shows(http, page):
    assert "No contacts yet." in show(http)
    assert submit(http, **FORM) == "/?view=contacts"
    (person,) = page.list()
    mails = [(m.get("type"), m["value"]) for m in person["emailAddresses"]]
    assert mails == [
        ("work", "zoe@example.net"),
        ("http: a", "b"),
        (None, "zoe@example.org"),
    ]
    assert person["biographies"][0]["value"] == "One\nTwo"
    assert person["phoneNumbers"][0]["canonicalForm"] == "+33612345678"
    shown = show(http)
    for text in ("Zoé Le Goff", "zoe@example.org", "Northwind, CEO", "VIP", "One\nTwo"):
        assert text in shown
    assert "Nouveau contact" in show(http, "fr")
    page.insert({"names": [{"givenName": "<i>Ann"}]})
    assert "<i>" not in http.get("/?view=contacts").text


def test_page_edit_keeps_what_it_does_not_show(http, page):
    name = page.insert(
        {
            "names": [{"givenName": "Ann", "honorificPrefix": "Dr"}],
            "emailAddresses": [{"value": "a@example.net", "displayName": "A."}],
            "organizations": [{"name": "N", "department": "R&D"}, {"name": "Second"}],
            "nicknames": [{"value": "x"}],
        }
    )["resourceName"]
    row = show(http)
    before = page.get(name)
    form = json.loads(row.split('data-contact="')[1].split('">')[0])
    submit(http, action="save_contact", **form)
    after = page.get(name)
    for person in (before, after):
        person.pop("etag")
        person["metadata"]["sources"] = []
    assert after == before
    submit(http, action="save_contact", **{**form, "givenName": "Zoé"})
    assert page.get(name)["names"][0]["displayName"] == "Dr Zoé"


def test_page_photo_labels_and_delete(http, page, people):
    data = f"data:image/png;base64,{b64encode(PNG).decode()}"
    submit(http, **FORM, photo=data)
    name = page.list()[0]["resourceName"]
    src = re.search(r'src="(/sandbox/photos/c[^"]*)"', show(http))[1]
    assert http.get(src).content_type == "image/png"
    assert http.get("/sandbox/photos/c1").status_code == 404
    assert page.world.counters.total == 0, "looking at the page is no request"
    submit(http, **{**FORM, "labels": "VIP", "contact": name, "no_photo": "1"})
    assert 'src="/sandbox/photos/' not in show(http)
    assert "Clients</small>" not in show(http)
    assert "VIP</small>" in show(http)
    back = submit(http, **{**FORM, "photo": "data:,R0lGODk=", "contact": name})
    assert "problem=" in back
    submit(http, action="delete_contact", contact=name)
    assert people.sync()[0] == {}


def test_demo_contacts(demo):
    people = People(Client(App(demo)), demo, DEMO)
    fields = "names,emailAddresses,biographies,memberships,photos,metadata"
    found = list(people.sync(personFields=fields)[0].values())
    names = {person["names"][0]["displayName"] for person in found}
    assert len(found) == 30
    assert {"愛子 田中", "فاطمة العمراني", "Géraud de la Facturation"} <= names
    assert any(len(person["emailAddresses"]) == 3 for person in found)
    assert any(
        "\n" in person["biographies"][0]["value"]
        for person in found
        if "biographies" in person
    )
    photos = [p["photos"][0] for p in found if not p["photos"][0].get("default")]
    assert len(photos) == 2
    served = people.http.get(urlsplit(photos[0]["url"]).path)
    assert served.data.startswith(b"\x89PNG")
    groups = people.ok("GET", "contactGroups")["contactGroups"]
    counts = {group["name"]: group.get("memberCount") for group in groups}
    assert (counts["myContacts"], counts["Clients"], counts["Fournisseurs"]) == (
        30,
        10,
        5,
    )


def test_demo_is_the_same_each_time(demo):
    again = World()
    plant(again, "demo")
    first, second = (w.person(DEMO).contacts.list() for w in (demo, again))
    for person in (*first, *second):
        person["metadata"]["sources"][0].pop("updateTime")
        person["photos"][0]["url"] = person["photos"][0]["url"].rpartition("/")[2]
    assert first == second


def test_state_keeps_the_address_book(world, page, people):
    names = [page.insert({"names": [{"givenName": g}]})["resourceName"] for g in "ABCD"]
    page.label(names[0], "Clients")
    page.photo(names[0], PNG)
    page.link_profile(names[0], {"urls": [{"value": "u"}]})
    token = people.sync()[1]
    page.delete(names[1])
    page.rename(names[2])
    restored = World()
    load(restored, json.loads(json.dumps(dump(world))))
    assert dump(restored) == dump(world)
    twin = People(Client(App(restored)), restored, MARIE)
    twin.token = people.token
    assert twin.sync(token)[0] == people.sync(token)[0]
    fields = "names,photos,urls,memberships,metadata"
    assert twin.get(names[2], fields) == people.get(names[2], fields)
    photo = people.get(names[0], "photos")["photos"][0]["url"]
    assert twin.http.get(urlsplit(photo).path).data.startswith(b"\x89PNG")
    assert restored.account(MARIE).book.live == 3


def test_state_of_the_version_before(world):
    raw = json.loads(json.dumps(dump(world)))
    raw["version"] = 1
    for account in raw["accounts"]:
        del account["book"]
        account["contacts"] = {"people/c1": {"names": [{"givenName": "A"}]}}
    load(restored := World(), raw)
    assert restored.person(MARIE).contacts.list() == []
