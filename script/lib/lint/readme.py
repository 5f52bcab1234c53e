"""README.rst and static/description/index.html, made of the fragments in ``readme/``.

Their form is the OCA's: the same fragments, in the same order and under the same
headings as its own tool has them, so that either may write them. Run with a Python that
has docutils: ``readme.py <addon> write`` or ``readme.py <addon> check``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from docutils.core import publish_string

README = "README.rst"
PAGE = "static/description/index.html"
MODULE = "google_sync"
BRANCH = "19.0"
SECTIONS = (
    ("INSTALL", "Installation"),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("DEVELOP", "Development"),
    ("ROADMAP", "Known issues / Roadmap"),
)
NOTICE = """..
   Made of the fragments in readme/ by script/readme; what is changed here is lost.
"""
# What the page of an app in Odoo needs to be told; the rest is docutils' own.
STYLE = "body{max-width:60em;margin:auto;padding:1em}"
OPTIONS = {
    "input_encoding": "unicode",
    "output_encoding": "unicode",
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "initial_header_level": "2",
    "syntax_highlight": "none",
    "report_level": 2,
    "halt_level": 2,
    # Nothing of the machine that made it.
    "datestamp": None,
    "generator": False,
    "_disable_config": True,
}


def made(addon: Path) -> dict[str, str]:
    """Both files, as they should be."""
    text = "\n".join(_readme(addon))
    page = publish_string(
        text.replace("static/description/", ""),
        writer_name="html5",
        settings_overrides=OPTIONS,
    )
    page = page.replace("</head>", f"<style>{STYLE}</style>\n</head>")
    lines = [line for line in page.splitlines() if 'name="generator"' not in line]
    return {README: text, PAGE: "\n".join(lines) + "\n"}


def _readme(addon: Path) -> Iterator[str]:
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    name, site = manifest["name"], manifest["website"]
    yield from ("=" * len(name), name, "=" * len(name), "", NOTICE)
    yield _fragment(addon, "DESCRIPTION")
    yield from ("**Table of contents**", "", ".. contents::", "   :local:", "")
    for fragment, title in SECTIONS:
        yield from _section(title, "=", _fragment(addon, fragment))
    tracker = f"Bugs are tracked on `GitHub Issues <{site}/issues>`_."
    yield from _section("Bug Tracker", "=", f"{tracker}\n")
    yield from _section("Credits", "=", "")
    authors = [f"* {author.strip()}" for author in manifest["author"].split(",")]
    yield from _section("Authors", "~", "\n".join(authors) + "\n")
    yield from _section("Contributors", "~", _fragment(addon, "CONTRIBUTORS"))
    people = ", ".join(
        f"`{who} <https://github.com/{who}>`__" for who in manifest["maintainers"]
    )
    whole = f"This module is part of `{MODULE} <{site}/tree/{BRANCH}>`_ on GitHub."
    yield from _section("Maintainers", "~", f"{people}\n\n{whole}\n")


def _section(title: str, line: str, text: str) -> Iterator[str]:
    yield from (title, line * len(title), "")
    if text:
        yield text


def _fragment(addon: Path, name: str) -> str:
    return (addon / "readme" / f"{name}.rst").read_text()


def main(addon: Path, what: str) -> int:
    stale = 0
    for name, text in made(addon).items():
        path = addon / name
        if path.is_file() and path.read_text() == text:
            continue
        if what == "write":
            path.write_text(text)
        else:
            stale = 1
            print(f"{name}:1: is not what readme/ says; script/readme makes it anew")
    return stale


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
