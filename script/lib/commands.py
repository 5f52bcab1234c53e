"""Runs other programs, keeps what they print in a log, and turns a failure into one
clear line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import work
from .steps import NO_SPACE_CURE, Stop

NO_NETWORK = re.compile(
    r"could not resolve|temporary failure (in name resolution|resolving)"
    r"|name or service not known|network is unreachable|no route to host"
    r"|connection (refused|timed out)|could not connect|cannot initiate the connection"
    r"|failed to establish a new connection|max retries exceeded|connecttimeout",
    re.IGNORECASE,
)
NO_SPACE = re.compile(r"no space left on device|disk quota exceeded", re.IGNORECASE)
# What the last lines of a failed program usually say first: the reason.
REASON = re.compile(
    r"^(E:|ERROR:|error:|fatal:|FATAL:)|Error\b|\bfailed\b", re.IGNORECASE
)


def require(program: str, package: str) -> str:
    """The path of a program of the machine, or an error that names the package to
    install."""
    path = shutil.which(program)
    if not path:
        raise Stop(
            f"{program} is missing on this machine; install it"
            f" (Debian: apt-get install {package})"
        )
    return path


def call(
    args: Sequence[str | Path],
    what: str,
    *,
    log: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    **options: object,
) -> str:
    """Runs ``args`` and returns what it printed; ``what`` says in an error what was
    being done."""
    log_path = work.folder("log") / f"{log}.log"
    done = subprocess.run(
        [str(arg) for arg in args],
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    log_path.write_text(f"$ {' '.join(str(arg) for arg in args)}\n{done.stdout}")
    if done.returncode:
        raise Stop(_failure(what, done.stdout, log_path))
    return done.stdout


def _failure(what: str, output: str, log_path: Path) -> str:
    if NO_SPACE.search(output):
        return f"{what}: {NO_SPACE_CURE}"
    if NO_NETWORK.search(output):
        return (
            f"{what}: no network, or the other side does not answer;"
            f" try again when it does ({_where(log_path)})"
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reasons = [line for line in lines if REASON.search(line)] or lines or ["no output"]
    return f"{what}: {reasons[-1][:300]} ({_where(log_path)})"


def _where(log_path: Path) -> str:
    return f"all of it in {work.short_path(log_path)}"


def require_space(gigabytes: float, what: str) -> None:
    """Stops before a long download that could not be unpacked."""
    work.WORK.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(work.WORK).free / 1e9
    if free < gigabytes:
        raise Stop(
            f"{what} needs {gigabytes:g} GB in {work.WORK}, {free:.1f} GB are free;"
            " free some, or set GOOGLE_SYNC_WORK to another folder"
        )


def clean_environment() -> dict[str, str]:
    """The caller's environment without what would steer Python or Odoo elsewhere."""
    dropped = (
        "PYTHONPATH",
        "PYTHONHOME",
        "VIRTUAL_ENV",
        "ODOO_",
        "OPENERP_",
        "__PYVENV_LAUNCHER__",
    )
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(dropped)
    }
