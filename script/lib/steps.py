"""How the commands speak: one line a step with its seconds, one line an error, no
traceback.

Progress goes to stderr, so that what a command answers can be piped. What a thread does
beside the command's own steps is told when it is over.
"""

from __future__ import annotations

import contextlib
import errno
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

NO_SPACE_CURE = (
    "no disk space left; free some, or set GOOGLE_SYNC_WORK to a folder with 4 GB free"
)

verbose = True
_beside = threading.local()
_Result = TypeVar("_Result")


class Stop(Exception):
    """The command cannot go on; the text says what happened and what to do."""


def say(text: str) -> None:
    if verbose:
        _tell(f"- {text}\n")


def _tell(text: str) -> None:
    said = getattr(_beside, "said", None)
    if said is None:
        print(text, end="", file=sys.stderr, flush=True)
    else:
        said.append(text)


@contextlib.contextmanager
def beside(work: Callable[[], _Result]) -> Iterator[Future[_Result]]:
    """`work` in a thread, while the `with` block does something else."""
    said: list[str] = []

    def quietly() -> _Result:
        _beside.said = said
        return work()

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(quietly)
        try:
            yield future
        finally:
            future.exception()
            _tell("".join(said))


@contextlib.contextmanager
def step(label: str) -> Iterator[None]:
    """Announces ``label`` when it starts and adds the seconds when it ends."""
    if not verbose:
        yield
        return
    start = time.monotonic()
    _tell(f"- {label} ...")
    try:
        yield
    except BaseException:
        _tell(" failed\n")
        raise
    _tell(f" {time.monotonic() - start:.1f} s\n")


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
