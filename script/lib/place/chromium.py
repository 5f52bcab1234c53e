"""The browser for tours: found, or installed from Debian's packages where that is
allowed."""

from __future__ import annotations

import os
import shutil

from .. import commands
from ..steps import Stop, say, step

# The names that Odoo's test harness looks for.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure() -> bool:
    """Whether there is a browser; without one Odoo skips its browser tests."""
    if _found():
        return True
    if os.geteuid() or not shutil.which("apt-get"):
        say("no Chromium: browser tests are skipped (Debian: apt-get install chromium)")
        return False
    try:
        with step("installing Chromium"):
            _install()
    except Stop as stop:
        say(f"browser tests are skipped: {stop}")
    return _found()


def _found() -> bool:
    return any(shutil.which(name) for name in NAMES)


def _install() -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    commands.call(
        ["apt-get", "-q", "update"],
        "reading Debian's package lists",
        log="chromium",
        env=env,
    )
    install = ["apt-get", "-q", "install", "-y", "--no-install-recommends", "chromium"]
    commands.call(install, "installing Chromium", log="chromium", env=env)
