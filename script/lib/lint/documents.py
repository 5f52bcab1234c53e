"""What documents name in backticks is there: files, and methods of classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

#: Where engineers look names up; a text for users names nothing of the code.
DOCUMENTS = ("CONTRIBUTING.md", "docs/*.md", "sandbox/*.md")
SOURCES = ("*.py", "*.js", "*.xml", "script/*")
_QUOTED = re.compile(r"`([^`\s]+)`")
_FILE = re.compile(r"[\w./-]+\.(?:py|xml|js|md|svg)")
_METHOD = re.compile(r"([A-Z]\w+)\.(\w+[a-z])")
_OUTSIDE = re.compile(r"^[./]*(?:\.work|odoo|node_modules)/")


def unknown_names(root: Path) -> list[str]:
    """A complaint for each name that is nowhere any more."""
    sources = [path for form in SOURCES for path in _found(root, form)]
    defined = set(
        re.findall(
            r"\b\w+\b",
            "\n".join(path.read_text(errors="ignore") for path in sources),
        )
    )
    files = [f"/{path.relative_to(root)}" for path in _found(root, "*")]
    return [
        f"{document.relative_to(root)}:{number}: there is no {name}"
        for form in DOCUMENTS
        for document in sorted(root.glob(form))
        for number, name in _quoted(document)
        if not _is_there(name, defined, files)
    ]


def _found(root: Path, form: str) -> list[Path]:
    return [path for path in sorted(root.rglob(form)) if path.is_file()]


def _quoted(document: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(document.read_text().splitlines(), 1):
        for name in _QUOTED.findall(line):
            yield number, name


def _is_there(name: str, defined: set[str], files: list[str]) -> bool:
    if _FILE.fullmatch(name) and not _OUTSIDE.match(name):
        return any(path.endswith("/" + name.lstrip("./")) for path in files)
    if found := _METHOD.fullmatch(name):
        # A name that ends in dots stands for several.
        return found[1] in defined and found[2] in defined
    return True
