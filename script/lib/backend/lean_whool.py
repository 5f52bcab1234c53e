"""Builds the addon's packages: whool, the OCA's build backend, on what a server needs.

whool packs all that git knows, from a folder that must bear the module's name. Here the
checkout may be called anything, and the wheel leaves out what no server needs; an
archive of the sources (sdist) has everything.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from whool import buildapi
from whool.buildapi import (  # noqa: F401
    build_editable,
    prepare_metadata_for_build_editable,
)

MODULE = "google_sync"
# What is not needed to run, by the beginning of its path; hidden files go without
# saying.
LEFT_OUT = (
    "CONTRIBUTING.md",
    "README.md",
    "compose/",
    "docs/",
    "readme/",
    "requirements.txt",
    "ruff.toml",
    "sandbox/",
    "script/",
    "static/tests/",
    "tests/",
)
# In an archive of the sources: whool's words for "already listed".
LISTED = "PKG-INFO"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    wheels = Path(wheel_directory).resolve()
    with _copy(_is_needed):
        return buildapi.build_wheel(str(wheels), config_settings)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder = Path(metadata_directory).resolve()
    with _copy(_is_needed):
        return buildapi.prepare_metadata_for_build_wheel(str(folder), config_settings)


def build_sdist(sdist_directory, config_settings=None):
    archives = Path(sdist_directory).resolve()
    with _copy(lambda path: True):
        return buildapi.build_sdist(str(archives), config_settings)


def _is_needed(path: str) -> bool:
    if path == LISTED:
        return True
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and not path.startswith(LEFT_OUT)


@contextlib.contextmanager
def _copy(wanted) -> Iterator[None]:
    """The current folder is a copy of what is wanted, named like the module."""
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as home:
        addon = Path(home) / MODULE
        for path in filter(wanted, _files(root)):
            target = addon / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / path, target)
        before = os.environ.get("GIT_CEILING_DIRECTORIES")
        # Whoever asks git there asks about the copy, not about a repository around it.
        os.environ["GIT_CEILING_DIRECTORIES"] = str(Path(home).resolve())
        os.chdir(addon)
        try:
            yield
        finally:
            os.chdir(root)
            os.environ.pop("GIT_CEILING_DIRECTORIES")
            if before is not None:
                os.environ["GIT_CEILING_DIRECTORIES"] = before


def _files(root: Path) -> Iterable[str]:
    """What git knows; all that is there where there is no repository."""
    if (root / ".git").exists():
        listing = ["git", "-c", f"safe.directory={root}", "ls-files", "-z"]
        said = subprocess.run(listing, cwd=root, capture_output=True, text=True)
        if not said.returncode:
            names = said.stdout.split("\0")
            return [name for name in names if (root / name).is_file()]
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
