"""The house: floors and rooms, which of them may import which, and who does.

The one table of borders: `script/lint` holds it, `script/map` draws it. A room is a
folder; one that is in the table and not in the tree is no matter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import work

#: Each floor, from the top, with those that it may import.
FLOORS: Mapping[str, tuple[str, ...]] = {
    "controllers": ("models", "google_api", "sync"),
    "wizards": ("models", "google_api", "sync"),
    "models": ("google_api", "sync"),
    "google_api": ("sync",),
    "sync": (),
    "sandbox": (),
}
#: What lies in a floor's own folder.
GROUND = ""
#: The rooms of a floor, each with those that it may import. Odoo's models load in
#: this order: what extends a model, or imports it, comes after it.
_MODELS = (
    "tools",
    "rights",
    "account",
    "journal",
    "asking",
    "decisions",
    "agenda",
    "contacts",
    "connection",
    "workspace",
    "running",
    "restoring",
    "reset",
    "shown",
    "channels",
    "pausing",
    "support",
    "user",
)
ROOMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "models": {room: _MODELS[:place] for place, room in enumerate(_MODELS)},
    "sync": {
        GROUND: (),
        "events": (GROUND,),
        "series": (GROUND, "events"),
        "running": (GROUND, "events", "series"),
        "contacts": (GROUND,),
    },
}
PREFIXES = (f"odoo.addons.{work.MODULE}", work.MODULE)


@dataclass(frozen=True, order=True)
class Room:
    floor: str
    name: str = GROUND

    def __str__(self) -> str:
        return f"{self.floor}/{self.name}".rstrip("/")


@dataclass(frozen=True, order=True)
class Arrow:
    """One file imports another; both are paths below the root."""

    path: str
    line: int
    target: str


def room_of(path: str) -> Room:
    """The room of a file; a floor without a table of rooms is one room."""
    floor, *between, _name = path.split("/")
    if floor not in ROOMS or not between:
        return Room(floor)
    return Room(floor, between[0])


def arrows(root: Path) -> list[Arrow]:
    """All imports from one file of the house to another."""
    return sorted(
        {
            Arrow(path, line, target)
            for path in files(root)
            for line, target in _imports(root, path)
            if target.split("/")[0] in FLOORS
        }
    )


def files(root: Path) -> list[str]:
    """The Python files of all floors, as paths below the root."""
    return sorted(
        path.relative_to(root).as_posix()
        for floor in FLOORS
        for path in (root / floor).rglob("*.py")
    )


def complaints(root: Path) -> list[str]:
    """Imports that the table does not allow, and rooms that it does not know."""
    said = [
        f"{arrow.path}:{arrow.line}: {room_of(arrow.path)} may not import"
        f" {room_of(arrow.target)} ({arrow.target})"
        for arrow in arrows(root)
        if not _is_allowed(arrow)
    ]
    return said + [
        f"{path}:1: {room_of(path)} is not in the table of rooms"
        " (script/lib/lint/house.py)"
        for path in files(root)
        if _is_stray(root, path)
    ]


def _is_allowed(arrow: Arrow) -> bool:
    here, there = room_of(arrow.path), room_of(arrow.target)
    if here.floor != there.floor:
        return there.floor in FLOORS[here.floor]
    is_whole_floor = arrow.path == f"{here.floor}/__init__.py"
    rooms = ROOMS.get(here.floor, {})
    if here == there or is_whole_floor or here.name not in rooms:
        return True
    return there.name in rooms[here.name]


def _is_stray(root: Path, path: str) -> bool:
    """In no room of the table, on a floor that has its rooms."""
    room = room_of(path)
    rooms = ROOMS.get(room.floor, {})
    if room.name in rooms or path == f"{room.floor}/__init__.py":
        return False
    return any((root / room.floor / name).is_dir() for name in rooms if name)


def _imports(root: Path, path: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse((root / path).read_text())):
        if isinstance(node, ast.ImportFrom):
            module = _module(node, path)
            if module is None:
                continue
            for alias in node.names:
                if target := _file(root, [*module, alias.name]) or _file(root, module):
                    yield node.lineno, target
        elif isinstance(node, ast.Import):
            for alias in node.names:
                module = _absolute(alias.name)
                if module and (target := _file(root, module)):
                    yield node.lineno, target


def _module(node: ast.ImportFrom, path: str) -> list[str] | None:
    """The imported module below the root; None when it is none of ours."""
    named = node.module.split(".") if node.module else []
    if not node.level:
        return _absolute(node.module or "")
    package = path.split("/")[:-1]
    return package[: len(package) + 1 - node.level] + named


def _absolute(module: str) -> list[str] | None:
    for prefix in PREFIXES:
        if module == prefix or module.startswith(f"{prefix}."):
            return module.removeprefix(prefix).strip(".").split(".")
    head = module.split(".")
    return head if head[0] == "sandbox" else None


def _file(root: Path, module: list[str]) -> str | None:
    stem = "/".join(module)
    for path in (f"{stem}.py", f"{stem}/__init__.py"):
        if stem and (root / path).is_file():
            return path
    return None
