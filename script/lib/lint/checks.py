"""The checks of script/lint: which tool runs where, and with what."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .. import commands, work
from ..place import venv
from ..suites import odoo_tests
from . import calls, copied, documents, house, house_map, overrides, sizes, superuser

LISTS = (venv.REQUIREMENTS / "lint.txt",)
CONSTRAINTS = venv.REQUIREMENTS / "lint-constraints.txt"
# Odoo rules that are not ours, with the reason (.pylintrc enables them as a whole).
PYLINT_DISABLED = (
    # A model's parts lie in several files, one for each reason to exist.
    "consider-merging-classes-inherited",
)
# Rules of the OCA hooks that are not ours, with the reason.
OCA_MODULE_DISABLED = (
    # The module's folder below .work is no repository of a translation server.
    "weblate-component-too-long",
    # README.md is what people open; README.rst is there for the OCA's tools.
    "prefer-readme-rst",
    # Odoo's own files write "utf-8", and numbers without eval.
    "xml-header-wrong",
    "xml-field-numeric-without-eval",
)
BANNED_API = "lint.flake8-tidy-imports.banned-api"


@dataclass(frozen=True)
class Check:
    name: str
    arguments: Callable[[Path], list[str]]
    """For the folder of the addon's copy: the tool, below the environment's bin, and
    its arguments."""
    folder: Callable[[Path], Path] = lambda addon: addon

    def run(self, programs: Path, addon: Path) -> str:
        """What the tool complains about; empty when all is well."""
        tool, *arguments = self.arguments(addon)
        if not arguments:
            return ""
        done = subprocess.run(
            [programs / tool, *arguments],
            cwd=self.folder(addon),
            env=commands.clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if not done.returncode:
            return ""
        text = done.stdout.strip() or f"{tool} ended with code {done.returncode}"
        return _as_in_repository(text, addon)


@dataclass(frozen=True)
class OwnCheck:
    """A check of ours: gives a line for each complaint about the addon's copy."""

    name: str
    look: Callable[[Path], list[str]]

    def run(self, programs: Path, addon: Path) -> str:
        return "\n".join(self.look(addon))


AnyCheck = Check | OwnCheck


def _as_in_repository(text: str, addon: Path) -> str:
    """Paths as they are from the root of the repository."""
    for prefix in (f"{addon}/", f"{work.short_path(addon)}/"):
        text = text.replace(prefix, "")
    return re.sub(rf"^{work.MODULE}/", "", text, flags=re.MULTILINE)


def _ruff(*arguments: str) -> list[str]:
    # The copy lies in an ignored folder, so ruff must not ask git.
    common = (
        "--quiet",
        "--output-format=concise",
        "--no-respect-gitignore",
        "--no-cache",
    )
    return ["ruff", *arguments, *common]


def _border_of_google_api(addon: Path) -> list[str]:
    if not (addon / "google_api").is_dir():
        return ["ruff"]
    why = '{msg = "google_api/ knows nothing of Odoo"}'
    banned = f'{BANNED_API} = {{"odoo" = {why}, "google_sync.models" = {why}}}'
    return _ruff(
        "check", "--isolated", "--select=TID251", "--config", banned, "google_api"
    )


def _complexity_of_sync(addon: Path) -> list[str]:
    limit = ["--config", "lint.mccabe.max-complexity = 10"]
    return _ruff("check", "--isolated", "--select=C901", *limit, "sync")


def _po_files(addon: Path) -> list[str]:
    return ["oca-checks-po", *(str(path) for path in sorted(addon.glob("i18n*/*.po*")))]


def _readme(addon: Path) -> list[str]:
    maker = Path(__file__).with_name("readme.py")
    return ["python", str(maker), str(addon), "check"]


def _mypy(addon: Path) -> list[str]:
    cache = work.folder("cache", "mypy")
    packages = [f"-p{work.MODULE}.{part}" for part in ("sync", "google_api")]
    settings = [f"--config-file={addon / 'pyproject.toml'}", f"--cache-dir={cache}"]
    return ["mypy", *settings, "--no-error-summary", *packages]


CHECKS = (
    Check("ruff format", lambda addon: _ruff("format", "--check", ".")),
    Check("ruff", lambda addon: _ruff("check", ".")),
    Check("border of google_api", _border_of_google_api),
    Check("complexity of sync", _complexity_of_sync),
    Check(
        "pylint-odoo",
        lambda addon: [
            "pylint",
            f"--rcfile={addon / '.pylintrc'}",
            f"--disable={','.join(PYLINT_DISABLED)}",
            work.MODULE,
        ],
        folder=lambda addon: addon.parent,
    ),
    Check(
        "oca-checks-odoo-module",
        lambda addon: [
            "oca-checks-odoo-module",
            f"--disable={','.join(OCA_MODULE_DISABLED)}",
            str(addon),
        ],
    ),
    Check("oca-checks-po", _po_files),
    Check("README of the fragments", _readme),
    Check("mypy", _mypy, folder=copied.typing_tree),
    OwnCheck("borders of rooms", house.complaints),
    OwnCheck("calls between rooms", calls.upwards),
    OwnCheck("map", house_map.stale),
    OwnCheck("methods that hide others", overrides.hidden),
    OwnCheck("sizes", sizes.too_long),
    OwnCheck("sudo says why", superuser.unexplained),
    OwnCheck("tests that Odoo finds", odoo_tests.unseen),
    OwnCheck("names in documents", documents.unknown_names),
)


def programs() -> Path:
    """The folder of the tools, installed when their list changed."""
    with work.exclusive("lint-venv", "another installation of the linters"):
        return venv.ensure_named("lint-venv", LISTS, CONSTRAINTS, "the linters'").parent
