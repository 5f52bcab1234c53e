"""The environment of what packs the addon and builds its documentation, and what the
tests of its installation need: they run without a network."""

from __future__ import annotations

from pathlib import Path

from .. import commands, work
from ..steps import step
from . import venv

LISTS = (venv.REQUIREMENTS / "tools.txt",)
CONSTRAINTS = venv.REQUIREMENTS / "tools-constraints.txt"
ADDON = work.ROOT / "requirements.txt"


def ensure() -> Path:
    """The Python that has whool and Sphinx."""
    with work.exclusive("tools-venv", "another installation of the tools"):
        return venv.ensure_named("tools-venv", LISTS, CONSTRAINTS, "the tools'")


def ensure_plain() -> Path:
    """The Python of somebody who has Odoo and has never heard of the addon."""
    lists = (venv.REQUIREMENTS / "odoo.txt",)
    with work.exclusive("plain-venv", "another installation of Odoo's packages"):
        return venv.ensure_named(
            "plain-venv", lists, venv.CONSTRAINTS, "a plain Odoo's"
        )


def ensure_wheels() -> Path:
    """A folder with the packages that the addon needs beside Odoo's."""
    python = ensure_plain()
    folder = work.folder(f"addon-wheels-{venv.VERSION}")
    with work.exclusive("addon-wheels", "another download of the addon's packages"):
        stamp = work.Stamp(folder.name, folder, ADDON, venv.CONSTRAINTS)
        if not stamp.is_current():
            stamp.remove()
            options = ("--prefer-binary", "-c", venv.CONSTRAINTS, "-r", ADDON)
            with step("downloading the addon's Python packages"):
                commands.call(
                    [python, "-m", "pip", "download", "-q", "-d", folder, *options],
                    "downloading Python packages",
                    log="pip",
                    env=commands.clean_environment(),
                )
            stamp.write()
    return folder


def ensure_for_tests() -> None:
    """All that the tests of packaging take from a network."""
    ensure()
    ensure_wheels()
