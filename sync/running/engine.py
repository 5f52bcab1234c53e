"""The order of steps of one run on an account's calendars.

observe -> plan -> apply page by page -> enroll -> push -> deletions last. A run is a
generator: each `yield` is a checkpoint where everything done so far is committed and
some of it done, so that a caller may stop at any of them: the next run goes on from
what is stored, and a run in slices ends however short they are.

Of several calendars all lists are read before anything is deleted: what left one of
them may stand in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..events.store import Store
from ..ports import CalendarLost, Calendars, Google
from ..report import Report
from .ahead import AlreadyRead, read_ahead
from .deleting.deletions import Deletions
from .lengthen import lengthen
from .moved_in_google import Moves
from .moved_in_odoo import Moving
from .pull import Pull
from .pushing.push import Push
from .run import Run
from .settings import Settings, Surroundings


def sync_events(
    store: Store,
    google: Google,
    settings: Settings,
    around: Surroundings,
    report: Report,
) -> Iterator[None]:
    """Bring one calendar and Odoo's agenda into step.

    around: what is known of the calendar; filled by the listings. report: counts as
    it goes. Raises the `Stop` family of `ports`; what was done until then is stored.
    """
    yield from sync_calendars([Run(store, google, settings, around, report)])


def sync_calendars(
    runs: Sequence[Run],
    account: Calendars | None = None,
    others: Sequence[str] = (),
    lost: dict[str, CalendarLost] | None = None,
) -> Iterator[None]:
    """Bring an account's calendars and Odoo's agenda into step, the main one first.

    account: asks several calendars at once. others: Google ids of those that are
    known, readable and not synchronised. lost: filled with the calendars that are not
    there any more; a run on one calendar raises that instead.
    """
    for run in runs:
        run.around.calendar = replace(
            run.around.calendar, marker_key=run.settings.marker_key
        )
    run_all = _Run(runs, account, others, lost if lost is not None else {})
    yield from run_all.pull()
    yield from run_all.push()


class _Run:
    """One run on the calendars of an account; one that is lost drops out of it."""

    def __init__(
        self,
        runs: Sequence[Run],
        account: Calendars | None,
        others: Sequence[str],
        lost: dict[str, CalendarLost],
    ) -> None:
        self.runs = list(runs)
        self.account = account
        self.lost = lost
        self.deletions = {id(run): Deletions(run) for run in runs}
        self.pushes = {id(run): Push(run) for run in runs}
        self.moves = Moves(self.runs, account, others)
        self.moving = Moving(self.runs, account)

    def pull(self) -> Iterator[None]:
        """Google to Odoo."""
        runs = [run for run in self.runs if run.settings.pull]
        for run in runs:
            Pull(run).begin()
            if run.store.cursor().listing == "full":
                self.moves.in_full.add(run.settings.calendar)
        ahead = read_ahead(runs, self.account) if self.account else {}
        for run in runs:
            own = ahead.get(run.settings.calendar)
            one = replace(run, google=AlreadyRead(run.google, own)) if own else run
            yield from self._alone(run, Pull(one).read())
        if self.account or any(run.settings.several for run in runs):
            yield from self.moves.settle()
        if any(run not in self.runs for run in runs):
            # Nobody knows what of the others stands in the one that could not be read.
            return
        for run in runs:
            yield from self._alone(run, self.deletions[id(run)].in_odoo())

    def push(self) -> Iterator[None]:
        """Odoo to Google."""
        runs = [run for run in self.runs if run.settings.push]
        for number, run in enumerate(runs):
            push = self.pushes[id(run)]
            # The Store knows where new events go: one of them asks for all.
            yield from self._alone(run, push.sweep() if number else push.enroll())
        several = len(runs) > 1 or any(run.settings.several for run in runs)
        if len(runs) > 1:
            yield from self.moving.in_google()
        for run in runs:
            yield from self._alone(run, lengthen(run))
            yield from self._alone(run, self.pushes[id(run)].write())
        if several:
            yield from self.moving.finish()
        for run in runs:
            yield from self._alone(run, self.deletions[id(run)].in_google())

    def _alone(self, run: Run, steps: Iterator[None]) -> Iterator[None]:
        """The steps of one calendar, which stops none of the others by its loss."""
        if run not in self.runs:
            return
        try:
            yield from steps
        except CalendarLost as stop:
            if self.account is None:
                raise
            self.lost[run.settings.calendar] = stop
            self.runs.remove(run)
