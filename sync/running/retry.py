"""What was refused and a person wants tried again, or has decided, is read anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..events.links import Link, LinkState
from ..events.steps import Step
from ..ports import BATCH_SIZE, Get, Verdict
from .companions import ITEMS_TOGETHER, completed
from .run import Run
from .settle import Settler


def retry(run: Run, settler: Settler) -> Iterator[None]:
    """The links of `Store.to_retry`: of events refused, asked about, or awaited."""
    while links := run.store.to_retry(BATCH_SIZE):
        replies = run.google.call([Get(link.google_id) for link in links])
        found = [r.resource for r in replies if r.verdict is Verdict.DONE]
        items = completed(run, [r for r in found if r is not None])
        whole = [item for item in items if "recurringEventId" not in item]
        single = [item for item in items if "recurringEventId" in item]
        for first in range(0, len(single), ITEMS_TOGETHER):
            settler.settle(single[first : first + ITEMS_TOGETHER])
            run.store.checkpoint()
            yield
        # Last, so that what is interrupted before is tried again.
        run.store.apply([Step(_tried(link)) for link in links])
        settler.settle(whole)
        run.store.checkpoint()
        yield


def _tried(link: Link) -> Link:
    """It is decided about anew, once."""
    waited = link.state is LinkState.VOID
    return replace(link, dirty=False, problem="" if waited else link.problem)
