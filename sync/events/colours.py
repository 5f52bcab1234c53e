"""Google's eleven event colours, and when Odoo's is written over Google's.

A colour goes to Google only: at creation, and when the event's type changes. Somebody
who gives an event another colour in Google keeps it: what Odoo *last told* Google is
remembered beside the base, and only a difference from that is news.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Any

#: Stands before the colorId of an event that carries one of Google's event labels.
LABEL = "label:"
#: Stands before what Odoo told Google where Google had it by itself: not ours to clear.
SAME = "="


@dataclass(frozen=True)
class Colour:
    """One of Google's event colours.

    name: Google's own, in English. modern: as Google's pages draw it. classic: as
    colors.get tells it. calendar: the classic form of the calendar colour that the
    pages draw alike.
    """

    id: str
    name: str
    modern: str
    classic: str
    calendar: str


COLOURS: dict[str, Colour] = {
    colour.id: colour
    for colour in (
        Colour("1", "Lavender", "#7986cb", "#a4bdfc", "#9a9cff"),
        Colour("2", "Sage", "#33b679", "#7ae7bf", "#92e1c0"),
        Colour("3", "Grape", "#8e24aa", "#dbadff", "#cd74e6"),
        Colour("4", "Flamingo", "#e67c73", "#ff887c", "#d06b64"),
        Colour("5", "Banana", "#f6bf26", "#fbd75b", "#fad165"),
        Colour("6", "Tangerine", "#f4511e", "#ffb878", "#fa573c"),
        Colour("7", "Peacock", "#039be5", "#46d6db", "#9fe1e7"),
        Colour("8", "Graphite", "#616161", "#e1e1e1", "#c2c2c2"),
        Colour("9", "Blueberry", "#3f51b5", "#5484ed", "#4986e7"),
        Colour("10", "Basil", "#0b8043", "#51b749", "#16a765"),
        Colour("11", "Tomato", "#d50000", "#dc2127", "#f83a22"),
    )
}

#: Odoo's colours by index (web's $o-colors); 0 is "no colour".
ODOO_PALETTE = (
    "#a2a2a2",
    "#ee2d2d",
    "#dc8534",
    "#e8bb1d",
    "#5794dd",
    "#9f628f",
    "#db8865",
    "#41a9a2",
    "#304be0",
    "#ee2f8a",
    "#61c36e",
    "#9872e6",
)


# -- what Google holds ----------------------------------------------------------


def colour_of(resource: Mapping[str, Any]) -> str:
    """The canonical colour of a Google event: a colorId, or "" for the calendar's.

    With one of Google's event labels: `LABEL` and the colorId. Nothing tells a label of
    the person's own from one of the eleven.
    """
    colour = str(resource.get("colorId") or "")
    return LABEL + colour if resource.get("eventLabelId") else colour


def as_told(odoo: str, google: str, *, written: bool) -> str:
    """What to remember as told. written: we wrote it, now or before."""
    had_it = odoo != "" and google.removeprefix(LABEL) == odoo
    return SAME + odoo if had_it and not written else odoo


def is_colour_owed(odoo: str, google: str | None, told: str | None) -> bool:
    """Whether Odoo's colour is to be written over Google's.

    odoo: the colour of the event's type, "" without one. google: as `colour_of` gave
    it, None when it was never seen. told: what Odoo last told Google (see `SAME`), None
    for nothing ever (the account sends colours since later than the event is there).
    """
    if google is None or (told is not None and odoo == told.removeprefix(SAME)):
        return False
    shown = google.removeprefix(LABEL)
    if odoo == shown:
        return False
    if told is None:
        return google == ""
    ours = shown != "" and shown == told
    if not odoo or google.startswith(LABEL):
        # Only what we set is taken back, and a label is never overwritten.
        return ours
    return True


# -- nearest and clashing -------------------------------------------------------


def clash(calendar_colour: str | None) -> str:
    """The event colour that cannot be told from the calendar's own, "" without one."""
    wanted = (calendar_colour or "").lower()
    for colour in COLOURS.values():
        if wanted in (colour.modern, colour.classic, colour.calendar):
            return colour.id
    return ""


def nearest(hex_colour: str) -> str:
    """The id of Google's colour that people see as nearest (CIEDE2000)."""
    lab = _lab(hex_colour)
    return min(
        COLOURS.values(), key=lambda colour: difference(lab, _lab(colour.modern))
    ).id


def nearest_of_index(index: int) -> str:
    """The nearest to a colour of Odoo's palette; "" for "no colour" or none of it."""
    return nearest(ODOO_PALETTE[index]) if 0 < index < len(ODOO_PALETTE) else ""


def index_nearest_to(colour_id: str) -> int:
    """The colour of Odoo's palette that people see as nearest to one of Google's."""
    wanted = _lab(COLOURS[colour_id].modern)
    return min(
        range(1, len(ODOO_PALETTE)),
        key=lambda index: difference(wanted, _lab(ODOO_PALETTE[index])),
    )


Lab = tuple[float, float, float]


def _lab(hex_colour: str) -> Lab:
    """CIE L*a*b* (D65) of "#rrggbb"."""
    text = hex_colour.lstrip("#")
    red, green, blue = (_linear(int(text[i : i + 2], 16) / 255) for i in (0, 2, 4))
    x = _f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _f(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _f((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def _f(t: float) -> float:
    if t > 216 / 24389:
        return float(t ** (1 / 3))
    return (24389 / 27 * t + 16) / 116


def difference(one: Lab, other: Lab) -> float:
    """CIEDE2000, after Sharma, Wu and Dalal (2005); the names are the paper's."""
    l1, a1, b1 = one
    l2, a2, b2 = other
    g = 0.5 * (1 - _chroma_weight((hypot(a1, b1) + hypot(a2, b2)) / 2))
    c1, h1 = _polar((1 + g) * a1, b1)
    c2, h2 = _polar((1 + g) * a2, b2)
    d_hue = _hue_step(c1, h1, c2, h2)
    d_big_h = 2 * sqrt(c1 * c2) * sin(radians(d_hue) / 2)
    mean_c, mean_h = (c1 + c2) / 2, _mean_hue(c1, h1, c2, h2)
    t = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    lightness = ((l1 + l2) / 2 - 50) ** 2
    dl = (l2 - l1) / (1 + 0.015 * lightness / sqrt(20 + lightness))
    dc = (c2 - c1) / (1 + 0.045 * mean_c)
    dh = d_big_h / (1 + 0.015 * mean_c * t)
    turn = 60 * exp(-(((mean_h - 275) / 25) ** 2))
    rt = -2 * _chroma_weight(mean_c) * sin(radians(turn))
    return sqrt(max(0.0, dl**2 + dc**2 + dh**2 + rt * dc * dh))


def _chroma_weight(c: float) -> float:
    return sqrt(c**7 / (c**7 + 25**7))


def _polar(a: float, b: float) -> tuple[float, float]:
    return hypot(a, b), degrees(atan2(b, a)) % 360


def _hue_step(c1: float, h1: float, c2: float, h2: float) -> float:
    if not c1 * c2:
        return 0.0
    step = h2 - h1
    if abs(step) > 180:
        step += 360 if step < 0 else -360
    return step


def _mean_hue(c1: float, h1: float, c2: float, h2: float) -> float:
    total = h1 + h2
    if not c1 * c2:
        return total
    if abs(h1 - h2) > 180:
        total += 360 if total < 360 else -360
    return total / 2
