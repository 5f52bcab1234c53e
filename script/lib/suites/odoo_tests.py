"""Which modules of tests Odoo finds: those that `tests` has under a name `test_*`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

#: Suites of their own, run by pytest.
OTHERS = ("core", "lifecycle", "packaging", "processes", "queue_job", "sandbox")


def modules(root: Path) -> Iterator[Path]:
    """The files of tests in Odoo."""
    folder = root / "tests"
    for path in sorted(folder.rglob("test_*.py")):
        if path.relative_to(folder).parts[0] not in OTHERS:
            yield path


def unseen(root: Path) -> list[str]:
    """A complaint for each module that `tests/__init__.py` does not import."""
    imported = set(_imported(root / "tests" / "__init__.py"))
    return [
        f"{path.relative_to(root)}:1: is not imported in tests/__init__.py,"
        " so Odoo never runs it"
        for path in modules(root)
        if path.relative_to(root / "tests").with_suffix("").parts not in imported
    ]


def _imported(path: Path) -> Iterator[tuple[str, ...]]:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            room = node.module.split(".") if node.module else []
            for alias in node.names:
                if (alias.asname or alias.name).startswith("test_"):
                    yield (*room, alias.name)
