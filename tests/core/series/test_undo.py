"""Series and their exceptions, when the run that wrote them is undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from undo_world import UndoWorld

from series.world import MONDAYS, START, SeriesWorld


class UndoSeriesWorld(UndoWorld, SeriesWorld):
    """Both."""

    def stays(self):
        odoo, google = self.odoo_agenda(), self.google_agenda()
        for options in ({}, {"full": True}, {"sweep": True}, {}):
            self.sync(**options)
            assert (self.odoo_agenda(), self.google_agenda()) == (odoo, google)


@pytest.fixture
def world():
    return UndoSeriesWorld()


def key(weeks):
    return f"{START + timedelta(weeks=weeks):%Y%m%dT%H%M%SZ}"


def test_a_series_of_google_is_taken_back_with_its_exceptions(world):
    world.google_series()
    world.google.people_edit(f"s1_{key(1)}", summary="Autre")
    world.google.people_delete(f"s1_{key(2)}")
    world.sync()
    before = world.google_agenda()
    assert len(world.rows()) == 3
    undo = world.undo()
    assert not undo.left
    assert not world.rows()
    world.stays()
    assert world.google_agenda() == before
    world.undo(world.last)
    world.sync()
    world.assert_same()
    assert world.odoo_agenda() == before
    world.settled()


def test_a_series_of_odoo_is_taken_back(world):
    world.series()
    row = world.rows()[1]
    world.odoo.people_edit(row, place="Lyon")
    world.sync()
    before = world.odoo_agenda()
    undo = world.undo()
    assert not undo.left
    assert not world.google_agenda()
    assert world.odoo_agenda() == before
    world.stays()
    world.undo(world.last)
    world.sync()
    world.assert_same()
    assert world.odoo_agenda() == before
    world.settled()


@pytest.mark.parametrize("side", ["odoo", "google"])
def test_a_deleted_series_is_there_again(world, side):
    world.series()
    world.odoo.people_edit(world.rows()[1], title="Autre")
    world.sync()
    world.sync()
    before = world.odoo_agenda()
    if side == "google":
        world.google.people_delete(world.only_series()[0])
    else:
        for row in world.rows():
            world.odoo.people_delete(row)
    world.sync()
    assert not world.rows()
    assert not world.google_agenda()
    world.undo()
    world.sync()
    world.assert_same()
    assert len(world.rows()) == 4
    if side == "google":
        assert world.odoo_agenda() == before
    world.settled()


def test_a_changed_series_is_put_back(world):
    world.series()
    world.sync()
    before = world.odoo_agenda()
    google_id, _event = world.only_series()
    world.google.people_edit(
        google_id,
        summary="Autre",
        recurrence=["RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=MO"],
    )
    world.sync()
    assert len(world.rows()) == 6
    assert not world.undo().left
    assert world.odoo_agenda() == before
    world.settled()
    assert world.odoo_agenda() == before


def test_a_changed_and_a_cancelled_date_are_put_back(world):
    world.series(MONDAYS)
    world.sync()
    before = world.odoo_agenda()
    google_id, _event = world.only_series()
    world.google.people_edit(f"{google_id}_{key(1)}", summary="Autre")
    world.google.people_delete(f"{google_id}_{key(2)}")
    world.sync()
    assert len(world.rows()) == 3
    assert not world.undo().left
    world.sync()
    world.assert_same()
    assert world.odoo_agenda() == before
    world.settled()


def test_dates_of_a_rule_that_odoo_cannot_express_are_taken_back(world):
    world.google_series("RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1")
    world.sync()
    assert world.rows()
    before = world.google_agenda()
    assert not world.undo().left
    assert not world.rows()
    world.stays()
    assert world.google_agenda() == before
