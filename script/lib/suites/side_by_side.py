"""Runs several suites at once, each in a process of its own, and counts them together.

What they say is shown as if they ran one after the other: the first one's output as it
comes, that of the others when their turn is there.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from .. import steps
from ..results import Result

COUNTS = re.compile(rb"(\d+) passed, (\d+) failed, (\d+) skipped\s*\Z")
# Enough for the line with the counts.
TAIL = 200


def at_once() -> None:
    """Nothing to wait for."""


@dataclass(frozen=True)
class Job:
    """A call of script/test that runs a part of what was asked for.

    after: waits until what it needs is there, or raises.
    """

    name: str
    args: Sequence[str]
    after: Callable[[], object] = at_once


class Terminal:
    """Shows what the jobs say in their order, whoever of them is faster."""

    def __init__(self, jobs: int):
        self._held: list[list[tuple[IO[bytes], bytes]]] = [[] for _ in range(jobs)]
        self._ended = [False] * jobs
        self._turn = 0
        self._lock = threading.Lock()

    def show(self, job: int, stream: IO[bytes], said: bytes) -> None:
        with self._lock:
            if job == self._turn:
                _write(stream, said)
            else:
                self._held[job].append((stream, said))

    def end(self, job: int) -> None:
        with self._lock:
            self._ended[job] = True
            while self._turn < len(self._ended) and self._ended[self._turn]:
                self._turn += 1
                if self._turn < len(self._held):
                    for stream, said in self._held[self._turn]:
                        _write(stream, said)


def _write(stream: IO[bytes], said: bytes) -> None:
    stream.write(said)
    stream.flush()


class Runner:
    """Runs jobs, so many at once; leaves no process behind."""

    def __init__(self, jobs: Sequence[Job]):
        self._jobs = jobs
        self._terminal = Terminal(len(jobs))
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopping = False

    def run(self, at_once: int, meanwhile: Callable[[], object]) -> Result:
        total = Result()
        with ThreadPoolExecutor(at_once) as pool, self._ending_all():
            results = pool.map(self._job, range(len(self._jobs)))
            meanwhile()
            for result in results:
                total += result
        return total

    def _job(self, number: int) -> Result:
        job = self._jobs[number]
        if self._stopping:
            return Result()
        job.after()
        started = time.monotonic()
        with self._process(job) as process:
            said = self._follow(number, process)
            code = process.wait()
        if self._stopping:
            return Result()
        result, complaint = _counted(job, code, said)
        took = f"- {job.name} took {time.monotonic() - started:.0f} s\n"
        self._terminal.show(number, sys.stdout.buffer, complaint.encode())
        self._terminal.show(number, sys.stderr.buffer, took.encode())
        self._terminal.end(number)
        return result

    @contextlib.contextmanager
    def _process(self, job: Job) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [sys.executable, sys.argv[0], *job.args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Ctrl-C reaches it through us, once.
            start_new_session=True,
        )
        self._running.add(process)
        try:
            with process:
                yield process
        finally:
            self._running.discard(process)

    def _follow(self, number: int, process: subprocess.Popen[bytes]) -> bytes:
        """Shows what the process says; returns the end of its stdout."""
        errors = threading.Thread(
            target=self._copy, args=(number, process.stderr, sys.stderr.buffer)
        )
        errors.start()
        tail = self._copy(number, process.stdout, sys.stdout.buffer)
        errors.join()
        return tail

    def _copy(self, number: int, source: IO[bytes], target: IO[bytes]) -> bytes:
        tail = b""
        while said := os.read(source.fileno(), 65536):
            tail = (tail + said)[-TAIL:]
            self._terminal.show(number, target, said)
        return tail

    @contextlib.contextmanager
    def _ending_all(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._stopping = True
            for process in list(self._running):
                # It ends what it has started itself.
                process.send_signal(signal.SIGTERM)
            raise


def _counted(job: Job, code: int, said: bytes) -> tuple[Result, str]:
    """What it came to; without counts, or failed untold, it is one more failure."""
    counts = COUNTS.search(said)
    result = Result(*map(int, counts.groups())) if counts else Result()
    if counts and (not code or result.failed):
        return result, ""
    why = f"ended with code {code}{'' if counts else ' before it counted'}"
    return result + Result(failed=1), f"\nFAILED {job.name}: {why}\n"


def run(
    jobs: Sequence[Job], at_once: int, meanwhile: Callable[[], object] = at_once
) -> Result:
    """The counts of all jobs; one that ends without counts is a failure.

    meanwhile: done here, once the first jobs have begun.
    """
    names = ", ".join(job.name for job in jobs)
    steps.say(f"{at_once} at once: {names}")
    return Runner(jobs).run(at_once, meanwhile)
