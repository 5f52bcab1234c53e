"""A small world in which runs are undone: the journal in memory."""

from __future__ import annotations

from world import World

from google_sync.sync.events.taking_away import Beside
from google_sync.sync.report import Report
from google_sync.sync.running.run import Run
from google_sync.sync.running.settings import Surroundings
from google_sync.sync.running.undoing.deeds import Past, Was
from google_sync.sync.running.undoing.undo import undo_events


class Journal:
    """What the lines of a run tell. later: lines that came after them."""

    def __init__(self, lines, later) -> None:
        self.left: list = []
        self.keys: set[str] = set()
        groups: dict[str, list] = {}
        for line in lines:
            if line.action not in ("skip", "error"):
                groups.setdefault(line.google_id, []).append(line)
        since = {x.google_id for x in later if x.action not in ("skip", "error")}
        self.pasts = [_past(key, lines, key in since) for key, lines in groups.items()]
        self.pasts.sort(key=lambda past: "_" in past.google_id)

    def next(self, limit):
        return self.pasts[:limit]

    def beside(self, links, seen):
        return {
            x.google_id: Beside(others=not seen[x.google_id].sole)
            for x in links
            if x.google_id in seen
        }

    def looked_at(self, pasts, left, touched):
        self.pasts = [x for x in self.pasts if x not in pasts]
        self.left += left
        self.keys |= set(touched)

    def touched(self):
        return frozenset(self.keys)


def _past(key, lines, later):
    return Past(
        key,
        tuple(
            Was(x.action, x.side, x.before, x.after, x.archive, x.reason) for x in lines
        ),
        lines[0].record_id,
        lines[0].title,
        any(x.private for x in lines),
        later=later,
    )


class UndoWorld(World):
    """Marie's world, and what each of her runs has written."""

    def __init__(self, **options) -> None:
        super().__init__(**options)
        self.last: list = []

    def lines(self) -> list:
        return list(self.odoo.tables.lines)

    def sync(self, **options):
        begun = len(self.lines())
        report = super().sync(**options)
        if written := self.lines()[begun:]:
            self.last = written
        return report

    def undo(self, lines=None) -> Journal:
        """Take back the last run that wrote something, or the one of these lines."""
        lines = self.last if lines is None else lines
        end = self.lines().index(lines[-1]) + 1
        journal = Journal(lines, self.lines()[end:])
        begun = len(self.lines())
        self.google.tick()
        for _ in self._undoing(journal):
            pass
        self.google.tick()
        self.last = self.lines()[begun:]
        return journal

    def _undoing(self, journal):
        run = Run(self.store, self.google, self.settings(), Surroundings(), Report())
        return undo_events(run, journal)

    def undo_with_crashes(self, lines) -> None:
        """Killed at every checkpoint, before it and after, until it is done."""
        journal = Journal(lines, [])
        while True:
            done = list(journal.pasts), list(journal.left), set(journal.keys)
            kept = self.store.checkpoint
            calls = self.google.call

            def killed(batch, calls=calls):
                calls(batch)
                raise KeyboardInterrupt

            self.google.call = killed
            try:
                for _ in self._undoing(journal):
                    pass
                return
            except KeyboardInterrupt:
                self.odoo.crash()
                journal.pasts, journal.left, journal.keys = done
            finally:
                self.google.call, self.store.checkpoint = calls, kept
            steps = self._undoing(journal)
            next(steps, None)
            steps.close()
