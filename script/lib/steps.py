"""How the commands speak: one line a step with its seconds, one line an error, no
traceback.

Progress goes to stderr, so that what a command answers can be piped.
"""

from __future__ import annotations

import contextlib
import errno
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

NO_SPACE_CURE = (
    "no disk space left; free some, or set GOOGLE_SYNC_WORK to a folder with 4 GB free"
)

verbose = True


class Stop(Exception):
    """The command cannot go on; the text says what happened and what to do."""


def say(text: str) -> None:
    if verbose:
        print(f"- {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(label: str) -> Iterator[None]:
    """Announces ``label`` when it starts and adds the seconds when it ends."""
    if not verbose:
        yield
        return
    start = time.monotonic()
    print(f"- {label} ...", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        print(" failed", file=sys.stderr, flush=True)
        raise
    print(f" {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)


def run(main: Callable[[list[str]], int]) -> None:
    """Runs a command's ``main(arguments)`` and exits with its code; the only place that
    prints errors."""
    signal.signal(signal.SIGTERM, _interrupt)
    name = Path(sys.argv[0])
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except Stop as stop:
        code = _complain(name, str(stop))
    except KeyboardInterrupt:
        code = _complain(name, "interrupted", code=130)
    except BrokenPipeError:
        sys.stderr.close()
        code = 141
    except OSError as error:
        code = _complain(name, _explain(error))
    sys.exit(code)


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def _complain(name: Path, text: str, code: int = 1) -> int:
    print(f"{name.parent.name}/{name.name}: {text}", file=sys.stderr, flush=True)
    return code


def _explain(error: OSError) -> str:
    what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{what}: {NO_SPACE_CURE}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"not allowed to write ({what}); set GOOGLE_SYNC_WORK to a folder of yours"
        )
    return what
