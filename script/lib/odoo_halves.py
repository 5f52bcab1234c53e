"""Cuts the addon's Odoo tests in two halves that take about as long.

By classes, with the seconds that each took last time. The second half is all but the
first: a class that is not known here is never left out.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import odoo_tests, work

#: Seconds of a class that never ran, for each of its tests: most, and in a browser.
USUAL, IN_BROWSER = 0.5, 8.0


def tags() -> tuple[str, str]:
    """The --test-tags of each half."""
    weights = _weights()
    halves: tuple[list[str], list[str]] = ([], [])
    sums = [0.0, 0.0]
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        lighter = sums.index(min(sums))
        halves[lighter].append(name)
        sums[lighter] += weights[name]
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
    return {
        name: kept.get(name, tests * (IN_BROWSER if "Tour" in name else USUAL))
        for name, tests in _classes()
    }


def _classes() -> Iterator[tuple[str, int]]:
    """Classes of tests, by their source: how many tests each has."""
    for path in odoo_tests.modules(work.ROOT):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and (tests := _tests(node)):
                yield node.name, tests


def _tests(node: ast.ClassDef) -> int:
    return sum(
        isinstance(part, ast.FunctionDef) and part.name.startswith("test")
        for part in node.body
    )
