"""Odoo on one database, doing what the bench asks for: one line of JSON each way.

    python -m lib.bench.worker ours|theirs|plain DATABASE

The first line is {"google": address}, each later one {"do": name, ...arguments}; the
answer holds what the method returned in "answer", and how long, how much processor time
and how much memory it took, unless the line says "measure": false. Must not be run as a
file: the folder has an odoo.py.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path

from .odoo import Plain, start
from .ours import Ours
from .theirs import Theirs

SIDES = {"ours": Ours, "theirs": Theirs, "plain": Plain}
STATUS = Path("/proc/self/status")


def main(side: str, database: str) -> None:
    # Whatever Odoo prints must not get between our lines.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    registry = start(database)
    # Google was started at the same time; only now its address is needed.
    os.environ["GOOGLE_SYNC_API_ROOT"] = json.loads(sys.stdin.readline())["google"]
    odoo = SIDES[side](registry)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        method = getattr(odoo, asked.pop("do"))
        try:
            alone = asked.pop("measure", True)
            said = measured(method, asked) if alone else {"answer": method(**asked)}
        except Exception as error:
            said = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(said), file=answers, flush=True)
            raise
        print(json.dumps(said), file=answers, flush=True)
    # Without waiting for timers and pools.
    os._exit(0)


def measured(method, arguments: dict) -> dict:
    """What the method returned, and seconds and megabytes.

    "cpu" is this process's own: neither PostgreSQL's nor Google's. "peak" is how far
    the resident memory rose above where it was before.
    """
    gc.collect()
    before, can_reset = _megabytes("VmRSS"), _reset_peak()
    cpu, wall = time.process_time(), time.perf_counter()
    profile = _profile()
    answer = method(**arguments)
    _close(profile, f"{type(method.__self__).__name__}-{method.__name__}")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = _megabytes("VmHWM") - before if can_reset else None
    return {"answer": answer, "wall": wall, "cpu": cpu, "peak": peak}


def _megabytes(name: str) -> float:
    line = next(x for x in STATUS.read_text().splitlines() if x.startswith(name))
    return int(line.split()[1]) / 1024


def _reset_peak() -> bool:
    """Forget the peak of memory so far; not every machine lets us."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def _profile():
    """A running profile when GOOGLE_SYNC_BENCH_PROFILE names a folder."""
    if not os.environ.get("GOOGLE_SYNC_BENCH_PROFILE"):
        return None
    import cProfile

    profile = cProfile.Profile()
    profile.enable()
    return profile


def _close(profile, name: str) -> None:
    if profile:
        profile.disable()
        folder = Path(os.environ["GOOGLE_SYNC_BENCH_PROFILE"])
        profile.dump_stats(folder / f"{name}-{time.time_ns()}.prof")


if __name__ == "__main__":
    main(*sys.argv[1:])
