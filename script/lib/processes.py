"""Child processes that leave nothing behind: marked by a variable of their environment,
found by it again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

MARK = "GOOGLE_SYNC_STARTED_BY"
PATIENCE = 10


def mark() -> dict[str, str]:
    """The variable that all processes we start carry, and those that they start
    (browsers, say)."""
    return {MARK: str(os.getpid())}


class Limit:
    """Ends all that we started when it takes too long."""

    def __init__(self, minutes: float):
        self.exceeded = False
        self._minutes = minutes
        self._timer = threading.Timer(minutes * 60, self._end)
        # A command that ends does not wait for it.
        self._timer.daemon = True

    def __enter__(self) -> Limit:
        self._timer.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._timer.cancel()

    def __str__(self) -> str:
        return f"ended after {self._minutes:g} minutes (--limit)"

    def _end(self) -> None:
        self.exceeded = True
        end_marked()


@contextlib.contextmanager
def started(
    args: Sequence[str | Path], env: Mapping[str, str], **options: object
) -> Iterator[subprocess.Popen]:
    """Runs ``args`` in a session of its own; whatever is left of it at the end is
    ended."""
    process = subprocess.Popen(
        [str(arg) for arg in args],
        env={**env, **mark()},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **options,
    )
    try:
        yield process
    finally:
        end_marked()
        process.wait()


def end_marked() -> None:
    """Ends all processes that carry our mark: asked first, killed after some
    seconds."""
    deadline = time.monotonic() + PATIENCE
    _send(signal.SIGTERM)
    while _marked() and time.monotonic() < deadline:
        time.sleep(0.1)
    _send(signal.SIGKILL)


def _send(signum: int) -> None:
    for process in _marked():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, signum)


def _marked() -> list[int]:
    wanted = f"{MARK}={os.getpid()}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            is_ours = wanted in (path / "environ").read_bytes().split(b"\0")
            if is_ours and int(path.name) != os.getpid() and not _is_zombie(path):
                found.append(int(path.name))
    return found


def _is_zombie(path: Path) -> bool:
    return (path / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
