"""One occurrence deleted in Odoo, kept by each of those who are asked."""

from datetime import timedelta

import pytest

from google_sync.sync.asking import Answer
from google_sync.sync.events.recurrence import Rule, with_rule
from google_sync.sync.events.values import EventValues, Period
from series.people_world import START, People
from series.world import PARIS


def two_copies():
    """Marie's series of Odoo, in which Paul takes part, and its rows."""
    world = People(confirm_deletions=True)
    values = EventValues(
        Period.timed(START, START + timedelta(hours=1)),
        title="Point",
        time_zone=PARIS,
        recurrence=with_rule(Rule("DAILY", count=3), set()),
    )
    rows = world.odoo.people_create_series("marie", values, world.people)
    return world, rows


def keep(world, *users):
    """These say that what was deleted stays."""
    tables = world.odoo.tables
    for key in sorted(tables.questions.keys() - tables.answers.keys()):
        google_id = tables.questions[key].google_id
        for user in users:
            if world.stores[user].links([google_id]):
                world.stores[user].answer(key, Answer("keep"))


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_both_have_it_back_and_are_asked_once(number, known):
    world, rows = two_copies()
    if known:
        world.sync()
    world.odoo.people_delete(rows[number])
    world.sync()
    asked = len(world.odoo.tables.questions)
    assert asked == 2
    keep(world, "marie", "paul")
    world.settled()
    assert len(world.odoo.tables.questions) == asked
    for user in world.people:
        assert len(world.rows(user)) == 3
    assert len(world.rows()) == 3
