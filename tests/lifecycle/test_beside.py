"""Installed where its neighbours are: nothing complains, and everything works.

Installing them takes minutes, so only where it is asked for: ``-- --beside``.
"""

import pytest
from conftest import LOGINS, in_google

NEIGHBOURS = "crm,google_calendar,hr_calendar,microsoft_calendar,website"


@pytest.fixture
def beside(home):
    """A database with the neighbours in it."""
    home.install(modules=NEIGHBOURS)
    home.warnings()
    return home


def test_installed_beside_its_neighbours(beside, google):
    beside.install()
    assert beside.warnings() == []
    beside.do("fill", logins=LOGINS, events=3, contacts=2)
    beside.do("edit", login="ada", title="moved", visit="a visitor's")
    events, _contacts = in_google(google.world)
    assert {"moved", "a visitor's"} <= set(events["ada"])
    beside.upgrade()
    assert [run["lines"] for run in beside.do("synchronise")] == [[], []]
    assert beside.warnings() == []
