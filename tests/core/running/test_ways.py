"""The directions of a company through the engine: nothing lost, nothing by itself."""

from copy import deepcopy

import pytest
from world import World, at, google_body, meeting

from google_sync.sync.directions import Direction
from google_sync.sync.events.values import EventValues
from google_sync.sync.events.ways import ways_of

BOTH, TO = Direction.BOTH, Direction.TO_GOOGLE
FROM, NONE = Direction.FROM_GOOGLE, Direction.NONE


class Company(World):
    """Marie's company, which chooses."""

    def choose(self, **chosen):
        self.store.ways = self.options["ways"] = ways_of(chosen)

    def quiet(self):
        """Nothing is left to do, however closely one looks."""
        lines = len(self.odoo.tables.lines)
        before = deepcopy(self.google.events), self.in_odoo()
        self.sync(full=True, sweep=True)
        assert (self.google.events, self.in_odoo()) == before
        assert self.odoo.tables.lines[lines:] == []


@pytest.fixture
def company():
    return Company()


def both_sides(world, description="Ordre du jour"):
    event_id = world.odoo.people_create("marie", meeting(description=description))
    world.sync()
    (google_id,) = world.google.alive()
    return event_id, google_id


def said(world, google_id):
    return world.google.events[google_id].get("description", "")


def known(world, event_id):
    return world.odoo.tables.events[event_id].values.description


def test_what_does_not_travel_stays_in_odoo(company):
    company.choose(description=NONE)
    event_id, google_id = both_sides(company)
    assert said(company, google_id) == ""
    assert known(company, event_id) == "Ordre du jour"
    company.odoo.people_edit(event_id, description="Autre", title="Renommé")
    company.sync()
    assert said(company, google_id) == ""
    assert company.google.events[google_id]["summary"] == "Renommé"
    company.quiet()


def test_what_does_not_travel_stays_in_google(company):
    company.choose(description=NONE)
    company.google.people_insert("g1", google_body(description="Note"))
    company.sync()
    ((event_id, values),) = company.in_odoo().items()
    assert values.description == ""
    company.google.people_edit("g1", description="Autre note", summary="Renommé")
    company.sync()
    assert known(company, event_id) == ""
    assert company.in_odoo()[event_id].title == "Renommé"
    company.quiet()


@pytest.mark.parametrize("later", [BOTH, TO, FROM])
def test_another_choice_writes_nothing_by_itself(company, later):
    company.choose(description=NONE)
    event_id, google_id = both_sides(company)
    company.google.people_edit(google_id, description="Note")
    company.sync()
    company.choose(description=later)
    company.quiet()
    assert said(company, google_id) == "Note"
    assert known(company, event_id) == "Ordre du jour"


@pytest.mark.parametrize("later", [BOTH, FROM])
def test_a_new_event_of_google_keeps_what_it_kept_from_odoo(company, later):
    company.choose(description=NONE)
    company.google.people_insert("g1", google_body(description="Note"))
    company.sync()
    company.choose(description=later)
    company.quiet()
    company.google.people_edit("g1", description="Note, corrigée")
    company.sync()
    (values,) = company.in_odoo().values()
    assert values.description == "Note, corrigée"


def test_after_another_choice_edits_travel_again(company):
    company.choose(description=NONE)
    event_id, google_id = both_sides(company)
    company.choose()
    company.odoo.people_edit(event_id, description="Enfin")
    company.sync()
    assert said(company, google_id) == "Enfin"
    company.google.people_edit(google_id, description="Merci")
    company.sync()
    assert known(company, event_id) == "Merci"
    company.quiet()


def test_to_google_only_puts_googles_edit_back(company):
    event_id, google_id = both_sides(company)
    company.choose(description=TO)
    company.google.people_edit(google_id, description="Autre")
    company.sync()
    assert said(company, google_id) == "Ordre du jour"
    assert known(company, event_id) == "Ordre du jour"
    company.quiet()


def test_from_google_only_puts_odoos_edit_back(company):
    event_id, google_id = both_sides(company)
    company.choose(description=FROM)
    company.odoo.people_edit(event_id, description="Autre")
    company.sync()
    assert said(company, google_id) == "Ordre du jour"
    assert known(company, event_id) == "Ordre du jour"
    company.quiet()


def test_from_google_only_never_reaches_google(company):
    company.choose(description=FROM)
    event_id, google_id = both_sides(company)
    assert said(company, google_id) == ""
    assert known(company, event_id) == "Ordre du jour"
    company.quiet()


def test_to_google_only_leaves_a_new_event_of_google_as_it_is(company):
    company.choose(description=TO)
    company.google.people_insert("g1", google_body(description="Note"))
    company.sync()
    company.quiet()
    assert said(company, "g1") == "Note"


@pytest.mark.parametrize("way", [TO, FROM])
def test_pairing_keeps_what_only_one_side_has(company, way):
    company.choose(description=way)
    mine, theirs = ("", "Note") if way is TO else ("Note", "")
    event_id = company.odoo.people_create("marie", meeting(description=mine))
    company.google.people_insert("g1", google_body(description=theirs))
    company.sync()
    assert list(company.google.alive()) == ["g1"]
    assert known(company, event_id) == mine
    assert said(company, "g1") == theirs
    company.quiet()


def test_a_move_in_google_is_put_back_where_odoo_leads(company):
    event_id, google_id = both_sides(company)
    company.choose(period=TO)
    before = company.in_google()[google_id].period
    later = google_body(day=5)
    company.google.people_edit(google_id, start=later["start"], end=later["end"])
    company.sync()
    assert company.in_google()[google_id].period == before
    assert company.in_odoo()[event_id].period == before
    company.quiet()


def test_reminders_and_colours_that_do_not_travel(company):
    company.choose(reminders=NONE, color=NONE)
    event_id = company.odoo.people_create("marie", meeting(reminders=(15,), color="3"))
    company.sync()
    (google_id,) = company.google.alive()
    assert "colorId" not in company.google.events[google_id]
    company.odoo.people_edit(event_id, reminders=(30,), color="6")
    company.google.people_edit(google_id, colorId="9")
    company.sync()
    assert company.google.events[google_id]["colorId"] == "9"
    assert company.in_odoo()[event_id].reminders == (30,)
    company.choose()
    company.quiet()


def test_rows_of_a_series_are_no_exceptions_for_what_does_not_travel(company):
    company.choose(description=NONE)
    rule = "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=4"
    values = EventValues(title="Série", period=at(4), recurrence=(rule,))
    rows = company.odoo.people_create_series("marie", values)
    company.sync()
    company.odoo.people_edit(rows[0], description="Pour ce jour seulement")
    company.sync()
    assert len(company.google.events) == 1
    company.quiet()
    company.odoo.people_edit(rows[1], place="Salle 2")
    company.sync()
    moved = [x for x in company.google.events.values() if x.get("location")]
    assert [x.get("description", "") for x in moved] == [""]
    company.quiet()
