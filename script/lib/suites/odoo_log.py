"""Reads Odoo's log while tests run: shows what a person wants to see, counts tests,
notices errors.

Odoo exits with 0 when errors were logged but no test failed; here they fail the run.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..results import Result

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+)"
    r" (?P<database>\S+) (?P<logger>[\w.?]+): (?P<text>.*)"
)
STARTING = re.compile(r"Starting (?P<test>\S+) \.\.\.")
SKIPPED = re.compile(r"skipped (?P<test>.+?) : (?P<reason>.*)")
FAILED = re.compile(r"(?:FAIL|ERROR): (?P<test>(?:Subtest )?\S+)")
OUTCOME = re.compile(r"\d+ failed, \d+ error\(s\) of \d+ tests when loading database")
SHOWN = ("WARNING", "ERROR", "CRITICAL")

# Errors that are no fault of the addon: (logger, text, reason). Keep it short, and say
# why.
ALLOWED: tuple[tuple[str, str, str], ...] = ()


@dataclass
class OdooLog:
    """Fed with lines, gives back those to show."""

    started: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    reported: bool = False
    """Odoo came to the end of its tests and said so."""
    seconds: dict[str, float] = field(default_factory=dict)
    """What each class took; its setting up counts for the one before."""
    _showing: bool = False
    _test: str = ""
    _since: float = field(default_factory=time.monotonic)

    def feed(self, line: str) -> Iterator[str]:
        record = RECORD.match(line)
        if not record:
            # A traceback goes with the line above it.
            if self._showing:
                yield line
            return
        level, logger, text = record["level"], record["logger"], record["text"]
        self._showing = level in SHOWN and not _is_allowed(logger, text)
        yield from self._progress(text)
        if self._showing:
            self._notice(level, logger, text)
            yield f"{level} {logger}: {text}"

    def _progress(self, text: str) -> Iterator[str]:
        if starting := STARTING.match(text):
            test_class = starting["test"].partition(".")[0]
            if test_class != self._test.partition(".")[0]:
                self._clock()
                yield f"  {test_class}"
            self._test = starting["test"]
            self.started.add(self._test)
        elif skipped := SKIPPED.match(text):
            self.skipped.add(skipped["test"])
            yield f"  skipped {skipped['test']}: {skipped['reason']}"
        elif OUTCOME.match(text):
            self._clock()
            self.reported = True

    def _clock(self) -> None:
        """The time since the last look belongs to the class that ran."""
        now = time.monotonic()
        if test_class := self._test.partition(".")[0]:
            before = self.seconds.get(test_class, 0.0)
            self.seconds[test_class] = round(before + now - self._since, 1)
        self._since = now

    def _notice(self, level: str, logger: str, text: str) -> None:
        if level == "WARNING" or logger == "odoo.tests.result":
            return
        failed = FAILED.match(text)
        if failed and ".tests" in logger:
            self.failed.add(failed["test"].removeprefix("Subtest "))
        else:
            self.errors.append(f"{logger}: {text}")

    def where(self) -> str:
        """The test that was running, to be added to a sentence."""
        return f", the last was {self._test}" if self._test else ""

    def result(self) -> Result:
        """Counts of tests; a class whose set-up failed counts as one failed test."""
        passed = self.started - self.failed - self.skipped
        if not self.reported:
            passed.discard(self._test)
        return Result(len(passed), len(self.failed), len(self.skipped - self.failed))


def _is_allowed(logger: str, text: str) -> bool:
    return any(logger == name and part in text for name, part, _reason in ALLOWED)
