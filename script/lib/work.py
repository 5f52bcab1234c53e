"""Where things are: the repository, and the one folder that holds all that is
downloaded or made.

Nothing here creates anything but folders, and nothing is ever written outside the work
folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from . import steps

ROOT = Path(__file__).resolve().parents[2]
MODULE = "google_sync"


def work_path() -> Path:
    """The work folder: ``.work`` in the repository, or GOOGLE_SYNC_WORK."""
    return (
        Path(os.environ.get("GOOGLE_SYNC_WORK") or ROOT / ".work")
        .expanduser()
        .resolve()
    )


WORK = work_path()


def folder(*names: str) -> Path:
    """A folder below the work folder, made when missing."""
    path = WORK.joinpath(*names)
    path.mkdir(parents=True, exist_ok=True)
    return path


def readable_by_all(path: Path) -> None:
    """Lets other users enter ``path``, whatever the caller's umask."""
    path.mkdir(parents=True, exist_ok=True)
    if path.stat().st_uid == os.geteuid():
        path.chmod(path.stat().st_mode | 0o055)


def digest(*parts: object) -> str:
    """A short name for what ``parts`` say; the content counts for paths of files."""
    hashed = hashlib.sha256()
    for part in parts:
        content = (
            part.read_bytes()
            if isinstance(part, Path) and part.is_file()
            else str(part).encode()
        )
        hashed.update(hashlib.sha256(content).digest())
    return hashed.hexdigest()[:12]


class Stamp:
    """Remembers, in a file, for which inputs something was made.

    Written last, so that what was interrupted half-way counts as missing.
    """

    def __init__(self, name: str, *inputs: object):
        self.path = WORK / "stamps" / name
        self.value = digest(*inputs)

    def is_current(self) -> bool:
        return self.path.is_file() and self.path.read_text() == self.value

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def exclusive(name: str, waiting_for: str) -> Iterator[None]:
    """Hold the lock ``name``; says what it waits for when another process has it."""
    with open(folder("locks") / name, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            steps.say(f"waiting for {waiting_for} in another process")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def short_path(path: Path) -> str:
    """``path`` as a person at the repository root would type it."""
    with contextlib.suppress(ValueError):
        return str(path.relative_to(ROOT))
    return str(path)
