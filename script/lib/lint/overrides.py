"""Methods of one model in several of our files: which of them Odoo never reaches.

Odoo asks the class that was defined last first. A method that is defined again and
does not call `super()` hides those defined before it, whoever meant to be asked. In
some rooms no method is defined twice at all.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from . import house

FLOORS = ("controllers", "models", "wizards")
#: Rooms in which a method stands once: which file is asked first decides nothing there.
ONCE = ("models/running",)


def hidden(root: Path) -> list[str]:
    """A complaint for each method that hides another of ours."""
    known: dict[tuple[str, str], str] = defaultdict(str)
    said = []
    for path in _in_order_of_loading(root):
        for model, method in _methods(root / path):
            before = known[model, method.name]
            if before and before != path and not _calls_super(method):
                said.append(
                    f"{path}:{method.lineno}: {model}.{method.name} hides that of"
                    f" {before}: call super(), or load it first"
                )
            elif before and before != path and _is_twice(before, path):
                said.append(
                    f"{path}:{method.lineno}: {model}.{method.name} stands in"
                    f" {before} already: one file of the room says what it does"
                )
            known[model, method.name] = path
    return said


def _is_twice(before: str, path: str) -> bool:
    rooms = {str(house.room_of(before)), str(house.room_of(path))}
    return len(rooms) == 1 and rooms <= set(ONCE)


def _in_order_of_loading(root: Path) -> list[str]:
    """Files in the order in which Python ends with them; the unimported ones last."""
    imports: dict[str, list[str]] = defaultdict(list)
    for arrow in house.arrows(root):
        imports[arrow.path].append(arrow.target)
    files = [path for path in house.files(root) if path.split("/")[0] in FLOORS]
    begun: set[str] = set()
    order: list[str] = []

    def load(path: str) -> None:
        if path in begun or path.split("/")[0] not in FLOORS:
            return
        begun.add(path)
        for parent in reversed(list(Path(path).parents)):
            package = f"{parent.as_posix()}/__init__.py"
            if package in files:
                load(package)
        for target in imports[path]:
            load(target)
        order.append(path)

    for floor in FLOORS:
        load(f"{floor}/__init__.py")
    for path in files:
        load(path)
    return order


def _methods(path: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """(model, method) of all classes of models in a file."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef) and (model := _model(node)):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield model, part


def _model(node: ast.ClassDef) -> str:
    """Its `_name`, or the one model that it extends."""
    said = {
        target.id: part.value.value
        for part in node.body
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    return said.get("_name") or said.get("_inherit") or ""


def _calls_super(method: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(method)
    )
