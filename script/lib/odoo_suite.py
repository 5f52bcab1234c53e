"""Runs the addon's Odoo tests: a clone of the template, the addon installed in it,
tests, the clone dropped."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import chromium, ports, processes, work
from .environment import Environment
from .odoo_log import OdooLog
from .results import Result, environment, failure
from .steps import step

NAME = "odoo"
DATABASE_PREFIX = "gs_test_"
KEPT_LOGS = 10


def has_tests() -> bool:
    return (work.ROOT / "tests" / "__init__.py").exists() and any(
        work.ROOT.glob("tests/test_*.py")
    )


def run(env: Environment, tags: str) -> Result:
    chromium.ensure()
    env.databases.drop_abandoned(DATABASE_PREFIX)
    database = f"{DATABASE_PREFIX}{os.getpid()}"
    with step(f"making the database {database}"):
        env.clone_database(database)
    try:
        return _counted(*_followed(env, database, tags))
    finally:
        env.drop_database(database)


def _followed(env: Environment, database: str, tags: str) -> tuple[OdooLog, int]:
    """Runs Odoo, shows what matters of its log, keeps all of it."""
    args = env.odoo_command(
        database,
        "-i",
        work.MODULE,
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
    ):
        for line in process.stdout:
            full.write(line)
            for shown in log.feed(line.rstrip("\n")):
                print(shown, flush=True)
        code = process.wait()
    return log, code


def _counted(log: OdooLog, code: int) -> Result:
    result = log.result()
    where = f"see {work.short_path(_log_path())}"
    print(f"{result} (Odoo)", flush=True)
    if not log.reported:
        return result + failure(
            NAME, f"Odoo ended with code {code} before its tests did; {where}"
        )
    if log.errors:
        result += failure(
            NAME,
            f"errors in Odoo's log ({len(log.errors)}), the first:"
            f" {log.errors[0][:200]}; {where}",
        )
    if not log.started and not log.skipped:
        return result + failure(NAME, f"no test was found; {where}")
    if code and not result.failed:
        return result + failure(NAME, f"Odoo ended with code {code}; {where}")
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
