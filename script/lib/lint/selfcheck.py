"""Proves that each check of script/lint sees what it is there for: plants one error for
each in a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import checks, copied

BRANCHES = "".join(f"    if n == {number}:\n        n += 1\n" for number in range(11))


@dataclass(frozen=True)
class Planted:
    check: str
    path: str
    text: str
    seen: str
    """What the check must say, beside the file's name."""


PLANTED = (
    Planted("ruff format", "models/planted_format.py", "x = {  'a':1 }\n", ""),
    Planted("ruff", "tests/core/planted_unused.py", "import os\n", "F401"),
    Planted(
        "ruff",
        "script/lib/planted_blind.py",
        "try:\n    x = 1\nexcept Exception:\n    x = 2\n",
        "BLE001",
    ),
    Planted("ruff", "sync/planted_odoo.py", "import odoo\n\nprint(odoo)\n", "TID251"),
    Planted(
        "ruff",
        "sync/planted_google.py",
        "from googleapiclient import http\n\nprint(http)\n",
        "TID251",
    ),
    Planted(
        "ruff",
        "sync/planted_arrow.py",
        "from ..google_api import errors\n\nprint(errors)\n",
        "TID251",
    ),
    Planted(
        "border of google_api",
        "google_api/planted_odoo.py",
        "from odoo import fields\n\nprint(fields)\n",
        "TID251",
    ),
    Planted(
        "border of google_api",
        "google_api/planted_up.py",
        "from ..models import x\n\nprint(x)\n",
        "TID251",
    ),
    Planted(
        "README of the fragments", "README.rst", "of before\n", "is not what readme/"
    ),
    Planted(
        "complexity of sync",
        "sync/planted_branches.py",
        f"def count(n):\n{BRANCHES}    return n\n",
        "C901",
    ),
    Planted(
        "pylint-odoo",
        "models/planted_sql.py",
        "def find(self, name):\n    self.env.cr.execute('SELECT %s' % name)\n",
        "sql-injection",
    ),
    Planted(
        "oca-checks-odoo-module", "views/planted.xml", "<odoo><record></odoo>\n", ""
    ),
    Planted(
        "oca-checks-po",
        "i18n/planted.po",
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        "#. module: google_sync\n#: code:x\n#, python-format\n"
        'msgid "%s is here"\nmsgstr "est ici"\n',
        "",
    ),
    Planted(
        "mypy",
        "sync/planted_types.py",
        "def same(value):\n    return value\n",
        "no-untyped-def",
    ),
    Planted(
        "borders of rooms",
        "sync/planted_room.py",
        "from .contacts import run\n\nprint(run)\n",
        "sync may not import sync/contacts",
    ),
    Planted(
        "borders of rooms",
        "models/journal/planted_up.py",
        "from ..reset import planted\n\nprint(planted)\n",
        "models/journal may not import models/reset",
    ),
    # What the one above imports; its name is in the complaint.
    Planted("borders of rooms", "models/reset/planted.py", "", ""),
    Planted(
        "calls between rooms",
        "models/account/planted_call.py",
        "class Account(models.Model):\n"
        "    _inherit = 'google.sync.account'\n\n"
        "    def _go(self):\n        self.run_sync()\n",
        "run_sync is defined above, in models/running/sync.py",
    ),
    Planted(
        "methods that hide others",
        "wizards/planted_dead.py",
        "class Account(models.Model):\n"
        "    _inherit = 'google.sync.account'\n\n"
        "    def _accept_grant(self, grant, client_id):\n        pass\n",
        "_accept_grant hides",
    ),
    Planted(
        "methods that hide others",
        "models/running/planted_twice.py",
        "class Account(models.Model):\n"
        "    _inherit = 'google.sync.account'\n\n"
        "    def _stopped(self, work, stop):\n"
        "        return super()._stopped(work, stop)\n",
        "_stopped stands in",
    ),
    Planted(
        "sudo says why",
        "models/account/planted_sudo.py",
        "def find(self):\n    return self.sudo().token_id\n",
        "without a comment",
    ),
    Planted("sizes", "sync/planted_long.py", "x = 1\n" * 351, "350 is the bound"),
    Planted(
        "sizes",
        "models/planted_function.py",
        "def long():\n" + "    x = 1\n" * 46,
        "long has 47 lines",
    ),
    Planted("map", "docs/images/map.svg", "<svg/>\n", "script/map"),
    Planted("tests that Odoo finds", "tests/test_planted.py", "", "is not imported"),
    Planted(
        "names in documents",
        "docs/planted.md",
        "See `sync/gone.py`.\n",
        "no sync/gone.py",
    ),
)


def run() -> list[str]:
    """One line for each planted error that its check did not see."""
    return _unseen(checks.CHECKS)


def run_own() -> list[str]:
    """The same for the checks that are ours and no tool's: a matter of a second."""
    own = [x for x in checks.CHECKS if isinstance(x, checks.OwnCheck)]
    without = {check.name for check in own} - {planted.check for planted in PLANTED}
    never = [f"{name} has no planted error to see" for name in sorted(without)]
    return never + _unseen(own)


def planted_for(chosen: Sequence[checks.AnyCheck]) -> list[Planted]:
    names = {check.name for check in chosen}
    return [planted for planted in PLANTED if planted.check in names]


def _unseen(chosen: Sequence[checks.AnyCheck]) -> list[str]:
    addon = copied.make("lint-selfcheck")
    cases = planted_for(chosen)
    for planted in cases:
        path = addon / planted.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(planted.text)
    _declare(addon, "views/planted.xml")
    programs = checks.programs()
    said = {check.name: check.run(programs, addon) for check in chosen}
    return [
        f"{planted.check} does not see what is wrong in {planted.path}"
        for planted in cases
        if not _is_seen(planted, said[planted.check])
    ]


def _declare(addon: Path, path: str) -> None:
    """Only files that the manifest names are checked."""
    manifest = addon / "__manifest__.py"
    text = manifest.read_text()
    manifest.write_text(text.replace('"data": [', f'"data": ["{path}", ', 1))


def _is_seen(planted: Planted, said: str) -> bool:
    name = Path(planted.path).name
    return any(
        name in line and planted.seen in line
        for line in said.replace("\n  ", " ").splitlines()
    )
