"""How long a file and a function may be: what one can hold in mind, and see at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

#: Lines of a file, by the beginning of its path; the first that fits counts.
FILES = (("tests/", 500), ("", 350))
#: Lines of a function, docstring and all.
FUNCTION = 45
SUFFIXES = (".py", ".js")
#: What no one of us wrote or no one reads.
_LEFT_OUT = ("static/lib/",)


def too_long(root: Path) -> list[str]:
    """A complaint for each file, and for each function, past its bound."""
    return [said for path in _files(root) for said in _complaints(root, path)]


def _files(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in SUFFIXES and not name.startswith(_LEFT_OUT):
            yield name


def _complaints(root: Path, path: str) -> Iterator[str]:
    text = (root / path).read_text()
    lines = len(text.splitlines())
    bound = next(number for start, number in FILES if path.startswith(start))
    if lines > bound:
        yield f"{path}:1: {lines} lines, and {bound} is the bound"
    if not path.endswith(".py"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines"
