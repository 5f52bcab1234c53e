"""What a reset may take away in Odoo: what only came from that account."""

from dataclasses import replace
from datetime import datetime

import pytest

from sync.events.links import Link, LinkState, OdooEvent
from sync.events.taking_away import Beside, may_be_taken_away
from sync.events.values import EventValues, Period

VALUES = EventValues(
    Period.timed(datetime(2026, 11, 30, 9), datetime(2026, 11, 30, 10)), title="T"
)
LINK = Link("g", state=LinkState.LINKED, event_id=7, base=VALUES)
ODOO = OdooEvent(7, VALUES)


def goes(link=LINK, odoo=ODOO, beside=None, *, only_google=True):
    return may_be_taken_away(link, odoo, beside or Beside(), only_google=only_google)


def test_what_google_made_and_nobody_touched_goes():
    assert goes()


@pytest.mark.parametrize(
    "stays",
    [
        {"only_google": False},
        {"odoo": None},
        {"odoo": replace(ODOO, mine=False)},
        {"odoo": replace(ODOO, values=replace(VALUES, guests=("a@b.c",)))},
        {"link": replace(LINK, base=replace(VALUES, guests=("a@b.c",)))},
        {"link": replace(LINK, base=None)},
        {"link": replace(LINK, dirty=True)},
        {"link": replace(LINK, contested={"title": "x"})},
        {"link": replace(LINK, problem="refused")},
        {"link": replace(LINK, guest=True)},
        *({"link": replace(LINK, state=x)} for x in LinkState if x != "linked"),
        {"beside": Beside(others=True)},
        {"beside": Beside(linked=True)},
        {"beside": Beside(worked_on=True)},
        {"beside": Beside(differing=("place",))},
    ],
)
def test_everything_else_stays(stays):
    assert not goes(**stays)
