"""Stories about one person with several calendars in Google."""

import pytest
from calendars_world import Calendars
from world import at, google_body, meeting

from google_sync.sync.asking import Answer
from google_sync.sync.events.links import LinkState

ME = {"email": "marie@example.com", "self": True, "responseStatus": "accepted"}


@pytest.fixture
def world():
    return Calendars("work", "team")


def synced(world, title="Réunion", where="", **values):
    """An event of Google's that both sides know; (Odoo's id, Google's id)."""
    google_id = f"g{title.lower()}"
    world.google(where).people_insert(google_id, google_body(title, **values))
    world.sync()
    events = world.odoo.tables.events
    return next(k for k, r in events.items() if r.values.title == title), google_id


def test_every_calendar_is_pulled_and_odoo_s_events_go_to_the_main_one(world):
    world.google().people_insert("a", google_body("Main"))
    world.google("work").people_insert("b", google_body("Work", day=4))
    world.google("team").people_insert("c", google_body("Team", day=5))
    world.odoo.people_create("marie", meeting("Odoo", day=6))
    world.sync()
    assert world.in_odoo() == ["Main", "Odoo", "Team", "Work"]
    assert world.titles() == ["Main", "Odoo"]
    world.settled()


def test_without_a_change_one_request_whatever_the_number(world):
    synced(world, where="work")
    world.settled()


def test_an_off_calendar_is_never_asked(world):
    world.modes["team"] = "off"
    world.google("team").people_insert("c", google_body("Team"))
    world.sync()
    assert world.in_odoo() == []
    assert not world.google("team").lists


def test_edits_go_to_the_calendar_that_has_the_event(world):
    event_id, google_id = synced(world, where="work")
    world.odoo.people_edit(event_id, title="Neuf")
    world.sync()
    assert world.titles("work") == ["Neuf"]
    assert world.titles() == []
    world.odoo.people_delete(event_id)
    world.sync()
    assert world.titles("work") == []
    world.settled()


def test_a_rule_says_where_new_events_go(world):
    for store in world.stores.values():
        store.place = lambda record: "work" if record.values.private else ""
    world.odoo.people_create("marie", meeting("Secret", private=True))
    world.odoo.people_create("marie", meeting("Open", day=5))
    world.sync()
    assert (world.titles(), world.titles("work")) == (["Open"], ["Secret"])
    world.settled()


def test_a_person_says_where_a_new_event_goes(world):
    event_id = world.odoo.people_create("marie", meeting())
    world.odoo.people_place(event_id, "marie", "team")
    world.sync()
    assert (world.titles(), world.titles("team")) == ([], ["Réunion"])
    world.settled()


# -- moved in Google -----------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "to"), [("", "work"), ("team", ""), ("work", "team")]
)
def test_moved_in_google_is_no_deletion(world, origin, to):
    event_id, google_id = synced(world, where=origin)
    world.account.people_move(origin or "main", google_id, to or "main")
    report = world.sync()
    assert world.in_odoo() == ["Réunion"]
    assert ("odoo", "delete") not in report.done
    assert world.actions()[-1] == ("odoo", "move")
    (link,) = world.links(to)
    assert (link.event_id, link.state) == (event_id, LinkState.LINKED)
    assert world.links(origin) == []
    world.settled()


def test_moved_and_edited_on_both_sides(world):
    event_id, google_id = synced(world)
    world.account.people_move("main", google_id, "work")
    world.google("work").people_edit(google_id, location="Lyon")
    world.odoo.people_edit(event_id, title="Neuf", at=world.now())
    world.sync()
    assert world.titles("work") == ["Neuf"]
    assert world.odoo.tables.events[event_id].values.place == "Lyon"
    world.settled()


def test_moved_several_times_between_two_runs(world):
    event_id, google_id = synced(world)
    for origin, to in (("main", "work"), ("work", "team"), ("team", "work")):
        world.account.people_move(origin, google_id, to)
    world.sync()
    assert world.odoo.tables.events[event_id].alive
    assert world.links("work")[0].event_id == event_id
    world.account.people_move("work", google_id, "main")
    world.account.people_move("main", google_id, "work")
    world.sync()
    assert world.in_odoo() == ["Réunion"]
    world.settled()


