"""Runs a folder of pytest tests in the work folder's virtual environment and counts
them."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path

from .. import commands, processes, work
from ..results import Result, environment, failure


def has_tests(folder: Path) -> bool:
    return any(folder.rglob("test_*.py"))


def run(
    name: str, folder: Path, python: Path, options: Sequence[str], minutes: float
) -> Result:
    """pytest's own output goes to the terminal; the counts come from its report
    file."""
    report = work.folder("log") / f"{name}-{os.getpid()}.xml"
    env = environment(commands.clean_environment())
    if source := os.environ.get("ODOO_SOURCE"):
        env["ODOO_SOURCE"] = source
    args = [
        python,
        "-m",
        "pytest",
        *_settings(folder),
        f"--junitxml={report}",
        *options,
        folder,
    ]
    with (
        processes.started(args, env, cwd=work.ROOT) as process,
        processes.Limit(minutes) as limit,
    ):
        code = process.wait()
    if limit.exceeded:
        return failure(name, str(limit))
    if not report.exists():
        return failure(name, f"pytest ended with code {code} before it reported")
    result = _read(report)
    report.unlink()
    if code == 5:
        return result + failure(name, "no test was found")
    if code and not result.failed:
        return result + failure(name, f"pytest ended with code {code}")
    return result


def _settings(folder: Path) -> list[str]:
    """The folder's own pytest.ini, or the same by hand: never the root, whose __init__
    is the addon's."""
    own = folder / "pytest.ini"
    cache = work.folder("cache", "pytest", folder.name)
    common = ["-q", f"--rootdir={folder}", "-o", f"cache_dir={cache}"]
    if own.exists():
        return ["-c", str(own), *common]
    return [
        "-c",
        "/dev/null",
        *common,
        "-p",
        "no:odoo",
        "-o",
        f"pythonpath={work.ROOT}",
    ]


def _read(report: Path) -> Result:
    total = Result()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        tests, failures, errors, skipped = (
            int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
        )
        total += Result(tests - failures - errors - skipped, failures + errors, skipped)
    return total
