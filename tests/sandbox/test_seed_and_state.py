"""The demo's world, and worlds that survive a restart."""

import json
from datetime import date

import pytest
from conftest import MARIE, Google, check_answer, slot
from werkzeug.test import Client

from sandbox.app import App
from sandbox.seed import plant
from sandbox.state import StateFile, dump, load
from sandbox.world import World

TODAY = date(2027, 3, 10)
DEMO = "marie.durand@example.com"


@pytest.fixture(scope="module")
def demo():
    world = World()
    plant(world, "demo", today=TODAY)
    return world


@pytest.fixture(scope="module")
def agenda(demo):
    return demo.person(DEMO).list()


def test_primary_calendar_has_about_sixty_entries(agenda):
    assert 50 <= len(agenda) <= 70


def test_every_kind_is_there(agenda):
    live = [event for event in agenda if event["status"] != "cancelled"]
    zones = {e["start"].get("timeZone") for e in live}
    assert {"Europe/Paris", "America/New_York", "Asia/Tokyo"} <= zones
    assert any("date" in e["start"] for e in live)
    assert any(e.get("visibility") == "private" for e in live)
    assert any(e.get("eventType") == "birthday" for e in live)
    assert any("<b>" in e.get("description", "") for e in live)
    assert any("self" not in e["organizer"] for e in live)
    assert len({e.get("colorId") for e in live}) > 6
    methods = [r["method"] for e in live for r in e["reminders"].get("overrides", ())]
    assert {"popup", "email"} == set(methods)
    assert any(e["start"].get("dateTime", "9") < "2027-03" for e in live)


def test_weekly_series_has_a_moved_and_a_cancelled_occurrence(agenda):
    exceptions = [e for e in agenda if "recurringEventId" in e]
    assert sorted(e["status"] for e in exceptions) == ["cancelled", "confirmed"]
    moved = next(e for e in exceptions if e["status"] == "confirmed")
    assert moved["start"] != moved["originalStartTime"]


def test_calendars_and_contacts(demo):
    roles = {c["summary"]: c["accessRole"] for c in demo.person(DEMO).calendars()}
    assert roles == {
        DEMO: "owner",
        "Équipe commerciale": "owner",
        "Personnel": "owner",
        "Jours fériés en France": "reader",
    }
    assert len(demo.account(DEMO).contacts) == 30
    assert demo.account("paul.martin@example.com")


def test_same_day_gives_the_same_world(demo):
    again = World()
    plant(again, "demo", today=TODAY)
    first, second = demo.person(DEMO).list(), again.person(DEMO).list()
    for event in (*first, *second):
        event.update(created="", updated="")
    assert first == second


@pytest.mark.parametrize(
    "today", [date(2028, 2, 29), date(2026, 12, 31), date(2027, 3, 28)]
)
def test_any_day_can_be_today(today):
    plant(World(), "demo", today=today)


def test_demo_answers_fit_the_document(demo):
    google = Google(Client(App(demo)), demo, DEMO)
    demo.add_client("web", "s")
    assert google.get(maxResults=2500)[0] == 200
    assert google.get(singleEvents="true", maxResults=2500)[0] == 200


def test_nothing_was_counted_while_seeding(demo):
    assert demo.mails.count == 0
    assert not demo.warnings


def test_unknown_seed():
    with pytest.raises(ValueError, match="empty or demo"):
        plant(World(), "full")


def test_state_survives_json(world, google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    google.patch("serie_20300507T080000Z", {"summary": "x"})
    event = google.insert(reminders={"useDefault": False})
    world.account(MARIE).grants_only = {"a", "b"}
    world.oauth.consent(world.clients["web"], world.account(MARIE), ["a"])
    token = google.get()[1]["nextSyncToken"]
    google.patch(event["id"], {"summary": "later"})

    restored = World()
    load(restored, json.loads(json.dumps(dump(world))))
    assert dump(restored) == dump(world)
    twin = Google(Client(App(restored)), restored, MARIE)
    twin.token = google.token
    assert twin.items() == google.items()
    changed = twin.items(syncToken=token)
    assert [item["summary"] for item in changed] == ["later"]
    assert twin.get("serie/instances")[1] == google.get("serie/instances")[1]
    assert twin.insert()["id"] != google.insert()["id"]


def test_state_file_is_written_on_change_only(world, tmp_path):
    path = tmp_path / "state.json"
    file = StateFile(world, path)
    assert not file.load()
    file.save()
    path.unlink()
    file.save()
    assert not path.exists(), "nothing changed since"
    world.person(MARIE).insert(slot())
    file.save()
    other = World()
    assert StateFile(other, path).load()
    assert len(other.person(MARIE).list()) == 1


def test_state_of_another_version(world):
    with pytest.raises(ValueError, match="version"):
        load(World(), {**dump(world), "version": 0})


def test_the_checker_of_answers_can_fail():
    with pytest.raises(AssertionError):
        check_answer("GET", "/colors", {"events": {}})