def test_moved_and_deleted_is_deleted(world):
    _event_id, google_id = synced(world)
    world.account.people_move("main", google_id, "work")
    world.google("work").people_delete(google_id)
    world.sync()
    assert world.in_odoo() == []
    world.settled()


def test_moved_in_google_and_deleted_in_odoo_is_deleted(world):
    event_id, google_id = synced(world)
    world.account.people_move("main", google_id, "work")
    world.odoo.people_delete(event_id)
    world.sync()
    assert (world.in_odoo(), world.titles("work")) == ([], [])
    world.settled()


def test_moved_out_of_the_period_is_followed(world):
    event_id, google_id = synced(world)
    far = at(1000)
    start = {"dateTime": far.start.isoformat()}
    world.google().people_edit(
        google_id, start=start, end={"dateTime": far.end.isoformat()}
    )
    world.account.people_move("main", google_id, "work")
    world.sync()
    assert world.odoo.tables.events[event_id].values.period == far
    world.settled()


@pytest.mark.parametrize("verdict", ["delete", "keep"])
def test_moved_to_an_off_calendar_is_asked_always(world, verdict):
    world.modes["team"] = "off"
    event_id, google_id = synced(world)
    world.account.people_move("main", google_id, "team")
    report = world.sync()
    assert report.questions == 1
    assert world.in_odoo() == ["Réunion"]
    world.settled()
    (key,) = world.odoo.tables.questions
    world.stores[""].answer(key, Answer(verdict))
    world.sync()
    assert world.in_odoo() == (["Réunion"] if verdict == "keep" else [])
    assert world.titles() == []
    assert world.titles("team") == ["Réunion"]
    world.settled()
    if verdict == "keep":
        world.odoo.people_edit(event_id, title="Seule")
        world.sync()
        assert world.titles() == []


