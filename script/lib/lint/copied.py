"""A copy of the working tree for the linters, below the root and in a folder named like
the module.

At the root itself some tools find no manifest and say that all is well; others take the
name of the checkout for the module's.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from .. import commands, work


def make(name: str) -> Path:
    """Copies all that git does not ignore into ``.work/<name>/google_sync``; returns
    that folder."""
    home = work.WORK / name
    shutil.rmtree(home, ignore_errors=True)
    addon = home / work.MODULE
    for relative in _files():
        source, target = work.ROOT / relative, addon / relative
        if not source.is_file():
            # Deleted but still in git's index.
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    return addon


def _files() -> list[str]:
    git = commands.require("git", "git")
    listing = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    # The checkout may belong to another user than the one who lints it.
    trusted = [*listing[:1], "-c", f"safe.directory={work.ROOT}", *listing[1:]]
    done = subprocess.run(
        trusted, cwd=work.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise commands.Stop(f"{work.ROOT} is no git checkout: {done.stderr.strip()}")
    return [name for name in done.stdout.split("\0") if name]


def typing_tree(addon: Path) -> Path:
    """A folder where ``google_sync`` is a package of the typed parts alone, without
    Odoo's models."""
    home = addon.parent / "typing"
    package = home / work.MODULE
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for part in ("sync", "google_api"):
        (package / part).symlink_to(addon / part)
    return home
