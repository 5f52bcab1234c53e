"""Where our PostgreSQL server lives, and as which user it runs.

It refuses to run as root: root runs it as nobody, who must be able to enter its folder.
"""

from __future__ import annotations

import os
import pwd
import tempfile
from pathlib import Path

from .. import work

# Longer paths do not fit into a Unix socket's address.
LONGEST_SOCKET_DIR = 80


def as_server_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: root runs it as nobody."""
    if os.geteuid():
        return {"start_new_session": True}
    nobody = pwd.getpwnam("nobody")
    return {
        "start_new_session": True,
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
    }


def give_to_server_user(path: Path) -> None:
    if not os.geteuid():
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def home() -> Path:
    """In the work folder; elsewhere when root's server user could not enter it."""
    home = work.WORK / "postgres"
    if os.geteuid() or all(
        _others_may_enter(parent) for parent in home.parents if parent.exists()
    ):
        return home
    return Path("/var/tmp") / f"google_sync-postgres-{work.digest(work.WORK)}"


def _others_may_enter(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o001)


def socket_dir(home: Path) -> Path:
    inside = home / "run"
    if len(str(inside)) <= LONGEST_SOCKET_DIR:
        return inside
    return Path(tempfile.gettempdir()) / f"google_sync-{work.digest(home)}"
