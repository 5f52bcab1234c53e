"""The order of steps of one run on one calendar.

observe -> plan -> apply page by page -> enroll -> push -> deletions last. A run is a
generator: each `yield` is a checkpoint where everything done so far is committed and
some of it done, so that a caller may stop at any of them: the next run goes on from
what is stored, and a run in slices ends however short they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..events.store import Store
from ..ports import Google
from ..report import Report
from .deletions import Deletions
from .lengthen import lengthen
from .pull import Pull
from .push import Push
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
    around.calendar = replace(around.calendar, marker_key=settings.marker_key)
    run = Run(store, google, settings, around, report)
    push, deletions = Push(run), Deletions(run)
    if settings.pull:
        yield from Pull(run).read()
        yield from deletions.in_odoo()
    if settings.push:
        yield from push.enroll()
        yield from lengthen(run)
        yield from push.write()
        yield from deletions.in_google()
