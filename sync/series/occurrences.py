"""The exceptions of a series: which of Odoo's rows need a link of their own.

An occurrence has a link only when it differs from its series, or was deleted; until
then the series' link stands for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..events.fields import EVENT_FIELDS, OF_THE_SERIES, TO_GOOGLE
from ..events.lines import lost
from ..events.links import Link, LinkState, Reading, Row
from ..events.recurrence import local_day, rule_of, start_of
from ..events.slots import keys_between, occurrence_values, period_at
from ..events.steps import Line, Step
from ..events.values import EventValues, Period
from .reading import Children, child_of, is_cancelled

#: Links whose occurrence is on its way or waits for somebody.
_BUSY = (LinkState.GONE, LinkState.DROPPED, LinkState.HELD, LinkState.QUARANTINED)


def differs(
    row: EventValues, said: EventValues, period: Period, names: Collection[str]
) -> bool:
    """Odoo's row says something else than its series or exception.

    period: when it is to take place; names: of `told_of_one`.
    """
    return any(
        row.period != period if name == "period" else row.get(name) != said.get(name)
        for name in names
    )


def told_of_one(apart: Collection[str] = ()) -> list[str]:
    """The fields that Google would take of one occurrence.

    apart: fields that do not travel.
    """
    left = {*OF_THE_SERIES, *apart}
    return [
        name
        for name, field in EVENT_FIELDS.items()
        if field.direction in TO_GOOGLE and name not in left
    ]


def compared(parent: Link, reading: Reading, children: Children) -> list[Step]:
    """Links to make or to compare, once Google holds the series as Odoo has it."""
    assert parent.base is not None
    base, names = parent.base, told_of_one(reading.source.apart)
    steps = [
        Step(link)
        for key, row in reading.rows.items()
        if (link := _with_row(parent, reading, key, row, children.get(key), names))
    ]
    steps += [
        Step(link)
        for key in reading.missing
        if (link := _without_row(parent, base, key, children.get(key)))
    ]
    steps += _lost(base, children)
    return steps


def _with_row(
    parent: Link,
    reading: Reading,
    key: str,
    row: Row,
    child: Link | None,
    names: Collection[str],
) -> Link | None:
    assert parent.base is not None
    if child is None or child.state is LinkState.VOID:
        # Google's series may rightly say something else: what is contested, cut,
        # somebody's own, or never put back.
        period = period_at(reading.values, key)
        if not differs(row.values, reading.values, period, names):
            return None
        if not is_slot(parent.base, key):
            # Google's series has no such day to ask for.
            return None
        regular = occurrence_values(parent.base, key)
        return _first_read(parent, child, key, regular, row.event_id)
    if child.state in _BUSY:
        return None
    if is_noted(child):
        # Another calendar's link made the row: what Google has here is news to it.
        regular = occurrence_values(parent.base, key)
        return replace(child, event_id=row.event_id, base=regular, etag="")
    known = child.base or occurrence_values(parent.base, key)
    renamed = child.event_id != row.event_id
    said = differs(row.values, known, known.period, names)
    if not (renamed or said or child.state is LinkState.DELETED):
        return None
    edited = max(filter(None, (child.edited_at, parent.edited_at)), default=None)
    return replace(child, event_id=row.event_id, dirty=True, edited_at=edited)


def is_noted(child: Link) -> bool:
    """An exception of a day that Odoo did not hold: it is in Google only."""
    live = child.state is LinkState.LINKED
    return live and not child.event_id and not child.dirty and bool(child.etag)


def _without_row(
    parent: Link, base: EventValues, key: str, child: Link | None
) -> Link | None:
    if child is None or child.state is LinkState.VOID:
        return _first_read(parent, child, key, occurrence_values(base, key), 0)
    if child.state is LinkState.LINKED and not (child.dirty and not child.event_id):
        return replace(child, event_id=0, dirty=True)
    return None


def _first_read(
    parent: Link, void: Link | None, key: str, regular: EventValues, event_id: int
) -> Link:
    return child_of(
        parent,
        key,
        id=void.id if void else 0,
        event_id=event_id,
        base=regular,
        dirty=True,
        edited_at=parent.edited_at,
    )


def _lost(base: EventValues, children: Children) -> Iterator[Step]:
    """Exceptions whose slot the series no longer has: Google forgot them with it."""
    for key, child in children.items():
        if child.state is LinkState.VOID or is_slot(base, key):
            continue
        yield Step(as_void(child), None, tuple(_lost_line(base, key, child)))


def as_void(child: Link) -> Link:
    """The link of an occurrence without a place in its series."""
    return replace(
        child,
        state=LinkState.VOID,
        event_id=0,
        dirty=False,
        edited_at=None,
        problem="",
        answer="",
        sent={},
        contested={},
    )


def _lost_line(base: EventValues, key: str, child: Link) -> Iterator[Line]:
    """What an exception said of its own is kept, as Google has it no longer."""
    own = child.base
    if own is None or child.state is not LinkState.LINKED:
        return
    if own.with_({"period": base.period}) == base.with_({"recurrence": ()}):
        return
    reason = "series_changed"
    yield lost("google", child.event_id, child.google_id, own, reason=reason)


def is_slot(values: EventValues, key: str) -> bool:
    """The rule gives an occurrence at this key."""
    if rule_of(values.recurrence) is None:
        return False
    if ("T" in key) == values.period.all_day:
        return False
    day = local_day(start_of(key), values.time_zone)
    return key in keys_between(values, day, day)


def after_change(
    parent: Link,
    before: EventValues | None,
    now: EventValues,
    children: Children,
    *,
    ours: bool,
) -> list[Step]:
    """What a changed series does to its exceptions: some are lost, some read anew.

    Google lets an exception follow its series in whatever it does not say itself.
    ours: Google changed it at our wish; what it shows again then is cancelled again.
    Otherwise Google may have forgotten what was cancelled, and Odoo follows. before:
    None when it is not known what Google did meanwhile.
    """
    doubtful = [LinkState.LINKED, LinkState.VOID]
    if before is None or _has_new_slots(before, now, ours=ours):
        doubtful += [LinkState.DELETED, LinkState.GONE]
    read = [
        Step(_unread(parent, now, key, child, ours=ours))
        for key, child in children.items()
        if child.state in doubtful and is_slot(now, key)
    ]
    return [*_lost(now, children), *read]


def _has_new_slots(before: EventValues, now: EventValues, *, ours: bool) -> bool:
    """Google made the occurrences anew, without what was said of each before.

    Of Google's own changes only the last one is seen: a series may have been cut and
    made longer again.
    """
    old, new = rule_of(before.recurrence), rule_of(now.recurrence)
    if old is None or new is None:
        return True
    times = (before.period.start, before.time_zone) == (now.period.start, now.time_zone)
    return not times or (old.pattern != new.pattern if ours else old != new)


def _unread(
    parent: Link, now: EventValues, key: str, child: Link, *, ours: bool
) -> Link:
    if child.state is LinkState.LINKED:
        return replace(child, etag="")
    gone = is_cancelled(child)
    return child_of(
        parent,
        key,
        id=child.id,
        event_id=child.event_id,
        # Without a base, what Google shows is news.
        base=None if gone and not ours else occurrence_values(now, key),
        answer="delete" if gone and ours else "",
    )


def virtual(parent: Link, key: str, child: Link | None, row: Row | None) -> Link | None:
    """The link that stands for an occurrence nobody touched yet, as a base to merge.

    None when the parent has no such slot.
    """
    if parent.base is None or not is_slot(parent.base, key):
        return None
    return child_of(
        parent,
        key,
        id=child.id if child else 0,
        event_id=row.event_id if row else 0,
        base=occurrence_values(parent.base, key),
    )


def holds_day(parent: Link, key: str) -> bool:
    """Odoo is to hold the occurrence of this slot."""
    zone_name = parent.base.time_zone if parent.base else ""
    return parent.span is not None and parent.span.holds(
        local_day(start_of(key), zone_name)
    )
