"""What a suite of tests came to, and the environment all of them run in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import work

LOOPBACK_ONLY = Path(__file__).parent / "loopback_only"
# Nothing listens there: what goes through a proxy fails at once.
NO_PROXY_THERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Result:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Result) -> Result:
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def failure(suite: str, text: str) -> Result:
    """One more failed test: a suite that crashed or ran nothing must not look like
    success."""
    print(f"\nFAILED {suite}: {text}", flush=True)
    return Result(failed=1)


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """``base`` for a test: no way out of this machine, none of the caller's settings of
    the addon."""
    kept = {
        name: value
        for name, value in base.items()
        if not name.startswith("GOOGLE_SYNC_") or name == "GOOGLE_SYNC_WORK"
    }
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    path = [str(LOOPBACK_ONLY), *filter(None, [base.get("PYTHONPATH")])]
    proxies = {
        variant: NO_PROXY_THERE
        for name in ("http_proxy", "https_proxy", "all_proxy")
        for variant in (name, name.upper())
    }
    local = {"no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"}
    return {
        **kept,
        **proxies,
        **local,
        "PYTHONPATH": os.pathsep.join(path),
        # Odoo is started many times: compiled once, and not beside the sources.
        "PYTHONPYCACHEPREFIX": str(work.folder("cache", "bytecode")),
    }
