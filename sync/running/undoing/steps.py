"""What taking back what a run did to one event means in Odoo, as steps for the Store.

What is put back in Odoo makes its link dirty: the push takes it to Google.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...events.google_event import GoogleEvent
from ...events.lines import about, written_over
from ...events.links import Kind, Link, LinkState, OdooEvent
from ...events.recurrence import local_day
from ...events.steps import (
    CreateEvent,
    Line,
    OdooWrite,
    Step,
    UpdateEvent,
)
from ...events.values import EventValues
from ...series.reading import Children
from ...series.rows import removed
from ..deleting.steps import settled
from ..pushing.renewing import renewed
from ..run import Run
from ..settle_series import written
from .deeds import UNDONE, Past, former, former_of_pair


@dataclass(frozen=True)
class Subject:
    """One event of the run, as it stands now. children: exceptions of its series."""

    past: Past
    link: Link
    odoo: OdooEvent | None
    children: Children


def aside(link: Link, **more: Any) -> Link:
    """The link once what the run did is taken back."""
    still = replace(
        link,
        state=LinkState.TAKEN_BACK,
        dirty=False,
        edited_at=None,
        problem="",
        answer="",
        contested={},
        sent={},
    )
    return replace(still, **more)


def named(past: Past, reason: str) -> Line:
    """The line of what is left as it is."""
    return Line(
        "skip",
        "",
        past.record_id,
        past.google_id,
        past.title,
        reason=reason,
        private=past.private,
    )


def line_of(subject: Subject, action: str, side: str, values: EventValues) -> Line:
    """Of what is taken back; values: the event as that side has it."""
    event_id = subject.odoo.event_id if subject.odoo else 0
    return about(action, side, event_id, subject.link.google_id, values, reason=UNDONE)


# -- away ----------------------------------------------------------------------


def taken_from_odoo(subject: Subject, *, ended: bool = False) -> Step:
    """Odoo loses it. ended: so has Google."""
    link, odoo = subject.link, subject.odoo
    assert odoo is not None
    after = settled(link) if ended else aside(link, event_id=0, span=None)
    return Step(after, *removed(link, odoo, reason=UNDONE))


def withdrawn(subject: Subject) -> Step:
    """Google has lost it; Odoo keeps its own."""
    link = subject.link
    assert link.base is not None
    line = replace(line_of(subject, "delete", "google", link.base), archive=link.base)
    return Step(aside(link, base=None, etag=""), None, (line,))


def parted(run: Run, subject: Subject) -> list[Step]:
    """Each side keeps its own; Odoo says again what it said before."""
    odoo = subject.odoo
    assert odoo is not None
    values = _differing(odoo, former(subject.past, "odoo"))
    line = _written_over(subject, "part", values)
    write = UpdateEvent(odoo.event_id, values) if values else None
    return _in_rows(run, subject, Step(aside(subject.link), write, (line,)))


# -- back ----------------------------------------------------------------------


def put_back(run: Run, subject: Subject) -> list[Step]:
    """The former values in Odoo; Google is told by the push."""
    odoo = subject.odoo
    assert odoo is not None
    values = _differing(odoo, former_of_pair(subject.past))
    line = replace(_written_over(subject, "update", values), archive=odoo.values)
    link = replace(subject.link, dirty=True, edited_at=run.settings.now)
    return _in_rows(
        run, subject, Step(link, UpdateEvent(odoo.event_id, values), (line,))
    )


def restored_on_both(run: Run, subject: Subject) -> list[Step]:
    """In Odoo again, and on its way to Google."""
    values, *dates = subject.past.kept()
    kind = subject.link.kind
    if kind is not Kind.OCCURRENCE:
        kind = Kind.SERIES if values.recurrence else Kind.SINGLE
    link = renewed(run.store, replace(subject.link, kind=kind, event_id=0))
    step = _made(run, subject, link, values)
    return [_with_dates(step, dates)]


def _with_dates(step: Step, dates: Sequence[EventValues]) -> Step:
    """The series with what some of its dates said of their own, day by day."""
    write = step.write
    if not isinstance(write, CreateEvent) or not write.rows:
        return step
    zone = write.values.time_zone
    own = {local_day(x.period.start, zone): x for x in dates}
    rows = tuple(
        replace(
            row, values=own.get(local_day(row.values.period.start, zone), row.values)
        )
        for row in write.rows
    )
    return replace(step, write=replace(write, rows=rows))


def rejoined(run: Run, subject: Subject) -> list[Step]:
    """In Odoo again as Google has it now, and linked."""
    base = subject.link.base
    assert base is not None
    link = replace(subject.link, state=LinkState.LINKED, dirty=False)
    return [_made(run, subject, link, base)]


def resent(run: Run, subject: Subject) -> list[Step]:
    """To go to Google again, under a new id."""
    return [Step(renewed(run.store, subject.link))]


def paired(run: Run, subject: Subject) -> list[Step]:
    """Linked again, Odoo saying what it said as one of a pair."""
    odoo = subject.odoo
    assert odoo is not None
    values = _differing(odoo, former(subject.past, "odoo"))
    line = _written_over(subject, "adopt", values)
    link = replace(subject.link, state=LinkState.LINKED, dirty=True)
    write = UpdateEvent(odoo.event_id, values) if values else None
    return _in_rows(run, subject, Step(link, write, (line,)))


def accepted(run: Run, subject: Subject) -> list[Step]:
    """In the agenda again; their own copy comes back in Google."""
    odoo = subject.odoo
    assert odoo is not None
    line = line_of(subject, "update", "odoo", odoo.values)
    write = UpdateEvent(odoo.event_id, {}, revive=True, join=True)
    return [Step(renewed(run.store, subject.link), write, (line,))]


def _made(run: Run, subject: Subject, link: Link, values: EventValues) -> Step:
    google = GoogleEvent(link.google_id, link.etag, gone=False, kind=link.kind.value)
    line = replace(line_of(subject, "create", "odoo", values), google_id=link.google_id)
    step = Step(link, CreateEvent(google, values), (line,))
    if link.kind is Kind.SERIES:
        step = written(step, None, subject.children, run.settings.window)
    return step


def _in_rows(run: Run, subject: Subject, step: Step) -> list[Step]:
    """Of a series, in terms of its rows."""
    write: OdooWrite | None = step.write
    if isinstance(write, UpdateEvent) and subject.odoo is not None:
        window = run.settings.window
        step = written(step, subject.odoo, subject.children, window)
    return [step]


def _written_over(subject: Subject, action: str, values: Mapping[str, Any]) -> Line:
    odoo = subject.odoo
    assert odoo is not None
    return written_over(
        action, odoo.event_id, subject.link.google_id, odoo.values, values, UNDONE
    )


def _differing(odoo: OdooEvent, values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in values.items() if odoo.values.get(k) != v}
