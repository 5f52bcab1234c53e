"""Lines of the journal that settling writes besides what it does."""

from __future__ import annotations

from dataclasses import replace

from ..directions import Winner
from ..events.google_event import GoogleEvent
from ..events.links import Link, LinkState, OdooEvent
from ..events.merge import Conflict
from ..events.plan import changes
from ..events.steps import Line, Step

#: Of a text that may be as long as what it complains about.
_SHORT = 200


def unnoted_patch(link: Link, event: GoogleEvent) -> list[Line]:
    """Our patch whose answer was lost: what it overwrote is in the journal too.

    Where somebody edited or deleted it since, nobody knows: better once too often.
    """
    if link.base is None:
        return []
    base, now = link.base, event.values
    names = {
        name: value
        for name, value in link.sent.items()
        if base.get(name) != value and (now is None or now.get(name) != base.get(name))
    }
    line = Line(
        "update",
        "google",
        link.event_id,
        event.google_id,
        base.title,
        changes(base, names),
        names,
        private=base.private,
        archive=base,
    )
    return [line] if names else []


def conflict_line(conflict: Conflict, odoo: OdooEvent, event: GoogleEvent) -> Line:
    """`side` is the one that is overwritten; under ASK none is yet."""
    overwritten = {Winner.ODOO: "google", Winner.GOOGLE: "odoo", Winner.ASK: ""}
    return Line(
        "conflict",
        overwritten[conflict.winner],
        odoo.event_id,
        event.google_id,
        odoo.values.title,
        {conflict.field: conflict.odoo},
        {conflict.field: conflict.google},
        private=odoo.values.private,
        archive=event.values if conflict.winner is Winner.ODOO else odoo.values,
    )


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