def test_a_series_moves_with_its_exceptions(world):
    body = google_body("Série", recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    world.google().people_insert("gs", body)
    world.sync()
    keys = sorted(world.google()._keys("gs", at(0).start.date(), at(60).start.date()))
    world.google().people_edit(f"gs_{keys[1]}", summary="Autre")
    world.google().people_delete(f"gs_{keys[2]}")
    world.sync()
    before = {k: r.values for k, r in world.odoo.tables.events.items()}
    assert len(before) == 3
    world.account.people_move("main", "gs", "work")
    world.sync()
    assert {k: r.values for k, r in world.odoo.tables.events.items()} == before
    world.sync()
    world.settled()


# -- moved in Odoo -------------------------------------------------------------


def test_moved_in_odoo_keeps_the_id(world):
    event_id, google_id = synced(world)
    world.odoo.people_place(event_id, "marie", "work")
    world.sync()
    assert (world.titles(), list(world.google("work").alive())) == ([], [google_id])
    assert world.actions()[-1] == ("google", "move")
    world.settled()


def test_moved_and_edited_in_odoo(world):
    event_id, google_id = synced(world)
    world.odoo.people_edit(event_id, title="Neuf", at=world.now())
    world.odoo.people_place(event_id, "marie", "work")
    world.sync()
    assert (world.titles(), world.titles("work")) == ([], ["Neuf"])
    world.settled()


def test_where_google_refuses_it_is_copied_then_deleted(world):
    world.account.may_move = lambda google_id: False
    event_id, google_id = synced(world)
    world.odoo.people_place(event_id, "marie", "work")
    world.sync()
    assert (world.titles(), world.titles("work")) == ([], ["Réunion"])
    assert world.in_odoo() == ["Réunion"]
    world.settled()


def test_a_guest_s_copy_is_put_back_never_declined(world):
    organizer = {"email": "chef@example.com"}
    guests = [ME]
    event_id, google_id = synced(world, organizer=organizer, attendees=guests)
    world.odoo.people_place(event_id, "marie", "work")
    world.sync()
    assert world.titles() == ["Réunion"]
    assert world.google().events[google_id]["attendees"] == guests
    assert world.actions()[-1] == ("odoo", "put_back")
    world.settled()


# -- twins ---------------------------------------------------------------------


def twins(world, first="", second="team", **own):
    body = google_body("Jumeau", iCalUID="uid@x")
    world.google(first).people_insert("t1", body)
    world.google(second).people_insert("t2", {**body, **own})
    world.sync()


def test_the_same_event_in_two_calendars_is_one_in_odoo(world):
    twins(world)
    assert world.in_odoo() == ["Jumeau"]
    world.settled()


@pytest.mark.parametrize("calendar", ["", "team"])
def test_removing_one_twin_leaves_the_other(world, calendar):
    twins(world)
    world.google(calendar).people_delete("t2" if calendar else "t1")
    world.sync()
    assert world.in_odoo() == ["Jumeau"]
    world.settled()
    other = "" if calendar else "team"
    world.google(other).people_delete("t2" if other else "t1")
    world.sync()
    assert world.in_odoo() == []


def test_followers_are_never_written(world):
    twins(world)
    (event_id,) = world.odoo.tables.events
    world.odoo.people_edit(event_id, title="Neuf")
    world.sync()
    assert sorted(world.titles() + world.titles("team")) == ["Jumeau", "Neuf"]
    world.settled()


def test_the_organiser_s_copy_leads_over_the_guest_s(world):
    chef = {"email": "team"}
    guests = [ME]
    body = google_body("Jumeau", iCalUID="uid@x")
    world.google().people_insert("t1", {**body, "organizer": chef, "attendees": guests})
    own = {"self": True, "email": "team"}
    world.google("team").people_insert("t1", {**body, "organizer": own})
    world.sync()
    assert world.in_odoo() == ["Jumeau"]
    (leading,) = world.links("team")
    assert leading.state is LinkState.LINKED
    world.settled()


# -- one way -------------------------------------------------------------------


def test_from_google_only_puts_edits_back_and_hides_what_is_deleted(world):
    world.modes["team"] = "from_google"
    event_id, _google_id = synced(world, where="team")
    world.odoo.people_edit(event_id, title="Mien")
    world.sync()
    assert world.in_odoo() == world.titles("team") == ["Réunion"]
    assert ("odoo", "put_back") in world.actions()
    world.odoo.people_delete(event_id)
    world.sync()
    assert (world.in_odoo(), world.titles("team")) == ([], ["Réunion"])
    world.google("team").people_edit("gréunion", summary="Changée")
    world.sync()
    assert world.in_odoo() == []
    world.settled()


def test_to_google_only_puts_google_s_edits_back_and_keeps_its_news_out(world):
    world.modes["work"] = "to_google"
    event_id = world.odoo.people_create("marie", meeting())
    world.odoo.people_place(event_id, "marie", "work")
    world.sync()
    (google_id,) = world.google("work").alive()
    world.google("work").people_insert("new", google_body("Étranger", day=8))
    world.google("work").people_edit(google_id, summary="Changée")
    world.sync()
    assert world.in_odoo() == ["Réunion"]
    assert world.titles("work") == ["Réunion", "Étranger"]
    world.google("work").people_delete(google_id)
    world.sync()
    assert world.titles("work") == ["Réunion", "Étranger"]
    world.sync()
    world.settled()


def test_a_lost_calendar_keeps_its_events_and_stops_no_other(world):
    synced(world, where="team")
    world.account.lost.add("team")
    world.google("work").people_insert("w", google_body("Travail", day=9))
    world.sync()
    assert set(world.lost) == {"team"}
    assert world.in_odoo() == ["Réunion", "Travail"]
    assert world.titles() == []


def test_the_brake_counts_per_calendar():
    world = Calendars("work", brake_count=2)
    for number in range(30):
        body = google_body(f"M{number}", day=number)
        world.google().people_insert(f"m{number}", body)
    for number in range(10):
        world.google("work").people_insert(f"w{number}", google_body(f"W{number}"))
    world.sync()
    for number in range(10):
        world.google("work").people_delete(f"w{number}")
    report = world.sync()
    assert report.questions == 1
    assert len(world.in_odoo()) == 40
