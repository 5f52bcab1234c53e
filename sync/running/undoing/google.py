"""What a pairing wrote over in Google is put back there, under the event's etag."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...events.lines import changes
from ...events.links import OdooEvent
from ...events.steps import Line, Step
from ...ports import Call, Get, Patch, Reply, Verdict
from ..pushing.calls import Calls
from ..run import Run
from .deeds import former
from .steps import Subject, line_of


@dataclass
class Job:
    """One event on its way back to what Google said of it before."""

    subject: Subject
    call: Call
    line: Line


def rewritten(run: Run, subject: Subject) -> list[Job]:
    """The patch that says again what Google said before; none where nothing differs."""
    link, base = subject.link, subject.link.base
    assert base is not None
    wanted = former(subject.past, "google")
    names = [n for n, value in wanted.items() if base.get(n) != value]
    if not names:
        return []
    before = OdooEvent(link.event_id, base.with_(wanted))
    call = _call(run, subject, before, names)
    if call is None:
        return []
    run.apply([Step(replace(link, sent={n: wanted[n] for n in names}))])
    line = replace(
        line_of(subject, "update", "google", base),
        before=changes(base, dict.fromkeys(names)),
        after={n: wanted[n] for n in names},
        archive=base,
    )
    return [Job(subject, call, line)]


def _call(
    run: Run, subject: Subject, before: OdooEvent, names: list[str]
) -> Patch | None:
    """As the push would; lists that Google replaces whole are read first."""
    calls = Calls(run)
    job = calls.patch(subject.link, before, names)
    if isinstance(job.call, Get):
        (reply,) = run.google.call([job.call])
        if reply.verdict is not Verdict.DONE or reply.resource is None:
            return None
        calls.fresh[subject.link.google_id] = run.read(reply.resource)
        job = calls.patch(subject.link, before, names)
    return job.call if isinstance(job.call, Patch) else None


def patched(run: Run, job: Job, reply: Reply) -> Step:
    """Google says again what it said: noted."""
    assert reply.resource is not None
    event = run.read(reply.resource)
    link = replace(job.subject.link, etag=event.etag, base=event.values, sent={})
    return Step(link, None, (job.line,))
