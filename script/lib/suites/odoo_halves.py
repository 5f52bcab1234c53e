"""Cuts the addon's Odoo tests in two halves that take about as long.

By classes, with the seconds that each took last time; those that open a browser stay
together, so that Odoo's scripts and styles are compiled once. The second half is all
but the first: a class that is not known here is never left out.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import work
from . import odoo_tests

#: Seconds of a class that never ran, for each of its tests: most, and in a browser.
USUAL, IN_BROWSER = 0.5, 8.0


def tags() -> tuple[str, str]:
    """The --test-tags of each half."""
    weights, kept = _weights(), _kept_together()
    blocks = [sorted(kept), *([name] for name in sorted(weights.keys() - kept))]
    halves: tuple[list[str], list[str]] = ([], [])
    sums = [0.0, 0.0]
    weighed = [(sum(weights[name] for name in block), block) for block in blocks]
    for weight, block in sorted(weighed, key=lambda x: -x[0]):
        lighter = sums.index(min(sums))
        halves[lighter].extend(block)
        sums[lighter] += weight
    one = [f"/{work.MODULE}:{name}" for name in sorted(halves[0])]
    return ",".join(one), ",".join([f"/{work.MODULE}", *(f"-{tag}" for tag in one)])


def keep(seconds: Mapping[str, float]) -> None:
    """Remember what each class took."""
    with work.exclusive("odoo-seconds", "another run's figures"):
        path = _path()
        path.write_text(json.dumps({**_kept(), **seconds}, indent=1, sort_keys=True))


def _path() -> Path:
    return work.folder("log") / "odoo-seconds.json"


def _kept() -> dict[str, float]:
    path = _path()
    return json.loads(path.read_text()) if path.exists() else {}


def _weights() -> dict[str, float]:
    kept = _kept()
    weights: dict[str, float] = {}
    for node in _classes():
        usual = IN_BROWSER if _opens_browser(node) else USUAL
        # One name can stand for several classes: they go together.
        guessed = weights.get(node.name, 0.0) + _tests(node) * usual
        weights[node.name] = kept.get(node.name, guessed)
    return weights


def _kept_together() -> set[str]:
    return {node.name for node in _classes() if _opens_browser(node)}


def _classes() -> Iterator[ast.ClassDef]:
    """Classes of tests, by their source."""
    for path in odoo_tests.modules(work.ROOT):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and _tests(node):
                yield node


def _opens_browser(node: ast.ClassDef) -> bool:
    """By what it calls, or, where a helper calls it, by its name."""
    called = any(
        isinstance(part, ast.Attribute) and part.attr in ("start_tour", "browser_js")
        for part in ast.walk(node)
    )
    return called or node.name.endswith(("Tour", "Tours", "Phone"))


def _tests(node: ast.ClassDef) -> int:
    return sum(
        isinstance(part, ast.FunctionDef) and part.name.startswith("test")
        for part in node.body
    )
