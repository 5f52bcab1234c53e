"""Stories about reminders: they go and come as they are, and what cannot go stays."""

import pytest
from world import World, at, google_body, meeting

from google_sync.sync.events.reminders import KEPT
from google_sync.sync.events.values import EventValues, Period
from google_sync.sync.ports import Patch

MANY = (0, 5, 10, 30, 75, 90, 2160)
MAIL = {"method": "email", "minutes": 60}


@pytest.fixture
def world():
    return World()


def synced(world, **values):
    event_id = world.odoo.people_create("marie", meeting(**values))
    world.sync()
    return event_id, world.link_of(event_id).google_id


def popups(*minutes, mails=()):
    overrides = [*mails, *({"method": "popup", "minutes": m} for m in minutes)]
    return {"useDefault": False, "overrides": overrides}


def in_google(world, google_id):
    overrides = world.google.events[google_id]["reminders"]["overrides"]
    return [x["minutes"] for x in overrides if x["method"] == "popup"]


def kept_lines(world):
    lines = [x for x in world.odoo.tables.lines if x.reason == KEPT]
    return [x.after["reminders"] for x in lines]


def assert_quiet(world):
    requests, lines = world.google.requests, len(world.odoo.tables.lines)
    world.sync(full=True)
    assert world.google.requests == requests + 1
    assert len(world.odoo.tables.lines) == lines


def test_reminders_of_any_delay_go_as_they_are(world):
    event_id, google_id = synced(world, reminders=(75, 90, 2160))
    assert in_google(world, google_id) == [75, 90, 2160]
    world.google.people_edit(google_id, reminders=popups(75, 91, 40320))
    world.sync()
    assert world.in_odoo()[event_id].reminders == (75, 91, 40320)
    assert kept_lines(world) == []
    assert_quiet(world)


def test_a_sixth_and_a_distant_one_stay_in_odoo_and_are_said_once(world):
    event_id, google_id = synced(world, reminders=(*MANY, 50400))
    assert in_google(world, google_id) == [0, 5, 10, 30, 75]
    assert world.in_odoo()[event_id].reminders == (*MANY, 50400)
    assert kept_lines(world) == [(90, 2160, 50400)]
    assert_quiet(world)
    world.odoo.people_edit(event_id, title="Autre titre")
    world.sync()
    assert kept_lines(world) == [(90, 2160, 50400)]


def test_one_that_is_added_and_cannot_go_is_said(world):
    event_id, google_id = synced(world, reminders=(15,))
    world.odoo.people_edit(event_id, reminders=(15, 50400))
    world.sync()
    assert in_google(world, google_id) == [15]
    assert kept_lines(world) == [(50400,)]
    assert_quiet(world)


def test_googles_change_leaves_what_odoo_alone_holds(world):
    event_id, google_id = synced(world, reminders=(15, 50400))
    world.google.people_edit(google_id, reminders=popups(20))
    world.sync()
    assert world.in_odoo()[event_id].reminders == (20, 50400)
    assert in_google(world, google_id) == [20]
    assert_quiet(world)


def test_googles_mails_take_up_room(world):
    event_id, google_id = synced(world)
    mails = (MAIL, {"method": "email", "minutes": 1440})
    world.google.people_edit(google_id, reminders=popups(mails=mails))
    world.sync()
    world.odoo.people_edit(event_id, reminders=MANY)
    world.sync()
    assert world.google.events[google_id]["reminders"] == popups(0, 5, 10, mails=mails)
    assert world.in_odoo()[event_id].reminders == MANY
    assert kept_lines(world) == [(30, 75, 90, 2160)]
    assert_quiet(world)


def test_the_calendars_mail_reminder_stays_when_odoo_changes_the_popup(world):
    world.google.default_reminders = (MAIL, {"method": "popup", "minutes": 30})
    world.google.people_insert("g1", google_body(reminders={"useDefault": True}))
    world.sync()
    (event_id,) = world.in_odoo()
    assert world.in_odoo()[event_id].reminders == (30,)
    world.odoo.people_edit(event_id, reminders=(75,))
    world.sync()
    assert world.google.events["g1"]["reminders"] == popups(75, mails=(MAIL,))


def test_an_edit_of_something_else_leaves_googles_reminders(world):
    event_id, google_id = synced(world, reminders=MANY)
    before = len(world.google.log)
    world.odoo.people_edit(event_id, title="Autre titre")
    world.sync()
    assert len(world.google.log) == before + 1
    assert in_google(world, google_id) == [0, 5, 10, 30, 75]


def test_reminders_that_google_puts_into_words_are_no_edit(world):
    """An all-day event with the defaults may come back with overrides."""
    day = Period(at(3).start.date(), at(4).start.date())
    event_id = world.odoo.people_create("marie", EventValues(day, title="Congé"))
    world.sync()
    google_id = world.link_of(event_id).google_id
    call = world.google.call

    def worded(calls):
        for each in calls:
            if isinstance(each, Patch):
                world.google.events[google_id]["reminders"] = popups(420)
        return call(calls)

    world.google.call = worded
    world.odoo.people_edit(event_id, title="Congés")
    world.sync()
    assert in_google(world, google_id) == [420]
    assert world.in_odoo()[event_id].reminders == (420,)
    world.google.call = call
    assert_quiet(world)
