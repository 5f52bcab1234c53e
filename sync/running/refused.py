"""What one side refused of an event: told once, and when it is tried again.

Odoo refuses a step (`quarantined`), Google a change (`not_written`) or a deletion
(`not_deleted`). The next edit tries it again; so does a person who says so, which makes
the link one of `Store.to_retry`: `retry` reads these anew.
"""

from __future__ import annotations

from dataclasses import replace

from ..events.lines import about
from ..events.links import Link, LinkState
from ..events.steps import Line, Step
from ..ports import Reply

#: Of a text that may be as long as what it complains about.
_SHORT = 200
#: Google's reasons for refusing every change of an event, as the link's guard.
_GUARDS = {
    "forbiddenForNonOrganizer": "not_organizer",
    "requiredAccessLevel": "read_only_calendar",
    "eventTypeRestriction": "event_type",
    "malformedWorkingLocationEvent": "event_type",
    "malformedOutOfOfficeEvent": "event_type",
    "malformedFocusTimeEvent": "event_type",
}


def quarantined(step: Step, problem: str) -> Step:
    """What is noted of a step that Odoo refused."""
    link = replace(step.link, state=LinkState.QUARANTINED, problem=problem, dirty=False)
    title = step.lines[-1].title if step.lines else ""
    line = Line(
        "error",
        "odoo",
        link.event_id,
        link.google_id,
        title,
        error=problem,
        reason="odoo",
        private=any(x.private for x in step.lines),
    )
    return Step(link, None, (line,))


def bare(step: Step) -> Step:
    """The same with nothing of what Google shows of it but its name."""
    link = step.link
    kept = Link(
        link.google_id,
        id=link.id,
        state=link.state,
        problem=link.problem[:_SHORT],
        kind=link.kind,
        parent_id=link.parent_id,
        original_start=link.original_start,
    )
    lines = [replace(line, title="", error=line.error[:_SHORT]) for line in step.lines]
    return Step(kept, None, tuple(lines))


def not_written(link: Link, line: Line, reply: Reply) -> Step:
    """Google refused a change: told once, and tried again at its next edit."""
    state = LinkState.NEW if link.state is LinkState.SENDING else link.state
    after = replace(
        cleaned(link),
        state=state,
        guard=_GUARDS.get(reply.reason, link.guard),
        problem=reply.reason or "refused",
    )
    failed = replace(line, action="error", error=reply.message, reason=reply.reason)
    return Step(after, None, (failed,))


def not_deleted(link: Link, reply: Reply) -> Step:
    """Google will not delete it: told once, both sides left as they are."""
    line = about(
        "error",
        "google",
        link.event_id,
        link.google_id,
        link.base,
        error=reply.message,
        reason=reply.reason,
    )
    return Step(replace(link, problem=reply.reason or "refused"), None, (line,))


def cleaned(link: Link) -> Link:
    """The link once it says what Odoo says."""
    return replace(link, dirty=False, edited_at=None, problem="", sent={})
