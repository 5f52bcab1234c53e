"""Methods of one model in several rooms: who calls upwards.

All files of one model make one class, so `self._method()` reaches any room, whatever
the imports say. Whoever calls a method of ours must stand where it is defined, or
above. What a lower room only announces is defined there, and extended above.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import house

#: Calls upwards that shall be, each with the reason.
DOORS: Mapping[str, str] = {
    "action_connect_manually": "a button of the tab opens a dialogue",
    "action_open_mine": "a button of an account opens a dialogue",
}

#: What models of ours override, and any record has.
_OF_EVERY_MODEL = (
    *("copy", "create", "read", "search", "unlink", "write"),
    "with_context",
)


def upwards(root: Path) -> list[str]:
    """A complaint for each call of a method that only rooms above define."""
    trees = {path: ast.parse((root / path).read_text()) for path in _files(root)}
    lowest: dict[str, tuple[int, str]] = {}
    others = set(DOORS)
    for path, tree in trees.items():
        place = (_height(path), path)
        for name, is_ours in _defined(tree):
            lowest[name] = min(place, lowest.get(name, place))
            if not is_ours:
                others.add(name)
    return [
        f"{path}:{line}: {name} is defined above, in {lowest[name][1]}"
        for path, tree in trees.items()
        for name, line in _called(tree)
        if name in lowest and name not in others
        if lowest[name][0] > _height(path)
    ]


def _files(root: Path) -> list[str]:
    return [p for p in house.files(root) if p.split("/")[0] in ("models", "wizards")]


def _height(path: str) -> int:
    """The place of a file's room in the order of loading; dialogues are above all."""
    rooms = list(house.ROOMS["models"])
    room = house.room_of(path)
    return rooms.index(room.name) if room.name in rooms else len(rooms)


def _defined(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """(name, whether a model of ours brings it): a function is no method, and what
    every model of Odoo has is not ours.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, False
        if isinstance(node, ast.ClassDef):
            is_model = bool(_assigned(node) & {"_name", "_inherit"})
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield part.name, is_model and part.name not in _OF_EVERY_MODEL


def _assigned(node: ast.ClassDef) -> set[str]:
    return {
        target.id
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }


def _called(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node.lineno
