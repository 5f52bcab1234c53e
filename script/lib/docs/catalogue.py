"""Every sentence that the addon can say, read from its code, with the codes of Google
under which it is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FLOORS = ("models", "wizards", "controllers")
_SENTENCE = re.compile(r"[.?!]\s*$")
_CODE = re.compile(r"[A-Za-z][\w.]+")
#: Where the codes stand that a table of the addon names by a constant.
_CONSTANTS = ("google_api/errors.py", "google_api/transport.py")


@dataclass(frozen=True)
class Message:
    """One sentence as it stands in the catalogue of translations.

    path: the file that says it. codes: Google's reasons, which the addon puts in
    brackets after it, or its own.
    """

    text: str
    path: str
    codes: tuple[str, ...] = ()


def messages(root: Path) -> list[Message]:
    """In the order of files and lines, each text once a file."""
    return [
        message
        for floor in FLOORS
        for path in sorted((root / floor).rglob("*.py"))
        for message in _of_file(root, path)
    ]


def _of_file(root: Path, path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text())
    codes = _codes(root, path, tree)
    raised = {
        id(node)
        for raising in ast.walk(tree)
        if isinstance(raising, ast.Raise)
        for node in ast.walk(raising)
    }
    said: dict[str, None] = {}
    for node in ast.walk(tree):
        for text in _texts(node):
            if _SENTENCE.search(text) or id(node) in raised:
                said[text] = None
    place = path.relative_to(root).as_posix()
    for text in said:
        yield Message(text, place, tuple(sorted(codes.get(text, ()))))


def _texts(node: ast.AST) -> list[str]:
    """What a call of `_` or of one of its kind is given to translate."""
    if not isinstance(node, ast.Call):
        return []
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name not in ("_", "_lt"):
        return []
    return [
        argument.value
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _codes(root: Path, path: Path, tree: ast.AST) -> dict[str, set[str]]:
    """The codes by text: of tables `{code: words}` and `{code: self._says_it}`."""
    constants = {**_constants(root), **_assigned(tree)}
    by_method = {
        node.name: _all_texts(node)
        for other in path.parent.glob(f"{path.stem}*.py")
        for node in ast.walk(ast.parse(other.read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    found: dict[str, set[str]] = {}
    tables = [path, *path.parent.glob("explanations.py")]
    for table in tables if path.stem.startswith("explanations") else [path]:
        for function in ast.walk(ast.parse(table.read_text())):
            if isinstance(function, ast.FunctionDef):
                _read_tables(function, constants, by_method, found)
    return found


def _read_tables(function, constants, by_method, found) -> None:
    named = {
        target.id: _all_texts(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def texts(value: ast.AST) -> list[str]:
        if isinstance(value, ast.Name):
            return named.get(value.id, [])
        if isinstance(value, ast.Attribute):
            return by_method.get(value.attr, [])
        return _all_texts(value)

    for node in ast.walk(function):
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            codes, value = _named_codes(key, value, constants)
            for text in texts(value) if codes else ():
                found.setdefault(text, set()).update(codes)


def _named_codes(key, value, constants) -> tuple[set[str], ast.AST]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return ({key.value} if _CODE.fullmatch(key.value) else set()), value
    if isinstance(key, ast.Name):
        return constants.get(key.id, set()), value
    if key is None and isinstance(value, ast.Call) and len(value.args) == 2:
        # **dict.fromkeys(SOME | OTHERS, words)
        names = {n.id for n in ast.walk(value.args[0]) if isinstance(n, ast.Name)}
        codes = set().union(*(constants.get(name, set()) for name in names))
        return codes, value.args[1]
    return set(), value


def _all_texts(node: ast.AST) -> list[str]:
    return [text for part in ast.walk(node) for text in _texts(part)]


def _constants(root: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place in _CONSTANTS:
        found |= _assigned(ast.parse((root / place).read_text()))
    return found


def _assigned(tree: ast.AST) -> dict[str, set[str]]:
    """Module constants that are a code or a set of codes, names among them followed."""
    found: dict[str, set[str]] = {}
    for node in getattr(tree, "body", ()):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            parts = list(ast.walk(node.value))
            texts = {
                part.value
                for part in parts
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
            for part in parts:
                if isinstance(part, ast.Name):
                    texts |= found.get(part.id, set())
            found[node.targets[0].id] = {
                text for text in texts if _CODE.fullmatch(text)
            }
    return found
