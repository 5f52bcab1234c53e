"""The period: which new pairs a calendar takes in, and what each day adds to it.

It decides about *new* pairs only. A linked pair is followed wherever it moves.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .values import UTC, Period
from .zones import zone


@dataclass(frozen=True)
class Window:
    """Days from `first` to `last`, both included, as seen in `time_zone`."""

    first: date
    last: date
    time_zone: str = "UTC"

    @property
    def start(self) -> datetime:
        """The first instant inside, aware UTC."""
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first instant outside, aware UTC."""
        return self._midnight(self.last + timedelta(days=1))

    def holds(self, period: Period) -> bool:
        """Any part of the period lies inside (Google's rule for a list)."""
        if isinstance(period.start, datetime) and isinstance(period.end, datetime):
            return period.start < self.end and period.end > self.start
        return period.start <= self.last and period.end > self.first

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), zone(self.time_zone)).astimezone(UTC)


def window(
    today: date, months_before: int, months_after: int, time_zone: str
) -> Window:
    """The period of an account around today; months end on their last day."""
    return Window(_shift(today, -months_before), _shift(today, months_after), time_zone)


def added(covered: Window, wanted: Window) -> list[Window]:
    """The slices of `wanted` that `covered` does not hold: none, one or two."""
    if wanted.last < covered.first or wanted.first > covered.last:
        return [wanted]
    slices = []
    if wanted.first < covered.first:
        slices.append(
            Window(wanted.first, covered.first - timedelta(days=1), wanted.time_zone)
        )
    if wanted.last > covered.last:
        slices.append(
            Window(covered.last + timedelta(days=1), wanted.last, wanted.time_zone)
        )
    return slices


def _shift(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
