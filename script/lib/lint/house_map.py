"""The picture of the house, drawn from the code: floors, rooms, who imports whom."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from . import house
from .house import GROUND, Room

PATH = "docs/images/map.svg"
BOX_WIDTH, BOX_HEIGHT = 212, 78
GAP_X, GAP_Y = 26, 52
MARGIN, HEADING = 24, 26
LETTERS, LINES = 34, 3
#: The width that an arrow from floor to floor has for itself.
LANE = 44
STYLE = (
    "text{font-family:sans-serif;fill:#222}.floor{fill:#f4f1ea;stroke:#b8ad95}"
    ".room{fill:#fff;stroke:#555}.name{font-size:14px;font-weight:bold}"
    ".says{font-size:10.5px;fill:#444}.head{font-size:15px;font-weight:bold}"
    ".arrow{fill:none;stroke:#3a6ea5;stroke-width:1.4}"
    ".far{fill:none;stroke:#b9c9da;stroke-width:1}"
    ".between{fill:none;stroke:#a0522d;stroke-width:2.2}"
)


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def centre(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height


def draw(root: Path) -> str:
    """The whole picture as SVG; the same code gives the same text."""
    paths = [path for path in house.files(root) if not path.endswith("__init__.py")]
    rooms = sorted({house.room_of(path) for path in paths})
    links = {
        (house.room_of(arrow.path), house.room_of(arrow.target))
        for arrow in house.arrows(root)
        if arrow.path != f"{house.room_of(arrow.path).floor}/__init__.py"
    }
    between = _of_floors(links)
    floors, boxes, height = _placed(rooms, links, LANE * len(between))
    width = max(box.x + box.width for box in floors.values()) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">',
        f"<style>{STYLE}</style>",
        _head("blue", "#3a6ea5"),
        _head("brown", "#a0522d"),
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(_floor(name, box) for name, box in floors.items()),
        *_arrows(boxes, links),
        *_between(floors, between),
    ]
    parts += [_room(room, boxes[room], _said_of(root, room)) for room in rooms]
    return "\n".join([*parts, "</svg>"]) + "\n"


def stale(root: Path) -> list[str]:
    """A complaint when the picture is not what the code says."""
    path = root / PATH
    if path.is_file() and path.read_text() == draw(root):
        return []
    return [f"{PATH}:1: is not the house as it is; script/map draws it anew"]


# -- where things stand ------------------------------------------------------------


def _placed(
    rooms: Sequence[Room], links: set[tuple[Room, Room]], beside: int
) -> tuple[dict[str, Box], dict[Room, Box], int]:
    """Floors below each other, in each the rooms in rows: who imports stands above."""
    rows = {floor: _rows(floor, rooms, links) for floor in house.FLOORS}
    widest = max(len(row) for floor in rows.values() for row in floor)
    width = widest * (BOX_WIDTH + GAP_X) + GAP_X
    floors, boxes, y = {}, {}, MARGIN
    for floor, in_floor in rows.items():
        if not in_floor:
            continue
        height = HEADING + len(in_floor) * (BOX_HEIGHT + GAP_Y) - GAP_Y + GAP_X
        floors[floor] = Box(MARGIN, y, width + beside, height)
        for number, row in enumerate(in_floor):
            x = MARGIN + (width - len(row) * (BOX_WIDTH + GAP_X) + GAP_X) // 2
            top = y + HEADING + number * (BOX_HEIGHT + GAP_Y)
            for place, room in enumerate(row):
                boxes[room] = Box(x + place * (BOX_WIDTH + GAP_X), top)
        y += height + GAP_Y
    return floors, boxes, y


def _rows(
    floor: str, rooms: Sequence[Room], links: set[tuple[Room, Room]]
) -> list[list[Room]]:
    here = [room for room in rooms if room.floor == floor]
    depth = {room: _depth(room, here, links) for room in here}
    order = list(house.ROOMS.get(floor, {GROUND: ()}))
    return [
        sorted(
            (room for room in here if depth[room] == level),
            key=lambda room: (room.name not in order, room.name),
        )
        for level in range(max(depth.values(), default=-1), -1, -1)
    ]


def _depth(
    room: Room,
    rooms: Sequence[Room],
    links: set[tuple[Room, Room]],
    above: tuple[Room, ...] = (),
) -> int:
    """How many rooms stand below it in the longest chain; a circle is cut."""
    below = [
        other
        for other in rooms
        if (room, other) in links and other not in (room, *above)
    ]
    return max(
        (1 + _depth(other, rooms, links, (*above, room)) for other in below), default=0
    )


def _of_floors(links: Collection[tuple[Room, Room]]) -> list[tuple[str, str]]:
    """The arrows from floor to floor, from the top."""
    found = {(a.floor, b.floor) for a, b in links if a.floor != b.floor}
    order = list(house.FLOORS)
    return sorted(found, key=lambda pair: [*map(order.index, pair)])


def _said_of(root: Path, room: Room) -> str:
    """The first line of the room's own words."""
    path = root / str(room) / "__init__.py"
    doc = ast.get_docstring(ast.parse(path.read_text())) if path.is_file() else ""
    return (doc or "").split("\n")[0]


