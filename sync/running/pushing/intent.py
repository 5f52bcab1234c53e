"""The link as it must be committed before the call: what is sent, and of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...events.agreeing import first_told
from ...events.links import Link, LinkState, OdooEvent
from ...ports import Insert, Patch
from .calls import Job

#: What Google keeps of an insert as it was sent; the rest it may put in other words.
_INSERTED = ("title", "place", "period", "recurrence")


def intent(job: Job) -> Link:
    """The link as it must be committed before the call."""
    if isinstance(job.call, Insert):
        # Of several tries nobody knows which one arrived: the first counts.
        said = job.link.told or (first_told(job.odoo) if job.odoo else {})
        sent = job.link.sent or (_all_of(job.odoo) if job.odoo else {})
        return replace(job.link, state=LinkState.SENDING, told=said, sent=sent)
    if isinstance(job.call, Patch):
        return replace(job.link, sent={**job.link.sent, **job.line.after})
    return job.link


def _all_of(odoo: OdooEvent) -> dict[str, Any]:
    """What an insert says in Google for good: what is edited there later differs."""
    return {name: odoo.values.get(name) for name in _INSERTED}
