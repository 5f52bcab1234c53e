"""Short stories about one calendar: what people do, one run, what both sides hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from world import World, at, google_body, meeting

from google_sync.sync.events.links import LinkState
from google_sync.sync.events.period import Window
from google_sync.sync.ports import Reply, RetryLater, Verdict
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_calendars
from google_sync.sync.running.run import Run
from google_sync.sync.running.settings import Surroundings


@pytest.fixture
def world():
    return World()


def synced(world, **values):
    event_id = world.odoo.people_create("marie", meeting(**values))
    world.sync()
    return event_id, world.link_of(event_id).google_id


def test_first_sync_exchanges_everything(world):
    world.odoo.people_create("marie", meeting("Odoo"))
    world.google.people_insert("g1", google_body("Google", day=5))
    report = world.sync()
    world.assert_same()
    assert len(world.in_odoo()) == 2
    assert report.done == {("odoo", "create"): 1, ("google", "create"): 1}


def test_second_sync_plans_nothing_and_lists_once(world):
    world.odoo.people_create("marie", meeting("Odoo"))
    world.google.people_insert("g1", google_body("Google", day=5))
    world.sync()
    world.sync()
    requests, lines = world.google.requests, len(world.odoo.tables.lines)
    world.sync()
    assert world.google.requests == requests + 1
    assert len(world.odoo.tables.lines) == lines


def test_edit_in_odoo_patches_only_what_changed(world):
    event_id, google_id = synced(world)
    world.google.people_edit(google_id, attendees=[{"email": "a@b.c"}])
    world.odoo.people_edit(event_id, title="Autre titre")
    world.sync()
    assert world.google.events[google_id]["summary"] == "Autre titre"
    assert world.google.events[google_id]["attendees"] == [{"email": "a@b.c"}]
    world.assert_same()


def test_edit_in_google_reaches_odoo(world):
    event_id, google_id = synced(world)
    world.google.people_edit(google_id, location="Lyon")
    world.sync()
    assert world.in_odoo()[event_id].place == "Lyon"


def test_edits_of_different_fields_on_both_sides_are_merged(world):
    event_id, google_id = synced(world)
    world.google.people_edit(google_id, location="Lyon")
    world.odoo.people_edit(event_id, title="Neuf", at=world.google.now())
    world.sync()
    values = world.in_odoo()[event_id]
    assert (values.title, values.place) == ("Neuf", "Lyon")
    world.assert_same()


@pytest.mark.parametrize(("odoo_first", "title"), [(True, "Google"), (False, "Odoo")])
def test_newest_edit_wins_a_conflict(world, odoo_first, title):
    event_id, google_id = synced(world)
    for odoo in (odoo_first, not odoo_first):
        world.google.tick()
        if odoo:
            world.odoo.people_edit(event_id, title="Odoo", at=world.google.now())
        else:
            world.google.people_edit(google_id, summary="Google")
    world.sync()
    assert world.in_odoo()[event_id].title == title
    world.assert_same()
    assert any(action == "conflict" for _side, action in world.actions())


def test_deletion_in_google_reaches_odoo(world):
    event_id, google_id = synced(world)
    world.google.people_delete(google_id)
    world.sync()
    assert event_id not in world.in_odoo()


def test_deletion_in_odoo_reaches_google(world):
    event_id, google_id = synced(world)
    world.odoo.people_delete(event_id)
    world.sync()
    assert google_id not in world.in_google()


def test_archiving_in_odoo_deletes_in_google_and_unarchiving_renews(world):
    event_id, google_id = synced(world)
    world.odoo.people_archive(event_id)
    world.sync()
    assert world.in_google() == {}
    world.odoo.tables.events[event_id].alive = True
    world.odoo.people_edit(event_id)
    world.sync()
    assert list(world.in_google()) != [google_id]
    world.assert_same()


def test_edit_in_odoo_beats_deletion_in_google(world):
    event_id, google_id = synced(world)
    world.google.people_delete(google_id)
    world.odoo.people_edit(event_id, title="Gardé")
    world.sync()
    assert world.in_odoo()[event_id].title == "Gardé"
    world.assert_same()


def test_edit_in_google_beats_deletion_in_odoo(world):
    event_id, google_id = synced(world)
    world.odoo.people_delete(event_id)
    world.google.people_edit(google_id, summary="Gardé")
    world.sync()
    assert [v.title for v in world.in_odoo().values()] == ["Gardé"]
    world.assert_same()


def test_expired_sync_token_reconciles_by_id(world):
    ids = [world.odoo.people_create("marie", meeting(f"E{n}", n)) for n in range(5)]
    world.sync()
    world.google.people_delete(world.link_of(ids[0]).google_id)
    world.google.people_edit(world.link_of(ids[1]).google_id, summary="Neuf")
    world.google.oldest_token = 10**6
    list_error = world.google.list_events

    def once(**kwargs):
        world.google.oldest_token = 10**6 if kwargs.get("sync_token") else 0
        return list_error(**kwargs)

    world.google.list_events = once
    world.sync()
    assert ids[0] not in world.in_odoo()
    assert world.in_odoo()[ids[1]].title == "Neuf"
    world.assert_same()


def test_absence_from_a_list_is_no_deletion(world):
    event_id, google_id = synced(world)
    del world.google.events[google_id]
    world.sync(full=True)
    assert event_id in world.in_odoo()
    assert world.link_of(event_id).state is LinkState.HELD
    assert list(world.odoo.tables.questions) == [f"missing:{google_id}"]


def test_unknown_outcome_of_an_insert_makes_no_duplicate(world):
    world.odoo.people_create("marie", meeting())
    world.google.fault = lambda name: "after" if name == "call:0" else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    world.sync()
    assert len(world.in_google()) == 1
    world.assert_same()
    assert world.actions().count(("google", "create")) == 1


def test_unknown_outcome_then_deleted_in_odoo_leaves_nothing(world):
    event_id = world.odoo.people_create("marie", meeting())
    world.google.fault = lambda name: "after" if name == "call:0" else None
    with pytest.raises(RetryLater):
        world.sync(pull=False)
    world.google.fault = lambda name: None
    world.odoo.people_delete(event_id)
    world.sync(pull=False)
    assert world.in_google() == {}


def test_identical_events_are_adopted_not_doubled(world):
    world.odoo.people_create("marie", meeting(place="Paris"))
    world.google.people_insert("g1", google_body(description="note"))
    world.sync()
    (values,) = world.in_odoo().values()
    assert (values.place, values.description) == ("Paris", "note")
    assert len(world.in_google()) == 1
    world.assert_same()


def test_duplicate_made_in_google_is_a_new_event(world):
    _event_id, google_id = synced(world)
    copy = {k: v for k, v in world.google.events[google_id].items() if k != "id"}
    world.google.people_insert("copy", copy)
    world.sync()
    assert len(world.in_odoo()) == 2
    world.assert_same()


def test_outside_the_period_is_left_alone_until_it_enters(world):
    world.google.people_insert("far", google_body("Loin", day=400))
    world.odoo.people_create("marie", meeting("Loin aussi", day=401))
    assert world.sync().left_alone == {}
    assert len(world.in_odoo()) == len(world.in_google()) == 1
    world.window = Window(date(2026, 5, 1), date(2027, 8, 1))
    world.sync()
    assert len(world.in_odoo()) == 2
    world.assert_same()


def test_linked_event_is_followed_out_of_the_period(world):
    event_id, google_id = synced(world)
    far = google_body(day=500)
    world.google.people_edit(google_id, start=far["start"], end=far["end"])
    world.sync()
    assert world.in_odoo()[event_id].period == at(500)
    world.odoo.people_edit(event_id, period=at(600))
    world.sync()
    world.assert_same()


def test_each_day_lists_only_the_slice_it_adds(world):
    world.sync()
    world.window = replace(world.window, last=world.window.last + timedelta(days=1))
    world.google.people_insert("edge", google_body("Bord", day=366))
    before = world.google.lists
    world.sync()
    assert world.google.lists == before + 2
    assert len(world.in_odoo()) == 1


def test_one_bad_record_never_stops_the_others(world):
    world.store.broken = {"Maudit"}
    for number, title in enumerate(["Bon", "Maudit", "Bien"]):
        world.google.people_insert(f"g{number}", google_body(title, number))
    report = world.sync()
    assert sorted(v.title for v in world.in_odoo().values()) == ["Bien", "Bon"]
    assert report.errors == 1
    world.store.broken = set()
    world.google.people_edit("g1", summary="Guéri")
    world.sync()
    world.assert_same()


def test_an_unreadable_event_is_counted_and_left(world):
    world.google.people_insert("odd", google_body())
    world.google.people_insert("good", google_body("Bon", 5))
    world.google.list_events_original = world.google.list_events

    def spoiled(**kwargs):
        page = world.google.list_events_original(**kwargs)
        items = [{**i, "start": {}} if i["id"] == "odd" else i for i in page.items]
        return replace(page, items=items)

    world.google.list_events = spoiled
    report = world.sync()
    assert report.left_alone == {"unreadable": 1}
    assert [v.title for v in world.in_odoo().values()] == ["Bon"]


def test_reminders_keep_googles_mail_reminders(world):
    event_id, google_id = synced(world)
    mail = {"method": "email", "minutes": 60}
    world.google.people_edit(
        google_id, reminders={"useDefault": False, "overrides": [mail]}
    )
    world.odoo.people_edit(event_id, reminders=(15,))
    world.sync()
    assert world.google.events[google_id]["reminders"] == {
        "useDefault": False,
        "overrides": [mail, {"method": "popup", "minutes": 15}],
    }


def test_zone_made_in_google_survives_edits_in_odoo(world):
    body = google_body()
    body["start"]["timeZone"] = body["end"]["timeZone"] = "America/New_York"
    world.google.people_insert("ny", body)
    world.sync()
    (event_id,) = world.in_odoo()
    world.odoo.people_edit(event_id, period=at(9))
    world.sync()
    assert world.google.events["ny"]["start"]["timeZone"] == "America/New_York"
    world.assert_same()


def test_guest_cannot_change_the_organisers_event(world):
    body = google_body(organizer={"email": "boss@example.com"})
    world.google.people_insert("inv", body)
    world.sync()
    (event_id,) = world.in_odoo()
    world.odoo.people_edit(event_id, title="À moi")
    world.sync()
    assert world.in_odoo()[event_id].title == "Réunion"
    assert ("odoo", "put_back") in world.actions()
    world.assert_same()


def test_brake_stops_before_mass_deletion():
    world = World(brake_count=3, brake_share=0.5)
    ids = [world.odoo.people_create("marie", meeting(f"E{n}", n)) for n in range(8)]
    world.sync()
    for event_id in ids[:6]:
        world.google.people_delete(world.link_of(event_id).google_id)
    report = world.sync()
    assert len(world.in_odoo()) == 8
    assert report.questions == 1


def test_deletions_wait_for_confirmation():
    world = World(confirm_deletions=True)
    event_id, google_id = synced(world)
    world.google.people_delete(google_id)
    world.sync()
    assert event_id in world.in_odoo()
    assert world.link_of(event_id).state is LinkState.HELD


@pytest.mark.parametrize("full", [False, True])
def test_run_stopped_at_every_checkpoint_ends_when_resumed(full):
    world = World(page_size=2)
    for number in range(5):
        world.odoo.people_create("marie", meeting(f"O{number}", number))
        world.google.people_insert(f"g{number}", google_body(f"G{number}", number))
    next(world.steps(full=full))
    slices = 0
    while next(world.steps(full=full, resuming=True), "over") != "over":
        slices += 1
        assert slices < 100
    world.assert_same()


def test_stop_is_heard_within_a_page_and_nothing_is_lost():
    world = World()
    for number in range(120):
        world.google.people_insert(f"g{number}", google_body(f"G{number}", number % 20))
    stopped = iter((False, True))
    run = Run(world.store, world.google, world.settings(), Surroundings(), Report())
    steps = sync_calendars([replace(run, is_stopped=lambda: next(stopped))])
    next(steps)
    assert len(world.in_odoo()) == 100
    steps.close()
    world.sync()
    world.assert_same()


def test_zone_unknown_to_google_is_sent_once_more_in_utc(world):
    event_id = world.odoo.people_create("marie", meeting())
    do = world.google._do

    def refusing(call):
        zone = call.body["start"].get("timeZone") if hasattr(call, "body") else ""
        if zone not in ("", "UTC"):
            message = "Invalid time zone definition for start time."
            return Reply(Verdict.REFUSED, reason="invalid", message=message)
        return do(call)

    world.google._do = refusing
    assert world.sync().errors == 0
    assert world.link_of(event_id).state is LinkState.LINKED
    world.assert_same()


def test_sweep_finds_what_no_edit_told(world):
    event_id, google_id = synced(world)
    record = world.odoo.tables.events[event_id]
    record.values = record.values.with_({"reminders": (45,)})
    world.sync()
    assert world.in_google()[google_id].reminders == ()
    world.sync(sweep=True)
    assert world.in_google()[google_id].reminders == (45,)


def lost_patch(world):
    """A patch that Google did and whose answer never came."""
    event_id, google_id = synced(world, title="Avant")
    world.odoo.people_edit(event_id, title="Après", at=world.google.now())
    world.google.fault = lambda name: "after" if name == "call:0" else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    assert world.google.events[google_id]["summary"] == "Après"
    return event_id, google_id


def archived_titles(world):
    return [x.archive.title for x in world.odoo.tables.lines if x.archive]


@pytest.mark.parametrize("since", ["nothing", "deleted", "edited"])
def test_what_a_lost_patch_overwrote_is_in_the_journal(world, since):
    _event_id, google_id = lost_patch(world)
    if since == "deleted":
        world.google.people_delete(google_id)
    if since == "edited":
        world.google.people_edit(google_id, summary="Encore")
    world.sync()
    assert "Avant" in archived_titles(world)


def test_our_own_lost_patch_is_no_edit_that_beats_a_deletion(world):
    event_id, _google_id = lost_patch(world)
    world.odoo.people_delete(event_id)
    world.sync()
    assert world.in_odoo() == world.in_google() == {}


def test_our_own_lost_patch_is_no_side_of_a_conflict():
    world = World(policy="ask")
    event_id, google_id = lost_patch(world)
    world.odoo.people_edit(event_id, title="Encore", at=world.google.now())
    world.sync()
    assert world.google.events[google_id]["summary"] == "Encore"
    assert world.odoo.tables.questions == {}


@pytest.mark.parametrize("also", [{}, {"title": "Ici"}, {"place": "Ici"}])
def test_what_google_edited_of_a_lost_insert_is_kept(world, also):
    """Its answer never came; who edits it in Google meanwhile is not overwritten."""
    event_id = world.odoo.people_create("marie", meeting("Avant", place="Paris"))
    world.google.fault = lambda name: "after" if name == "call:0" else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    (google_id,) = world.google.events
    if also:
        world.odoo.people_edit(event_id, at=world.google.now(), **also)
    world.google.people_edit(google_id, summary="Google")
    world.sync()
    world.sync()
    wanted = ("Google", also.get("place", "Paris"))
    (odoo,) = world.in_odoo().values()
    (google,) = world.in_google().values()
    assert (odoo.title, odoo.place) == (google.title, google.place) == wanted
    assert len(world.google.events) == 1


def test_deleted_in_google_before_a_listing_begins_anew():
    """A page token died: what only the first attempt showed is asked for."""
    world = World(page_size=1)
    world.google.people_insert("first", google_body("Un", 1))
    world.google.people_insert("second", google_body("Deux", 2))
    steps = world.steps()
    next(steps)
    steps.close()
    world.google.people_delete("first")
    world.google._pages.clear()
    world.sync()
    world.sync()
    assert [values.title for values in world.in_odoo().values()] == ["Deux"]


def test_a_flight_that_is_moved_keeps_both_zones():
    world = World()
    flight = {
        "summary": "Vol",
        "start": {"dateTime": "2026-06-04T10:00:00+02:00", "timeZone": "Europe/Paris"},
        "end": {
            "dateTime": "2026-06-04T12:30:00-04:00",
            "timeZone": "America/New_York",
        },
        "organizer": {"self": True, "email": "marie@example.com"},
    }
    world.google.people_insert("flight", flight)
    world.sync()
    (row,) = world.in_odoo()
    period = at(5, 6, minutes=510)
    world.odoo.people_edit(row, at=world.google.now(), period=period)
    world.sync()
    event = world.google.alive()["flight"]
    assert event["start"]["timeZone"] == "Europe/Paris"
    assert event["end"]["timeZone"] == "America/New_York"
    world.assert_same()
