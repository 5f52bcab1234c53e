"""Colours: the nearest one, clashes, and the law that nothing is put back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from google_sync.sync.events.colours import (
    COLOURS,
    LABEL,
    ODOO_PALETTE,
    SAME,
    clash,
    colour_of,
    difference,
    index_nearest_to,
    is_colour_owed,
    nearest,
    nearest_of_index,
)

ids = st.sampled_from(["", *COLOURS])
held = st.one_of(ids, ids.map(lambda colour: LABEL + colour))

#: Pairs of the paper's own test data (Sharma, Wu, Dalal 2005, table 1).
PAPER = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAPER)
def test_difference_is_ciede2000(one, other, expected):
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)
    assert difference(other, one) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("colour", COLOURS.values(), ids=lambda colour: colour.name)
def test_each_colour_is_nearest_to_itself(colour):
    assert nearest(colour.modern) == colour.id


def test_odoo_palette_meets_what_people_would_choose():
    chosen = [nearest_of_index(index) for index in range(len(ODOO_PALETTE))]
    names = [COLOURS[key].name if key else "" for key in chosen]
    assert names[0] == ""
    assert names[1] == "Tomato"  # red
    assert names[3] == "Banana"  # yellow
    assert names[4] == "Peacock"  # cyan
    assert names[8] == "Blueberry"  # blue
    assert names[10] == "Sage"  # green
    assert nearest_of_index(12) == nearest_of_index(-1) == ""


def test_google_colours_in_odoos_palette():
    assert index_nearest_to("11") == 1  # tomato: red
    assert index_nearest_to("5") == 3  # banana: yellow
    assert index_nearest_to("9") == 8  # blueberry: blue
    assert all(0 < index_nearest_to(key) < len(ODOO_PALETTE) for key in COLOURS)


@pytest.mark.parametrize("colour", COLOURS.values(), ids=lambda colour: colour.name)
def test_a_calendar_of_an_event_colour_clashes(colour):
    for shade in (colour.modern, colour.classic, colour.calendar):
        assert clash(shade.upper()) == colour.id


@pytest.mark.parametrize("shade", ["", None, "#4285f4", "#9fc6e7", "#795548"])
def test_other_calendar_colours_do_not(shade):
    assert clash(shade) == ""


def test_a_label_shows_in_the_canonical_colour():
    assert colour_of({}) == ""
    assert colour_of({"colorId": "9"}) == "9"
    assert colour_of({"eventLabelId": "uuid"}) == "label:"
    assert colour_of({"eventLabelId": "uuid", "colorId": "9"}) == "label:9"


# -- when it is written ----------------------------------------------------------


@given(ids, held)
def test_what_was_told_is_never_put_back(odoo, google):
    assert not is_colour_owed(odoo, google, told=odoo)


@given(ids, held, st.none() | ids)
def test_nothing_is_owed_where_google_shows_it(odoo, google, told):
    shown = google.removeprefix(LABEL)
    assert not is_colour_owed(shown, google, told)
    assert not is_colour_owed(odoo, None, told)


@given(ids, held)
def test_an_account_that_starts_late_fills_only_the_calendars_own_colour(odoo, google):
    assert is_colour_owed(odoo, google, told=None) == (google == "" != odoo)


@given(ids, ids, ids)
def test_a_label_that_is_not_ours_stays(odoo, colour, told):
    if colour != told or not colour:
        assert not is_colour_owed(odoo, LABEL + colour, told)
    assert not is_colour_owed(odoo, LABEL + colour, SAME + told)


@given(ids, ids)
def test_only_our_own_colour_is_cleared(google, told):
    assert is_colour_owed("", google, told) == (google == told != "")
    assert not is_colour_owed("", google, SAME + google)


@given(ids.filter(bool), ids, ids)
def test_another_type_is_another_colour(odoo, google, told):
    expected = odoo not in (told, google)
    assert is_colour_owed(odoo, google, told) == expected
