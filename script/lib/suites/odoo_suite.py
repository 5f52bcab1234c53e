"""Runs the addon's Odoo tests: a clone of the template, the addon installed in it,
tests, the clone dropped."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .. import ports, processes, work
from ..place import chromium
from ..place.environment import Environment
from ..results import Result, environment, failure
from ..steps import step
from . import odoo_halves
from .odoo_log import OdooLog

NAME = "odoo"
# A second, short run: Odoo's own Google synchronisation is installed beside the addon.
NEIGHBOUR = "neighbour"
NEIGHBOUR_MODULE = "google_calendar"
NEIGHBOUR_TAGS = f"{NEIGHBOUR_MODULE}/{work.MODULE}"
DATABASE_PREFIX = "gs_test_"
KEPT_LOGS = 10


def has_tests() -> bool:
    return (work.ROOT / "tests" / "__init__.py").exists()


def run(env: Environment, tags: str, minutes: float) -> Result:
    return _run(env, work.MODULE, tags, minutes)


def run_neighbour(env: Environment, minutes: float) -> Result:
    """What the addon does where people used google_calendar before."""
    modules = f"{NEIGHBOUR_MODULE},{work.MODULE}"
    return _run(env, modules, NEIGHBOUR_TAGS, minutes)


def _run(env: Environment, modules: str, tags: str, minutes: float) -> Result:
    chromium.ensure()
    env.databases.drop_abandoned(DATABASE_PREFIX)
    database = f"{DATABASE_PREFIX}{os.getpid()}"
    with step(f"making the database {database}"):
        env.clone_database(database)
    try:
        log, ended = _followed(env, database, modules, tags, minutes)
        return _counted(log, ended)
    finally:
        env.drop_database(database)


def _followed(
    env: Environment, database: str, modules: str, tags: str, minutes: float
) -> tuple[OdooLog, str]:
    """Runs Odoo, shows what matters of its log, keeps all of it.

    Returns what was read, and how Odoo ended: empty for a good end.
    """
    args = env.odoo_command(
        database,
        "-i",
        modules,
        f"--test-tags={tags}",
        "--stop-after-init",
        "--max-cron-threads=0",
        f"--http-port={ports.free_port()}",
        f"--gevent-port={ports.free_port()}",
        f"--screenshots={work.folder('log', 'screenshots')}",
    )
    log, log_path = OdooLog(), _new_log_path()
    options = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "text": True,
        "errors": "replace",
    }
    with (
        open(log_path, "w") as full,
        processes.started(args, environment(env.environ), **options) as process,
        processes.Limit(minutes) as limit,
    ):
        for line in process.stdout:
            full.write(line)
            for shown in log.feed(line.rstrip("\n")):
                print(shown, flush=True)
        code = process.wait()
    if limit.exceeded:
        return log, str(limit)
    return log, f"ended with code {code}" if code else ""


def _counted(log: OdooLog, ended: str) -> Result:
    result = log.result()
    where = f"see {work.short_path(_log_path())}"
    print(f"{result} (Odoo)", flush=True)
    if log.reported:
        odoo_halves.keep(log.seconds)
    else:
        text = f"Odoo {ended or 'ended'}, not all tests were run{log.where()}; {where}"
        return result + failure(NAME, text)
    if log.errors:
        result += failure(
            NAME,
            f"errors in Odoo's log ({len(log.errors)}), the first:"
            f" {log.errors[0][:200]}; {where}",
        )
    if not log.started and not log.skipped:
        return result + failure(NAME, f"no test was found; {where}")
    if ended and not result.failed:
        return result + failure(NAME, f"Odoo {ended}; {where}")
    return result


def _log_path() -> Path:
    """This run's own: several may run in one checkout."""
    return work.folder("log") / f"odoo-tests-{os.getpid()}.log"


def _new_log_path() -> Path:
    older = sorted(
        work.folder("log").glob("odoo-tests-*.log"),
        key=lambda path: path.stat().st_mtime,
    )
    for path in older[: 1 - KEPT_LOGS]:
        path.unlink(missing_ok=True)
    return _log_path()