# -- drawing -----------------------------------------------------------------------


def _head(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
        f' markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/>'
        "</marker>"
    )


def _floor(name: str, box: Box) -> str:
    return (
        f'<rect class="floor" x="{box.x}" y="{box.y}" width="{box.width}"'
        f' height="{box.height}" rx="6"/>'
        f'<text class="head" x="{box.x + 10}" y="{box.y + 18}">{escape(name)}/</text>'
    )


def _room(room: Room, box: Box, said: str) -> str:
    on_ground = "ground floor" if room.floor in house.ROOMS else room.floor
    name = room.name or on_ground
    lines = textwrap.wrap(said, LETTERS, max_lines=LINES, placeholder=" ...")
    texts = [
        f'<text class="says" x="{box.x + 8}" y="{box.y + 36 + 14 * number}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    ]
    return (
        f'<rect class="room" x="{box.x}" y="{box.y}" width="{box.width}"'
        f' height="{box.height}" rx="4"/>'
        f'<text class="name" x="{box.x + 8}" y="{box.y + 18}">{escape(name)}</text>'
        + "".join(texts)
    )


def _arrows(
    boxes: Mapping[Room, Box], links: Collection[tuple[Room, Room]]
) -> list[str]:
    """Inside a floor; pale where a longer way says the same."""
    inside = {(a, b) for a, b in links if a.floor == b.floor and a != b}
    near = [pair for pair in sorted(inside) if not _is_implied(pair, inside)]
    far = [pair for pair in sorted(inside) if _is_implied(pair, inside)]
    return [
        *(_curve("far", boxes[a], boxes[b]) for a, b in far),
        *(_curve("arrow", boxes[a], boxes[b], "blue") for a, b in near),
    ]


def _is_implied(pair: tuple[Room, Room], links: set[tuple[Room, Room]]) -> bool:
    start, end = pair
    seen, to_see = set(), [b for a, b in links if a == start and b != end]
    while to_see:
        room = to_see.pop()
        if room == end:
            return True
        if room not in seen:
            seen.add(room)
            to_see += [b for a, b in links if a == room]
    return False


def _curve(style: str, above: Box, below: Box, head: str = "") -> str:
    x1, y1, x2, y2 = above.centre, above.bottom, below.centre, below.y
    if y2 < y1:
        y1, y2 = above.y, below.bottom
    bend = (y2 - y1) // 2
    marker = f' marker-end="url(#{head})"' if head else ""
    return (
        f'<path class="{style}" d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend}'
        f' {x2} {y2}"{marker}/>'
    )


def _between(floors: Mapping[str, Box], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """From floor to floor, each in a lane of its own."""
    parts = []
    for lane, (here, there) in enumerate(pairs):
        above, below = floors[here], floors[there]
        x = above.x + above.width - LANE * lane - LANE // 2
        parts.append(
            f'<path class="between" d="M{x} {above.bottom}L{x} {below.y}"'
            ' marker-end="url(#brown)"/>'
        )
    return parts
